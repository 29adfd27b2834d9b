"""The tables of the record as a package publishes them: one for each table that the loader fills, and one for each list of slugs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.loading.examples import ABOUT
from tracker.loading.fields import IDENTITY, Field, fields_of
from tracker.loading.kept import Kept
from tracker.loading.tables import BY_NAME, TABLES, Table, tables_of

from .columns import Column, Value, columns_of, values_of

#: No business of readers: whether it is public is decided already, and texts of sources are private.
WITHHELD = frozenset({"state", "withdrawn_reason", "renamed_from", "text", "may_publish_text"})
_ABOUT = {**ABOUT, "redirect": "Old addresses of records that were renamed or merged."}
_BESIDE = {
    "participant name": "Other names that persons go by.",
    "commitment name": "Other names that commitments go by.",
    "meeting attendance": "Who was at a meeting.",
    "meeting report": "Which sources report a meeting, and which of them were read in full.",
    "mention citation": "The passages that prove a mention, and what each of them says.",
    "milestone citation": "The passages that prove a milestone.",
    "deadline citation": "The passages that prove a dated promise, or what became of it.",
}
_PAIRS = {
    ("series", "parties"): "The parties of a series.",
    ("commitment", "parties"): "The parties of a commitment.",
    ("meeting", "remit"): "What a meeting was called for. A meeting that is not in this table is a general one.",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that together lead to the columns of another table, or of the same."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of the package: its name, what it holds, its columns, those that tell its rows apart, and where columns lead."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = field(default=())

    @property
    def heads(self) -> list[str]:
        return [column.name for column in self.columns]


def layouts() -> list[Layout]:
    """Return the layouts of the record's own tables."""
    found = []
    for table in TABLES:
        found.append(_layout(table))
        found += [_pair_layout(table, about) for about in table.pairs]
    return found


def rows(record: Kept) -> Iterator[tuple[str, list[Value]]]:
    """Yield the rows of one record, each with the name of its table: its own, its pairs, and those of what stands under it."""
    table = BY_NAME[record.kind]
    own = [record.fields[name] for name in IDENTITY.get(record.kind, ("slug",))]
    yield _name(table), values_of(table.shape, _fields(table), record.fields)
    for about in table.pairs:
        yield from ((_pair_name(table, about), [*own, slug]) for slug in record.fields.get(about.name, ()))
    for child in tables_of(record.kind):
        if child.owner:
            for fields in record.fields.get(_field_of(table, child), ()):
                yield _name(child), [*own, *values_of(child.shape, _fields(child), fields)]


def references(columns: Sequence[Column]) -> Iterator[Reference]:
    """Yield where single columns lead."""
    return (Reference((column.name,), column.leads_to, ("slug",)) for column in columns if column.leads_to)


def _layout(table: Table) -> Layout:
    own = tuple(columns_of(table.owner_table or table.name, table.shape, _fields(table)))
    if not table.owner:
        return Layout(_name(table), _ABOUT[table.name], own, IDENTITY.get(table.name, ("slug",)), tuple(references(own)))
    owner = _owner_columns(table)
    names = tuple(column.name for column in owner)
    key = (*names, *IDENTITY[table.name.rpartition(" ")[2]])
    leads = Reference(names, table.owner_table, IDENTITY.get(table.owner_table, ("slug",)))
    return Layout(_name(table), _BESIDE[table.name], (*owner, *own), key, (leads, *references(own)))


def _owner_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns that say what a row stands under; a key of it goes by the name of its kind."""
    names = IDENTITY.get(table.owner_table, (table.owner_table,))
    return tuple(Column(table.owner_table if name == "key" else name, f"What it stands under: its {_called(name)}.", required=True) for name in names)


def _called(name: str) -> str:
    return "key" if name == "key" else f"{name}, by its slug"


def _pair_layout(table: Table, about: Field) -> Layout:
    owner = Column(table.name, f"The slug of the {table.name}.", required=True, leads_to=table.name)
    other = Column(about.matter.kind, f"The slug of the {about.matter.kind}.", required=True, leads_to=about.matter.kind)
    return Layout(_pair_name(table, about), _PAIRS[table.name, about.name], (owner, other), (owner.name, other.name), tuple(references((owner, other))))


def _fields(table: Table) -> list[str]:
    """Return the fields that are published of a table, those that tell its rows apart first."""
    own = IDENTITY.get(table.name.rpartition(" ")[2], ("slug",))
    names = [about.name for about in table.own_columns if about.name not in WITHHELD]
    return sorted(names, key=lambda name: own.index(name) if name in own else len(own))


def _field_of(table: Table, child: Table) -> str:
    return next(name for name, about in fields_of(table.shape).items() if about.matter.shape is child.shape)


def _name(table: Table) -> str:
    return table.name.replace(" ", "-")


def _pair_name(table: Table, about: Field) -> str:
    return f"{table.name}-{about.matter.kind if about.name == 'parties' else about.name}"
