"""Taking a load back: every row it added goes, every row it changed or took away stands as before. The history keeps both.

Refused where anything has been changed since: what an editor or a later load did is never lost by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef

from tracker.chronicle import Changes, Chronicle, among, begin
from tracker.models import Edit, FieldLock, Load, Loaded, Redirect, Replaced, SearchEntry, SearchWord, Source
from tracker.models.edit import pairs_of, versions_of
from tracker.models.kinds import CHILDREN, RECORDS
from tracker.models.named import search_fields
from tracker.models.search_entry import LEADS_TO
from tracker.search import entries
from tracker.summaries import refresh

from .edits import Loader
from .fields import label
from .runs import cancelled
from .tables import TABLES
from .turns import take_turns

BATCH = 500
#: As many records are named where a load can't be taken back.
FEW = 20
TABLES_KEPT: tuple[type[models.Model], ...] = (*RECORDS, *CHILDREN, Redirect)
#: Columns that hold a value once: they are set aside before old values return to them, so that two rows can swap. What takes their place, by column.
_ASIDE = {"slug": "'~' || id", "name_key": "'~' || id", "iso2": "''", "participant_id": "NULL"}


class CannotRevertError(Exception):
    """The load can't be taken back; says why, and names the records in the way."""

    def __init__(self, why: str, records: Collection[str] = ()) -> None:
        super().__init__(why)
        self.why, self.records = why, records


def revert(load: Load, *, by: Loader, dry_run: bool = False) -> dict[str, int]:
    """Bring everything back to how it was before ``load``; return how many rows went, came back and changed back.

    Raises ``CannotRevertError`` where something was changed since, and then nothing is written.
    """
    with transaction.atomic():
        take_turns()
        _refuse_if_overtaken(load.edit)
        touched = {model: _by_verb(model, load.edit) for model in TABLES_KEPT}
        counts = {name: sum(len(rows[verb]) for rows in touched.values()) for name, verb in (("removed", "+"), ("restored", "-"), ("changed", "~"))}
        if dry_run:
            return counts
        edit = begin(by.now, by.user)
        Load.objects.create(edit=edit, by_account=by.account, reason=by.reason, reverts=load, counts=counts)
        _carry_out(load.edit, Chronicle(edit), touched)
        for model in TABLES_KEPT:
            _forget(model, touched[model]["+"], edit)
        _bring_back_what_was_loaded(load.edit, edit)
        refresh()
        entries.follow((model, pk) for model in (*RECORDS,) for pk in (*touched[model]["~"], *touched[model]["-"]))
        entries.follow(_owners(touched))
    return counts


_Touched = dict[type[models.Model], dict[str, list[int]]]


def _by_verb(model: type[models.Model], edit: Edit) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"+": [], "~": [], "-": []}
    for pk, verb in versions_of(model)._default_manager.filter(edit=edit).order_by().values_list("id", "history_type").iterator():
        found[verb].append(pk)
    return found


def _refuse_if_overtaken(edit: Edit) -> None:
    """Refuse if a row of the edit has a later version, or one of those it added is something else's ground."""
    undone, taken_back = cancelled()
    if edit.pk in taken_back:
        raise CannotRevertError("it has been taken back already")
    later = [found for model in TABLES_KEPT for found in _overtaken(model, edit, undone)]
    if later:
        raise CannotRevertError("records were changed since; take back later loads first, or edit by hand", later[:FEW])
    leaning = [found for model in TABLES_KEPT for found in _leaning(model, edit)]
    if leaning:
        raise CannotRevertError("records were added since that refer to what it added", leaning[:FEW])


def _overtaken(model: type[models.Model], edit: Edit, undone: Collection[int]) -> Iterator[str]:
    kept: Any = versions_of(model)._default_manager
    later = kept.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id")).exclude(edit__in=undone)
    yield from _names(model, kept.filter(Exists(later), edit=edit).order_by("id").values_list("id", flat=True)[:FEW])


def _leaning(model: type[models.Model], edit: Edit) -> Iterator[str]:
    """Yield the records that refer to rows which the edit added, without being of the edit themselves."""
    mine = versions_of(model)._default_manager.filter(edit=edit).values("id")
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model in TABLES_KEPT:
            target: Any = field.related_model
            added = versions_of(target)._default_manager.filter(edit=edit, history_type="+").values("id")
            rows = model._default_manager.filter(**{f"{field.name}__in": added}).exclude(pk__in=mine)
            yield from _names(model, rows.values_list("pk", flat=True)[:FEW])


