"""What a dossier prints of its commitment beyond the facts the engine thinks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.models import Commitment

from .columns import Named, named, where_public


@dataclass(frozen=True, slots=True)
class Dossier:
    commitment: Named
    description: str
    criteria: str
    changed: datetime
    series: Named
    area: Named | None
    succeeds: Named | None
    successors: tuple[Named, ...]


def dossier(slug: str) -> Dossier | None:
    """Return what is public of the commitment ``slug`` in its own words, or None; one query."""
    rows = list(
        Commitment.objects.published()
        .filter(slug=slug)
        .order_by("successors__name_key", "successors__pk")
        .values_list(
            "slug", "name", "description", "criteria", "changed", "series__slug", "series__title", "parent__slug", "parent__name",
            where_public(Commitment, "succeeds__", "slug"), "succeeds__name",
            where_public(Commitment, "successors__", "slug"), "successors__name",
        )
    )  # fmt: skip
    return _dossier(rows) if rows else None


def _dossier(rows: list[tuple[Any, ...]]) -> Dossier:
    slug, name, description, criteria, changed, series, series_title, area, area_name, old, old_name, *_successor = rows[0]
    return Dossier(
        commitment=Named(slug, name),
        description=description,
        criteria=criteria,
        changed=changed,
        series=Named(series, series_title),
        area=named(area, area_name),
        succeeds=named(old, old_name),
        successors=tuple(Named(new, new_name) for *_same, new, new_name in rows if new),
    )
