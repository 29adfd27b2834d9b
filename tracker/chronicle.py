"""Writing the history of edits: one version for each record that an edit changed, and whether readers are told of it.

All of it is set-wise, ``INSERT … SELECT`` from the tables as they stand: one statement per table, whether one row was saved or a million were loaded.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import connection, models
from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.expressions import RawSQL

from tracker.models import DataVersion, Edit, Redirect
from tracker.models.edit import TOLD, UNKEPT, pairs_of, versions_of
from tracker.models.kinds import CHILDREN, RECORDS
from tracker.models.publication import LEVELS_ABOVE, PublishedRecord, RecordQuerySet, publication_rule, withdrawal_rule
from tracker.vocabulary import Shown

Table = type[models.Model]
Verb = Literal["+", "~", "-"]


@dataclass(slots=True)
class Changes:
    """What an edit did to the rows of each table, by primary key. What it took away must be told to ``take_away`` before it is gone."""

    added: dict[Table, set[int]] = field(default_factory=lambda: defaultdict(set))
    changed: dict[Table, set[int]] = field(default_factory=lambda: defaultdict(set))
    #: Those of the changed rows that may have come before the public, and brought with them what hangs on them.
    opened: dict[Table, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def are_none(self) -> bool:
        return not any((*self.added.values(), *self.changed.values()))

    def update(self, more: Changes) -> None:
        """Take what another part of the edit did."""
        for mine, theirs in ((self.added, more.added), (self.changed, more.changed), (self.opened, more.opened)):
            for table, pks in theirs.items():
                mine[table].update(pks)

    def change(self, table: Table, pk: int, fields: Collection[str]) -> None:
        """Note that ``fields`` of a row were changed."""
        if set(fields) - UNKEPT:
            self.changed[table].add(pk)
        if {"state", *getattr(table, "hangs_on", ())} & set(fields):
            self.opened[table].add(pk)


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The history that one edit writes. ``reason`` is the editor's, of what was saved: it does not stand with what became public because of it."""

    edit: Edit
    reason: str = ""

    def take_away(self, table: Table, pks: Collection[int]) -> None:
        """Write the last versions of rows that are about to be deleted."""
        self._write(table, pks, "-", _if_told(table, Shown.WITHDRAWN, ""))

    def add(self, table: Table, pks: Collection[int]) -> None:
        """Write the first versions of rows that were added, of some at a time; what they hang on must be written before, and ``tell`` comes after all."""
        self._write(table, pks, "+", _standing(table))

    def write(self, changes: Changes) -> None:
        """Write the versions of all rows in ``changes`` as they now stand, and of what has become public because of them."""
        tables: tuple[Table, ...] = (*CHILDREN, Redirect)
        for table in tables:
            self._write(table, changes.added[table], "+", _standing(table))
            self._write(table, changes.changed[table], "~", _standing(table))
        beside = self._changed_beside()
        for record in RECORDS:
            self._write(record, changes.added[record], "+", _standing(record))
            self._write(record, (changes.changed[record] | beside[record]) - changes.added[record], "~", _standing(record))
        self._open(changes.opened)
        self.tell()

    def tell(self) -> None:
        """Let the edit be public if readers can see something of it. What they see, or saw before, and old addresses make a new version of the data."""
        told = (self._versions(table).exclude(shown="") for table in RECORDS)
        if public := any(rows.exists() for rows in told):
            Edit.objects.filter(pk=self.edit.pk).update(public=True)
        if public or self._versions(Redirect).exists() or any(self._told_once(table).exists() for table in (*RECORDS, *CHILDREN)):
            DataVersion.move_on()

    def _versions(self, table: Table) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = versions_of(table)._default_manager.filter(edit=self.edit)
        return rows

    def _told_once(self, table: Table) -> models.QuerySet[Any]:
        """Return the versions of this edit of rows that readers were told of before: they see it when such a row goes back to being a draft."""
        return self._versions(table).filter(Exists(versions_of(table)._default_manager.filter(id=OuterRef("id"), shown__in=TOLD)))

    def _changed_beside(self) -> Mapping[Table, set[int]]:
        """Return the records beside which this edit changed something that readers can see."""
        found: dict[Table, set[int]] = defaultdict(set)
        for table in CHILDREN:
            for owner in table.beside:
                target = _target(table, owner)
                told = versions_of(table)._default_manager.filter(edit=self.edit, **{f"{owner}__isnull": False}).exclude(shown="")
                already = versions_of(target)._default_manager.filter(edit=self.edit, id=OuterRef(f"{owner}_id"))
                found[target].update(told.exclude(Exists(already)).values_list(f"{owner}_id", flat=True))
        return found

    def _open(self, opened: Mapping[Table, set[int]]) -> None:
        """Write a version of each row that is public now, was never before, and hangs on one of ``opened``."""
        reached = {table: set(pks) for table, pks in opened.items() if pks}
        for table, name, times in _steps_down() if reached else ():
            for _time in range(times):
                if pks := reached.get(_target(table, name)):
                    below = set(_rows(table).published().filter(**{f"{name}__in": among(pks)}).values_list("pk", flat=True))
                    reached.setdefault(table, set()).update(below)
                    self._write(table, below, "~", Value(Shown.ADDED.value), ~_told_before(table), reason="")

    def _write(self, table: Table, pks: Collection[int], verb: Verb, shown: Any, *conditions: Any, reason: str | None = None) -> None:
        if not pks:
            return
        kept: Any = versions_of(table)
        own = {field.attname: F(field.attname) for field in kept.tracked_fields}
        about = {
            "history_date": Value(self.edit.made, models.DateTimeField()),
            "history_type": Value(verb),
            "history_change_reason": Value(self.reason if reason is None else reason),
            "history_user_id": Value(self.edit.by_id, models.BigIntegerField()),
            "edit_id": Value(self.edit.pk, models.BigIntegerField()),
            "shown": shown,
        }
        last = kept._default_manager.filter(id=OuterRef("pk")).order_by("-history_id").values("shown")[:1]
        rows = _rows(table).annotate(last_shown=Subquery(last)).filter(*conditions, pk__in=among(pks)).order_by("pk")
        _insert(kept, own | about, rows)
        for pair in pairs_of(table):
            self._write_pairs(kept, pair, pks)

    def _write_pairs(self, kept: Any, pair: Any, pks: Collection[int]) -> None:
        """Write the pairs of the versions just written."""
        through = pair.remote_field.through
        owner = pair.m2m_field_name()
        version = kept._default_manager.filter(edit=self.edit, id=OuterRef(f"{owner}_id")).order_by().values("history_id")
        columns = {field.attname: F(field.attname) for field in through._meta.concrete_fields} | {"history_id": Subquery(version)}
        rows = through._default_manager.filter(Exists(version), **{f"{owner}__in": among(pks)}).order_by("pk")
        _insert(getattr(kept, pair.name).model, columns, rows)


