"""The query string of each public list: which words it knows, what they ask of the rows, and how many rows each would give."""

from .asked import ListFilter
from .commitments import CommitmentFilter
from .deadlines import DeadlineFilter
from .meetings import MeetingFilter
from .mentions import MentionFilter
from .people import ParticipantFilter, PartyFilter
from .series import SeriesFilter
from .sources import SourceFilter

__all__ = [
    "CommitmentFilter",
    "DeadlineFilter",
    "ListFilter",
    "MeetingFilter",
    "MentionFilter",
    "ParticipantFilter",
    "PartyFilter",
    "SeriesFilter",
    "SourceFilter",
]
