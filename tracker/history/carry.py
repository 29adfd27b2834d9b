"""Carry-over: what two read meetings share, what the later one dropped and what it brought."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.vocabulary import CellState, Grade

from .results import CarryOver, Cell, Matrix, Trace

#: At such a column it could not have been voiced, or nobody knows: what stands at the other one is neither kept nor dropped nor new.
INCOMPARABLE = frozenset({CellState.UNOBSERVED, CellState.CLOSED, CellState.INELIGIBLE})


class NotReadError(ValueError):
    """One of the two meetings is no column of the matrix, or was not read; the message says which."""


def carry_over(matrix: Matrix, earlier: str, later: str) -> CarryOver:
    """Return what the read columns ``earlier`` and ``later`` share (design §2.4); raise ``NotReadError`` unless both were read.

    Areas take part where they were named themselves. What could not have been voiced at the other column, or is not known there, is left out.
    """
    places = {column.slug: place for place, column in enumerate(matrix.columns)}
    for slug in (earlier, later):
        _must_be_read(matrix, places, slug)
    pairs = {row.commitment.slug: (row.cells[places[earlier]], row.cells[places[later]]) for row in matrix.rows if _is_comparable(row, places, earlier, later)}
    before = [slug for slug, (cell, _) in pairs.items() if _is_voiced(cell)]
    after = [slug for slug, (_, cell) in pairs.items() if _is_voiced(cell)]
    kept = tuple(slug for slug in before if slug in after)
    dropped = tuple(slug for slug in before if slug not in after)
    new = tuple(slug for slug in after if slug not in before)
    both = len(kept) + len(dropped) + len(new)
    return CarryOver(earlier, later, kept, dropped, new, len(kept) / len(before) if before else None, len(kept) / both if both else None)


def _must_be_read(matrix: Matrix, places: Mapping[str, int], slug: str) -> None:
    if slug not in places:
        raise NotReadError(f"“{slug}” is no meeting of {matrix.series.slug} as of {matrix.as_of}")
    if matrix.columns[places[slug]].grade < max(matrix.thresholds.reading, Grade.WEAK):
        raise NotReadError(f"“{slug}” was not read in full, so what it left out is not known")


def _is_comparable(row: Trace, places: Mapping[str, int], earlier: str, later: str) -> bool:
    return all(row.cells[places[slug]].state not in INCOMPARABLE for slug in (earlier, later))


def _is_voiced(cell: Cell) -> bool:
    return cell.state == CellState.VOICED and cell.named
