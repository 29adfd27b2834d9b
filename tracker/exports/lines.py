"""Rows to CSV that a spreadsheet opens without doing what a cell says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV (RFC 4180, UTF-8): None is empty, yes and no are ``true`` and ``false``."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(cell, header))
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def cell(value: object) -> str:
    """Return one value as a cell. Text that would begin a formula stands behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)
