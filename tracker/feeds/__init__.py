"""The doors for programs that come again and again: Atom feeds, calendars, and the addresses that search engines read."""
