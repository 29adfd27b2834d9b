"""What a load would do: records that are new, changed field by field, the same, or gone. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import QuerySet

from tracker.chronicle import among
from tracker.models.publication import PublishedRecord
from tracker.vocabulary import PublicationState

from .fields import Field
from .records import Entry, Records
from .tables import BY_NAME, TABLES, TOP, Table, columns, from_columns, spelled, through, values_of
from .turns import hold

Identity = tuple[str, ...]
Renames = Mapping[tuple[str, str], str]
#: A record of its own: kind and identity.
Top = tuple[str, Identity]
Verb = Literal["new", "changed", "removed", "gone"]

PRUNED = "left the fixtures"
#: Up to so many owners, only their rows are read; beyond it the whole table.
FEW = 500


@dataclass(frozen=True, slots=True)
class Difference:
    field: Field
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.field.name}: {spelled(self.field, self.old)} → {spelled(self.field, self.new)}"


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one row. ``values`` are those the files give it, ``differences`` what a changed row stands to gain or lose."""

    table: Table
    identity: Identity
    verb: Verb
    pk: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    entry: Entry | None = None

    @property
    def top(self) -> Top:
        """Return the record of its own that the row belongs to: kind and identity."""
        return (self.table.owner_table, self.identity[:-1]) if self.table.owner else (self.table.name, self.identity)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the files want of a row, and the entry that says so."""

    values: Mapping[str, Any]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands."""

    pk: int
    values: dict[str, Any]


_All = dict[str, dict[Identity, Wanted]]


@dataclass(slots=True)
class Plan:
    """The steps of a load in the order of the tables, the primary keys of the rows that stand, and what stays as it is.

    ``same`` counts records without a step; ``gone`` holds what no file names any more, if the files are the whole data set;
    ``untouched`` counts it if they are not. ``locked`` names the fields that would change if they were not locked, those with a mark by this load.
    Of a large load only the first steps are kept: ``many`` counts new records by kind and ``more`` changed ones that have no step here.
    """

    steps: list[Step] = field(default_factory=list)
    wanted: _All = field(default_factory=dict, repr=False)
    rows: dict[str, dict[Identity, Row]] = field(default_factory=dict, repr=False)
    same: int = 0
    locked: dict[Top, dict[str, bool]] = field(default_factory=dict)
    gone: list[Step] = field(default_factory=list)
    untouched: int = 0
    many: dict[str, int] = field(default_factory=dict)
    more: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.steps or self.many or self.more) and not any(by_this_load for names in self.locked.values() for by_this_load in names.values())

    def keys(self) -> dict[str, dict[Identity, int]]:
        """Return the numbers of all rows that stand."""
        return {name: {identity: row.pk for identity, row in rows.items()} for name, rows in self.rows.items()}

    def count_same(self) -> None:
        """Count the records of the files that stay as they are."""
        touched = {step.top for step in self.steps}
        self.same = sum((table, identity) not in touched for table in TOP for identity in self.wanted[table])


def plan(records: Records, renames: Renames, *, complete: bool = False, prune: bool = False, only: Mapping[str, Collection[int]] | None = None) -> Plan:
    """Return what loading ``records`` would do. ``complete``: the files are the whole data set, so that what is in none of them is gone.

    ``only``: the numbers of the rows, by kind, that the records can be; no others are read, and none are counted.
    """
    wanted = wanted_of(records)
    result = Plan(wanted=wanted)
    for table in TABLES:
        rows = _rows(table, wanted, renames, everything=complete or prune or table.name == "redirect") if only is None else rows_of(table, only)
        if table.name == "redirect":
            result.steps.extend(_outdated(table, rows, wanted, renames))
        result.rows[table.name] = rows
        result.steps.extend(_steps(table, rows, wanted))
        if issubclass(table.model, PublishedRecord) and only is None:
            gone = list(gone_of(table, rows, wanted[table.name]))
            result.gone.extend(gone if complete or prune else [])
            result.untouched += 0 if complete or prune else _published(table) - _matched(rows, wanted[table.name])
    result.count_same()
    if prune:
        result.steps, result.gone = result.steps + result.gone, []
    return result


def wanted_of(records: Records) -> _All:
    """Return what the files want of each table, by identity; a renaming wants its old address kept."""
    wanted: _All = {table.name: {} for table in TABLES}
    for entry in records.entries:
        table = BY_NAME[f"{entry.owner.kind} {entry.kind}" if entry.owner else entry.kind]
        values = values_of(table, entry.record)
        wanted[table.name][entry.identity] = Wanted(values, entry)
        if old := getattr(entry.record, "renamed_from", None):
            moved = {"kind": entry.kind, "old_slug": old, "new_slug": entry.own[0]}
            wanted["redirect"].setdefault((entry.kind, old), Wanted(moved, entry))
    return wanted


