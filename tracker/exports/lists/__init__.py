"""The public lists as plain documents and as files: what a program reads of each row, under names that do not change."""
