"""What every test run sets up."""
