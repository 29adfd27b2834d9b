"""The kinds of record: those of their own, and the rows that stand beside them."""

from __future__ import annotations

from .citation import Citation
from .commitment import Commitment, CommitmentName
from .deadline import Deadline
from .meeting import Attendance, Meeting, Report
from .mention import Mention
from .milestone import Milestone
from .participant import Participant, ParticipantName
from .party import Party
from .publication import Dated, PublishedRecord
from .series import Series
from .source import Source

#: Records of their own, in the order in which they can hang on one another.
RECORDS: tuple[type[PublishedRecord], ...] = (Party, Participant, Series, Source, Commitment, Meeting, Mention, Milestone, Deadline)
#: Rows that stand beside a record and have no publication state of their own.
CHILDREN: tuple[type[Dated], ...] = (ParticipantName, CommitmentName, Attendance, Report, Citation)
