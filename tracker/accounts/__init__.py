"""Who may sign in, how often they may try, and for how long they stay. Accounts are made at the desk or on the command line, never by visitors."""
