"""The rows of a ladder chart as CSV."""

from __future__ import annotations

import csv
import io

from tracker.charts.ladder_rows import Row, rows
from tracker.history.results import Trace

HEAD = ("row", "earliest", "latest", "until_earliest", "until_latest", "code", "label", "text", "counts", "meeting", "place")
#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def ladder_csv(trace: Trace) -> str:
    """Return everything that the chart of ``trace`` draws, one line for each: days in ISO 8601, codes as in fixtures."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(HEAD)
    table.writerows([_guarded(cell) for cell in _cells(row)] for row in rows(trace))
    return written.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    until = (row.until.earliest.isoformat(), row.until.latest.isoformat()) if row.until else ("", "")
    when = (row.when.earliest.isoformat(), row.when.latest.isoformat())
    return (row.kind, *when, *until, row.code, str(row.label), row.text, "yes" if row.counts else "no", row.meeting, row.place)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
