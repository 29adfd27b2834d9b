"""The records that stand in the database as fixtures spell them: a load's way back. Reads some hundred records at a time, however many there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Expression, F, Model, Q, Value, When
from django.db.models.functions import Collate

from tracker.vocabulary import PublicationState

from .fields import Field, fields_of
from .spelled import written
from .tables import BY_NAME, TOP, Table, columns, from_columns, tables_of, through

#: Records that are read at once, with all that stands under them.
AT_ONCE = 500
#: The condition under which a row of a table is wanted; the text is the way to the row from where it is asked.
Rule = Callable[[type[Model], str], Q]
#: Where the slug of the series stands that a record is filed under. A mention belongs to the series of its commitment.
_SERIES: Mapping[str, str] = {
    "series": "slug",
    "commitment": "series__slug",
    "meeting": "series__slug",
    "mention": "commitment__series__slug",
    "milestone": "commitment__series__slug",
    "deadline": "commitment__series__slug",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are wanted: those that meet ``rule`` and, where ``numbers`` are given, whose number stands there under their kind.

    ``left`` counts what is left out for the rule: rows by their table, and the fields that others lose by it (``meeting.remit``).
    """

    rule: Rule
    numbers: Mapping[str, Container[int]] | None = None
    left: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Kept:
    """One record: its kind, the slug of the series it is filed under (empty for what belongs to none), and its fields as a fixture writes them."""

    kind: str
    series: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    owner: int
    series: str
    meets: bool
    fields: dict[str, Any]
    lost: tuple[str, ...]


def everything(_model: type[Model], _prefix: str = "") -> Q:
    """Return the condition that every row meets."""
    return Q()


def records(wanted: Wanted) -> Iterator[Kept]:
    """Yield the wanted records kind by kind, by series and identity in the order of code points: the same on every engine.

    A field that has its default is left out, and so is what leads to a record that does not meet the rule.
    """
    for name in TOP:
        table = BY_NAME[name]
        path = _SERIES.get(name)
        rows = _rows(table, wanted.rule, [path, *table.lookups] if path else table.lookups, series=F(path) if path else Value(""))
        while some := list(islice(rows, AT_ONCE)):
            yield from _whole(table, _standing(table, some, wanted), wanted)


def _standing(table: Table, rows: list[_Row], wanted: Wanted) -> list[_Row]:
    """Return those of ``rows`` that are wanted, and count what the others and lost references come to."""
    if table.name == "redirect":
        rows = _that_lead_somewhere(rows, wanted)
    elif wanted.numbers is not None:
        rows = [row for row in rows if row.number in wanted.numbers[table.name]]
    return _counted(table, rows, wanted.left)


def _counted(table: Table, rows: Iterable[_Row], left: Counter[str]) -> list[_Row]:
    standing = []
    for row in rows:
        if row.meets:
            standing.append(row)
            left.update(row.lost)
        else:
            left[table.name] += 1
    return standing


def _that_lead_somewhere(rows: list[_Row], wanted: Wanted) -> list[_Row]:
    """Return the redirects whose record is wanted; one that leads to any other is none that a load would take."""
    there: set[tuple[str, str]] = set()
    for kind in {row.fields["kind"] for row in rows}:
        slugs = [row.fields["new_slug"] for row in rows if row.fields["kind"] == kind]
        model = BY_NAME[kind].model
        found = model._default_manager.filter(wanted.rule(model, ""), slug__in=slugs).values_list("slug", "pk")
        there |= {(kind, slug) for slug, pk in found if wanted.numbers is None or pk in wanted.numbers[kind]}
    return [row for row in rows if (row.fields["kind"], row.fields["new_slug"]) in there]


def _whole(table: Table, rows: list[_Row], wanted: Wanted) -> Iterator[Kept]:
    """Yield ``rows`` as records with their pairs and what stands under them, but for those that lose all their proof."""
    _add_pairs(table, rows, wanted)
    unproven: set[int] = set()
    for child in tables_of(table.name):
        if child.owner:
            unproven |= _add_children(child, fields_of(table.shape), rows, wanted)
    for row in rows:
        if row.number in unproven:
            wanted.left[table.name] += 1
        else:
            yield Kept(table.name, row.series, row.fields)


