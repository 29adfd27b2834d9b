"""Reading fixture files as documents of tables. The one place where text is normalised and suspicious text refused."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tracker.evidence import checksum

from .files import display
from .positions import Steps, positions
from .problems import Problem

#: A fixture file is written by people: a larger one is a mistake.
LARGEST_FILE = 5 * 1024 * 1024
#: A document that phrases are looked for in; larger files of a folder are passed over.
LARGEST_DOCUMENT = 50 * 1024 * 1024

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_SLUG_LINE = re.compile(r"""^\s*slug\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_BARE_MONTH = re.compile(rb"=\s*\d{4}-\d{2}(/\d{4}(-\d{2}){0,2})?\s*(#.*)?$")
# C0 and C1 controls but tab and new line, lone surrogates, marks that turn the direction of writing, a byte order mark.
SUSPICIOUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, eq=False)
class Document:
    """One fixture file that was read: its path as people see it, its text, its tables by kind, and where it holds characters that nobody sees."""

    path: str
    text: str
    tables: dict[str, Any]
    suspicious: list[tuple[Steps, str]]

    @cached_property
    def _positions(self) -> dict[Steps, int]:
        return positions(self.text)

    @property
    def raw(self) -> bytes:
        """Return the bytes whose checksum the history of loads keeps."""
        return self.text.encode()

    @property
    def sha256(self) -> str:
        return checksum(self.raw)

    @property
    def size(self) -> int:
        return len(self.raw)

    def line(self, steps: Steps) -> int:
        """Return the line of the value at ``steps``, or of the nearest thing around it. Reads the text again, so only problems ask."""
        while steps and steps not in self._positions:
            steps = steps[:-1]
        return self._positions.get(steps, 1)

    def spelled(self, told: str) -> str:
        """Return what a message tells with tables and children spelled as this kind of file spells them. Messages are written for TOML."""
        return told


@dataclass(frozen=True, slots=True)
class _UnreadableError(Exception):
    line: int
    found: str
    right: str


@dataclass(slots=True)
class Reading:
    """What was read: the documents, a problem for each file that can't be read, and the slugs such a file seems to define."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    glimpsed: set[str] = field(default_factory=set)


def read(path: Path, reading: Reading) -> None:
    """Add what stands in a TOML file to ``reading``."""
    text = ""
    try:
        text = _text(path)
        reading.documents.append(_document(display(path), text))
    except _UnreadableError as error:
        reading.problems.append(Problem(display(path), error.line, "", "", error.found, error.right))
        reading.glimpsed.update(_SLUG_LINE.findall(text))


def documents_by_checksum(folder: Path, wanted: Collection[str]) -> dict[str, str]:
    """Return the texts of those files under ``folder`` whose SHA-256 is ``wanted``, by checksum. Whatever is not UTF-8 in them is replaced."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= LARGEST_DOCUMENT:
            raw = path.read_bytes()
            if (digest := checksum(raw)) in wanted:
                found[digest] = raw.decode("utf-8", errors="replace")
    return found


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _UnreadableError(1, f"can't be read: {error.strerror}", "") from error
    if len(raw) > LARGEST_FILE:
        raise _UnreadableError(1, "larger than 5 MB", "split the file")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _UnreadableError(1, "begins with a byte order mark", "save the file as UTF-8 without one")
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _UnreadableError(1 + raw[: raw.index(b"\x00")].count(b"\n"), "holds a NUL byte", "take it out")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _UnreadableError(1 + raw[: error.start].count(b"\n"), "is not UTF-8", "save the file as UTF-8") from error


def _document(path: str, text: str) -> Document:
    raw = _parsed(text)
    if not raw:
        raise _UnreadableError(1, "holds no record", "write one, or take the file away")
    suspicious: list[tuple[Steps, str]] = []
    tables = {key: normal(value, (key,), suspicious) for key, value in raw.items()}
    return Document(path, text, tables, suspicious)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _UnreadableError(1, "nested too deeply", "records are flat: tables in tables go two deep") from error
    except ValueError as error:
        raise _syntax_error(text, str(error)) from error


def _syntax_error(text: str, message: str) -> _UnreadableError:
    stands = _LINE.search(message)
    line = int(stands[1]) if stands else 1 + text.rstrip("\n").count("\n")
    faulty = text.encode().split(b"\n")[line - 1 : line]
    if faulty and _BARE_MONTH.search(faulty[0].strip()):
        return _UnreadableError(line, "a date without quotation marks", 'write dates in quotes: "2024-07"')
    told = _LINE.sub("", message).replace("(at end of document)", "at the end of the document").strip()
    return _UnreadableError(line, f"not valid TOML: {told}", "nothing else of this file was checked")


def invisible(text: str) -> str:
    """Return what is wrong with a text that holds a character nobody sees; nothing where it holds none."""
    found = SUSPICIOUS.search(text)
    return f"holds the invisible character U+{ord(found[0]):04X}" if found else ""


def normal(value: Any, steps: Steps, suspicious: list[tuple[Steps, str]]) -> Any:
    """Return ``value`` with every text in it stripped and in Unicode's composed form (NFC); note texts that hold suspicious characters."""
    if isinstance(value, str):
        if found := invisible(value):
            suspicious.append((steps, found))
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, list):
        return [normal(element, (*steps, place), suspicious) for place, element in enumerate(value)]
    if isinstance(value, dict):
        return {key: normal(element, (*steps, key), suspicious) for key, element in value.items()}
    return value
