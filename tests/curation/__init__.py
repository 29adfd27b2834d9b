"""What editors do beyond saving a form: taking in documents, reading them, moving records to their readers."""
