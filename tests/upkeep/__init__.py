"""Keeping the record in good order: what is wrong with it is found, and the way back from a backup is taken."""
