"""The matrix as a score: years over columns, and one line of marks per commitment, written as short as HTML allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from tracker.history.results import Column, Trace
from tracker.vocabulary import CommitmentKind, Grade

#: Up to so many columns a head is set level; beyond, heads stand upright.
LEVEL_HEADS = 8
#: Up to so many columns a matrix fits an ordinary screen without its own scrolling.
FITS_A_SCREEN = 30
#: Up to so many columns a matrix is printed with marks of a readable size.
FITS_A_POSTER = 70


@dataclass(frozen=True, slots=True)
class Year:
    label: str
    span: int


@dataclass(frozen=True, slots=True)
class Place:
    """What all cells of one column share: the slug of its meeting, its year, and whether it opens that year."""

    meeting: str
    year: str
    opens: bool


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


def places(columns: Sequence[Column]) -> tuple[Place, ...]:
    """Return the columns as the cells under them know them."""
    return tuple(Place(column.slug, year_of(column), bool(opens)) for column, opens in zip(columns, openings(columns), strict=True))


def density(columns: int) -> str:
    """Return how closely the columns stand: ``wide`` (level heads), ``close`` (fits a screen) or ``long`` (scrolls).

    To ``long`` comes ``vast`` where the print must be small.
    """
    if columns <= LEVEL_HEADS:
        return "wide"
    if columns <= FITS_A_SCREEN:
        return "close"
    return "long" if columns <= FITS_A_POSTER else "long vast"


def line(row: str, address: tuple[str, str], places: Sequence[Place], marks: Sequence[tuple[str, str]]) -> str:
    """Return the cells of one line as HTML: for each column the drawings of its cell, and the ids of the words that say them.

    Each link takes its name from row head, column head and words by their ids; ``address`` stands before and after the slug of the meeting.
    End tags and quotes are left out where HTML allows it: a matrix has thousands of cells. On a phone a year is told with the first of its
    cells that is drawn, which what lies before the first mention is not.
    """
    before, after = escape(address[0]), escape(address[1])
    parts, told = [], ""
    for number, (place, (drawn, words)) in enumerate(zip(places, marks, strict=True)):
        year = ""
        if place.year != told and drawn != BEFORE:
            told = place.year
            year = f" data-y={told}"
        opens = " class=y" if place.opens else ""
        parts.append(f'<td{opens}{year}><a href="{before}{place.meeting}{after}" aria-labelledby="{row} c{number} {words}"><svg>{drawn}</svg></a>')
    return "".join(parts)


def use(mark: str) -> str:
    """Return the drawing of one mark."""
    return f'<use href="#{mark}"/>'


BEFORE = use("b")


def depths(rows: Iterable[Trace]) -> dict[str, int]:
    """Return how deep each commitment hangs under areas; rows come areas first."""
    found: dict[str, int] = {}
    for row in rows:
        parent = row.commitment.parent
        found[row.commitment.slug] = found[parent] + 1 if parent in found else 0
    return found


def is_area(row: Trace) -> bool:
    return row.commitment.kind == CommitmentKind.AREA


def read_columns(columns: Iterable[Column], threshold: Grade) -> int:
    """Return how many columns were read as far as the threshold asks."""
    return sum(column.grade >= threshold for column in columns)
