"""Which mark stands for a cell and for a reading. The shapes are in templates/tracker/parts/_marks.html."""

from __future__ import annotations

from tracker.history.results import Cell, Column
from tracker.vocabulary import CellState, Extent, Grade

_PLAIN = {
    CellState.BEFORE: "b",
    CellState.CLOSED: "c",
    CellState.INELIGIBLE: "x",
    CellState.UNOBSERVED: "u",
    CellState.ECHOED: "e",
}
_READ = {Grade.FIRM: "rf", Grade.SOFT: "rs", Grade.WEAK: "rw"}
#: The mark of a mention that does not count: claimed, recalled, or the reporter's own paragraph.
NOT_COUNTED = "n"
_HELD = {Extent.FULL: "rh", Extent.OPENING: "ro", Extent.REFERENCE: "rr"}


def cell_mark(cell: Cell) -> str:
    """Return the name of the cell's mark: a letter for the state, then ``b`` for both sides and ``m`` for moved (design §5.1)."""
    if cell.state == CellState.VOICED:
        return voiced_mark(named=cell.named or not cell.through, both_sides=cell.both_sides, moved=cell.moved)
    if cell.state == CellState.SILENT:
        return "sf" if cell.grade == Grade.FIRM else "ss"
    return _PLAIN[cell.state]


def voiced_mark(*, named: bool, both_sides: bool, moved: bool) -> str:
    """Return the name of the mark of a voicing; a half disc where an area was voiced only through a project."""
    return ("v" if named else "h") + ("b" if both_sides else "") + ("m" if moved else "")


def reading_mark(column: Column) -> str:
    """Return the name of the mark on the reading strip: how far the column's reports were read, or else how much is held."""
    if column.grade in _READ:
        return _READ[column.grade]
    held = [report.extent for report in column.reports]
    return _HELD[max(held, key=lambda extent: extent.rank)] if held else "rn"
