"""Where each kind of record is kept: its table, how its rows are told apart, and how a field's value becomes columns and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from tracker.dates import UncertainDate, parse_edtf
from tracker.models import (
    Attendance,
    Citation,
    Commitment,
    CommitmentName,
    Deadline,
    Meeting,
    Mention,
    Milestone,
    Participant,
    ParticipantName,
    Party,
    Redirect,
    Report,
    Series,
    Source,
)
from tracker.vocabulary import Term

from .fields import Field, fields_of
from .shapes import (
    SHAPES,
    AttendanceRecord,
    CitationRecord,
    CommitmentNameRecord,
    DeadlineCitationRecord,
    MentionCitationRecord,
    NameRecord,
    Record,
    ReportRecord,
)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table that the loader fills. ``lookups`` lead from a row to its identity; ``owner`` is the column of a child's owner."""

    name: str
    model: type[models.Model]
    shape: type[Record]
    lookups: tuple[str, ...]
    owner: str = ""
    owner_table: str = ""

    @property
    def field(self) -> str:
        """Return the field of the owner's record that holds a child."""
        return next(name for name, about in fields_of(SHAPES[self.owner_table]).items() if about.matter.shape is self.shape)

    @property
    def fields(self) -> list[Field]:
        """Return the fields kept in columns of the table, or in a table of pairs."""
        return _fields(self)

    @property
    def own_columns(self) -> list[Field]:
        return _own_columns(self)

    @property
    def pairs(self) -> list[Field]:
        """Return the many-to-many fields."""
        return [field for field in self.fields if field.matter.sort == "references"]

    @property
    def links_to_itself(self) -> list[str]:
        """Return the fields that lead to rows of the same table."""
        return [field.name for field in self.own_columns if field.matter.kind == self.name]


@cache
def _fields(table: Table) -> list[Field]:
    return [field for field in fields_of(table.shape).values() if field.matter.sort != "children" and field.name != "renamed_from"]


@cache
def _own_columns(table: Table) -> list[Field]:
    return [field for field in table.fields if field.matter.sort != "references"]


def _owned(name: str, model: type[models.Model], shape: type[Record], owner: Table, own: str = "key", column: str = "") -> Table:
    column = column or owner.name
    return Table(name, model, shape, (*(f"{column}__{lookup}" for lookup in owner.lookups), own), column, owner.name)


_PARTY = Table("party", Party, SHAPES["party"], ("slug",))
_PARTICIPANT = Table("participant", Participant, SHAPES["participant"], ("slug",))
_SERIES = Table("series", Series, SHAPES["series"], ("slug",))
_SOURCE = Table("source", Source, SHAPES["source"], ("slug",))
_COMMITMENT = Table("commitment", Commitment, SHAPES["commitment"], ("slug",))
_MEETING = Table("meeting", Meeting, SHAPES["meeting"], ("slug",))
_MENTION = Table("mention", Mention, SHAPES["mention"], ("commitment__slug", "meeting__slug"))
_MILESTONE = Table("milestone", Milestone, SHAPES["milestone"], ("commitment__slug", "key"))
_DEADLINE = Table("deadline", Deadline, SHAPES["deadline"], ("commitment__slug", "key"))

#: All tables, in the order in which their rows can refer to one another.
TABLES: tuple[Table, ...] = (
    _PARTY,
    _PARTICIPANT,
    _owned("participant name", ParticipantName, NameRecord, _PARTICIPANT),
    _SERIES,
    _SOURCE,
    _COMMITMENT,
    _owned("commitment name", CommitmentName, CommitmentNameRecord, _COMMITMENT),
    _MEETING,
    _owned("meeting attendance", Attendance, AttendanceRecord, _MEETING),
    _owned("meeting report", Report, ReportRecord, _MEETING, "source__slug"),
    _MENTION,
    _owned("mention citation", Citation, MentionCitationRecord, _MENTION),
    _MILESTONE,
    _owned("milestone citation", Citation, CitationRecord, _MILESTONE),
    _DEADLINE,
    _owned("deadline citation", Citation, DeadlineCitationRecord, _DEADLINE),
    Table("redirect", Redirect, SHAPES["redirect"], ("kind", "old_slug")),
)
BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}
#: The tables of records of their own.
TOP: tuple[str, ...] = tuple(table.name for table in TABLES if not table.owner)
_BY_SHAPE = {table.shape: table for table in TABLES}


def tables_of(kind: str) -> list[Table]:
    """Return the tables that a record of ``kind`` fills: its own and its children's."""
    return [table for table in TABLES if kind in {table.name, table.owner_table}]


@cache
def longest(shape: type[Record], name: str) -> int:
    """Return how many characters the column of a text field holds."""
    model = _BY_SHAPE[shape].model
    if name == "renamed_from":
        name = "slug"
    kept: Any = next((column for column in model._meta.get_fields() if column.name == name), None)
    return getattr(kept, "max_length", None) or 1_000_000


def value_of(field: Field, written: Any) -> Any:
    """Return the value that is compared and kept, from a record's field that has passed all rules."""
    match field.matter.sort:
        case "span":
            return parse_edtf(written) if written is not None else None
        case "day":
            return date.fromisoformat(written) if written is not None else None
        case "scale":
            assert field.matter.scale
            return int(field.matter.scale.from_word(written)) if written is not None else None
        case "terms":
            return ",".join(sorted(written, key=lambda word: Term(word).rank))
        case "references":
            return tuple(sorted(written))
        case "locator":
            return str(written)
    return "" if written is None and field.matter.sort != "reference" else written


#: Sorts of which a value that is written is kept as it is.
_KEPT = {"slug", "key", "text", "flag", "word", "reference"}


def values_of(table: Table, record: Record) -> dict[str, Any]:
    """Return the values of a record by field, as they are compared and kept."""
    values: dict[str, Any] = {}
    for field in _fields(table):
        written = getattr(record, field.name)
        values[field.name] = written if written is not None and field.matter.sort in _KEPT else value_of(field, written)
    return values


def through(table: Table, field: Field) -> type[models.Model]:
    """Return the table of pairs behind a many-to-many field."""
    related: Any = table.model._meta.get_field(field.name)
    pairs: type[models.Model] = related.remote_field.through
    return pairs


def columns(field: Field) -> tuple[str, ...]:
    """Return the lookups that read the field from its table."""
    match field.matter.sort:
        case "span":
            return (f"{field.name}_earliest", f"{field.name}_latest")
        case "reference":
            return (f"{field.name}__slug",)
    return (field.name,)


def from_columns(field: Field, kept: Sequence[Any]) -> Any:
    """Return a field's value from its columns."""
    if field.matter.sort == "span":
        return UncertainDate(*kept) if kept[0] is not None else None
    return kept[0]


def to_columns(field: Field, value: Any) -> dict[str, Any]:
    """Return the columns of a value; a reference must have become a primary key before."""
    match field.matter.sort:
        case "span":
            return {f"{field.name}_earliest": value and value.earliest, f"{field.name}_latest": value and value.latest}
        case "reference":
            return {f"{field.name}_id": value}
    return {field.name: value}


def spelled(field: Field, value: Any) -> str:
    """Return a value as a fixture spells it, for people."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, UncertainDate):
        return value.edtf()
    if field.matter.scale:
        return field.matter.scale(value).word
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    return str(value).lower() if isinstance(value, bool) else str(value)
