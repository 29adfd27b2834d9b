"""Faults that are really injected, and what became of them: `make drill`, docs/reliability.md."""
