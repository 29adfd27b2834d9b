"""Tests of tracker/search: one suite for both engines."""
