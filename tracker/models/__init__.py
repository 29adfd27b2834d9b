"""Tables: one file per record. Rows are kept true here, by named constraints."""

from .citation import Citation
from .commitment import Commitment, CommitmentName
from .data_version import DataVersion
from .deadline import Deadline
from .edit import Edit, Load
from .loaded import FieldLock, Loaded, Replaced
from .meeting import Attendance, Meeting, Report
from .mention import Mention
from .merge import Apart, Merge
from .milestone import Milestone
from .participant import Participant, ParticipantName
from .party import Party
from .proposal import Proposal
from .reading_draft import ReadingDraft
from .redirect import Redirect
from .seal import Seal
from .search_entry import SearchEntry, SearchWord
from .series import Series
from .source import Source
from .summary import MentionSummary, Summary

__all__ = [
    "Apart",
    "Attendance",
    "Citation",
    "Commitment",
    "CommitmentName",
    "DataVersion",
    "Deadline",
    "Edit",
    "FieldLock",
    "Load",
    "Loaded",
    "Meeting",
    "Mention",
    "MentionSummary",
    "Merge",
    "Milestone",
    "Participant",
    "ParticipantName",
    "Party",
    "Proposal",
    "ReadingDraft",
    "Redirect",
    "Replaced",
    "Report",
    "Seal",
    "SearchEntry",
    "SearchWord",
    "Series",
    "Source",
    "Summary",
]
