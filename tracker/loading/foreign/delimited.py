"""Reading CSV and TSV: which encoding, which rows, on which lines. A row that is wrong does not hide the others."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO

from tracker.loading.problems import FixtureError, Problem, shown

from .cells import Cell, FaultyCell, unguarded
from .grid import Grid, Row
from .mapping import TableRules
from .refusal import RefusalError

#: What a file can begin with to say its encoding; the longer mark first, because one begins with another.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Shown side by side where nothing says which it is.
_CANDIDATES = ("utf-8", "cp1252", "cp1251", "cp1256")
_LINES_TOLD = 10
#: Bytes that are no text in the encoding become these code points, which no encoding of text can give.
_FAULTY = re.compile("[\udc00-\udcff]")
_FAULTS = "byte by byte"
_WORDS = {"unexpected end of data": "a quotation mark that opens here is never closed", "expected after": "a quotation mark closes and text follows it"}


def _kept_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_FAULTS, _kept_bytes)


def delimited(path: str, raw: bytes, rules: TableRules) -> Grid:
    """Return the table in the bytes of a CSV or TSV file; raise ``FixtureError`` where nothing says its encoding."""
    mark, encoding = _encoding(path, raw, rules)
    text = raw[len(mark) :].decode(encoding, _FAULTS)
    return Grid(path, raw, _rows(text, encoding, rules), is_ragged=True)


def _encoding(path: str, raw: bytes, rules: TableRules) -> tuple[bytes, str]:
    """Return the mark at the beginning, if there is one, and the encoding."""
    stated = rules.encoding
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            if stated and stated not in {marked, marked.removesuffix("-le").removesuffix("-be")}:
                raise _refusal(
                    path, [1], f"begins with the byte order mark of {marked}, and the mapping says {stated}", f'write encoding = "{marked}", or leave it out'
                )
            return mark, marked
    if stated in {"utf-16", "utf-32"}:
        raise _refusal(path, [1], f"{stated} without a byte order mark", f'write encoding = "{stated}-le" or "{stated}-be" in the mapping')
    if not stated and b"\x00" in raw:
        line = 1 + raw[: raw.index(b"\x00")].count(b"\n")
        raise _refusal(path, [line], "holds NUL bytes, and nothing says its encoding", 'write encoding in the mapping: perhaps "utf-16-le" or "utf-16-be"')
    if not stated and not raw.isascii():
        raise _undecided(path, raw)
    return b"", stated or "ascii"


def _undecided(path: str, raw: bytes) -> FixtureError:
    """Return the refusal of a file that could be in several encodings, with what its first line beyond ASCII would read in some of them."""
    lines = re.split(rb"\r\n|\r|\n", raw)
    beyond = [number for number, line in enumerate(lines, 1) if not line.isascii()]
    first = re.search(rb"[^\x00-\x1f,;\t]*[\x80-\xff][^\x00-\x1f,;\t]*", lines[beyond[0] - 1])
    sample = first[0] if first else b""
    readings = []
    for encoding in _CANDIDATES:
        try:
            readings.append(f"{encoding} reads {shown(sample.decode(encoding))}")
        except UnicodeDecodeError:
            continue
    numbers = ", ".join(map(str, beyond[:_LINES_TOLD])) + (f" and {len(beyond) - _LINES_TOLD} more" if len(beyond) > _LINES_TOLD else "")
    found = f"lines {numbers} hold" if len(beyond) > 1 else f"line {numbers} holds"
    found += " letters beyond ASCII, and nothing says their encoding"
    return _refusal(path, beyond[:1], found, f'write encoding = "…" in the mapping; line {beyond[0]}: {", ".join(readings)}')


def _refusal(path: str, lines: list[int], found: str, right: str) -> FixtureError:
    return FixtureError([Problem(path, line, "", "", found, right) for line in lines])


def _rows(text: str, encoding: str, rules: TableRules) -> Iterator[Row]:
    """Yield the rows with the lines they begin on. After a row that is no CSV, the next line begins a new one."""
    quoting = {"quotechar": rules.quote} if rules.quote else {"quoting": csv.QUOTE_NONE, "quotechar": None}
    reader = csv.reader(StringIO(text, newline=""), delimiter=rules.delimiter, strict=True, **quoting)
    while True:
        line = reader.line_num + 1
        try:
            yield Row(line, tuple(_cell(cell, encoding) for cell in next(reader)))
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, (), _fault(str(error), line, reader.line_num))


def _cell(cell: str, encoding: str) -> Cell:
    if found := _FAULTY.search(cell):
        return FaultyCell(f"holds the byte 0x{ord(found[0]) - 0xDC00:02X}, which is no text in {encoding}")
    return unguarded(cell)


def _fault(told: str, line: int, last: int) -> RefusalError:
    found = next((words for part, words in _WORDS.items() if part in told), told)
    through = f" (lines {line} to {last} belong to it)" if last > line else ""
    return RefusalError(
        f"is no row of CSV: {found}{through}", 'double a quotation mark within a cell, or write quote = "" in the mapping if none means anything'
    )
