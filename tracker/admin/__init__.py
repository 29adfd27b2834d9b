"""The door for editors: every record in the Django admin."""

from . import citations, commitments, meetings, mentions, participants, parties, redirects, series, sources, steps

__all__ = ["citations", "commitments", "meetings", "mentions", "participants", "parties", "redirects", "series", "sources", "steps"]
