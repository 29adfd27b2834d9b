"""The door for readers: pages."""
