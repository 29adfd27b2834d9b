"""Watching the service: what is logged, counted and reported of each request."""
