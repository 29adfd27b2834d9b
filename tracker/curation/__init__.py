"""What editors do beyond saving a form: taking in a document, and reading it against the list of commitments."""
