"""The door for editors."""
