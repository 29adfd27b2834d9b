"""One row of a table as the records that it gives: every field by its origin, every cell that can't be taken with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tracker.loading.fields import identity, label
from tracker.loading.problems import did_you_mean, shown

from .cells import Cell, filled, number_of, text_of
from .days import day_of, from_parts, interval
from .grid import Row
from .keys import spaced
from .mapping import CellRules, Condition, Mapping, Origin, RecordRule
from .refusal import RefusalError
from .templates import slug

#: Letters of a digest: enough that two of a million differ.
DIGEST = 12


class Untaken:
    """Stands in a record for a value that could not be taken, so that the rules pass over it."""

    def __str__(self) -> str:
        return "?"


UNTAKEN = Untaken()


@dataclass(frozen=True, slots=True)
class Given:
    """A record that a row gives, as a fixture would write it, with its children by field."""

    rule: RecordRule
    table: dict[str, Any]
    children: list[Given] = field(default_factory=list)
    owner: Given | None = None

    @property
    def label(self) -> str:
        """Return what messages call it."""
        own = label(self.rule.kind, identity(self.rule.kind, self.table))
        return f"{self.owner.label}, {own}" if self.owner else own


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: in which field of which record, from which columns."""

    line: int
    field: str
    refusal: RefusalError
    columns: tuple[str, ...] = ()
    given: Given | None = None


@dataclass(slots=True)
class Shaped:
    """What became of a row. ``left_out``: a rule of the mapping says that it gives nothing."""

    line: int
    given: list[Given] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: bool = False


def shaped(rows: list[Row], mapping: Mapping, places: Map[str, int]) -> Iterator[Shaped]:
    """Yield the records of each row."""
    for row in rows:
        yield _RowReader(row, mapping, places).read()


