"""What waits for an editor: each queue with its count, its rows, and for each row the sentence that says why it is there."""
