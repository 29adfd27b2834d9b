"""Values to geometry: marks, the matrix and the ladder, as plain strings. No Django, no clock, no settings."""
