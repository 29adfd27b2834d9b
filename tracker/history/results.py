"""What the engine answers: values for pages, files and commands to print. Nothing here is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from tracker.dates import UncertainDate
from tracker.vocabulary import CLOSING_CONDITIONS, Act, CellState, Change, Condition, EvidenceGrade, Extent, Grade, Reach, Rule, Stage, Strength, Term
from tracker.vocabulary.reasons import Why

from .facts import CommitmentFact, DeadlineFact, MeetingFact, MentionFact, MilestoneFact, ReportFact, SeriesFact
from .thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a row says: the words, and the values these name (a slug or several, a date, a word of the vocabulary)."""

    why: Why
    told: Mapping[str, object] = field(default_factory=dict)

    def spelled(self, spell: Callable[[object], str]) -> str:
        """Return the words with their values as ``spell`` writes them."""
        return str(self.why.label) % {name: spell(value) for name, value in self.told.items()}


@dataclass(frozen=True, slots=True)
class Because:
    """One row that decided a cell: its kind, the name it goes by, and what it says of the cell.

    ``kind`` is mention, milestone, attendance, meeting, report or commitment. ``ref`` names the row in words that
    ``manage.py explain`` prints and a page links: a slug, or ``owner-slug/key`` for rows without a slug.
    """

    kind: str
    ref: str
    said: tuple[Said, ...] = ()

    @property
    def says(self) -> str:
        """Return what the row says as files spell it: slugs, dates and words as they are kept."""
        return ", ".join(one.spelled(as_kept) for one in self.said)


def as_kept(value: object) -> str:
    """Return a value as files spell it."""
    if isinstance(value, Extent):
        return "full text" if value == Extent.FULL else f"{value.value} only"
    if isinstance(value, Enum):
        return str(getattr(value, "word", value.value)).replace("_", " ")
    if isinstance(value, UncertainDate):
        return value.edtf()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One held meeting of the series with its rooms folded in. ``latest`` is bounded by the first report."""

    meeting: MeetingFact
    rooms: tuple[MeetingFact, ...]
    when: UncertainDate
    general: bool
    reports: tuple[ReportFact, ...]
    #: Grade of all its readings, whenever they were made, and the parties whose own text was read.
    grade: Grade
    sides_read: frozenset[str]

    @property
    def slug(self) -> str:
        return self.meeting.slug


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column is to one commitment.

    ``counted`` says whether the column is one of the n behind the recurrence. ``grade`` is that of the readings that
    count for this commitment. ``named`` is False for an area voiced only through ``through``.
    """

    meeting: str
    state: CellState
    rule: Rule
    because: tuple[Because, ...]
    grade: Grade
    general: bool
    counted: bool = False
    named: bool = False
    through: tuple[str, ...] = ()
    moved: bool = False
    voice: frozenset[str] = frozenset()
    both_sides: bool = False
    one_sided: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """One mention with what was computed from its citations, on its place in the order of time.

    ``counts`` is True for an accepted mention that was voiced. ``strength`` and ``terms`` are the highest and the
    union of the voiced citations. ``changes`` compare it with the counted mention before; empty where it does not count.
    """

    mention: MentionFact
    meeting: MeetingFact
    when: UncertainDate
    reach: Reach
    counts: bool
    statement: bool
    guest: bool
    act: Act
    voice: frozenset[str]
    both_sides: bool
    strength: Strength | None
    terms: tuple[Term, ...]
    changes: tuple[Change, ...]
    grade: EvidenceGrade
    one_sided: bool
    single_side: bool

    @property
    def specificity(self) -> int:
        return len(self.terms)


@dataclass(frozen=True, slots=True)
class DeadlineTrack:
    """All promises of one target in the order stated. Days count between the latest due days."""

    target: str
    promises: tuple[DeadlineFact, ...]
    slip_days: int
    resolved: int
    missed: int
    met_late: int
    met: int
    overdue: bool
    overdue_days: int


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers of design §2.4 for one commitment. None = not to be shown, or nothing to measure."""

    voiced_meetings: int
    called_for: int
    statements: int
    voiced_of_read: int  # k
    read: int  # n
    eligible: int  # N
    recurrence: float | None  # k / n, hidden below the threshold
    coverage: float | None  # n / N
    echoed: int
    echo_rate: float | None
    quiet_meetings: int  # K
    quiet_days: int | None
    eligible_since: int  # eligible general columns since the last known voicing
    gap_surprise: float | None
    idle_restatements: int
    idle_statements: int
    first_voiced: UncertainDate | None
    last_voiced: UncertainDate | None
    last_moved: UncertainDate | None
    talk_to_ink_days: int | None
    ink_to_works_days: int | None
    strength_drift: int | None
    specificity_drift: int | None
    deadlines_resolved: int
    deadlines_missed: int
    deadlines_overdue: int
    came_back: bool
    evidence: EvidenceGrade | None


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """Where a commitment stands. ``stated_by`` is the milestone that says so; otherwise inferred, with its numbers.

    ``numbers`` maps short names to what was compared, for example ``{"days": 1286, "read_since": 4, "eligible_since": 6}``.
    """

    condition: Condition
    stated_by: MilestoneFact | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def inferred(self) -> bool:
        return self.stated_by is None

    @property
    def closed(self) -> bool:
        return self.condition.value in CLOSING_CONDITIONS


@dataclass(frozen=True, slots=True)
class Trace:
    """The history of one commitment as of one day.

    ``occasions`` holds every mention up to that day in the order of time, counted or not; ``cells`` one cell per
    column, in the order of the columns. ``statements`` and ``guests`` are those occasions that are no column.
    """

    commitment: CommitmentFact
    as_of: date
    until: date
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    occasions: tuple[Occasion, ...]
    milestones: tuple[MilestoneFact, ...]
    deadlines: tuple[DeadlineTrack, ...]
    stage: Stage
    stage_by: MilestoneFact | None
    condition: ConditionResult
    measures: Measures

    @property
    def statements(self) -> tuple[Occasion, ...]:
        return tuple(occasion for occasion in self.occasions if occasion.statement)

    @property
    def guests(self) -> tuple[Occasion, ...]:
        return tuple(occasion for occasion in self.occasions if occasion.guest)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A whole series: columns in order, one trace per commitment, areas before what hangs under them."""

    series: SeriesFact
    as_of: date
    until: date
    columns: tuple[Column, ...]
    rows: tuple[Trace, ...]
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What two read columns share. ``rate`` is |A∩B|/|A|; both rates are None where there is nothing to divide by."""

    earlier: str
    later: str
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    new: tuple[str, ...]
    rate: float | None
    jaccard: float | None
