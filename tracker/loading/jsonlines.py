"""Reading JSON Lines, plain, packed by gzip or from standard input: a record a line, each under the name of its kind, never more of them than are asked for."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
import unicodedata
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from .files import STANDARD_INPUT, display
from .positions import Steps
from .problems import Problem, did_you_mean, shown
from .reading import Document, Reading, normal
from .records import plain
from .shapes import SHAPES

#: As much as a whole file of TOML may hold: a longer line is a mistake.
LONGEST_LINE = 5 * 1024 * 1024
_SLUG = re.compile(rb'"slug"\s*:\s*"([^"]+)"')
_TABLES = re.compile(r"\[\[(…?)(?:(\w+)\.)?(\w+)\]\]")
_KEY = re.compile(rb'"\s*:')
_BYTE = re.compile(r" \(byte (\d+)\)")

_decode = msgspec.json.Decoder().decode


class BadLineError(Exception):
    """The line holds no record: what was found, what would be right."""

    def __init__(self, found: str, right: str = "") -> None:
        super().__init__(found)
        self.found, self.right = found, right


@dataclass(frozen=True, eq=False)
class LinesDocument(Document):
    """A file of JSON Lines, of which no text is kept. ``lines`` holds, by kind, the number of the line on which each record stands."""

    lines: Mapping[str, array[int]]
    read_sha256: str = ""
    read_size: int = 0

    @property
    def sha256(self) -> str:
        return self.read_sha256

    @property
    def size(self) -> int:
        return self.read_size

    def line(self, steps: Steps) -> int:
        match steps:
            case (str(kind), int(place), *_):
                return self.lines[kind][place]
        return 1

    def spelled(self, told: str) -> str:
        return _TABLES.sub(_as_json, told)


def _as_json(table: re.Match[str]) -> str:
    return f'"{table[3]}": [{{…}}]' if table[1] or table[2] else f'{{"{table[3]}": {{…}}}}'


@dataclass(slots=True)
class Lines:
    """The lines of one file as they are read, with the checksum of what has been read so far."""

    path: str
    problems: list[Problem]
    size: int = 0
    number: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        return str(self._digest.hexdigest())

    def read(self, file: BinaryIO) -> Iterator[bytes]:
        """Yield the lines, without their ends; ``number`` is that of the line just yielded. A file that breaks off or can't be unpacked is told."""
        try:
            while raw := file.readline(LONGEST_LINE + 1):
                self._digest.update(raw)
                self.size += len(raw)
                self.number += 1
                if len(raw) > LONGEST_LINE:
                    self.tell("a line of more than 5 MB", "nothing after it was checked")
                    return
                yield raw.rstrip(b"\r\n")
        except (OSError, EOFError, zlib.error) as error:
            self.number += 1
            self.tell(f"can't be read further: {getattr(error, 'strerror', None) or error}", "")

    def tell(self, found: str, right: str) -> None:
        self.problems.append(Problem(self.path, self.number, "", "", found, right))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file of lines, or standard input; unpack what is packed, whatever it is called."""
    if path == STANDARD_INPUT:
        yield _unpacked(sys.stdin.buffer)
        return
    with path.open("rb") as file:
        yield _unpacked(file)


def _unpacked(file: Any) -> BinaryIO:
    return gzip.open(file) if file.peek(2)[:2] == b"\x1f\x8b" else file  # type: ignore[return-value]


def read_lines(path: Path, reading: Reading) -> None:
    """Add what stands in a file of JSON Lines to ``reading``. A line that is wrong does not hide those after it."""
    tables: dict[str, list[Any]] = defaultdict(list)
    places: dict[str, array[int]] = defaultdict(lambda: array("I"))
    suspicious: list[tuple[Steps, str]] = []
    lines = Lines(display(path), reading.problems)
    try:
        with opened(path) as file:
            for raw in lines.read(file):
                try:
                    kind, table = record_of(raw)
                except BadLineError as error:
                    lines.tell(error.found, error.right)
                    reading.glimpsed.update(slug.decode(errors="replace") for slug in _SLUG.findall(raw))
                    continue
                tables[kind].append(tidied(raw, table, (kind, len(tables[kind])), suspicious))
                places[kind].append(lines.number)
    except OSError as error:
        lines.tell(f"can't be read: {error.strerror or error}", "")
    if not lines.number:
        lines.number = 1
        lines.tell("holds no record", "write one, or take the file away")
    reading.documents.append(LinesDocument(lines.path, "", dict(tables), suspicious, places, lines.sha256, lines.size))


def record_of(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Return the kind and the table of the record on a line; raise ``BadLineError`` if there is none."""
    try:
        value = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _malformed(raw, error) from error
    if not isinstance(value, dict) or len(value) != 1:
        found = f"{len(value)} keys" if isinstance(value, dict) else plain(value)
        raise BadLineError(f"holds {found}, not one record", 'a line is an object with one key, the kind: {"party": {…}}')
    ((kind, table),) = value.items()
    if kind not in SHAPES:
        raise BadLineError(f"{shown(kind)} is not a known kind of record", did_you_mean(kind, SHAPES, f"known kinds: {', '.join(SHAPES)}"))
    if not isinstance(table, dict):
        raise BadLineError(f"{shown(kind)} is {plain(table)}", f'write {{"{kind}": {{…}}}}')
    if len(_KEY.findall(raw)) != 1 + _keys(table):
        _refuse_repeated_keys(raw)
    return kind, table


