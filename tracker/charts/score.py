"""The matrix as a score: years over columns, and one line of marks per commitment, written as short as HTML allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from tracker.history.results import Cell, Column, Matrix, Trace
from tracker.vocabulary import CellState, CommitmentKind, Grade

#: Up to so many columns a head is set level; beyond, heads stand upright.
LEVEL_HEADS = 8
#: Up to so many columns a matrix fits an ordinary screen without its own scrolling.
FITS_A_SCREEN = 30


@dataclass(frozen=True, slots=True)
class Year:
    label: str
    span: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of a line: where it leads, the id of the words that say it, the mark, whether its column opens a year, and the year it is told by on a phone."""

    href: str
    words: str
    mark: str
    opens: bool = False
    year: str = ""


def years(columns: Sequence[Column]) -> tuple[Year, ...]:
    """Return the year band: neighbouring columns of one year together."""
    return tuple(Year(label, len(list(same))) for label, same in groupby(columns, key=year_of))


def year_of(column: Column) -> str:
    """Return the year a column stands under: the one it began in."""
    return f"{column.when.earliest.year:04d}"


def openings(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return for each column the year it opens, or an empty text."""
    labels = [year_of(column) for column in columns]
    return tuple(label if place == 0 or label != labels[place - 1] else "" for place, label in enumerate(labels))


def told_years(columns: Sequence[Column], cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return for each cell its year where it is the first of the year that is drawn on a phone: what lies before the first mention is not."""
    told, last = [], ""
    for column, cell in zip(columns, cells, strict=True):
        year = "" if cell.state == CellState.BEFORE or year_of(column) == last else year_of(column)
        told.append(year)
        last = year or last
    return tuple(told)


def density(columns: int) -> str:
    """Return how closely the columns stand: ``wide`` (level heads), ``close`` (fits a screen) or ``long`` (scrolls)."""
    if columns <= LEVEL_HEADS:
        return "wide"
    return "close" if columns <= FITS_A_SCREEN else "long"


def line(row: str, marks: Iterable[Mark]) -> str:
    """Return the cells of one line as HTML. Each link takes its name from row head, column head and words by their ids.

    End tags and quotes are left out where HTML allows it: a matrix has thousands of cells.
    """
    return "".join(_cell(row, place, mark) for place, mark in enumerate(marks))


def _cell(row: str, place: int, mark: Mark) -> str:
    opens, year = " class=y" if mark.opens else "", f" data-y={escape(mark.year)}" if mark.year else ""
    return f'<td{opens}{year}><a href="{escape(mark.href)}" aria-labelledby="{row} c{place} {mark.words}"><svg><use href="#{mark.mark}"/></svg></a>'


def depths(rows: Iterable[Trace]) -> dict[str, int]:
    """Return how deep each commitment hangs under areas; rows come areas first."""
    found: dict[str, int] = {}
    for row in rows:
        parent = row.commitment.parent
        found[row.commitment.slug] = found[parent] + 1 if parent in found else 0
    return found


def is_area(row: Trace) -> bool:
    return row.commitment.kind == CommitmentKind.AREA


def shown_columns(matrix: Matrix, *, general_only: bool, latest: int | None = None) -> tuple[int, ...]:
    """Return the places of the columns to draw: the general ones or all, and of these the ``latest`` so many."""
    places = [place for place, column in enumerate(matrix.columns) if column.general or not general_only]
    return tuple(places[-latest:] if latest else places)


def read_columns(columns: Iterable[Column], threshold: Grade) -> int:
    """Return how many columns were read as far as the threshold asks."""
    return sum(column.grade >= threshold for column in columns)
