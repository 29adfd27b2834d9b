"""Reading XLSX: the sheet that is meant, its cells as they were typed, results of formulas as they were kept."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import repeat
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from tracker.loading.problems import FixtureError, Problem, shown

from .cells import Cell, FaultyCell
from .grid import Grid, Row
from .keys import spaced
from .mapping import TableRules

#: What a workbook may unpack to: ten times the largest file that is read.
LARGEST_UNPACKED = 512 * 1024 * 1024
MOST_PARTS = 2000
_OLD = b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20


def workbook(path: str, raw: bytes, rules: TableRules) -> Grid:
    """Return the sheet that is meant; raise ``FixtureError`` if the file is no workbook, too large when unpacked, or has several sheets to choose from."""
    has_formulas = _inspected(path, raw)
    try:
        values = _sheet(path, raw, rules, results=True)
        formulas = _sheet(path, raw, rules, results=False) if has_formulas else None
        rows = list(_rows(values, formulas))
    except FixtureError:
        raise
    except Exception as error:  # a damaged workbook fails anywhere in the library, in many ways
        raise _refusal(path, f"is a damaged workbook ({type(error).__name__})", "open it in a spreadsheet program and save it again") from error
    return Grid(path, raw, rows, is_ragged=False)


def _inspected(path: str, raw: bytes) -> bool:
    """Return whether any sheet holds formulas; raise ``FixtureError`` for what should not be opened."""
    if raw.startswith(_OLD):
        raise _refusal(path, "is a workbook of the old format, or locked by a password", "save it as .xlsx without a password")
    try:
        with ZipFile(BytesIO(raw)) as archive:
            names = _parts(path, archive)
            return sum(_has_formulas(path, archive, name) for name in names) > 0
    except FixtureError:
        raise
    except Exception as error:
        raise _refusal(path, "is not a workbook", "a table in XLSX is a ZIP archive: save it again as .xlsx") from error


def _parts(path: str, archive: ZipFile) -> list[str]:
    """Return the names of the parts to look into. Their declared sizes are what is unpacked of them: reading stops there."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _refusal(path, "unpacks to more than a table can be", f"at most {LARGEST_UNPACKED >> 20} MB in {MOST_PARTS} parts: save the sheet alone")
    return [part.filename for part in parts if part.filename.endswith((".xml", ".rels"))]


def _has_formulas(path: str, archive: ZipFile, name: str) -> bool:
    """Return whether a part holds formulas; raise ``FixtureError`` if it defines entities, which no workbook needs."""
    found, rest = False, b""
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            seen = rest + chunk
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise _refusal(path, "defines entities, which no workbook needs", "open it in a spreadsheet program and save it again")
            found = found or b"<f>" in seen or b"<f " in seen or b"<f/" in seen
            rest = seen[-16:]
    return found and "worksheets/" in name


def _sheet(path: str, raw: bytes, rules: TableRules, *, results: bool) -> Any:
    """Return the sheet that the mapping names, or the only one that is not hidden."""
    with warnings.catch_warnings():
        # The library warns of what it does not read: styles, extensions, printing.
        warnings.simplefilter("ignore")
        sheets = load_workbook(BytesIO(raw), read_only=True, data_only=results, keep_links=False).worksheets
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    named = ", ".join(shown(sheet.title) for sheet in visible)
    if rules.sheet:
        chosen = [sheet for sheet in sheets if spaced(sheet.title) == spaced(rules.sheet)]
        if not chosen:
            raise _refusal(path, f"there is no sheet {shown(rules.sheet)}", f"its sheets: {named}")
    elif len(visible) != 1:
        raise _refusal(path, f"has {len(visible)} sheets that are not hidden: {named}", 'write sheet = "…" in the mapping')
    else:
        chosen = visible
    chosen[0].reset_dimensions()
    return chosen[0]


def _rows(values: Any, formulas: Any) -> Iterator[Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, (row, written) in enumerate(zip(values.iter_rows(), formulas.iter_rows() if formulas else repeat(None), strict=False), 1):
            cells = [_cell(cell) for cell in row]
            for place, cell in enumerate(written or ()):
                if place < len(cells) and cells[place] is None and cell.data_type == "f":
                    cells[place] = FaultyCell("holds a formula whose result was not kept")
            # One cell typed far below stands after a million rows without any.
            if any(cell is not None for cell in cells):
                yield Row(number, tuple(cells))


def _cell(cell: Any) -> Cell:
    value: Cell = cell.value
    return FaultyCell(f"holds the error {value}") if cell.data_type == "e" else value


def _refusal(path: str, found: str, right: str) -> FixtureError:
    return FixtureError([Problem(path, 1, "", "", found, right)])
