"""A snapshot: what is public, and nothing else, as one SQLite file that nodes for readers serve."""
