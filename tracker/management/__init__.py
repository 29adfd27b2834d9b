"""The door for data stewards."""
