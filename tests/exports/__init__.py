"""Tests of what is written to files: fixtures, packages, and the folders they stand in."""
