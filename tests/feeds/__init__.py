"""Tests of the feeds, the calendar and the addresses for search engines."""
