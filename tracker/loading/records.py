"""Tables of a file as typed records. A table that is wrong is looked at field by field, so that every fault is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

import msgspec

from .fields import Field, child_name, fields_of, identity, label
from .positions import Steps
from .problems import Problem, did_you_mean, shown
from .reading import Document
from .shapes import SHAPES, Record

_PLAIN = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a table"}
#: What a field of a sort is written as; every other sort is a text.
_TYPES: dict[str, set[type]] = {"flag": {bool}, "locator": {int, str}}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One record of a file and where it stands. ``faulty`` names the fields whose values could not be taken."""

    kind: str
    shape: type[Record]
    record: Any
    document: Document
    steps: Steps
    own: tuple[str, ...]
    owner: Entry | None = None
    faulty: frozenset[str] = frozenset()

    @property
    def identity(self) -> tuple[str, ...]:
        """Return what tells it from all others of its table: its owner's identity and its own."""
        return (self.owner.identity if self.owner else ()) + self.own

    @property
    def label(self) -> str:
        """Return what messages call it."""
        own = label(self.kind, self.own)
        return f"{self.owner.label}, {own}" if self.owner else own

    @property
    def line(self) -> int:
        return self.document.line(self.steps)

    def problem(self, name: str, found: str, right: str, *further: str | int) -> Problem:
        """Return a problem of the field ``name``, on the field's line where it is given."""
        told = self.document.spelled
        return Problem(self.document.path, self.document.line((*self.steps, name, *further)), self.label, name, told(found), told(right))


@dataclass(slots=True)
class Records:
    """The entries of all documents, children after their owners, and the problems met on the way."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, *kinds: str) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.kind in kinds)


def records(documents: list[Document]) -> Records:
    """Return every record of ``documents``, wrong ones with the fields that could be taken."""
    result = Records()
    for document in documents:
        for kind, tables in document.tables.items():
            if not _is_kind(document, kind, tables, result.problems):
                continue
            for place, table in enumerate(tables):
                take(kind, SHAPES[kind], table, document, (kind, place), None, result)
        tell_suspicious(document, result)
    return result


def _is_kind(document: Document, kind: str, tables: Any, problems: list[Problem]) -> bool:
    line = document.line((kind,))
    if kind not in SHAPES:
        right = did_you_mean(kind, SHAPES, f"known kinds: {', '.join(SHAPES)}")
        problems.append(Problem(document.path, line, "", "", f"{shown(kind)} is not a known kind of record", right))
    elif not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        problems.append(Problem(document.path, line, "", "", f"{shown(kind)} is {plain(tables)}", document.spelled(f"a record begins with [[{kind}]]")))
    else:
        return True
    return False


def tell_suspicious(document: Document, result: Records) -> None:
    """Add a problem for each text of ``document`` that holds a character nobody sees."""
    for steps, found in document.suspicious:
        near = [entry for entry in result.entries if entry.document is document and entry.steps == steps[: len(entry.steps)]]
        name = next((step for step in reversed(steps) if isinstance(step, str)), "")
        called = near[-1].label if near else ""
        result.problems.append(Problem(document.path, document.line(steps), called, name, found, "take it out"))


def take(kind: str, shape: type[Record], table: dict[str, Any], document: Document, steps: Steps, owner: Entry | None, result: Records) -> None:
    """Add the record that ``table`` holds to ``result``, and its children after it."""
    own = identity(kind, table)
    try:
        entry = Entry(kind, shape, msgspec.convert(table, shape), document, steps, own, owner)
    except msgspec.ValidationError as error:
        entry = _partial(Entry(kind, shape, None, document, steps, own, owner), table, str(error), result)
    result.entries.append(entry)
    for name, child in _children(shape):
        if isinstance(table.get(name), list):
            for place, inner in enumerate(table[name]):
                if isinstance(inner, dict):
                    take(child_name(name, child), child, inner, document, (*steps, name, place), entry, result)


@cache
def _children(shape: type[Record]) -> tuple[tuple[str, type[Record]], ...]:
    """Return the fields that hold children, and their shapes."""
    return tuple((name, about.matter.shape) for name, about in fields_of(shape).items() if about.matter.shape)


def _partial(entry: Entry, table: dict[str, Any], message: str, result: Records) -> Entry:
    """Return the entry with the fields that can be taken; tell what is wrong with the others."""
    described = fields_of(entry.shape)
    before = len(result.problems)
    result.problems.extend(
        entry.problem(name, f"a record of this kind has no field {shown(name)}", did_you_mean(name, described, f"its fields: {', '.join(described)}"))
        for name in table
        if name not in described
    )
    taken: dict[str, Any] = {}
    faulty: set[str] = set()
    for name, about in described.items():
        faults = list(_faults(about, name in table, table.get(name)))
        result.problems.extend(entry.problem(name, found, right, *further) for found, right, *further in faults)
        if faults:
            faulty.add(name)
        taken[name] = table[name] if name in table and not faults else _stand_in(about)
    children = {name for name, about in described.items() if about.matter.shape}
    if len(result.problems) == before and not children & table.keys():
        result.problems.append(entry.problem("", message, ""))
    taken |= {name: [] for name in children}
    return replace(entry, record=entry.shape(**taken), faulty=frozenset(faulty | children))


def _stand_in(about: Field) -> Any:
    """Return what stands for a value that could not be taken, so that the rules can pass over it."""
    if about.required:
        return [] if about.matter.sort in {"references", "terms"} else None
    return about.default


def _faults(about: Field, given: bool, value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what is wrong with the value of one field: found, right, and the steps below the field."""
    if not given:
        if about.required:
            yield ("is missing", f"write {about.matter.expected}" if not about.matter.shape else f"write [[…{about.name}]]")
    elif value is None and about.optional:
        return
    elif about.matter.shape:
        yield from _faulty_children(about, value)
    elif about.matter.sort in {"references", "terms"}:
        if not isinstance(value, list):
            yield (_told(value), f"expected {about.matter.expected}")
        else:
            for place, element in enumerate(value):
                yield from ((*fault, place) for fault in _faulty_value(about, element))
    else:
        yield from _faulty_value(about, value)


