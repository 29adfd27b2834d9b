"""The pace of a series: how many commitments each meeting voiced, how well it was read, and what it carried over from the read meeting before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

from tracker.vocabulary import CellState, CommitmentKind

from .backdrop import is_read
from .carry import carry_over
from .results import CarryOver, Column, Matrix


@dataclass(frozen=True, slots=True)
class Beat:
    """One column: the commitments ``named`` there themselves, and the carry-over from the read general meeting before, None unless both were read."""

    column: Column
    named: tuple[str, ...]
    read: bool
    carried: CarryOver | None


@dataclass(frozen=True, slots=True)
class PaceMeasures:
    """Numbers of one series. ``voiced`` is the median number of commitments voiced per read meeting; rates are None where there is nothing to divide by."""

    meetings: int
    read: int
    statements: int
    concrete: int
    areas: int
    voiced: float | None
    carried: float | None
    comparisons: int
    deadlines_resolved: int
    deadlines_missed: int


def beats(matrix: Matrix) -> tuple[Beat, ...]:
    """Return one beat per column, in the order of the columns."""
    found: list[Beat] = []
    before: Column | None = None
    for place, column in enumerate(matrix.columns):
        read = is_read(column.grade, matrix.thresholds)
        named = tuple(row.commitment.slug for row in matrix.rows if row.cells[place].state == CellState.VOICED and row.cells[place].named)
        carried = carry_over(matrix, before.slug, column.slug) if before and read and column.general else None
        found.append(Beat(column, named, read, carried))
        before = column if read and column.general else before
    return tuple(found)


def pace(matrix: Matrix, told: Iterable[Beat]) -> PaceMeasures:
    """Return the numbers of a series from its ``told`` beats."""
    told = tuple(told)
    rates = [one.carried.rate for one in told if one.carried and one.carried.rate is not None]
    voiced = [len(one.named) for one in told if one.read]
    statements = {one.meeting.slug for row in matrix.rows for one in row.occasions if one.counts and one.statement and not one.guest}
    areas = sum(row.commitment.kind == CommitmentKind.AREA for row in matrix.rows)
    return PaceMeasures(
        meetings=len(told),
        read=sum(one.read for one in told),
        statements=len(statements),
        concrete=len(matrix.rows) - areas,
        areas=areas,
        voiced=median(voiced) if voiced else None,
        carried=fmean(rates) if rates else None,
        comparisons=len(rates),
        deadlines_resolved=sum(row.measures.deadlines_resolved for row in matrix.rows),
        deadlines_missed=sum(row.measures.deadlines_missed for row in matrix.rows),
    )
