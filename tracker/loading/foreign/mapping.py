"""What a mapping states: how the table is written, and which records each of its rows gives."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any, Literal

from tracker.loading.fields import Field
from tracker.loading.positions import Steps
from tracker.loading.reading import Document
from tracker.loading.shapes import Record

Way = Literal["column", "columns", "from", "value", "template", "digest", "parts"]
Reads = Literal["text", "date", "number", "slug"]


@dataclass(frozen=True, slots=True)
class CellRules:
    """How cells are read. ``dates`` is the order of a date in figures, with “serial” where a spreadsheet's count of days may stand."""

    empty: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    times: str = "refuse"
    two_digit_years: int | None = None
    month_names: Map[str, int] = field(default_factory=dict)
    decimal: str = ""
    thousands: str = ""


@dataclass(frozen=True, slots=True)
class TableRules:
    """How the table is written. ``header_row`` is empty where no row names the columns; ``first_row`` is 0 where rows follow the header."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    quote: str = '"'
    sheet: str = ""
    header_row: tuple[int, ...] = (1,)
    first_row: int = 0
    last_row: int = 0
    short_rows: str = "refuse"
    fill_down: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of its own for a column: the ``nth`` of those under ``header``, or the one at place ``at``, from 0."""

    header: str = ""
    nth: int = 1
    at: int = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a template: plain text, or the name of a column or value, which may be empty only if that is said."""

    text: str = ""
    name: str = ""
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a cell. Exactly one of the three is stated."""

    name: str
    steps: Steps
    one_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    filled: bool | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value of a field comes from, and how it is read on the way. ``names`` are the columns and values it asks for."""

    way: Way
    steps: Steps
    names: tuple[str, ...] = ()
    value: Any = None
    pieces: tuple[Piece, ...] = ()
    reads: Reads = "text"
    many: bool = False
    split: tuple[str, ...] = ()
    map: Map[str, Any] | None = None
    unmapped: str = "refuse"
    ignore_case: bool = False
    default: Any = None
    rules: CellRules = CellRules()
    about: Field | None = None


@dataclass(frozen=True, slots=True)
class RecordRule:
    """One record that a row gives, with the children that it gives under it; ``field`` is the owner's field that holds a child."""

    kind: str
    shape: type[Record]
    steps: Steps
    fields: Map[str, Origin]
    children: tuple[RecordRule, ...] = ()
    field: str = ""
    when: tuple[Condition, ...] = ()
    existing: str = "change"
    repeated: str = "same"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, read."""

    document: Document
    table: TableRules = TableRules()
    cells: CellRules = CellRules()
    columns: Map[str, Alias] = field(default_factory=dict)
    values: Map[str, Origin] = field(default_factory=dict)
    skip: tuple[Condition, ...] = ()
    records: tuple[RecordRule, ...] = ()
