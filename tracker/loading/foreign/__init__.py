"""Other people's tables: CSV, TSV and XLSX become records by a mapping file. Nothing is guessed: what the table does not decide, the mapping states."""
