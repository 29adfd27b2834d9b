"""Words typed by a person → public records, in any script, in any spelling. Reasons and measurements: docs/decisions/0011-search.md."""
