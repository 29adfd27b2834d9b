"""The drawn charts."""
