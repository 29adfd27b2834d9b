"""Between two drawn columns: the moves, the promised dates that passed and the statements of one commitment, at the column after them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.history.deadlines import OPEN_OUTCOMES
from tracker.history.facts import DeadlineFact, MilestoneFact
from tracker.history.milestones import is_move
from tracker.history.results import Column, Occasion, Trace
from tracker.vocabulary import CellState, Outcome

from .arrangement import Arranged

Event = MilestoneFact | DeadlineFact | Occasion


@dataclass(frozen=True, slots=True)
class Line:
    """Some columns of a matrix as a line of time. ``places`` leads from a meeting or room to its place among them; ``starts`` holds their earliest days.

    ``cells`` are the places of the columns among all. What happened outside ``first`` and ``last`` day is not told.
    """

    starts: tuple[date, ...]
    places: Mapping[str, int]
    cells: Sequence[int]
    first: date = date.min
    last: date = date.max
    statements: bool = True


@dataclass(frozen=True, slots=True)
class Between:
    """What happened to one commitment since the column drawn before."""

    moves: tuple[MilestoneFact, ...] = ()
    promises: tuple[DeadlineFact, ...] = ()
    statements: tuple[Occasion, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Return the names of the marks: a move, the worst outcome of a promised date, one statement or several."""
        outcomes = {outcome_mark(promise.outcome) for promise in self.promises}
        worst = next((mark for mark in ("dm", "do", "dk") if mark in outcomes), "")
        said = ("" if not self.statements else "t1") if len(self.statements) < 2 else "t2"
        return tuple(mark for mark in ("am" if self.moves else "", worst, said) if mark)


def outcome_mark(outcome: Outcome) -> str:
    """Return the mark of a promised date that passed: missed, unresolved, or kept, late or not."""
    if outcome in OPEN_OUTCOMES:
        return "do"
    return "dm" if outcome == Outcome.MISSED else "dk"


def line(drawn: Arranged) -> Line:
    """Return the drawn columns as a line of time, built once for all rows."""
    whole = line_through(drawn.matrix.columns, drawn.places)
    return replace(whole, first=drawn.first, last=drawn.last, statements=drawn.asked.statements)


def line_through(columns: Sequence[Column], cells: Sequence[int]) -> Line:
    """Return the ``columns`` at some of their places as a line of time."""
    chosen = [columns[place] for place in cells]
    places = {meeting.slug: place for place, column in enumerate(chosen) for meeting in (column.meeting, *column.rooms)}
    return Line(tuple(column.when.earliest for column in chosen), places, cells)


def between(row: Trace, line: Line) -> Mapping[int, Between]:
    """Return what happened between the drawn columns under the place of the column after it; past the last one, the number of columns."""
    if not (row.milestones or row.deadlines or (line.statements and row.statements)):
        return {}
    found: dict[int, list[Event]] = defaultdict(list)
    for place, event in (*_moves(row, line), *_passed(row, line), *(_said(row, line) if line.statements else ())):
        found[place].append(event)
    return {place: _sorted(events) for place, events in found.items()}


def _sorted(events: list[Event]) -> Between:
    return Between(
        tuple(one for one in events if isinstance(one, MilestoneFact)),
        tuple(one for one in events if isinstance(one, DeadlineFact)),
        tuple(one for one in events if isinstance(one, Occasion)),
    )


def _moves(row: Trace, line: Line) -> Iterator[tuple[int, Event]]:
    """A move at a drawn meeting is told by the mark of its cell, if it was voiced there."""
    for one in filter(is_move, row.milestones):
        stood = line.places.get(one.meeting or "")
        if stood is not None and row.cells[line.cells[stood]].state == CellState.VOICED:
            continue
        if line.first <= one.happened.latest and one.happened.earliest <= line.last:
            yield (bisect_left(line.starts, one.happened.latest) if stood is None else stood), one


def _passed(row: Trace, line: Line) -> Iterator[tuple[int, Event]]:
    for track in row.deadlines:
        for one in track.promises:
            over = row.until if one.outcome in OPEN_OUTCOMES else row.as_of
            if one.due.latest < over and line.first <= one.due.latest <= line.last:
                yield bisect_right(line.starts, one.due.latest), one


def _said(row: Trace, line: Line) -> Iterator[tuple[int, Event]]:
    for one in row.statements:
        if one.counts and line.first <= one.when.latest and one.when.earliest <= line.last:
            yield bisect_right(line.starts, one.when.earliest), one
