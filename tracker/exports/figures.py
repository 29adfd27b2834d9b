"""Charts and their tables as files: comma-separated values, and drawings that stand alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tracker.charts.plot import WIDE
from tracker.charts.standalone import stand_alone

from .lines import csv_text

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a table: its value, the address of the rows it was computed from, and how a page says it where that is not the value itself."""

    value: Value
    href: str = ""
    shown: str = ""

    @property
    def text(self) -> str:
        return self.shown or ("–" if self.value is None else str(self.value))

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int | float)


@dataclass(frozen=True, slots=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart: the plain sentence it shows, what it counts, its drawing (None where nothing is counted) and its table."""

    slug: str
    label: str
    finding: str
    about: str
    draw: Callable[[str, int], str] | None
    table: Table


def csv_file(table: Table) -> str:
    """Return the values of the table as comma-separated text with its heads."""
    return csv_text(table.heads, ([entry.value for entry in row] for row in table.rows))


def svg_file(draw: Callable[[str, int], str], caption: str, origin: str) -> str:
    """Return a drawing as an SVG file with ``caption`` over it and ``origin`` under it."""
    return stand_alone(draw("chart", WIDE), escape(caption), escape(origin))
