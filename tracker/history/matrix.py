"""The matrix: every commitment of a series against every column."""

from __future__ import annotations

from datetime import date

from .facts import Record
from .index import index
from .results import Matrix
from .thresholds import THRESHOLDS, Thresholds
from .trace import trace_in


def matrix(record: Record, as_of: date, thresholds: Thresholds = THRESHOLDS) -> Matrix:
    """Return one trace per commitment: areas before what hangs under them, siblings in the order in which the record gives them."""
    found = index(record, as_of, thresholds)
    rows = tuple(trace_in(found, commitment) for commitment in found.families.in_order())
    return Matrix(record.series, as_of, found.until, found.line.columns, rows, thresholds)
