"""The door for editors: every record in the Django admin."""

from . import (
    accounts,
    citations,
    commitments,
    guide,
    loads,
    meetings,
    mentions,
    merges,
    participants,
    parties,
    proposals,
    redirects,
    series,
    sources,
    steps,
    work,
)

__all__ = [
    "accounts",
    "citations",
    "commitments",
    "guide",
    "loads",
    "meetings",
    "mentions",
    "merges",
    "participants",
    "parties",
    "proposals",
    "redirects",
    "series",
    "sources",
    "steps",
    "work",
]