def _names(model: type[models.Model], pks: Iterable[int]) -> Iterator[str]:
    table = next(table for table in TABLES if table.model is model)
    for pk in pks:
        row = model._default_manager.filter(pk=pk).values_list(*table.lookups).first() if not table.owner else None
        yield label(table.name, tuple(map(str, row))) if row else f"{model._meta.verbose_name} {pk}"


def _carry_out(edit: Edit, chronicle: Chronicle, touched: _Touched) -> None:
    changes = Changes()
    for model in TABLES_KEPT:
        chronicle.take_away(model, touched[model]["+"])
    for model in reversed(TABLES_KEPT):
        _delete(model, touched[model]["+"])
    for model in TABLES_KEPT:
        _set_aside(model, edit)
    for model in TABLES_KEPT:
        rows = touched[model]
        _restore(model, edit)
        _reinsert(model, edit)
        _restore_pairs(model, edit, rows)
        _fold(model, [*rows["~"], *rows["-"]])
        model._default_manager.filter(pk__in=among(rows["~"])).update(changed=chronicle.edit.made, revision=F("revision") + 1)
        changes.added[model].update(rows["-"])
        changes.changed[model].update(rows["~"])
        changes.opened[model].update(rows["~"])
    for pk, text in Replaced.objects.filter(edit=edit, kind="source", text__isnull=False).values_list("row", "text"):
        Replaced.objects.create(edit=chronicle.edit, kind="source", row=pk, text=Source.objects.values_list("text", flat=True).get(pk=pk))
        Source.objects.filter(pk=pk).update(text=text)
    chronicle.write(changes)


def _delete(model: type[models.Model], pks: Collection[int]) -> None:
    """Delete rows of which nothing is left to tell: their last versions are written, and nothing hangs on them."""
    if not pks:
        return
    name = str(model._meta.model_name)
    gone = among(pks)
    if name in LEADS_TO:
        _raw(SearchWord.objects.filter(**{f"entry__{name}__in": gone}))
        _raw(SearchEntry.objects.filter(**{f"{name}__in": gone}))
    for relation in model._meta.related_objects:
        if relation.related_model.__name__ in {"Summary", "MentionSummary"}:
            _raw(relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": gone}))
    for pair in pairs_of(model):
        _raw(pair.remote_field.through._default_manager.filter(**{f"{pair.m2m_field_name()}__in": gone}))
    _raw(model._default_manager.filter(pk__in=gone))


def _raw(rows: models.QuerySet[Any]) -> None:
    if rows.query.is_sliced or len(rows.query.alias_map) > 1:
        rows = rows.model._default_manager.filter(pk__in=rows.values("pk"))
    rows._raw_delete(rows.db)


def _columns(model: type[models.Model]) -> list[str]:
    kept: Any = versions_of(model)
    return [field.column for field in kept.tracked_fields]


def _set_aside(model: type[models.Model], edit: Edit) -> None:
    own = {field.column for field in model._meta.concrete_fields}
    if columns := [f"{_quoted(column)} = {value}" for column, value in _ASIDE.items() if column in own and (column != "participant_id" or "key" in own)]:
        _run(f"UPDATE {_quoted(model._meta.db_table)} SET {', '.join(columns)} WHERE id IN ({_changed(model)})", [edit.pk])


def _changed(model: type[models.Model]) -> str:
    return f"SELECT id FROM {_quoted(versions_of(model)._meta.db_table)} WHERE edit_id = %s AND history_type = '~'"


def _before(model: type[models.Model]) -> str:
    """Return the query for the versions that stood before those of an edit: their number and that of their row."""
    table = _quoted(versions_of(model)._meta.db_table)
    return (
        f"SELECT h.id AS row_id, (SELECT MAX(p.history_id) FROM {table} p WHERE p.id = h.id AND p.history_id < h.history_id) AS version "
        f"FROM {table} h WHERE h.edit_id = %s AND h.history_type = '~'"
    )


def _restore(model: type[models.Model], edit: Edit) -> None:
    values = ", ".join(f"{_quoted(column)} = v.{_quoted(column)}" for column in _columns(model) if column not in {"id", "changed"})
    table, kept = _quoted(model._meta.db_table), _quoted(versions_of(model)._meta.db_table)
    _run(f"UPDATE {table} SET {values} FROM {kept} v JOIN ({_before(model)}) b ON b.version = v.history_id WHERE {table}.id = b.row_id", [edit.pk])


def _reinsert(model: type[models.Model], edit: Edit) -> None:
    columns = ", ".join(map(_quoted, _columns(model)))
    folded = [field.column for field in search_fields(model)]
    more = "".join(f", {_quoted(column)}" for column in folded)
    aside = ", '~' || id" * len(folded)
    if model is Source:
        more, aside = f"{more}, text", f"{aside}, ''"
    kept = _quoted(versions_of(model)._meta.db_table)
    where = "WHERE edit_id = %s AND history_type = '-'"
    _run(f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}{more}) SELECT {columns}{aside} FROM {kept} {where}", [edit.pk])


