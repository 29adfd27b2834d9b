"""Readings of a meeting: which reports were read in full, and how firmly they show that something was left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.vocabulary import Extent, Grade, SeriesKind

from .facts import ReportFact, SeriesFact
from .sources import is_joint, known_roots, own_sides


@dataclass(frozen=True, slots=True)
class Reading:
    """What some readings of one meeting amount to together."""

    grade: Grade
    reports: tuple[ReportFact, ...]
    sides: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadingLog:
    """All readings of one column, to be asked which of them count for something listed on a given day.

    ``steps[i]`` amounts to the readings made on ``days[i]`` or later; the last step holds none.
    """

    days: tuple[date, ...]
    steps: tuple[Reading, ...]

    @property
    def all(self) -> Reading:
        return self.steps[0]

    def step_since(self, listed_on: date) -> int:
        """Return the place in ``steps`` of the readings that count for what was listed on ``listed_on``."""
        return bisect_left(self.days, listed_on)

    def since(self, listed_on: date) -> Reading:
        """Return the readings that count for what was listed on ``listed_on``: those made that day or later."""
        return self.steps[self.step_since(listed_on)]


def is_reading(report: ReportFact) -> bool:
    """Return whether the report is held in full and was read against the list of commitments."""
    return report.read_on is not None and report.extent == Extent.FULL


def grade(readings: Iterable[ReportFact], series: SeriesFact) -> Grade:
    """Return how firmly ``readings`` of a meeting of ``series`` show that something was left out (design §2.3)."""
    sources = [report.source for report in readings]
    if not sources:
        return Grade.NONE
    sides = own_sides(sources, series.parties)
    if any(is_joint(source) for source in sources) or (series.kind == SeriesKind.DYAD and sides == series.parties):
        return Grade.FIRM
    if sides or len(known_roots(sources)) > 1:
        return Grade.SOFT
    return Grade.WEAK


def reading_log(own: Sequence[ReportFact], rooms: Sequence[Sequence[ReportFact]], series: SeriesFact) -> ReadingLog:
    """Return the readings of a meeting with the ``own`` reports and one list of reports for each of its ``rooms``."""
    own = [report for report in own if is_reading(report)]
    rooms = [[report for report in room if is_reading(report)] for room in rooms]
    days = sorted({day for report in [*own, *(r for room in rooms for r in room)] if (day := report.read_on)})
    steps = [_amount(_since(own, day), [_since(room, day) for room in rooms], series) for day in days]
    return ReadingLog(tuple(days), (*steps, Reading(Grade.NONE, (), frozenset())))


def _since(readings: Sequence[ReportFact], day: date) -> list[ReportFact]:
    return [report for report in readings if report.read_on is not None and report.read_on >= day]


def _amount(own: Sequence[ReportFact], rooms: Sequence[Sequence[ReportFact]], series: SeriesFact) -> Reading:
    """A journey that was not read itself is as well read as the worst read of its rooms: one side room is not the journey."""
    if own or not rooms:
        return Reading(grade(own, series), tuple(own), _sides(own, series))
    sides = frozenset.intersection(*(_sides(room, series) for room in rooms))
    return Reading(min(grade(room, series) for room in rooms), tuple(report for room in rooms for report in room), sides)


def _sides(readings: Sequence[ReportFact], series: SeriesFact) -> frozenset[str]:
    return own_sides((report.source for report in readings), series.parties)