def tidied(raw: bytes, table: dict[str, Any], steps: Steps, suspicious: list[tuple[Steps, str]]) -> dict[str, Any]:
    """Return the table with its texts as they are kept. Nothing is done to the many lines that need nothing."""
    text = raw.decode()
    if "\\" not in text and text.isprintable() and unicodedata.is_normalized("NFC", text) and _is_stripped(table):
        return table
    kept: dict[str, Any] = normal(table, steps, suspicious)
    return kept


def _is_stripped(value: Any) -> bool:
    for element in value.values():
        if type(element) is str:
            if element and (element[0] == " " or element[-1] == " "):
                return False
        elif type(element) is list:
            for each in element:
                if not (_is_stripped(each) if type(each) is dict else type(each) is not str or each == each.strip()):
                    return False
        elif type(element) is dict and not _is_stripped(element):
            return False
    return True


def _keys(table: dict[str, Any]) -> int:
    """Return how many keys a table holds, those of the tables in it too."""
    number = len(table)
    for value in table.values():
        if type(value) is list:
            number += sum(_keys(element) for element in value if type(element) is dict)
        elif type(value) is dict:
            number += _keys(value)
    return number


def _refuse_repeated_keys(raw: bytes) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [name for name, _value in pairs]
            again = next(name for name in names if names.count(name) > 1)
            raise BadLineError(f"{shown(again)} stands twice in one table", "write it once")
        return table

    try:
        json.loads(raw, object_pairs_hook=once)
    except RecursionError as error:
        raise _malformed(raw, error) from error


def _malformed(raw: bytes, error: Exception) -> BadLineError:
    if not raw.strip():
        return BadLineError("an empty line", "take it out: each line holds a record")
    if raw.startswith(b"\xef\xbb\xbf"):
        return BadLineError("begins with a byte order mark", "save the file as UTF-8 without one")
    if b"\x00" in raw:
        return BadLineError("holds a NUL byte", "take it out")
    try:
        raw.decode()
    except UnicodeDecodeError:
        return BadLineError("is not UTF-8", "save the file as UTF-8")
    if isinstance(error, RecursionError):
        return BadLineError("nested too deeply", "records are flat: tables in tables go two deep")
    told = str(error).replace("JSON is malformed: ", "")
    at = _BYTE.search(told)
    where = f", at byte {int(at[1]) + 1} of the line" if at else ""
    return BadLineError(f"not valid JSON: {_BYTE.sub('', told)}{where}", "")
