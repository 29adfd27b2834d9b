"""A list as a file: CSV, JSON, JSON Lines or a workbook, written while it is being sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter

from tracker.exports.lines import FORMULA, csv_line

from .listing import Document, Listing

Chunks = Iterable[list[Document]]
#: A sheet holds so many rows, heads included, and a cell so many letters.
SHEET_ROWS, CELL_LETTERS = 1_048_576, 32_767
_PIECE = 1 << 16
#: The same rows give the same bytes, so a workbook does not say when it was written: its name does.
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001  the library takes days without a zone


def csv_lines(listing: Listing, chunks: Chunks) -> Iterator[bytes]:
    """Yield the rows as CSV (RFC 4180, UTF-8) under the names of the columns. Words of a list are separated by spaces."""
    names = [column.name for column in listing.flat]
    yield csv_line(names).encode()
    for chunk in chunks:
        yield "".join(csv_line(_flat(document, names)) for document in chunk).encode()


def json_array(_listing: Listing, chunks: Chunks) -> Iterator[bytes]:
    """Yield the rows as one JSON array of objects, one on each line."""
    before = "[\n"
    for chunk in chunks:
        if chunk:
            yield (before + ",\n".join(map(_json, chunk))).encode()
            before = ",\n"
    yield b"\n]\n" if before == ",\n" else b"[]\n"


def json_lines(_listing: Listing, chunks: Chunks) -> Iterator[bytes]:
    """Yield the rows as JSON Lines."""
    for chunk in chunks:
        yield "".join(f"{_json(document)}\n" for document in chunk).encode()


def workbook(listing: Listing, chunks: Chunks) -> Iterator[bytes]:
    """Yield the rows as a workbook, which is written to the disk first: what it keeps in memory is one row. A full sheet is followed by another."""
    with TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": _NO_DAY})
        _write_sheets(book, listing, chunks)
        book.close()
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _write_sheets(book: Any, listing: Listing, chunks: Chunks) -> None:
    names = [column.name for column in listing.flat]
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    rows = (_flat(document, names) for document in chain.from_iterable(chunks))
    sheet, place = None, SHEET_ROWS
    for row in chain([None], rows):
        if place >= SHEET_ROWS:
            sheet, place = book.add_worksheet(), 1
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, names, bold)
        if row is not None:
            _write_row(sheet, place, row, quoted)
            place += 1


def _write_row(sheet: Any, place: int, row: Sequence[object], quoted: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_boolean(place, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(place, column, value)
        elif value not in (None, ""):
            text = str(value)[:CELL_LETTERS]
            # A text is a text whatever it begins with; marked as such it stays one when somebody edits the cell.
            sheet.write_string(place, column, text, quoted if text.startswith(FORMULA) else None)


def _flat(document: Document, names: Iterable[str]) -> list[object]:
    """Return the values of a line."""
    values = (document[name] for name in names)
    return [" ".join(map(str, value)) if isinstance(value, list) else value for value in values]


def _json(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file: its media type and what writes it."""

    media_type: str
    write: Callable[[Listing, Chunks], Iterator[bytes]]


#: The files, by the end of their names.
FORMS: Mapping[str, Form] = {
    "csv": Form("text/csv; charset=utf-8", csv_lines),
    "json": Form("application/json", json_array),
    "jsonl": Form("application/jsonl; charset=utf-8", json_lines),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
}
