"""Taking in a document: from a pasted text or a file to a source, a meeting and a report, all of them proposals until an editor saves them."""
