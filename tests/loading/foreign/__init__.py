"""Other people's tables: mappings, cells, files, and what becomes of their rows."""
