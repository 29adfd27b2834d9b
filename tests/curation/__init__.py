"""Tests of what editors do beyond saving a form."""
