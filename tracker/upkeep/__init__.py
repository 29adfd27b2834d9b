"""Keeping the record in good order: what is wrong with it, backups, and the way back from one."""
