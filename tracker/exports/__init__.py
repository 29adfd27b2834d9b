"""Rows and answers of the engine -> files: documents for programs, tables for the terminal."""