def _faulty_children(about: Field, value: Any) -> Iterator[tuple[Any, ...]]:
    if not isinstance(value, list):
        yield (_told(value), f"each begins with [[…{about.name}]]")
        return
    for place, element in enumerate(value):
        if not isinstance(element, dict):
            yield (_told(element), f"each begins with [[…{about.name}]]", place)


def _faulty_value(about: Field, value: Any) -> Iterator[tuple[Any, ...]]:
    matter = about.matter
    if type(value) not in _TYPES.get(matter.sort, {str}):
        yield (_told(value), f"expected {matter.expected}")
    elif matter.words and value not in matter.words:
        yield (f"{shown(value)} is not a known word", did_you_mean(value, matter.words, f"expected {matter.expected}"))
    elif matter.sort in {"slug", "key", "reference", "references"} and not _fits(matter.sort, value):
        yield (f"{shown(value)} is not a {'key' if matter.sort == 'key' else 'slug'}", f"expected {matter.expected}")


def _fits(sort: str, value: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*" if sort == "key" else r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None


def _told(value: Any) -> str:
    return f"{plain(value)} ({shown(value)[1:-1]})" if isinstance(value, bool | int | float | date | time) else plain(value)


def plain(value: Any) -> str:
    """Return what sort of value it is, in words."""
    if value is None:
        return "null"
    if isinstance(value, datetime):
        return "a date and time without quotes"
    if isinstance(value, date | time):
        return "a date without quotes" if isinstance(value, date) else "a time without quotes"
    return _PLAIN.get(type(value), "something else")


def known_slugs(result: Records, kind: str) -> Mapping[str, Entry]:
    """Return the records of ``kind`` by slug; of two with one slug the first."""
    found: dict[str, Entry] = {}
    for entry in result.of(kind):
        found.setdefault(entry.own[0], entry)
    return found