def begin(made: datetime, by: Any = None) -> Edit:
    """Return a new edit."""
    return Edit.objects.create(made=made, by=by)


def _rows(table: Table) -> RecordQuerySet:
    """Return all rows of ``table``, for those that have no queryset of their own, too."""
    return RecordQuerySet(table)


def _target(table: Table, key: str) -> Table:
    """Return the table to which ``key`` leads."""
    related: Any = table._meta.get_field(key)
    target: Table = related.related_model
    return target


def _steps_down() -> Iterator[tuple[Table, str, int]]:
    """Yield each key on which a row hangs, from the top down, and how many times it has to be followed."""
    tables: tuple[Table, ...] = (*RECORDS, *CHILDREN)
    for table in tables:
        for name in getattr(table, "hangs_on", ()):
            yield table, name, LEVELS_ABOVE if _target(table, name) is table else 1


def _told(table: Table) -> Any:
    return versions_of(table)._default_manager.filter(id=OuterRef("pk"), shown__in=TOLD)


def _told_before(table: Table) -> Exists:
    """Return the condition that readers have been told of a row before."""
    return Exists(_told(table))


def _if_told(table: Table, then: str, otherwise: str) -> Case:
    return Case(When(_told_before(table), then=Value(str(then))), default=Value(str(otherwise)), output_field=models.CharField())


def _standing(table: Table) -> Case:
    """Return the column that says how readers are told of a row as it stands now. ``last_shown`` says how they were told of it last."""
    cases = []
    if table is not Redirect:
        cases.append(When(publication_rule(table), then=_if_told(table, Shown.CORRECTED, Shown.ADDED)))
    if issubclass(table, PublishedRecord):
        cases.append(When(withdrawal_rule(table), last_shown__in=TOLD, then=Value(Shown.WITHDRAWN.value)))
    return Case(*cases, default=Value(""), output_field=models.CharField())


def among(pks: Collection[int]) -> RawSQL:
    """Return the keys as a table: one parameter, however many they are."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [sorted(pks)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(sorted(pks))])


def _insert(into: Table, columns: Mapping[str, Any], rows: models.QuerySet[Any]) -> None:
    """Write ``columns`` of ``rows`` into another table, without bringing them here."""
    quoted: Any = connection.ops.quote_name
    by_attname = {column.attname: column.column for column in into._meta.concrete_fields}
    names = ", ".join(quoted(by_attname[name]) for name in columns)
    wanted = {f"column_{name}": expression for name, expression in columns.items()}
    select, parameters = rows.annotate(**wanted).values_list(*wanted).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quoted(into._meta.db_table)} ({names}) {select}", parameters)
