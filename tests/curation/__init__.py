"""Taking in documents, and reading them."""
