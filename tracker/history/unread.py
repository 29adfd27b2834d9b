"""What reading would tell: the cells that are not known for want of a reading, and for each report how many of them it would settle."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import UncertainDate
from tracker.vocabulary import CommitmentKind, Extent

from .backdrop import is_read
from .columns import columns, reports_by_meeting
from .facts import CommitmentFact, MilestoneFact, Record, ReportFact
from .families import Families, families
from .milestones import closings
from .readings import ReadingLog, reading_log
from .results import Column
from .thresholds import THRESHOLDS

#: Slugs by the slug of the meeting at which they were voiced.
Voiced = Mapping[str, frozenset[str]]


Reads = Callable[[CommitmentFact], bool]


@dataclass(frozen=True, slots=True)
class Due:
    """One report and the commitments (slugs) whose cells reading it would settle; without a report, those that nothing held would settle.

    ``again``: it was read before they were listed. ``together``: it settles them only with the other reports of the column that are not read.
    """

    column: Column
    report: ReportFact | None
    cells: tuple[str, ...]
    again: bool = False
    together: bool = False


def due(record: Record, first: Mapping[str, UncertainDate], voiced: Voiced, today: date) -> tuple[Due, ...]:
    """Return what is due at the columns of ``record``, which needs no mentions.

    ``first`` says when each commitment was first voiced, ``voiced`` what was voiced where. What was never voiced is awaited nowhere.
    Cells stand in the order in which their commitments were first voiced.
    """
    kin = families(record.commitments)
    marks: dict[str, list[MilestoneFact]] = defaultdict(list)
    for mark in record.milestones:
        marks[mark.commitment].append(mark)
    ends = {slug: closings(some, kin.by_slug[slug]) for slug, some in marks.items()}
    known = sorted((((when.earliest, when.latest), kin.by_slug[slug]) for slug, when in first.items()), key=lambda one: (one[0], one[1].slug))
    reports = reports_by_meeting(record.reports)
    found: list[Due] = []
    for column in columns(record, today):
        shelf = _Shelf(column, reports, record)
        is_known = _read_at(shelf.log())
        heard = {above for slug in _heard(column, voiced) for above in _voiced_through(slug, kin)}
        since = bisect_right(known, (column.when.earliest, column.when.latest), key=lambda one: one[0])
        awaited = (one for _when, one in known[:since] if one.slug not in heard and not is_known(one))
        unknown = [one for one in awaited if not _is_closed(ends.get(one.slug, ()), column) and _is_eligible(one, kin, column, record)]
        found += _of_column(column, unknown, shelf, today)
    return tuple(found)


def ranked(found: Iterable[Due]) -> list[Due]:
    """Return what is due, what settles the most cells first, of the same number the latest meeting first."""
    by_slug = sorted(found, key=lambda one: (one.column.slug, one.report.source.slug if one.report else ""))
    by_day = sorted(by_slug, key=lambda one: (one.column.when.latest, one.column.when.earliest), reverse=True)
    return sorted(by_day, key=lambda one: len(one.cells), reverse=True)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The reports of one column and its rooms, to be asked what they would amount to if some had been read."""

    column: Column
    reports: Mapping[str, Sequence[ReportFact]]
    record: Record

    def log(self, read: Sequence[ReportFact] = (), today: date | None = None) -> ReadingLog:
        own, *rooms = ([replace(one, read_on=today) if one in read else one for one in self.reports.get(slug, ())] for slug in _meetings(self.column))
        return reading_log(own, rooms, self.record.series)


def _of_column(column: Column, unknown: Sequence[CommitmentFact], shelf: _Shelf, today: date) -> Iterator[Due]:
    if not unknown:
        return
    held = [one for one in column.reports if one.extent == Extent.FULL and (one.read_on is None or one.read_on < today)]
    alone = [(one, _settled(shelf.log([one], today), unknown)) for one in held]
    told = [(one, cells) for one, cells in alone if cells]
    for report, cells in told:
        yield Due(column, report, cells, again=report.read_on is not None)
    together = () if told else _settled(shelf.log(held, today), unknown)
    if together:
        yield from (Due(column, one, together, again=one.read_on is not None, together=True) for one in held)
    settled = {*together, *(slug for _report, cells in told for slug in cells)}
    if left := tuple(one.slug for one in unknown if one.slug not in settled):
        yield Due(column, None, left)


def _settled(log: ReadingLog, unknown: Iterable[CommitmentFact]) -> tuple[str, ...]:
    is_known = _read_at(log)
    return tuple(one.slug for one in unknown if is_known(one))


def _read_at(log: ReadingLog) -> Reads:
    """Return whether the readings of ``log`` count for a commitment and suffice. Many are listed on one day, which is asked about once."""
    asked: dict[date, bool] = {}

    def is_known(commitment: CommitmentFact) -> bool:
        day = commitment.listed_on
        if day not in asked:
            asked[day] = is_read(log.since(day).grade, THRESHOLDS)
        return asked[day]

    return is_known


def _voiced_through(slug: str, kin: Families) -> Iterator[str]:
    """Yield what is voiced where ``slug`` is: itself, and the areas above it."""
    yield from (above for above in kin.lineage.get(slug, ()) if above == slug or kin.by_slug[above].kind == CommitmentKind.AREA)


def _heard(column: Column, voiced: Voiced) -> frozenset[str]:
    return frozenset().union(*(voiced.get(slug, frozenset()) for slug in _meetings(column)))


def _meetings(column: Column) -> tuple[str, ...]:
    return (column.slug, *(room.slug for room in column.rooms))


def _is_closed(marks: Iterable[MilestoneFact], column: Column) -> bool:
    return any(mark.happened.latest < column.when.earliest and mark.meeting not in _meetings(column) for mark in marks)


def _is_eligible(commitment: CommitmentFact, kin: Families, column: Column, record: Record) -> bool:
    """Return whether the commitment could have come up at the meeting (design §2.3, rule 4)."""
    meeting, needed = column.meeting, commitment.parties & record.series.parties
    required = needed if len(needed) > 1 else record.series.parties
    high_enough = commitment.minimum_level is None or meeting.level >= commitment.minimum_level
    called_for = meeting.general or not meeting.remit.isdisjoint(kin.lineage[commitment.slug])
    return meeting.absent.isdisjoint(required) and high_enough and called_for
