"""A table as rows of cells with their lines, and the columns that a mapping names in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tracker.loading.problems import FixtureError, Problem

from .cells import Cell, filled, text_of
from .columns import found_places
from .keys import spaced
from .mapping import CellRules, Mapping
from .refusal import RefusalError

#: A table of more rows is bulk, and another format's job.
MOST_ROWS = 100_000
_EMPTY = ("", None)
_AS_IT_STANDS = CellRules()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its line (in a workbook its row of the sheet), and what makes it unreadable."""

    line: int
    cells: tuple[Cell, ...]
    fault: RefusalError | None = None

    @property
    def is_blank(self) -> bool:
        return self.fault is None and all(filled(cell, _AS_IT_STANDS) is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that was read: where it stands, its bytes, its rows. ``is_ragged``: its rows say themselves how many cells they have."""

    path: str
    raw: bytes
    rows: Iterable[Row]
    is_ragged: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows of data of a table, each as wide as the header, and the places of the columns that the mapping names."""

    rows: list[Row]
    places: dict[str, int]


def laid_out(grid: Grid, mapping: Mapping) -> Laid:
    """Return the data of a table as the mapping needs it; raise ``FixtureError`` where a column that it names is not there."""
    rules = mapping.table
    heads: dict[int, Row] = {}
    rows: list[Row] = []
    for row in grid.rows:
        if row.line in rules.header_row:
            heads[row.line] = row
        elif row.line >= rules.first_row and not (rules.last_row and row.line > rules.last_row):
            if not row.is_blank:
                rows.append(row)
            if len(rows) > MOST_ROWS:
                raise FixtureError([Problem(grid.path, row.line, "", "", f"more than {MOST_ROWS:,} rows", "split the table")])
    headers = _headers(grid, mapping, heads)
    width = len(headers) if rules.header_row else max((len(row.cells) for row in rows[:1]), default=0)
    places = found_places(mapping, headers, width)
    shaped = [_shaped(row, width, grid.is_ragged and rules.short_rows == "refuse") for row in rows]
    return Laid(list(_filled_down(shaped, [places[name] for name in rules.fill_down], mapping)), places)


def _headers(grid: Grid, mapping: Mapping, heads: dict[int, Row]) -> list[str]:
    """Return the names of the columns. Of several rows, an empty upper cell continues the one on its left, as merged cells do."""
    names: list[list[str]] = []
    width = max((len(row.cells) for row in heads.values()), default=0)
    for number in mapping.table.header_row:
        told = _header(grid, number, heads.get(number))
        told += [""] * (width - len(told))
        if number != mapping.table.header_row[-1]:
            for place in range(1, width):
                told[place] = told[place] or told[place - 1]
        names.append(told)
    joined = [" / ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*names, strict=True)]
    while joined and not joined[-1]:
        joined.pop()
    return joined


def _header(grid: Grid, number: int, row: Row | None) -> list[str]:
    """Return the texts of a row that names columns; raise ``FixtureError`` where there is none."""
    if row is None or row.is_blank or row.fault:
        found = f"line {number} can't be read: {row.fault.found}" if row and row.fault else f"there is no header in line {number}"
        raise FixtureError([Problem(grid.path, number, "", "", found, "write header_row in the mapping: the line in which the columns are named")])
    try:
        return [spaced(text_of(filled(cell, _AS_IT_STANDS))) for cell in row.cells]
    except RefusalError as error:
        raise FixtureError([Problem(grid.path, number, "", "", f"the header {error.found}", error.right)]) from error


def _shaped(row: Row, width: int, refuse_short: bool) -> Row:
    """Return the row as wide as the header. Empty cells beyond it are no fault."""
    if row.fault:
        return replace(row, cells=(None,) * width)
    cells = row.cells[:width]
    if any(cell not in _EMPTY for cell in row.cells[width:]):
        return Row(row.line, cells, RefusalError(f"has {len(row.cells)} cells, the header has {width}", "one cell for each column"))
    if len(cells) < width:
        short = RefusalError(f"has {len(cells)} cells, the header has {width}", 'complete it, or write short_rows = "fill" in the mapping')
        return Row(row.line, cells + (None,) * (width - len(cells)), short if refuse_short else None)
    return Row(row.line, cells)


def _filled_down(rows: list[Row], places: list[int], mapping: Mapping) -> Iterator[Row]:
    """Yield the rows, where an empty cell of the columns at ``places`` repeats the last cell above it."""
    above: dict[int, Cell] = {}
    for row in rows:
        cells = list(row.cells)
        for place in places:
            if filled(cells[place], mapping.cells) is None:
                cells[place] = above.get(place)
            above[place] = cells[place]
        yield replace(row, cells=tuple(cells)) if places else row
