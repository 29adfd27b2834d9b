"""What a matrix says when it is asked the questions that readers come with: values only, no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.history.results import DeadlineTrack, Matrix, Occasion, Trace
from tracker.vocabulary import CellState, Change

from .order import concrete, recurring
from .score import read_columns

WORDING = frozenset({Change.STRONGER, Change.WEAKER, Change.MORE_SPECIFIC, Change.LESS_SPECIFIC, Change.RENAMED})


@dataclass(frozen=True, slots=True)
class Unheard:
    """Open concrete commitments without a known mention after ``day``, those most looked for first.

    ``looked`` of them could have come up at a meeting that was read since.
    """

    day: date
    rows: tuple[Trace, ...]
    looked: int


@dataclass(frozen=True, slots=True)
class Missed:
    row: Trace
    track: DeadlineTrack


@dataclass(frozen=True, slots=True)
class Worded:
    """The commitment whose wording changed most often: its first and its last counted wording, and how often it changed."""

    row: Trace
    first: Occasion
    last: Occasion
    changes: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Columns and cells of a matrix by what was read. ``silent`` counts echoed cells too: read, and not voiced."""

    columns: int
    read: int
    unknown: int
    silent: int


def unheard(found: Matrix, years: int) -> Unheard:
    """Return what was last voiced by the end of the year ``years`` years before the record ends, or earlier."""
    day = date(max(1, found.until.year - years), 12, 31)
    rows = [row for row in concrete(found) if row.measures.last_voiced and row.measures.last_voiced.latest <= day and not row.condition.closed]
    rows.sort(key=lambda row: (-row.measures.quiet_meetings, row.commitment.name))
    return Unheard(day, tuple(rows), sum(1 for row in rows if row.measures.quiet_meetings))


def missed(found: Matrix) -> tuple[Missed, ...]:
    """Return the targets of which a promised date was missed, the most often missed and the furthest slipped first."""
    tracks = [Missed(row, track) for row in found.rows for track in row.deadlines if track.missed]
    return tuple(sorted(tracks, key=lambda one: (-one.track.missed, -one.track.slip_days, one.row.commitment.slug, one.track.target)))


def one_sided(found: Matrix) -> tuple[tuple[Trace, Occasion], ...]:
    """Return the concrete commitments named in one side’s text only although the other’s was read, with the latest such occasion, latest first."""
    told = []
    for row in concrete(found):
        heard = [one for one in row.occasions if one.counts and one.one_sided]
        told += [(row, heard[-1])] if heard else []
    return tuple(sorted(told, key=lambda pair: (pair[1].when, pair[0].commitment.slug), reverse=True))


def most_reworded(found: Matrix) -> Worded | None:
    """Return the concrete commitment whose wording changed most often, or None where none ever did."""
    best: Worded | None = None
    for row in recurring(found):
        heard = [one for one in row.occasions if one.counts and one.strength is not None]
        changes = sum(bool(WORDING & set(one.changes)) for one in heard)
        if changes and (best is None or changes > best.changes):
            best = Worded(row, heard[0], heard[-1], changes)
    return best


def coverage(found: Matrix) -> Coverage:
    """Return how much of the matrix rests on reading."""
    states: Sequence[CellState] = [cell.state for row in found.rows for cell in row.cells]
    read = read_columns(found.columns, found.thresholds.reading)
    silent = sum(state in {CellState.SILENT, CellState.ECHOED} for state in states)
    return Coverage(len(found.columns), read, states.count(CellState.UNOBSERVED), silent)
