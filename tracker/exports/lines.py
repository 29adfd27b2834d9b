"""Rows to CSV that a spreadsheet opens without doing what a cell says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import chain

#: What a spreadsheet takes for the beginning of a formula, and the apostrophe itself, so that whoever takes the first one off gets the text back.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV (RFC 4180, UTF-8): None is empty, yes and no are ``true`` and ``false``."""
    return "".join(map(csv_line, chain((header,), rows)))


def csv_line(row: Iterable[object]) -> str:
    """Return one row of a table as CSV, with the end of its line."""
    line: list[str] = []
    csv.writer(_Sink(line)).writerow(map(cell, row))
    return line[0]


class _Sink:
    """Where a writer puts its row."""

    def __init__(self, line: list[str]) -> None:
        self.write = line.append


def cell(value: object) -> str:
    """Return one value as a cell. Text that would begin a formula stands behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value)
