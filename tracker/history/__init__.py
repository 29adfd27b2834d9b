"""Pure thought: facts in, cells, measures and conditions out. No Django, no clock, no settings."""
