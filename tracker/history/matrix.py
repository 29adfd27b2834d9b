"""The matrix: every commitment of a series against every column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .facts import Record
from .index import Index, index
from .results import Matrix, Trace
from .thresholds import THRESHOLDS, Thresholds
from .trace import trace_in


def matrix(record: Record, as_of: date, thresholds: Thresholds = THRESHOLDS) -> Matrix:
    """Return one trace per commitment: areas before what hangs under them, siblings in the order in which the record gives them."""
    found = index(record, as_of, thresholds)
    return Matrix(record.series, as_of, found.until, found.line.columns, tuple(_rows(found)), thresholds)


def traces(record: Record, as_of: date, thresholds: Thresholds = THRESHOLDS) -> Iterator[Trace]:
    """Yield the rows of the matrix of ``record`` one after the other, for who needs no two of them at a time: their cells fill most of the memory."""
    yield from _rows(index(record, as_of, thresholds))


def _rows(found: Index) -> Iterator[Trace]:
    return (trace_in(found, commitment) for commitment in found.families.in_order())
