"""Fixtures in: problems < reading < records < linking < plan < apply."""
