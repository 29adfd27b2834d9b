"""The rows of a ladder chart as CSV."""

from __future__ import annotations

from tracker.charts.ladder_rows import Row, rows
from tracker.history.results import Trace

from .lines import csv_text

HEAD = ("row", "earliest", "latest", "until_earliest", "until_latest", "code", "label", "text", "counts", "meeting", "place")


def ladder_csv(trace: Trace) -> str:
    """Return everything that the chart of ``trace`` draws, one line for each: days in ISO 8601, codes as in fixtures."""
    return csv_text(HEAD, map(_cells, rows(trace)))


def _cells(row: Row) -> tuple[str, ...]:
    until = (row.until.earliest.isoformat(), row.until.latest.isoformat()) if row.until else ("", "")
    when = (row.when.earliest.isoformat(), row.when.latest.isoformat())
    return (row.kind, *when, *until, row.code, str(row.label), row.text, "yes" if row.counts else "no", row.meeting, row.place)
