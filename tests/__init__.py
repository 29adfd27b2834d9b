"""Tests. They mirror tracker/; tests/universe.py draws the small world they share."""
