"""Reaffirmed: what states pledged to each other, meeting by meeting."""
