"""What edits did to each record: the version they left, the public version before it, and what was changed beside the record with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import BigIntegerField, CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from tracker.models.edit import TOLD, pairs_of, versions_of
from tracker.models.kinds import CHILDREN, RECORDS
from tracker.models.publication import PublishedRecord, RecordQuerySet
from tracker.vocabulary import Shown

Table = type[Any]
#: One row of a table: its model and its primary key.
Key = tuple[Table, int]
TABLES: Mapping[str, Table] = {str(model._meta.model_name): model for model in (*RECORDS, *CHILDREN)}
_ABOUT = ("table_name", "history_id", "id", "edit_id", "shown", "history_type", "history_change_reason", "previous", "contents")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a row: the value of every field by its column, the keys of its pairs by their field, and what readers are told."""

    number: int
    row: Key
    edit: int
    shown: Shown
    is_removal: bool
    reason: str
    previous: int | None
    values: Mapping[str, Any]
    pairs: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def owner(self) -> Key:
        """Return the record that the row stands beside."""
        model = self.row[0]
        name = next(name for name in model.beside if self.values[f"{name}_id"] is not None)
        return model._meta.get_field(name).related_model, self.values[f"{name}_id"]


@dataclass(frozen=True, slots=True)
class Step:
    """A version and the public version before it, if there was one; for a record the steps of the rows beside it in the same edit."""

    now: Version
    before: Version | None
    beside: tuple[Step, ...] = ()


def steps(found: Mapping[type[PublishedRecord], QuerySet[Any]]) -> list[Step]:
    """Return what the versions ``found`` changed; four queries at most, however many they are."""
    latest = list(_versions(_columns(model, rows, _previous(model)) for model, rows in found.items()))
    beside = list(_versions(_beside([version for version in latest if version.shown == Shown.CORRECTED])))
    wanted: dict[Table, set[int]] = defaultdict(set)
    for version in (*latest, *beside):
        if version.previous:
            wanted[version.row[0]].add(version.previous)
    earlier = list(_versions(_columns(model, versions_of(model)._default_manager.filter(pk__in=some)) for model, some in wanted.items()))
    with_pairs = _with_pairs([*latest, *earlier, *beside])
    by_number = {(version.row[0], version.number): version for version in with_pairs}
    made = [Step(version, by_number.get((version.row[0], version.previous or 0))) for version in with_pairs]
    children: dict[tuple[int, Key], list[Step]] = defaultdict(list)
    for step in made[len(latest) + len(earlier) :]:
        children[step.now.edit, step.now.owner].append(step)
    return [replace(step, beside=tuple(children[step.now.edit, step.now.row])) for step in made[: len(latest)]]


def _previous(model: Table) -> Subquery:
    """Return the column with the number of the public version before."""
    before = versions_of(model)._default_manager.filter(id=OuterRef("id"), shown__in=TOLD, history_id__lt=OuterRef("history_id"))
    return Subquery(before.order_by("-history_id").values("history_id")[:1], output_field=BigIntegerField())


def _columns(model: Table, rows: QuerySet[Any], previous: Any = None) -> QuerySet[Any]:
    """Return the columns of a version, the same for every table."""
    kept: Any = versions_of(model)
    contents = JSONObject(**{one.attname: F(one.attname) for one in kept.tracked_fields})
    named = rows.order_by().annotate(
        table_name=Value(str(model._meta.model_name), CharField()), previous=previous or Value(0, BigIntegerField()), contents=contents
    )
    columns: QuerySet[Any] = named.values_list(*_ABOUT)
    return columns


def _versions(queries: Iterable[QuerySet[Any]]) -> Iterator[Version]:
    for kind, number, pk, edit, shown, verb, reason, previous, contents in together(queries):
        model = TABLES[kind]
        kept: Any = versions_of(model)
        values = {one.attname: one.to_python(contents[one.attname]) for one in kept.tracked_fields}
        yield Version(number, (model, pk), edit, Shown(shown), verb == "-", reason, previous, values)


def together(queries: Iterable[QuerySet[Any]]) -> Iterable[Any]:
    """Return the rows of all ``queries``, by one of them."""
    every = [*queries]
    return every[0].union(*every[1:], all=True) if len(every) > 1 else every[0] if every else ()


def _beside(corrected: Sequence[Version]) -> Iterator[QuerySet[Any]]:
    """Yield the queries for what was changed beside corrected records: rows that are public now, and rows that were taken away."""
    edits = {version.edit for version in corrected}
    for child in CHILDREN:
        for name in child.beside:
            owner: Any = child._meta.get_field(name).related_model
            if keys := {version.row[1] for version in corrected if version.row[0] is owner}:
                rows = versions_of(child)._default_manager.filter(edit__in=edits).exclude(shown="")
                standing = RecordQuerySet(child).published().filter(**{f"{name}__in": keys}).order_by().values("pk")
                yield _columns(child, rows.exclude(history_type="-").filter(id__in=standing), _previous(child))
                yield _columns(child, rows.filter(history_type="-", **{f"{name}__in": keys}), _previous(child))


def _with_pairs(versions: Sequence[Version]) -> list[Version]:
    """Return the versions with their pairs; one query."""
    found: dict[tuple[Table, int], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for kind, name, number, target in together(_pairs(versions)):
        found[TABLES[kind], number][name].add(target)
    return [
        replace(version, pairs={one.name: frozenset(found[version.row[0], version.number][one.name]) for one in pairs_of(version.row[0])})
        for version in versions
    ]


def _pairs(versions: Collection[Version]) -> Iterator[QuerySet[Any]]:
    for model in {version.row[0]: None for version in versions}:
        kept: Any = versions_of(model)
        for pair in pairs_of(model):
            rows = getattr(kept, pair.name).model._default_manager.filter(history__in=[version.number for version in versions if version.row[0] is model])
            named = rows.order_by().annotate(table_name=Value(str(model._meta.model_name), CharField()), pair_name=Value(pair.name, CharField()))
            yield named.values_list("table_name", "pair_name", "history_id", f"{pair.m2m_reverse_field_name()}_id")