class _RowReader:
    """Reads one row. A value with a name of its own is worked out once, and told once where it can't be."""

    def __init__(self, row: Row, mapping: Mapping, places: Map[str, int]) -> None:
        self.row, self.mapping, self.places = row, mapping, places
        self.named: dict[str, Any] = {}
        self.told: set[int] = set()
        self.result = Shaped(row.line)

    def read(self) -> Shaped:
        if self.row.fault:
            self._tell("", self.row.fault)
            return self.result
        try:
            self.result.left_out = any(self._holds(condition) for condition in self.mapping.skip)
        except RefusalError as refusal:
            self._tell("skip", refusal)
        if not self.result.left_out:
            self.result.given = list(self._records(self.mapping.records))
            if not self.result.given and not self.result.faults:
                self._tell("", RefusalError("gives no record: no condition of the mapping holds", "write [[skip]] for rows that are meant to give none"))
        return self.result

    def _records(self, rules: tuple[RecordRule, ...], owner: Given | None = None) -> Iterator[Given]:
        for rule in rules:
            try:
                wanted = all(self._holds(condition) for condition in rule.when)
            except RefusalError as refusal:
                self._tell("when", refusal)
                continue
            if wanted:
                yield self._record(rule, owner)

    def _record(self, rule: RecordRule, owner: Given | None) -> Given:
        given = Given(rule, {}, owner=owner)
        for name, origin in rule.fields.items():
            try:
                value = self.value(origin)
            except RefusalError as refusal:
                value = UNTAKEN
                self._tell(name, refusal, origin, given)
            if value is not None and value != []:
                given.table[name] = value
        given.children.extend(self._records(rule.children, given))
        return given

    def _tell(self, name: str, refusal: RefusalError, origin: Origin | None = None, given: Given | None = None) -> None:
        if id(refusal) not in self.told:
            self.told.add(id(refusal))
            columns = (refusal.column,) if refusal.column else tuple(name for name in origin.names if name in self.places) if origin else ()
            self.result.faults.append(Fault(self.row.line, name, refusal, columns, given))

    def _holds(self, condition: Condition) -> bool:
        cell = self.cell(condition.name, self.mapping.cells)
        if condition.filled is not None:
            return (cell is not None) == condition.filled
        text = spaced(text_of(cell))
        return text in condition.one_of if condition.one_of is not None else text not in (condition.none_of or ())

    def cell(self, name: str, rules: CellRules) -> Cell:
        """Return the value or the cell called ``name``; raise ``RefusalError`` where it can't be taken."""
        if name not in self.mapping.values:
            cell = filled(self.row.cells[self.places[name]], rules)
            try:
                text_of(cell)
            except RefusalError as refusal:
                refusal.column = name
                raise
            return cell
        if name not in self.named:
            try:
                self.named[name] = self.value(self.mapping.values[name])
            except RefusalError as refusal:
                refusal.column = refusal.column or next((one for one in self.mapping.values[name].names if one in self.places), "")
                self.named[name] = refusal
        if isinstance(found := self.named[name], RefusalError):
            raise found
        return " ".join(found) if isinstance(found, list) else found

    def value(self, origin: Origin) -> Any:
        """Return what the row gives by ``origin``; None where that is empty."""
        try:
            found = self._by_way(origin)
        except RefusalError as refusal:
            refusal.steps = refusal.steps or origin.steps
            raise
        if found is None or found == []:
            found = origin.default
        if type(found) is int:
            found = str(found)
        return [found] if origin.many and found is not None and not isinstance(found, list) else found

    def _by_way(self, origin: Origin) -> Any:
        if origin.way == "value":
            return origin.value if origin.value != "" else None
        if origin.way in {"column", "from"}:
            return self._from_cell(origin, origin.names[0])
        if origin.way == "template":
            text = self._joined(origin)
            return None if text is None else taken(text, origin)
        if origin.way == "columns" and origin.many:
            return [one for name in origin.names for one in self._from_cell(origin, name) or ()]
        cells = [self.cell(name, origin.rules) for name in origin.names]
        if origin.way == "columns":
            first, last = ("" if cell is None else str(taken(cell, origin) or "") for cell in cells)
            return interval(first, last) or None
        texts = [text_of(cell) for cell in cells]
        if origin.way == "digest":
            return sha256("\x1f".join(texts).encode()).hexdigest()[:DIGEST] if any(texts) else None
        year, month, day = (*texts, "", "")[:3]
        return from_parts(year, month, day, origin.rules) or None

    def _from_cell(self, origin: Origin, name: str) -> Any:
        cell = self.cell(name, origin.rules)
        if cell is None:
            return None
        if not origin.many:
            return taken(cell, origin)
        found: list[Any] = []
        for part in _parts(cell, origin):
            value = taken(part, origin)
            found += value if isinstance(value, list) else [] if value is None else [value]
        return found

    def _joined(self, origin: Origin) -> str | None:
        """Return the text of a template; None if something in it is empty that may not be."""
        parts: list[str] = []
        for piece in origin.pieces:
            cell = self.cell(piece.name, origin.rules) if piece.name else piece.text
            if cell is None and not piece.may_be_empty:
                return None
            text = text_of(cell)
            parts.append(slug(text) if piece.name and origin.reads == "slug" else text)
        joined = "".join(parts).strip()
        if origin.reads == "slug":
            # A part that may be empty leaves two hyphens where it would have stood.
            joined = "-".join(filter(None, joined.split("-")))
        return joined or None


def _parts(cell: Cell, origin: Origin) -> list[Cell]:
    """Return the elements of a list cell; separators that follow each other part nothing."""
    if not origin.split:
        return [cell]
    text, first = text_of(cell), origin.split[0]
    for other in origin.split[1:]:
        text = text.replace(other, first)
    return [found for part in text.split(first) if (found := filled(part, origin.rules)) is not None]


def taken(cell: Cell, origin: Origin) -> Any:
    """Return one cell as the field holds it: by the map where it stands there, otherwise as its sort is read."""
    if origin.map is not None:
        text = spaced(text_of(cell))
        key = text.casefold() if origin.ignore_case else text
        if key in origin.map:
            return origin.map[key] if origin.map[key] != "" else None
        if origin.unmapped == "refuse":
            raise RefusalError(f"{shown(text)} does not stand in the map", did_you_mean(key, origin.map, "add it to the map of the mapping"))
        if origin.unmapped == "empty":
            return None
    return _read(cell, origin)


def _read(cell: Cell, origin: Origin) -> Any:
    match origin.reads:
        case "date":
            return day_of(cell, origin.rules)
        case "number":
            return number_of(cell, origin.rules)
        case "slug" if origin.way != "template":
            return slug(text_of(cell))
    text = text_of(cell)
    if origin.about is not None and origin.about.matter.sort == "flag":
        if text.casefold() not in {"true", "false"}:
            raise RefusalError(f"{shown(text)} is neither true nor false", "write a map, for example { yes = true, no = false }")
        return text.casefold() == "true"
    return text
