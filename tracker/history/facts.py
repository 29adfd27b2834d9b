"""What the engine is told: values read from rows, nothing else. Records are named by their slugs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import UncertainDate
from tracker.vocabulary import (
    Act,
    Carried,
    CommitmentKind,
    Extent,
    Fidelity,
    Format,
    Level,
    MeetingStatus,
    Outcome,
    Proves,
    Reach,
    SeriesKind,
    SourceKind,
    Stage,
    Standing,
    StatedCondition,
    Strength,
    Term,
)


@dataclass(frozen=True, slots=True)
class SeriesFact:
    slug: str
    kind: SeriesKind
    parties: frozenset[str]
    covered_until: date
    title: str = ""


@dataclass(frozen=True, slots=True)
class SourceFact:
    """One document. ``root`` names the text it was copied from in the end; None where that is not known.

    ``joint`` says that the root is a joint text of the parties.
    """

    slug: str
    kind: SourceKind
    issued_by: str | None = None
    carried: Carried = Carried.UNKNOWN
    fidelity: Fidelity = Fidelity.ORIGINAL
    root: str | None = None
    joint: bool = False
    published: UncertainDate | None = None
    title: str = ""
    publisher: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ReportFact:
    meeting: str
    source: SourceFact
    extent: Extent
    read_on: date | None = None
    read_by: str = ""


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """One encounter or statement. ``absent`` holds the parties recorded absent; ``remit`` is empty for a general meeting."""

    slug: str
    series: str
    format: Format
    level: Level
    starts: UncertainDate
    status: MeetingStatus = MeetingStatus.HELD
    general: bool = True
    remit: frozenset[str] = frozenset()
    part_of: str | None = None
    absent: frozenset[str] = frozenset()
    title: str = ""
    place: str = ""
    country: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class NameFact:
    key: str
    name: str
    language: str
    valid_from: UncertainDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    slug: str
    kind: CommitmentKind
    series: str
    parties: frozenset[str]
    listed_on: date
    parent: str | None = None
    minimum_level: Level | None = None
    name: str = ""
    names: tuple[NameFact, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationFact:
    """One passage of one source. ``pk`` lets a page link to the row; the engine only hands it on."""

    key: str
    source: SourceFact
    locator: str = ""
    speaker: str | None = None
    speaker_name: str = ""
    party: str | None = None
    both_sides: bool = False
    phrase: str = ""
    paraphrase: str = ""
    reach: Reach | None = None
    act: Act | None = None
    strength: Strength | None = None
    terms: tuple[Term, ...] = ()
    proves: Proves | None = None
    note: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class MentionFact:
    commitment: str
    meeting: str
    act: Act
    citations: tuple[CitationFact, ...]
    standing: Standing = Standing.ACCEPTED
    summary: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """Dated evidence of a rung (``stage``) or of a condition: one of the two is None."""

    commitment: str
    key: str
    happened: UncertainDate
    stage: Stage | None = None
    condition: StatedCondition | None = None
    meeting: str | None = None
    standing: Standing = Standing.ACCEPTED
    reason: str = ""
    citations: tuple[CitationFact, ...] = ()
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """A dated promise. ``stated`` is the day it was stated: the meeting's, where it was stated at one."""

    commitment: str
    key: str
    target: str
    what: str
    due: UncertainDate
    stated: UncertainDate
    stated_at: str | None = None
    outcome: Outcome = Outcome.PENDING
    resolved: UncertainDate | None = None
    note: str = ""
    citations: tuple[CitationFact, ...] = ()
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything public that bears on one series: its meetings, and whatever its commitments are mentioned in.

    ``meetings`` holds the meetings and statements of the series, rooms included, and the meetings of other series
    at which one of ``commitments`` is mentioned (guests). For a dossier ``commitments`` holds the commitment, the
    areas above it and everything under it; for a matrix all commitments of the series.
    """

    series: SeriesFact
    meetings: tuple[MeetingFact, ...]
    reports: tuple[ReportFact, ...]
    commitments: tuple[CommitmentFact, ...]
    mentions: tuple[MentionFact, ...]
    milestones: tuple[MilestoneFact, ...] = ()
    deadlines: tuple[DeadlineFact, ...] = ()