def _restore_pairs(model: type[models.Model], edit: Edit, rows: dict[str, list[int]]) -> None:
    for pair in pairs_of(model):
        through = pair.remote_field.through
        kept = getattr(versions_of(model), pair.name).model
        own, other = (_quoted(f"{name}_id") for name in (pair.m2m_field_name(), pair.m2m_reverse_field_name()))
        through._default_manager.filter(**{f"{pair.m2m_field_name()}__in": among(rows["~"])}).delete()
        into = f"INSERT INTO {_quoted(through._meta.db_table)} ({own}, {other}) SELECT k.{own}, k.{other} FROM {_quoted(kept._meta.db_table)} k"
        _run(f"{into} JOIN ({_before(model)}) b ON b.version = k.history_id", [edit.pk])
        taken = f"SELECT history_id FROM {_quoted(versions_of(model)._meta.db_table)} WHERE edit_id = %s AND history_type = '-'"
        _run(f"{into} WHERE k.history_id IN ({taken})", [edit.pk])


def _fold(model: type[models.Model], pks: Collection[int]) -> None:
    """Write the folded forms of restored fields anew."""
    folded = search_fields(model)
    if not folded or not pks:
        return
    names = sorted({name for field in folded for name in field.sources})
    waiting = model._default_manager.filter(pk__in=among(pks)).values("pk", *names).iterator()
    while some := list(islice(waiting, BATCH)):
        rows = [model(pk=values["pk"], **{field.attname: field.folded(values) for field in folded}) for values in some]
        model._default_manager.bulk_update(rows, [field.attname for field in folded])


def _forget(model: type[models.Model], pks: Collection[int], now: Edit) -> None:
    """Forget what was loaded of rows that are gone, but for a taking back of this."""
    rows = Loaded.objects.filter(kind=str(model._meta.model_name), row__in=among(pks))
    waiting = rows.values_list("kind", "row", "digest", "stood", "line").iterator()
    while some := list(islice(waiting, BATCH)):
        Replaced.objects.bulk_create(Replaced(edit=now, kind=one[0], row=one[1], digest=one[2], stood=one[3], line=one[4]) for one in some)
    rows._raw_delete(rows.db)


def _bring_back_what_was_loaded(edit: Edit, now: Edit) -> None:
    """Let what was loaded before the edit be what was loaded last, and open the locks it set."""
    FieldLock.objects.filter(edit=edit).delete()
    waiting = Replaced.objects.filter(edit=edit).values_list("kind", "row", "digest", "stood", "line").iterator()
    while some := list(islice(waiting, BATCH)):
        for kind in {one[0] for one in some}:
            mine = {row: tuple(rest) for one, row, *rest in some if one == kind}
            standing = Loaded.objects.filter(kind=kind, row__in=among(mine))
            last = {one.row: (one.digest, one.stood, one.line) for one in standing}
            kept = [(row, last.get(row, (None, None, None))) for row in mine]
            Replaced.objects.bulk_create(Replaced(edit=now, kind=kind, row=row, digest=was[0], stood=was[1], line=was[2]) for row, was in kept)
            standing._raw_delete(standing.db)
            Loaded.objects.bulk_create(Loaded(kind=kind, row=row, digest=was[0], stood=was[1], line=was[2]) for row, was in mine.items() if was[0] is not None)


def _owners(touched: _Touched) -> Iterator[tuple[type[models.Model], int]]:
    """Yield the records beside which rows were changed."""
    for model in CHILDREN:
        pks = [pk for each in touched[model].values() for pk in each]
        for owner in model.beside if pks else ():
            target: Any = model._meta.get_field(owner).related_model
            for pk in set(model._default_manager.filter(pk__in=among(pks), **{f"{owner}__isnull": False}).values_list(f"{owner}_id", flat=True)):
                yield target, pk


def _quoted(name: str | None) -> str:
    return str(connection.ops.quote_name(name or ""))


def _run(sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
