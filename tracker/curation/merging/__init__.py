"""Merging two records that turned out to be one: what would move, carrying it out, and undoing it."""
