"""What editors do beyond saving a form."""
