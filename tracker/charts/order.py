"""Orders and first picks: which commitments a page puts first, by the numbers of their traces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.history.results import Column, DeadlineTrack, Matrix, Occasion, Trace
from tracker.vocabulary import Change

from .score import is_area

Key = Callable[[Trace], tuple[float, ...]]

#: Highest first; what was never voiced comes last. By name nothing comes first.
ORDERS: Mapping[str, Key] = {
    "name": lambda _row: (),
    "idle": lambda row: (row.measures.idle_restatements, row.measures.voiced_meetings),
    "quiet": lambda row: (_days(row), row.measures.quiet_meetings),
    "mentions": lambda row: (row.measures.voiced_meetings, row.measures.statements),
    "stage": lambda row: (row.stage, row.measures.voiced_meetings),
    "last": lambda row: (row.measures.last_voiced.latest.toordinal() if row.measures.last_voiced else 0, row.measures.voiced_meetings),
}


@dataclass(frozen=True, slots=True)
class Promise:
    row: Trace
    track: DeadlineTrack


@dataclass(frozen=True, slots=True)
class Latest:
    """What the latest meeting changed: first mentions, and what was voiced again with a change or without one."""

    column: Column
    first: tuple[Trace, ...]
    changed: tuple[tuple[Trace, Occasion], ...]
    again: tuple[Trace, ...]


def in_order(rows: Iterable[Trace], by: str) -> list[Trace]:
    """Return the rows by one of ``ORDERS``, highest first, equal ones by name."""
    key = ORDERS[by]
    return sorted(sorted(rows, key=lambda row: row.commitment.name.casefold()), key=key, reverse=True)


def concrete(matrix: Matrix) -> tuple[Trace, ...]:
    """Return the rows that are no areas."""
    return tuple(row for row in matrix.rows if not is_area(row))


def recurring(matrix: Matrix) -> tuple[Trace, ...]:
    """Return the concrete commitments voiced on two occasions or more, statements included."""
    return tuple(row for row in concrete(matrix) if row.measures.voiced_meetings + row.measures.statements > 1)


def with_areas(matrix: Matrix, rows: Iterable[Trace]) -> Matrix:
    """Return the matrix with ``rows`` and the areas above them only, in its own order."""
    by_slug = {row.commitment.slug: row.commitment for row in matrix.rows}
    kept: set[str] = set()
    for row in rows:
        slug: str | None = row.commitment.slug
        while slug in by_slug and slug not in kept:
            kept.add(slug)
            slug = by_slug[slug].parent
    return replace(matrix, rows=tuple(row for row in matrix.rows if row.commitment.slug in kept))


def most_restated(matrix: Matrix, at_most: int) -> list[Trace]:
    """Return the concrete commitments restated most often since they last moved, those restated at all."""
    return [row for row in in_order(concrete(matrix), "idle") if row.measures.idle_restatements][:at_most]


def longest_quiet(matrix: Matrix, at_most: int) -> list[Trace]:
    """Return the open concrete commitments longest without a known voicing, of those that were ever voiced again: a single mention fell not quiet."""
    still_open = (row for row in recurring(matrix) if row.measures.quiet_days and not row.condition.closed)
    return in_order(still_open, "quiet")[:at_most]


def promises(matrix: Matrix, at_most: int) -> list[Promise]:
    """Return the dated promises, the latest due first."""
    found = [Promise(row, track) for row in matrix.rows for track in row.deadlines]
    return sorted(found, key=lambda one: (one.track.promises[-1].due.latest, one.row.commitment.slug), reverse=True)[:at_most]


def kept_and_missed(matrix: Matrix) -> tuple[int, int]:
    """Return how many promised dates of the series are resolved, and how many of those were missed."""
    tracks = [track for row in matrix.rows for track in row.deadlines]
    return sum(track.resolved for track in tracks), sum(track.missed for track in tracks)


def latest_change(matrix: Matrix) -> Latest | None:
    """Return what the last column changed among all commitments named there themselves, or None before the first column."""
    if not matrix.columns:
        return None
    column = matrix.columns[-1]
    slugs = {column.slug, *(room.slug for room in column.rooms)}
    heard = [(row, one) for row in matrix.rows for one in _named_there(row, slugs)]
    first = tuple(row for row, one in heard if Change.FIRST in one.changes)
    changed = tuple((row, one) for row, one in heard if not {Change.FIRST, Change.SAME} & set(one.changes) and one.changes)
    told = {row.commitment.slug for row in (*first, *(row for row, _one in changed))}
    return Latest(column, first, changed, tuple(row for row, _one in heard if row.commitment.slug not in told))


def between(columns: Sequence[Column]) -> tuple[date, date] | None:
    """Return the first and the last day the columns span, or None without columns."""
    return (columns[0].when.earliest, columns[-1].when.latest) if columns else None


def _named_there(row: Trace, slugs: set[str]) -> list[Occasion]:
    own = row.commitment.slug
    return [one for one in row.occasions if one.counts and one.mention.commitment == own and one.meeting.slug in slugs]


def _days(row: Trace) -> int:
    return -1 if row.measures.quiet_days is None else row.measures.quiet_days
