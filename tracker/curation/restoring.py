"""Bringing a record back to an earlier version, with what stood beside it then: a new edit like any other, and the history keeps both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from tracker import summaries
from tracker.chronicle import Changes, Chronicle, begin
from tracker.models import Edit
from tracker.models.edit import pairs_of, versions_of
from tracker.models.kinds import CHILDREN
from tracker.search import entries
from tracker.vocabulary import PublicationState

from .claims import claim
from .workflow import Hand

#: What no version brings back: the state moves by moves only, and the rest belongs to the row and not to what it says.
KEPT = frozenset({"id", "state", "withdrawn_reason", "created", "changed"})
_KNOWN = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)


@dataclass(slots=True)
class Way:
    """The way back of one record: the fields of it that change, and of the rows beside it those that change back, come back, and go.

    ``stays`` are rows that were added since and stay, because nothing that was published is deleted.
    """

    fields: list[str] = field(default_factory=list)
    changed: list[tuple[Any, Any]] = field(default_factory=list)
    returning: list[Any] = field(default_factory=list)
    going: list[Any] = field(default_factory=list)
    stays: list[Any] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.changed or self.returning or self.going)


def way_back(row: Any, version: Any) -> Way:
    """Return what restoring ``version`` would change of ``row`` and beside it."""
    way = Way(fields=_differing(row, version))
    is_known = getattr(row, "state", None) in _KNOWN
    for table in CHILDREN:
        for name in table.beside:
            if table._meta.get_field(name).related_model is type(row):
                _beside(way, table, name, row, version, is_known=is_known)
    return way


def _differing(row: Any, version: Any) -> list[str]:
    """Return the fields that ``version`` holds otherwise. The address of a record that readers know is frozen."""
    frozen = KEPT | ({"slug"} if getattr(row, "state", None) in _KNOWN else set())
    own = [one.name for one in type(version).tracked_fields if one.name not in frozen and getattr(row, one.attname) != getattr(version, one.attname)]
    return own + [pair.name for pair in pairs_of(type(row)) if _pairs_now(row, pair) != _pairs_then(version, pair)]


def _pairs_now(row: Any, pair: Any) -> set[int]:
    return set(getattr(row, pair.name).values_list("pk", flat=True))


def _pairs_then(version: Any, pair: Any) -> set[int]:
    return set(getattr(version, pair.name).values_list(f"{pair.m2m_reverse_field_name()}_id", flat=True))


def _beside(way: Way, table: type[models.Model], name: str, row: Any, version: Any, *, is_known: bool) -> None:
    then = version.history_date
    for child in table._default_manager.filter(**{name: row}).order_by("pk"):
        stood = _as_of(table, child.pk, then)
        if stood is None:
            (way.stays if is_known else way.going).append(child)
        elif _differing(child, stood):
            way.changed.append((child, stood))
    way.returning += [stood for pk in _taken_away(table, name, row, then) if (stood := _as_of(table, pk, then)) is not None]


def _as_of(table: type[models.Model], pk: int, then: datetime) -> Any:
    """Return the version of a row that stood ``then``, or None where there was no row."""
    last: Any = versions_of(table)._default_manager.filter(id=pk, history_date__lte=then).order_by("-history_id").first()
    return None if last is None or last.history_type == "-" else last


def _taken_away(table: type[models.Model], name: str, row: Any, then: datetime) -> list[int]:
    """Return the keys of the rows that were taken away since. Whoever takes one away leaves a version of the record with it."""
    mine = versions_of(type(row))._default_manager.filter(id=row.pk, history_date__gt=then).values("edit")
    gone = versions_of(table)._default_manager.filter(edit__in=mine, history_type="-", **{f"{name}_id": row.pk})
    there = set(table._default_manager.filter(**{name: row}).values_list("pk", flat=True))
    return sorted(set(gone.values_list("id", flat=True)) - there)


def restore(row: Any, revision: int, version: Any, reason: str, by: Hand) -> Edit:
    """Bring ``row``, as it stood at ``revision``, back to ``version``; return the edit.

    Raises ``OvertakenError`` if it was changed since, and ``ValidationError`` with the sentence of what stands against it.
    """
    with transaction.atomic():
        way, changes, touched = way_back(row, version), Changes(), summaries.touched_by(row)
        claim(row, revision)
        edit = begin(by.now, by.user)
        chronicle = Chronicle(edit, " ".join(reason.split()))
        for child in way.going:
            chronicle.take_away(type(child), [child.pk])
            child.skip_history_when_saving = True
            child.delete()
        for one, stood in ((row, version), *way.changed):
            fields = _write(one, stood)
            changes.change(type(one), one.pk, fields)
        for stood in way.returning:
            changes.added[stood.instance_type].add(bring_back(stood))
        # What came and went beside the record is a change of it, too.
        changes.changed[type(row)].add(row.pk)
        chronicle.write(changes)
        summaries.refresh(touched | summaries.touched_by(row))
        entries.follow([row])
    return edit


def _write(row: Any, version: Any) -> list[str]:
    fields = _differing(row, version)
    pairs = {pair.name: pair for pair in pairs_of(type(row))}
    for name in (name for name in fields if name not in pairs):
        attname = type(row)._meta.get_field(name).attname
        setattr(row, attname, getattr(version, attname))
    _check_and_save(row)
    for name in (name for name in fields if name in pairs):
        getattr(row, name).set(_pairs_then(version, pairs[name]))
    return fields


def bring_back(version: Any) -> int:
    """Write a row that was taken away anew, under its old number."""
    row = version.instance_type(**{one.attname: getattr(version, one.attname) for one in _columns(version)})
    _check_and_save(row, force_insert=True)
    type(row)._default_manager.filter(pk=row.pk).update(created=version.created)
    return int(row.pk)


def _columns(version: Any) -> Iterator[Any]:
    return (one for one in type(version).tracked_fields if one.name != "changed")


def _check_and_save(row: Any, **how: bool) -> None:
    row.full_clean(exclude={one.name for one in row._meta.concrete_fields if not one.editable})
    row.skip_history_when_saving = True
    row.save(**how)
