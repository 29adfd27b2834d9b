"""Company: which other commitments were voiced at the same meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.vocabulary import CellState

from .results import Column, Trace

#: A single meeting shared says nothing: meetings voice a dozen things.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Company:
    """One other commitment, and the meetings at which both were voiced."""

    commitment: str
    columns: tuple[Column, ...]


def company(trace: Trace, voiced: Mapping[str, frozenset[str]], at_most: int) -> tuple[Company, ...]:
    """Return the commitments voiced most often at the meetings where this one was, rooms folded into their journey, most often first.

    ``voiced`` holds the meetings and rooms at which each other commitment was voiced. Those that share fewer than two are left out.
    """
    own = [column for column, cell in zip(trace.columns, trace.cells, strict=True) if cell.state == CellState.VOICED]
    found = [Company(slug, tuple(column for column in own if _places(column) & meetings)) for slug, meetings in voiced.items()]
    shared = [one for one in found if len(one.columns) >= FEWEST]
    return tuple(sorted(shared, key=lambda one: (-len(one.columns), one.commitment))[:at_most])


def _places(column: Column) -> frozenset[str]:
    return frozenset({column.slug, *(room.slug for room in column.rooms)})
