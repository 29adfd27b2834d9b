"""What moves in a merge, told to an editor: counted, and the first rows of each kind with the pages on which they are seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from tracker.curation.merging.moves import Part
from tracker.models import Citation, Commitment, Deadline, Mention, Milestone, Source

#: So many rows of each kind are named.
FEW = 20
#: By kind of record and table, the key by which a list of the admin shows just the rows that lead to a record.
_LISTED: dict[str, dict[Any, str]] = {
    "commitment": {**dict.fromkeys((Mention, Milestone, Deadline), "commitment"), Commitment: "parent"},
    "participant": {Citation: "speaker"},
    "source": {Citation: "source", Source: "derived_from"},
}
_NEEDED: dict[Any, tuple[str, ...]] = {
    Mention: ("commitment", "meeting"),
    Milestone: ("commitment",),
    Deadline: ("commitment",),
    Citation: ("mention__commitment", "mention__meeting", "milestone__commitment", "deadline__commitment"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """So many rows and what becomes of them; the first of them by name and page, and a page with all where there are more."""

    number: int
    kind: str
    how: str
    rows: list[tuple[str, str]]
    more: int
    all: str


def told(parts: Iterable[Part], site: Any, gone: Any) -> list[Told]:
    """Return what becomes of the rows of each part."""
    return [_told(part, site, gone) for part in parts]


def _told(part: Part, site: Any, gone: Any) -> Told:
    number = len(part.pks)
    needed = _NEEDED.get(part.table) or tuple(getattr(part.table, "beside", ()))
    found = part.table._default_manager.select_related(*needed).in_bulk(part.pks[:FEW])
    rows = [(_named(found[pk]), _page(found[pk], site)) for pk in part.pks[:FEW] if pk in found]
    key = _LISTED[gone._meta.model_name].get(part.table, "")
    listed = f"{reverse(f'admin:tracker_{part.table._meta.model_name}_changelist')}?{key}__id__exact={gone.pk}" if key and number > FEW else ""
    return Told(number, kind_of(part.table, number), str(part.how.label), rows, max(number - FEW, 0), listed)


def kind_of(table: type[models.Model], number: int) -> str:
    """Return what so many rows of a table are called."""
    meta = table._meta
    return str(meta.verbose_name if number == 1 else meta.verbose_name_plural)


def _named(row: Any) -> str:
    if isinstance(row, Citation):
        owner = row.mention or row.milestone or row.deadline
        return f"{row.phrase or row.paraphrase or row.key} ({owner})"
    owner = next((getattr(row, name) for name in getattr(row, "beside", ()) if getattr(row, f"{name}_id")), None)
    return f"{row} ({owner})" if owner is not None and str(owner) not in str(row) else str(row)


def _page(row: Any, site: Any) -> str:
    """Return the page on which an editor sees ``row``: its own, or that of the record beside which it stands."""
    if not site.is_registered(type(row)):
        row = next(getattr(row, name) for name in row.beside if getattr(row, f"{name}_id"))
    return reverse(f"admin:tracker_{row._meta.model_name}_change", args=[row.pk])
