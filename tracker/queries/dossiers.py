"""What a dossier prints of its commitment beyond the facts the engine thinks about, and of the commitments beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, TextField, Value, When

from tracker.models import Citation, Commitment, Mention, Source
from tracker.models.publication import publication_rule
from tracker.vocabulary import CommitmentKind, Reach

from .columns import Named, named, slug_list, slug_set, where_public


@dataclass(frozen=True, slots=True)
class Dossier:
    """One commitment in its own words. ``beside`` are the concrete ones under the same area, ``voiced`` the meetings at which others of its series were."""

    commitment: Named
    description: str
    criteria: str
    changed: datetime
    series: Named
    area: Named | None
    succeeds: Named | None
    successors: tuple[Named, ...]
    beside: tuple[Named, ...]
    voiced: Mapping[str, frozenset[str]]
    names: Mapping[str, str]


def dossier(slug: str) -> Dossier | None:
    """Return what is public of the commitment ``slug`` in its own words, or None; one query, which reads the other ones of its series too."""
    asked = Commitment.objects.filter(slug=slug)
    same_series, kin = Q(series__in=asked.values("series")), Q(pk__in=asked.values("succeeds")) | Q(succeeds__slug=slug)
    rows = list(
        Commitment.objects.published()
        .filter(same_series | kin)
        .order_by("name_key", "pk")
        .values(
            "slug", "name", "kind", "changed", "series__slug", "series__title", "parent__slug", "parent__name",
            old=where_public(Commitment, "succeeds__", "slug"), voiced=slug_list(_voicings(), "commitment", "meeting__slug"),
            about=_only_of(slug, "description"), delivered_when=_only_of(slug, "criteria"),
        )
    )  # fmt: skip
    own = next((row for row in rows if row["slug"] == slug), None)
    return _dossier(own, rows) if own else None


def _voicings() -> Any:
    # The mention is public where this is asked: of its passages only the source has to be.
    heard = Exists(Citation.objects.filter(publication_rule(Source, "source__"), mention=OuterRef("pk"), reach=Reach.VOICED))
    return Mention.objects.published().accepted().filter(heard)


def _only_of(slug: str, field: str) -> Case:
    """Return a column with a long text of the one commitment asked for, empty for the others."""
    return Case(When(slug=slug, then=F(field)), default=Value(""), output_field=TextField())


def _dossier(own: dict[str, Any], rows: list[dict[str, Any]]) -> Dossier:
    others = [row for row in rows if row is not own]
    concrete = [row for row in others if row["kind"] != CommitmentKind.AREA]
    return Dossier(
        commitment=_named(own),
        description=own["about"],
        criteria=own["delivered_when"],
        changed=own["changed"],
        series=Named(own["series__slug"], own["series__title"]),
        area=named(own["parent__slug"], own["parent__name"]),
        succeeds=next((_named(row) for row in others if row["slug"] == own["old"]), None),
        successors=tuple(_named(row) for row in others if row["old"] == own["slug"]),
        beside=tuple(_named(row) for row in concrete if own["parent__slug"] and row["parent__slug"] == own["parent__slug"]),
        voiced={row["slug"]: slug_set(row["voiced"]) for row in concrete},
        names={row["slug"]: row["name"] for row in rows},
    )


def _named(row: dict[str, Any]) -> Named:
    return Named(row["slug"], row["name"])