def _steps(table: Table, rows: Mapping[Identity, Row], wanted: _All) -> Iterator[Step]:
    here = wanted[table.name]
    for identity, want in here.items():
        row = rows.get(identity)
        if row is None:
            yield Step(table, identity, "new", values=want.values, entry=want.entry)
        elif row.values != want.values:
            differences = (Difference(about, row.values[about.name], want.values[about.name]) for about in table.fields)
            yield Step(
                table, identity, "changed", row.pk, values=want.values, differences=tuple(one for one in differences if one.old != one.new), entry=want.entry
            )
    if table.owner:
        owners = wanted[table.owner_table]
        for identity, row in rows.items():
            if identity not in here and identity[:-1] in owners:
                yield Step(table, identity, "removed", row.pk, entry=owners[identity[:-1]].entry)


def _outdated(table: Table, rows: dict[Identity, Row], wanted: _All, renames: Renames) -> Iterator[Step]:
    """Yield the old addresses to take away, because a record stands there again; lead the others on to the newest slug."""
    for (kind, old), row in list(rows.items()):
        if (here := wanted[kind].get((old,))) and here.values["state"] != PublicationState.WITHDRAWN:
            yield Step(table, (kind, old), "removed", row.pk, entry=here.entry)
        elif now := renames.get((kind, row.values["new_slug"])):
            wanted["redirect"].setdefault((kind, old), Wanted(row.values | {"new_slug": now}, wanted[kind][now,].entry))


def gone_of(table: Table, rows: Mapping[Identity, Row], here: Mapping[Identity, Wanted]) -> Iterator[Step]:
    """Yield the withdrawal of each published row that is not ``here``."""
    state, reason = (next(about for about in table.fields if about.name == name) for name in ("state", "withdrawn_reason"))
    for identity, row in rows.items():
        if identity not in here and row.values["state"] == PublicationState.PUBLISHED:
            withdrawn = Difference(state, row.values["state"], PublicationState.WITHDRAWN.value)
            yield Step(table, identity, "gone", row.pk, differences=(withdrawn, Difference(reason, row.values["withdrawn_reason"], PRUNED)))


def _published(table: Table) -> int:
    return table.model._default_manager.filter(state=PublicationState.PUBLISHED).count()


def _matched(rows: Mapping[Identity, Row], here: Mapping[Identity, Wanted]) -> int:
    return sum(identity in here and row.values["state"] == PublicationState.PUBLISHED for identity, row in rows.items())


def _rows(table: Table, wanted: _All, renames: Renames, *, everything: bool) -> dict[Identity, Row]:
    """Return the rows of a table by identity, under the slugs they will have."""
    owners = {identity[0] for identity in wanted[table.owner_table or table.name]}
    if not owners and not everything:
        return {}
    query = table.model._default_manager.order_by("pk")
    if table.owner:
        query = query.filter(**{f"{table.owner}__isnull": False})
    if len(owners) <= FEW and not everything:
        old = {before for (_kind, before), now in renames.items() if now in owners}
        query = query.filter(**{f"{table.lookups[0]}__in": owners | old})
    return _read(table, query, renames)


def rows_of(table: Table, only: Mapping[str, Collection[int]]) -> dict[Identity, Row]:
    """Return the rows with certain numbers, or those that belong to them."""
    pks = only.get(table.owner_table or table.name)
    return _read(table, table.model._default_manager.filter(**{f"{table.owner or 'pk'}__in": among(pks)}), {}) if pks else {}


def _read(table: Table, query: QuerySet[Any], renames: Renames) -> dict[Identity, Row]:
    hold(query)
    own = table.own_columns
    lookups = [lookup for about in own for lookup in columns(about)]
    rows: dict[Identity, Row] = {}
    for pk, *kept in query.values_list("pk", *table.lookups, *lookups).iterator():
        identity = _under_new_slugs(table, tuple(kept[: len(table.lookups)]), renames)
        rows[identity] = Row(pk, _values(own, kept[len(table.lookups) :], renames))
    _add_pairs(table, rows, renames)
    return rows


def _values(own: Iterable[Field], kept: list[Any], renames: Renames) -> dict[str, Any]:
    values: dict[str, Any] = {}
    at = 0
    for about in own:
        width = len(columns(about))
        value = from_columns(about, kept[at : at + width])
        # The record's own slug stays the old one: the renaming is a change of that row. Keys that lead to it follow by themselves.
        values[about.name] = renames.get((about.matter.kind, value), value) if about.matter.kind and renames else value
        at += width
    return values


def _under_new_slugs(table: Table, identity: Identity, renames: Renames) -> Identity:
    if not renames or table.name == "redirect":
        return identity
    kinds = [lookup.removesuffix("__slug").rpartition("__")[2] if lookup.endswith("__slug") else table.name for lookup in table.lookups]
    return tuple(renames.get((kind, part), part) for kind, part in zip(kinds, identity, strict=True))


def _add_pairs(table: Table, rows: Mapping[Identity, Row], renames: Renames) -> None:
    for about in table.pairs:
        found: dict[int, list[str]] = defaultdict(list)
        pairs = through(table, about)._default_manager.values_list(f"{table.name}_id", f"{about.matter.kind}__slug")
        if len(rows) <= FEW:
            pairs = pairs.filter(**{f"{table.name}_id__in": [row.pk for row in rows.values()]})
        for pk, slug in pairs.iterator():
            found[pk].append(renames.get((about.matter.kind, slug), slug))
        for row in rows.values():
            row.values[about.name] = tuple(sorted(found[row.pk]))
