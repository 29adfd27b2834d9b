"""Rows put together: what several rows say of one record becomes one record, with its lines, or is refused where they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from tracker.loading.fields import identity, label
from tracker.loading.plan import Identity
from tracker.loading.positions import Steps
from tracker.loading.problems import Problem, shown
from tracker.loading.reading import Document

from .mapping import Mapping, RecordRule
from .refusal import RefusalError
from .shaping import UNTAKEN, Fault, Given, Shaped


@dataclass(frozen=True, eq=False)
class TableDocument(Document):
    """A table as the loader takes it: its records, and the lines they come from."""

    lines: Map[Steps, int] = field(default_factory=dict)
    content: bytes = b""

    @property
    def raw(self) -> bytes:
        return self.content

    def line(self, steps: Steps) -> int:
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


@dataclass(slots=True)
class _Kept:
    """A record that was given before: where it stands, and by which rows."""

    table: dict[str, Any]
    steps: Steps
    rows: list[int]
    children: dict[tuple[str, Identity], _Kept] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """The records of all rows. ``givers`` and ``rules`` lead from a record, as messages call it, to its lines and to the rule that gave it."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[Steps, int] = field(default_factory=dict)
    givers: dict[str, list[int]] = field(default_factory=dict)
    rules: dict[str, RecordRule] = field(default_factory=dict)
    untaken: set[tuple[str, str]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    kept: int = 0


def gathered(rows: Iterable[Shaped], mapping: Mapping, standing: Map[str, Collection[Identity]]) -> Gathered:
    """Return the records that the rows give together. Of a rule with ``existing = "keep"`` those are left out that are ``standing``, by kind."""
    return _Gathering(mapping, standing).all(rows)


class _Gathering:
    def __init__(self, mapping: Mapping, standing: Map[str, Collection[Identity]]) -> None:
        self.mapping, self.standing = mapping, standing
        self.result = Gathered()
        self.top: dict[tuple[str, Identity], _Kept] = {}
        self.left: set[tuple[str, Identity]] = set()

    def all(self, rows: Iterable[Shaped]) -> Gathered:
        for row in rows:
            for given in row.given:
                kind = given.rule.kind
                if given.rule.existing == "keep" and (own := identity(kind, given.table)) in self.standing[kind]:
                    self.left.add((kind, own))
                    continue
                self._add(given, row.line, self.top, self.result.tables[kind], (kind,), "")
        self.result.kept = len(self.left)
        return self.result

    def _add(self, given: Given, line: int, known: dict[tuple[str, Identity], _Kept], tables: list[dict[str, Any]], steps: Steps, owner: str) -> None:
        kind = given.rule.kind
        own = identity(kind, given.table)
        called = f"{owner}, {label(kind, own)}" if owner else label(kind, own)
        kept = known.get((kind, own)) if "?" not in own else None
        if kept is None:
            kept = _Kept(dict(given.table), (*steps, len(tables)), [line])
            known[kind, own] = kept
            tables.append(kept.table)
            self.result.lines[kept.steps] = line
        else:
            kept.rows += [line] if kept.rows[-1] != line else []
            if given.rule.repeated == "same":
                self._compare(given, kept, line, called)
        self._note(given, called, line)
        for child in given.children:
            self._add(child, line, kept.children, kept.table.setdefault(child.rule.field, []), (*kept.steps, child.rule.field), called)

    def _note(self, given: Given, called: str, line: int) -> None:
        """Keep which rows give the record, by which rule, and which of its fields could not be taken."""
        rows = self.result.givers.setdefault(called, [])
        rows += [line] if line not in rows[-1:] else []
        self.result.rules.setdefault(called, given.rule)
        self.result.untaken.update((called, name) for name, value in given.table.items() if value is UNTAKEN)

    def _compare(self, given: Given, kept: _Kept, line: int, called: str) -> None:
        for name, origin in given.rule.fields.items():
            here, there = given.table.get(name), kept.table.get(name)
            if here == there or UNTAKEN in (here, there):
                continue
            found = f"{_told(here)} here, {_told(there)} in line {kept.rows[0]}, for one {given.rule.kind}"
            right = "one record holds one value: correct the table" + ("" if ", " in called else ', or write repeated = "first"')
            self.result.faults.append(Fault(line, name, RefusalError(found, right), columns_behind(origin.names, self.mapping), given))


def _told(value: Any) -> str:
    return "nothing" if value is None else shown(", ".join(value) if isinstance(value, list) else value)


def columns_behind(names: Iterable[str], mapping: Mapping, deep: int = 0) -> tuple[str, ...]:
    """Return the columns behind names, through values that have names of their own."""
    found: list[str] = []
    for name in names:
        through = mapping.values.get(name)
        found += [name] if through is None or deep > len(mapping.values) else columns_behind(through.names, mapping, deep + 1)
    return tuple(dict.fromkeys(found))


def told_columns(names: Iterable[str]) -> str:
    """Return “column “Date”” as messages say it; empty where no column is behind a field."""
    named = [shown(name) for name in names]
    return f"column{'s' * (len(named) > 1)} {', '.join(named)}" if named else ""


def problem(path: str, fault: Fault) -> Problem:
    """Return a fault of a row as a problem, with its line, record, field and columns."""
    called = fault.given.label if fault.given else ""
    columns = told_columns(fault.columns)
    where = f"{fault.field} ({columns})" if fault.field and columns else fault.field or columns
    return Problem(path, fault.line, called, where, fault.refusal.found, fault.refusal.right)
