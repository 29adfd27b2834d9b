"""Rows to values: what is public, read in few queries."""
