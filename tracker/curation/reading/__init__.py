"""Reading a document against the list of commitments: what of it stands in the text, what was ticked, and the one save at the end."""
