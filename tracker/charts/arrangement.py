"""Which rows and columns of a matrix are drawn, and in which order: one answer for the page, the drawing and the table of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.history.results import Column, Matrix, Trace
from tracker.vocabulary import Format, Level

from . import order
from .score import is_area


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of a matrix; unasked, every commitment at every general meeting. ``area`` holds what hangs under it too."""

    sort: str = "area"
    general_only: bool = True
    area: str | None = None
    level: Level | None = None
    format: Format | None = None
    since: int | None = None
    until: int | None = None
    statements: bool = False
    #: So many columns at most, the newest.
    latest: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that stand together: one area with what hangs under it, or all ``concrete`` commitments, or all ``areas``."""

    kind: str
    rows: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A matrix as it is drawn. ``places`` are those of the drawn columns among all; what lies outside ``first`` and ``last`` day is not drawn."""

    matrix: Matrix
    asked: Asked
    places: tuple[int, ...]
    blocks: tuple[Block, ...]
    first: date
    last: date

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self.matrix.columns[place] for place in self.places)

    @property
    def rows(self) -> tuple[Trace, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @property
    def is_cut(self) -> bool:
        """Return whether more meetings are left out than those called for one thing: the numbers of a row count them all the same."""
        asked = self.asked
        return bool(asked.level or asked.format or asked.since or asked.until)

    @property
    def hidden(self) -> int:
        return len(self.matrix.columns) - len(self.places)


def arranged(matrix: Matrix, asked: Asked) -> Arranged:
    """Return the rows and columns of ``matrix`` that are ``asked`` for, in the order asked for."""
    places = [place for place, column in enumerate(matrix.columns) if _is_asked_for(column, asked)]
    shown = tuple(places[-asked.latest :] if asked.latest else places)
    first = date(asked.since, 1, 1) if asked.since else date.min
    if asked.latest and shown and shown[0] > 0:
        first = max(first, matrix.columns[shown[0] - 1].when.latest)
    last = date(asked.until, 12, 31) if asked.until else date.max
    return Arranged(matrix, asked, shown, blocks(rows_of(matrix, asked.area), asked.sort), first, last)


def _is_asked_for(column: Column, asked: Asked) -> bool:
    if asked.general_only and not column.general:
        return False
    if asked.level and column.meeting.level != asked.level:
        return False
    if asked.format and column.meeting.format != asked.format:
        return False
    return (asked.since or 0) <= column.when.latest.year and column.when.earliest.year <= (asked.until or date.max.year)


def rows_of(matrix: Matrix, area: str | None) -> tuple[Trace, ...]:
    """Return the rows of one area and of everything under it, or all. Rows come areas first."""
    if area is None:
        return matrix.rows
    kept = {area}
    for row in matrix.rows:
        if row.commitment.parent in kept:
            kept.add(row.commitment.slug)
    return tuple(row for row in matrix.rows if row.commitment.slug in kept)


def blocks(rows: Sequence[Trace], sort: str) -> tuple[Block, ...]:
    """Return the rows in blocks: by area, each area leading one, or by one of ``order.ORDERS``, areas apart."""
    if sort in order.ORDERS:
        concrete = Block("concrete", tuple(order.in_order((row for row in rows if not is_area(row)), sort)))
        areas = Block("areas", tuple(order.in_order((row for row in rows if is_area(row)), sort)))
        return tuple(block for block in (concrete, areas) if block.rows)
    return tuple(Block("", tuple(family)) for family in _families(rows))


def _families(rows: Iterable[Trace]) -> list[list[Trace]]:
    """Return the rows in families: whoever hangs under none of the rows before begins one."""
    found: list[list[Trace]] = []
    seen: set[str] = set()
    for row in rows:
        if row.commitment.parent not in seen:
            found.append([])
        found[-1].append(row)
        seen.add(row.commitment.slug)
    return found
