"""The matrix for the terminal: one mark per cell, numbered columns, a hundred characters wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.charts.arrangement import Arranged
from tracker.history.results import Cell, Column, Matrix, Trace
from tracker.vocabulary import CellState, Grade

WIDTH = 100
NAME_WIDTH = 36
_PER_BLOCK = (WIDTH - NAME_WIDTH - 2) // 2

LEGEND = (
    ("V", "voiced"),
    ("M", "voiced, and it moved"),
    ("v", "area voiced only through something under it"),
    ("e", "not voiced, but its area was named"),
    ("S", "silent: in neither side's text, or not in the joint text"),
    ("s", "not in the texts that were read"),
    ("?", "not known: nothing read that could show it"),
    (".", "earlier than the first mention we know"),
    ("|", "closed before"),
    ("x", "not its occasion"),
)
_PLAIN = {
    CellState.BEFORE: ".",
    CellState.CLOSED: "|",
    CellState.INELIGIBLE: "x",
    CellState.UNOBSERVED: "?",
    CellState.ECHOED: "e",
}


def mark(cell: Cell) -> str:
    """Return the one character that stands for ``cell``."""
    if cell.state == CellState.VOICED:
        return "M" if cell.moved else "V" if cell.named else "v"
    if cell.state == CellState.SILENT:
        return "S" if cell.grade == Grade.FIRM else "s"
    return _PLAIN[cell.state]


def as_arranged(drawn: Arranged) -> Matrix:
    """Return the matrix with the rows and columns that are drawn, in their order; the numbers stay as they are."""
    rows = tuple(replace(row, columns=drawn.columns, cells=tuple(row.cells[place] for place in drawn.places)) for row in drawn.rows)
    return replace(drawn.matrix, columns=drawn.columns, rows=rows)


def matrix_table(matrix: Matrix) -> str:
    """Return the matrix as lines of text: the grid in blocks that fit, the meetings by number, the legend."""
    lines = [f"{matrix.series.title or matrix.series.slug}, as of {matrix.as_of.isoformat()}", ""]
    for start in range(0, max(len(matrix.columns), 1), _PER_BLOCK):
        lines += [*_block(matrix, start), ""]
    lines += [*_meetings(matrix.columns), "", *(f"  {character}  {meaning}" for character, meaning in LEGEND)]
    return "\n".join(lines)


def _block(matrix: Matrix, start: int) -> Iterator[str]:
    numbers = range(start + 1, min(start + _PER_BLOCK, len(matrix.columns)) + 1)
    for digit in (100, 10, 1):
        if digit == 1 or (numbers and numbers[-1] >= digit):
            yield _line("", [_digit(number, digit) for number in numbers])
    depths: dict[str, int] = {}
    for row in matrix.rows:
        depths[row.commitment.slug] = depths.get(row.commitment.parent or "", -1) + 1
        yield _line(_name(row, depths[row.commitment.slug]), [mark(cell) for cell in row.cells[start : start + _PER_BLOCK]])


def _digit(number: int, digit: int) -> str:
    return str(number // digit % 10) if number >= digit else " "


def _name(row: Trace, depth: int) -> str:
    name = "  " * depth + (row.commitment.name or row.commitment.slug)
    return name if len(name) <= NAME_WIDTH else name[: NAME_WIDTH - 1].rstrip() + "…"


def _line(name: str, marks: Sequence[str]) -> str:
    return f"{name:<{NAME_WIDTH}}  {' '.join(marks)}".rstrip()


def _meetings(columns: Sequence[Column]) -> Iterator[str]:
    """Say for each column when and where it was, and how firmly it was read."""
    for number, column in enumerate(columns, start=1):
        called = "" if column.general else ", called for one thing"
        line = f"{number:>4}  {column.when.edtf():<21} {column.slug}: {column.meeting.title}"
        read = f" [{column.grade.word}{called}]"
        yield line[: WIDTH - len(read)].rstrip() + read
