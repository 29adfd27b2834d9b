"""Undoing a merge: every row stands as before, as a new edit. Refused where one of them was changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from tracker import summaries
from tracker.chronicle import Changes, Chronicle, among, begin
from tracker.curation.claims import OvertakenError
from tracker.curation.restoring import bring_back
from tracker.curation.workflow import Hand
from tracker.models import Edit, Merge, Replaced
from tracker.models.edit import versions_of
from tracker.search import entries

from .carrying import RefusedMergeError, set_pairs, take_away, write
from .moves import Pairs, Shift, Table

#: So many of the rows that stand in the way are named.
FEW = 10


def undo(done: Merge, reason: str, by: Hand) -> Edit:
    """Bring everything back to how it was before the merge; return the edit.

    Raises ``RefusedMergeError`` with what stands in the way, and ``OvertakenError`` if somebody else has undone it meanwhile.
    """
    with transaction.atomic():
        edit = begin(by.now, by.user)
        if not Merge.objects.standing().filter(pk=done.pk).update(undone=edit):
            raise OvertakenError(done)
        if sentences := hindrances(done):
            raise RefusedMergeError(sentences)
        both = [row for pk in (done.kept, done.gone) for row in _table(done.kind)._default_manager.filter(pk=pk)]
        touched = {pk for row in both for pk in summaries.touched_by(row)}
        _bring_back(done, Chronicle(edit, " ".join(reason.split())), by)
        summaries.refresh(touched | {pk for row in both for pk in summaries.touched_by(row)})
        entries.follow(both)
    return edit


def _bring_back(done: Merge, chronicle: Chronicle, by: Hand) -> None:
    changes = Changes()
    for table, pk in _rows(done, "adding"):
        take_away(table, [pk], chronicle)
    for pair in _pairs(done):
        set_pairs(pair, pair.before, by)
        changes.change(pair.table, pair.pk, [pair.name])
    # A name that was made free is taken back after the one that took its place.
    for shift in reversed(_shifts(done)):
        write(shift, _with_text(shift, done), chronicle, by)
        for pk in shift.pks:
            changes.change(shift.table, pk, [column.removesuffix("_id") for column in shift.before])
    for table, pk in _rows(done, "leaving"):
        bring_back(versions_of(table)._default_manager.get(edit=done.edit, id=pk, history_type="-"))
        changes.added[table].add(pk)
    chronicle.write(changes)


def _with_text(shift: Shift, done: Merge) -> Mapping[str, Any]:
    if "text" not in shift.before:
        return shift.before
    return {**shift.before, "text": Replaced.objects.get(edit=done.edit, kind="source", row=shift.pks[0]).text}


def hindrances(done: Merge) -> list[str]:
    """Return a sentence for each row that was changed since the merge, so that it can't be brought back; the first few, and how many more."""
    found = [*_changed_rows(done), *_changed_values(done)]
    more = len(found) - FEW
    return found[:FEW] + ([_("And %(number)d more.") % {"number": more}] if more > 0 else [])


def _changed_rows(done: Merge) -> Iterator[str]:
    """Yield a sentence for each row that moved, came or went, and has a later version. What other merges did and undid is as if it had not been."""
    pks: dict[Table, set[int]] = {}
    for shift in _shifts(done):
        pks.setdefault(shift.table, set()).update(shift.pks)
    for table, pk in (*_rows(done, "adding"), *_rows(done, "leaving"), *((pair.table, pair.pk) for pair in _pairs(done))):
        pks.setdefault(table, set()).add(pk)
    # The record that stays may be corrected, as long as what the merge changed of it still stands.
    pks.get(_table(done.kind), set()).discard(done.kept)
    cancelled = Merge.objects.exclude(pk=done.pk).filter(undone__isnull=False)
    for table, some in pks.items():
        kept: Any = versions_of(table)._default_manager
        later = kept.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        later = later.exclude(edit__in=cancelled.values("edit")).exclude(edit__in=cancelled.values("undone"))
        since = kept.filter(Exists(later), edit=done.edit, id__in=among(some)).order_by("id").values_list("id", flat=True)
        yield from (_changed(table, pk) for pk in since)


def _changed_values(done: Merge) -> Iterator[str]:
    """Yield a sentence if what the merge wrote into the record that stays is no longer what stands there."""
    for shift in _shifts(done):
        if shift.table is _table(done.kind) and shift.pks == (done.kept,):
            names = [name for name in shift.after if name != "text"]
            now = shift.table._default_manager.filter(pk=done.kept).values(*names).first()
            if now != {name: shift.after[name] for name in names}:
                yield _changed(shift.table, done.kept)
    for pair in _pairs(done):
        row: Any = pair.table._default_manager.filter(pk=pair.pk).first()
        if row is None or set(getattr(row, pair.name).values_list("pk", flat=True)) != set(pair.after):
            yield _changed(pair.table, pair.pk)


def _changed(table: Table, pk: int) -> str:
    row = table._default_manager.filter(pk=pk).first()
    if row is None:
        return _("A row was taken away since: %(kind)s %(number)d.") % {"kind": table._meta.verbose_name, "number": pk}
    return _("Changed since the merge: %(kind)s “%(row)s”.") % {"kind": table._meta.verbose_name, "row": row}


def _shifts(done: Merge) -> list[Shift]:
    return [Shift(_table(name), tuple(pks), _read(_table(name), before), _read(_table(name), after)) for name, pks, before, after in done.moves["shifts"]]


def _pairs(done: Merge) -> list[Pairs]:
    return [Pairs(_table(kind), name, pk, tuple(before), tuple(after)) for kind, name, pk, before, after in done.moves["pairs"]]


def _rows(done: Merge, which: str) -> list[tuple[Table, int]]:
    return [(_table(name), pk) for name, pk in done.moves[which]]


def _read(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as their columns hold them: JSON knows no days."""
    fields: Any = table._meta
    return {column: fields.get_field(column).to_python(value) for column, value in values.items()}


def _table(name: str) -> type[models.Model]:
    return apps.get_model("tracker", name)
