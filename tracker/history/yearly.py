"""A record year by year: counts of rows over the years in which they may lie, how well meetings were read, and whose text says what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tracker.vocabulary import Extent, Grade

from .backdrop import is_read
from .facts import Record
from .results import Column
from .thresholds import THRESHOLDS, Thresholds
from .timeline import Timeline, timeline

#: How much of a meeting was read, the most first. The last three say that nobody can have looked.
READ_STATES = ("close", "weak", "held", "opening", "reference", "nothing")
#: Keys of voices and texts that are no party.
BOTH, UNNAMED, NEITHER, SOME = "*both", "*unnamed", "*neither", "*some"
_HELD = {Extent.FULL: "held", Extent.OPENING: "opening", Extent.REFERENCE: "reference"}


@dataclass(frozen=True, slots=True)
class Group:
    """``number`` rows of one kind whose date lies between the years ``first`` and ``last``."""

    first: int
    last: int
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Texts:
    """``number`` mentions at one meeting. ``sides`` are the parties whose own whole text says it, ``joint`` that a joint text does."""

    meeting: str
    first: int
    last: int
    listed_on: date
    sides: frozenset[str]
    joint: bool
    number: int


@dataclass(frozen=True, slots=True)
class Yearly:
    """Counts under year and key. A row that may lie in two years counts in both, and once in ``totals``."""

    years: tuple[int, ...]
    counts: Mapping[int, Mapping[str, int]]
    totals: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    def of(self, year: int) -> int:
        """Return all rows that may lie in ``year``."""
        return sum(self.counts[year].values())

    def ordered(self) -> tuple[str, ...]:
        """Return the keys, the fullest first."""
        return tuple(sorted(self.totals, key=lambda key: (-self.totals[key], key)))


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first known voicing of one commitment to a binding paper, and from there to works; None where that was not reached."""

    slug: str
    name: str
    talk: date | None
    ink: date | None
    works: date | None

    @property
    def talk_to_ink(self) -> int | None:
        return _days(self.talk, self.ink)

    @property
    def ink_to_works(self) -> int | None:
        return _days(self.ink, self.works)


def yearly(groups: Iterable[Group]) -> Yearly:
    """Return the groups spread over their years, without a gap from the first year to the last."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for group in groups:
        totals[group.key] += group.number
        for year in range(group.first, group.last + 1):
            counts[year][group.key] += group.number
    years = tuple(range(min(counts), max(counts) + 1)) if counts else ()
    return Yearly(years, {year: counts[year] for year in years}, totals)


def merged(found: Yearly, kept: Sequence[str], rest: str) -> Yearly:
    """Return the counts with every key that is not ``kept`` under the key ``rest``."""
    counts = {year: _merged(found.counts[year], kept, rest) for year in found.years}
    return Yearly(found.years, counts, _merged(found.totals, kept, rest))


def how_read(column: Column, thresholds: Thresholds = THRESHOLDS) -> str:
    """Return how much of a meeting was read, as one of ``READ_STATES``."""
    if is_read(column.grade, thresholds):
        return "close"
    if column.grade > Grade.NONE:
        return "weak"
    held = max((report.extent for report in column.reports), key=lambda extent: extent.rank, default=None)
    return _HELD[held] if held else "nothing"


def readings(lines: Iterable[Timeline]) -> Yearly:
    """Return how many meetings of each year were read how far, a journey once."""
    columns = [column for line in lines for column in line.columns]
    return yearly(Group(column.when.earliest.year, column.when.latest.year, how_read(column), 1) for column in columns)


def lines_of(records: Iterable[Record], as_of: date) -> dict[str, Timeline]:
    """Return the timeline of each record under the slug of its series."""
    return {record.series.slug: timeline(record, as_of) for record in records}


def whose_text(found: Iterable[Texts], lines: Mapping[str, Timeline]) -> list[tuple[str, Group]]:
    """Return, of the mentions at meetings of which two sides' own texts were read, in whose text they stand, meeting by meeting.

    The key of a group is a party, or one of the words above.
    """
    placed = {meeting: line for line in lines.values() for meeting in line.position}
    told = ((one, _in_text_of(one, placed[one.meeting])) for one in found if one.meeting in placed)
    return [(one.meeting, Group(one.first, one.last, key, one.number)) for one, key in told if key]


def half_within(days: Iterable[int | None]) -> int | None:
    """Return the number of days within which half of those that arrived did; None where none did."""
    known = [one for one in days if one is not None]
    return round(median(known)) if known else None


def _in_text_of(one: Texts, line: Timeline) -> str:
    sides = line.logs[line.position[one.meeting]].since(one.listed_on).sides
    if len(sides) < 2:
        return ""
    saying = one.sides & sides
    if one.joint or saying == sides:
        return BOTH
    if not saying:
        return NEITHER
    return next(iter(saying)) if len(saying) == 1 else SOME


def _merged(counts: Mapping[str, int], kept: Sequence[str], rest: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, number in counts.items():
        found[key if key in kept else rest] += number
    return found


def _days(first: date | None, second: date | None) -> int | None:
    """Return the days between; None where one is missing or they come in the other order."""
    return None if first is None or second is None or second < first else (second - first).days
