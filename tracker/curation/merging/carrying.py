"""Carrying out a merge: all of it in one transaction and one edit, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F

from tracker import summaries
from tracker.chronicle import Changes, Chronicle, among, begin
from tracker.curation.chains import misplaced_commitment, misplaced_source
from tracker.curation.claims import OvertakenError, claim
from tracker.curation.workflow import Hand
from tracker.models import Commitment, Merge, Replaced, Source
from tracker.models.named import search_fields
from tracker.search import entries

from .moves import Moves, Pairs, Shift, Table
from .planning import check, plan

LONGEST_TITLE = 300


class RefusedMergeError(Exception):
    """The two can't be merged as they stand; ``sentences`` say why. Nothing is written."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = [*sentences]
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw before they decided: the revisions of both records, and the stamp of what would move."""

    kept: int
    gone: int
    stamp: str


def merge(kept: Any, gone: Any, seen: Seen, chosen: Mapping[str, str], reason: str, by: Hand) -> Merge:
    """Merge ``gone`` into ``kept`` and return what was done.

    Raises ``OvertakenError`` if either was changed since it was ``seen``, or anything else that would move now, and ``RefusedMergeError``.
    """
    reason = " ".join(reason.split())
    with transaction.atomic():
        for row, revision in sorted(((kept, seen.kept), (gone, seen.gone)), key=lambda one: int(one[0].pk)):
            claim(row, revision)
            row.refresh_from_db()
        if plan(kept, gone).stamp != seen.stamp:
            raise OvertakenError(gone)
        moves = plan(kept, gone, chosen, reason)
        if moves.refusals:
            raise RefusedMergeError(moves.refusals)
        touched = summaries.touched_by(kept) | summaries.touched_by(gone)
        edit = begin(by.now, by.user)
        done = Merge(edit=edit, kind=str(kept._meta.model_name), kept=kept.pk, gone=gone.pk, kept_slug=kept.slug, gone_slug=gone.slug, reason=reason)
        done.kept_title, done.gone_title = (str(row)[:LONGEST_TITLE] for row in (kept, gone))
        carry_out(moves, Chronicle(edit, reason), by)
        _check(kept)
        done.moves = recorded(moves)
        done.save()
        summaries.refresh(touched | summaries.touched_by(kept))
        entries.follow([kept, gone])
    return done


def carry_out(moves: Moves, chronicle: Chronicle, by: Hand) -> None:
    """Write everything in ``moves``, and the versions of it."""
    changes = Changes()
    for table, pk in moves.leaving:
        take_away(table, [pk], chronicle)
    for shift in moves.shifts:
        write(shift, shift.after, chronicle, by)
        for pk in shift.pks:
            changes.change(shift.table, pk, [column.removesuffix("_id") for column in shift.after])
    for pair in moves.pairs:
        set_pairs(pair, pair.after, by)
        changes.change(pair.table, pair.pk, [pair.name])
    for row in moves.adding:
        row.skip_history_when_saving = True  # type: ignore[attr-defined]  # read by django-simple-history
        row.save()
        changes.added[type(row)].add(row.pk)
    chronicle.write(changes)


def take_away(table: Table, pks: Collection[int], chronicle: Chronicle) -> None:
    """Delete rows after their last versions are written."""
    chronicle.take_away(table, pks)
    for row in table._default_manager.filter(pk__in=pks):
        row.skip_history_when_saving = True  # type: ignore[attr-defined]
        row.delete()


def write(shift: Shift, values: Mapping[str, Any], chronicle: Chronicle, by: Hand) -> None:
    """Write ``values`` into the rows of a shift. Raises ``OvertakenError`` if one of them is no longer there."""
    if "text" in values:
        _keep_text(shift, chronicle)
    rows = shift.table._default_manager.filter(pk__in=among(shift.pks))
    if rows.update(**values, revision=F("revision") + 1, changed=by.now) != len(shift.pks):
        raise OvertakenError(shift.table(pk=shift.pks[0]))
    folded = [field for field in search_fields(shift.table) if set(field.sources) & set(values)]
    for row in rows if folded else ():
        for field in folded:
            setattr(row, field.attname, field.folded({name: getattr(row, name) for name in field.sources}))
        shift.table._default_manager.bulk_update([row], [field.attname for field in folded])


def _keep_text(shift: Shift, chronicle: Chronicle) -> None:
    """Keep the private text that is written over: no version does."""
    for pk, text in Source.objects.filter(pk__in=shift.pks).values_list("pk", "text"):
        Replaced.objects.create(edit=chronicle.edit, kind="source", row=pk, text=text)


def set_pairs(pair: Pairs, others: Collection[int], by: Hand) -> None:
    row: Any = pair.table._default_manager.get(pk=pair.pk)
    getattr(row, pair.name).set(others)
    pair.table._default_manager.filter(pk=pair.pk).update(revision=F("revision") + 1, changed=by.now)


def _check(kept: Any) -> None:
    """Refuse what the rows can't see by themselves: circles, chains that are too long, areas in areas in areas."""
    kept.refresh_from_db()
    try:
        check(kept)
    except ValidationError as error:
        raise RefusedMergeError(error.messages) from error
    standing = {one.name: getattr(kept, one.name) for one in kept._meta.concrete_fields}
    faults = misplaced_commitment(kept, standing) if isinstance(kept, Commitment) else misplaced_source(kept, standing) if isinstance(kept, Source) else ()
    if sentences := [str(sentence) for _field, sentence in faults]:
        raise RefusedMergeError(sentences)


def recorded(moves: Moves) -> dict[str, Any]:
    """Return ``moves`` as they are kept with the merge. Private texts are kept elsewhere."""
    return {
        "shifts": [[_name(one.table), one.pks, _without_text(one.before), _without_text(one.after)] for one in moves.shifts],
        "pairs": [[_name(one.table), one.name, one.pk, one.before, one.after] for one in moves.pairs],
        "adding": [[_name(type(row)), row.pk] for row in moves.adding],
        "leaving": [[_name(table), pk] for table, pk in moves.leaving],
        "parts": [[_name(one.table), one.pks if len(one.pks) < FEW else len(one.pks), one.how.value] for one in moves.parts],
    }


#: Of so many rows each is named in the record of a merge; of more the number.
FEW = 50


def _without_text(values: Mapping[str, Any]) -> dict[str, Any]:
    return {column: None if column == "text" else value for column, value in values.items()}


def _name(table: type[models.Model]) -> str:
    return str(table._meta.model_name)