def _add_pairs(table: Table, rows: Collection[_Row], wanted: Wanted) -> None:
    for about in table.pairs:
        found: dict[int, list[str]] = defaultdict(list)
        other: Any = BY_NAME[about.matter.kind].model
        pairs = through(table, about)._default_manager.filter(**{f"{table.name}_id__in": [row.number for row in rows]})
        meets = whether(wanted.rule(other, f"{about.matter.kind}__"))
        for number, slug, stands in pairs.values_list(f"{table.name}_id", f"{about.matter.kind}__slug", meets):
            if stands:
                found[number].append(slug)
            else:
                wanted.left[f"{table.name}.{about.name}"] += 1
        for row in rows:
            if found[row.number] or about.required:
                row.fields[about.name] = sorted(found[row.number])


def _add_children(child: Table, described: Mapping[str, Field], rows: Collection[_Row], wanted: Wanted) -> set[int]:
    """Give each row what stands under it in the table ``child``; return the numbers of those that need some of it and have lost all."""
    about = next(one for one in described.values() if one.matter.shape is child.shape)
    found: dict[int, list[_Row]] = defaultdict(list)
    among = {f"{child.owner}__in": [row.number for row in rows]}
    for row in _rows(child, wanted.rule, (child.lookups[-1],), owner=F(f"{child.owner}_id"), **among):
        found[row.owner].append(row)
    unproven = set()
    for row in rows:
        standing = _counted(child, found[row.number], wanted.left)
        if standing:
            row.fields[about.name] = [one.fields for one in standing]
        elif about.required and found[row.number]:
            unproven.add(row.number)
        elif about.required and row.fields.get("state") == PublicationState.WITHDRAWN:
            # A mention that was withdrawn with a merge has given all it had: it says so, and a load takes that.
            row.fields[about.name] = []
    return unproven


def _rows(table: Table, rule: Rule, order: Iterable[str], *, series: Any = Value(""), owner: Any = Value(0), **among: Any) -> Iterator[_Row]:  # noqa: B008
    """Yield the rows of a table in ``order``, each with whether it meets ``rule``, as they are read."""
    asked: list[Any] = ["pk", owner, series, whether(ground(table, rule))]
    own = _identity_first(table)
    for about in own:
        asked += _asked(about, rule)
    query = table.model._default_manager.filter(**among).order_by(*map(_by_code_point, order))
    for number, of, filed, meets, *kept in query.values_list(*asked).iterator(AT_ONCE):
        fields: dict[str, Any] = {}
        lost = []
        for about in own:
            values = [kept.pop(0) for _ in columns(about)]
            if about.matter.sort == "reference" and kept.pop(0) is not None and values[0] is None:
                lost.append(f"{table.name}.{about.name}")
            if (value := written(about, from_columns(about, values))) is not None:
                fields[about.name] = value
        yield _Row(number, of, filed, meets, fields, tuple(lost))


def _identity_first(table: Table) -> list[Field]:
    """Return the fields of a table's columns, those that tell its records apart first."""
    own = [lookup.removesuffix("__slug") for lookup in (table.lookups[-1:] if table.owner else table.lookups)]
    return sorted(table.own_columns, key=lambda about: own.index(about.name) if about.name in own else len(own))


def _asked(about: Field, rule: Rule) -> list[Any]:
    """Return what to ask for to read a field; of a reference its key too, so that it is known when the rule hides it."""
    if about.matter.sort != "reference":
        return list(columns(about))
    slug, key = f"{about.name}__slug", f"{about.name}_id"
    target = BY_NAME[about.matter.kind].model
    condition = rule(target, f"{about.name}__")
    return [Case(When(condition, then=F(slug))) if condition else F(slug), F(key)]


def ground(table: Table, rule: Rule) -> Q:
    """Return the condition under which a row meets ``rule``; for one that stands under another, given that this one does: its way up is long."""
    if not table.owner:
        return rule(table.model, "")
    condition = Q()
    for about in table.own_columns:
        if about.name in getattr(table.model, "hangs_on", ()) and (met := rule(BY_NAME[about.matter.kind].model, f"{about.name}__")):
            condition &= Q(**{f"{about.name}__isnull": True}) | met
    return condition


def whether(condition: Q) -> Expression:
    """Return the column that says whether a row meets the condition. Asked so, and not as a filter, it does not lead a planner astray from a few known rows."""
    if not condition:
        return Value(value=True, output_field=BooleanField())
    return Case(When(condition, then=Value(value=True)), default=Value(value=False))


def _by_code_point(path: str) -> Expression:
    """Return an order in which capital letters come before small ones, whatever the language of the database."""
    return Collate(F(path), "C" if connection.vendor == "postgresql" else "BINARY")
