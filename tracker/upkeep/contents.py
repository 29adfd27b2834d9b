"""Whether rows say what their last versions say: a row and its version were written with the same values, and neither changes without the other.

A byte that flips on the disk, or a row that was changed past the application, is found because the other one still says what was meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from tracker.models import Redirect, Source
from tracker.models.edit import pairs_of, versions_of
from tracker.models.kinds import CHILDREN, RECORDS
from tracker.models.named import search_fields

from .findings import Tally, named

SOME = 500
Table = type[models.Model]
TABLES: tuple[Table, ...] = (*RECORDS, *CHILDREN, Redirect)
_Values = tuple[Any, ...]


def changed_rows(tally: Tally) -> Iterator[str]:
    """Yield each row that is not what its last version says, or has none, and each that is gone without one saying so."""
    for table in TABLES:
        names = [field.attname for field in _kept(table).tracked_fields]
        for pk, row, version in _side_by_side(_rows(table, names), _last_versions(table, names)):
            tally.looked_at()
            if told := _difference(row, version, names):
                yield f"{named(table, pk)}: {told}"
        for pair in pairs_of(table):
            yield from _changed_pairs(table, pair)


def _difference(row: _Values | None, version: _Values | None, names: list[str]) -> str:
    """Return what is wrong with a row and its last version, in words; nothing if they go together."""
    alive = version is not None and version[0] != "-"
    if row is None:
        return "it is gone, and its last version does not say so" if alive else ""
    if version is None or not alive:
        return "it was written past the application: no version says that it is there"
    others = [name for name, mine, kept in zip(names, row, version[1:], strict=True) if mine != kept]
    return f"{', '.join(others)} differ{'s' * (len(others) == 1)} from the last version" if others else ""


def _rows(table: Table, names: list[str]) -> Iterator[tuple[int, _Values]]:
    for pk, *values in table._default_manager.order_by("pk").values_list("pk", *names).iterator(chunk_size=SOME):
        yield pk, tuple(values)


def _last_versions(table: Table, names: list[str]) -> Iterator[tuple[int, _Values]]:
    """Yield what the last version of each row says, its verb first."""
    kept = _kept(table)._default_manager.order_by("id", "history_id").values_list("id", "history_type", *names)
    for pk, versions in groupby(kept.iterator(chunk_size=SOME), key=lambda version: version[0]):
        *_earlier, last = versions
        yield pk, tuple(last[1:])


def _side_by_side(rows: Iterator[tuple[int, _Values]], versions: Iterator[tuple[int, _Values]]) -> Iterator[tuple[int, _Values | None, _Values | None]]:
    """Yield what two streams in the order of their keys hold under each key."""
    row, version = next(rows, None), next(versions, None)
    while row or version:
        pk = min(one[0] for one in (row, version) if one)
        mine = row[1] if row and row[0] == pk else None
        kept = version[1] if version and version[0] == pk else None
        yield pk, mine, kept
        row = next(rows, None) if mine is not None else row
        version = next(versions, None) if kept is not None else version


def _changed_pairs(table: Table, pair: Any) -> Iterator[str]:
    """Yield the rows whose pairs of a many-to-many field are not those of their last version."""
    owner, other = pair.m2m_field_name(), pair.m2m_reverse_field_name()
    kept = _kept(table)
    later = kept._default_manager.filter(id=OuterRef("history__id"), history_id__gt=OuterRef("history_id"))
    versions = getattr(kept, pair.name).model._default_manager.filter(~Exists(later)).exclude(history__history_type="-")
    here, there = (
        rows.order_by(f"{owner}_id", f"{other}_id").values_list(f"{owner}_id", f"{other}_id").iterator(chunk_size=SOME)
        for rows in (pair.remote_field.through._default_manager.all(), versions)
    )
    by_owner = (((pk, tuple(pairs)) for pk, pairs in groupby(stream, key=lambda row: row[0])) for stream in (here, there))
    for pk, mine, theirs in _side_by_side(*by_owner):
        if mine != theirs:
            yield f"{named(table, pk)}: {pair.name} differs from the last version"


def changed_texts(tally: Tally) -> Iterator[str]:
    """Yield the sources whose text is not what its checksum says. No version keeps these texts."""
    rows = Source.objects.exclude(text="").exclude(text_sha256="").order_by("pk").values_list("pk", "text", "text_sha256")
    for pk, text, checksum in rows.iterator(chunk_size=10):
        tally.looked_at()
        if hashlib.sha256(text.encode()).hexdigest() != checksum:
            yield f"{named(Source, pk)}: its text is not the one of its checksum"


def wrong_keys(tally: Tally) -> Iterator[str]:
    """Yield the rows under whose names nobody would find them, because the folded form of a field is not that of the field."""
    for table, pk, key, _right in _wrong_keys(tally):
        yield f"{named(table, pk)}: {key} is not the folded form of what it is made of"


def fold_again() -> None:
    """Write the folded forms anew that are wrong."""
    for table, pk, key, right in list(_wrong_keys(Tally())):
        table._default_manager.filter(pk=pk).update(**{key: right})


def _wrong_keys(tally: Tally) -> Iterator[tuple[Table, int, str, str]]:
    for table in (*RECORDS, *CHILDREN):
        fields = search_fields(table)
        sources = sorted({name for field in fields for name in field.sources})
        if not fields:
            continue
        rows = table._default_manager.order_by("pk").values_list("pk", *(field.attname for field in fields), *sources)
        for pk, *values in rows.iterator(chunk_size=SOME):
            tally.looked_at()
            made_of = dict(zip(sources, values[len(fields) :], strict=True))
            for field, key in zip(fields, values, strict=False):
                if key != (right := field.folded(made_of)):
                    yield table, pk, field.attname, right


def _kept(table: Table) -> Any:
    return versions_of(table)
