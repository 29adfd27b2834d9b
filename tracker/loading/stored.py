"""What stands in the database before a load: slugs, primary keys and the few facts that rules between records compare."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from tracker.models import Merge, Redirect, Source
from tracker.vocabulary import PublicationState

from .tables import BY_NAME

#: Per kind, the fields that rules between records ask for; those that are keys are read as slugs.
FACTS: dict[str, dict[str, str]] = {
    "party": {"iso2": "iso2"},
    "participant": {"home_party": "home_party__slug", "name_key": "name_key"},
    "series": {},
    "source": {"derived_from": "derived_from__slug"},
    "commitment": {"kind": "kind", "parent": "parent__slug", "series": "series__slug", "succeeds": "succeeds__slug", "name_key": "name_key"},
    "meeting": {"series": "series__slug", "part_of": "part_of__slug"},
}
Facts = dict[str, dict[str, Any]]


@dataclass(slots=True)
class Stored:
    """Facts and primary keys of the records with an address, by kind and slug, and where old addresses lead.

    ``merged`` names the record into which another was merged: that one still stands, withdrawn, under its slug.
    """

    facts: dict[str, Facts] = field(default_factory=dict)
    keys: dict[str, dict[str, int]] = field(default_factory=dict)
    redirects: dict[tuple[str, str], str] = field(default_factory=dict)
    merged: dict[tuple[str, str], str] = field(default_factory=dict)

    def has(self, kind: str, slug: str) -> bool:
        return slug in self.keys[kind]


def stored() -> Stored:
    """Return what stands in the database: one query per kind, and one for old addresses."""
    result = Stored()
    for kind, lookups in FACTS.items():
        rows = BY_NAME[kind].model._default_manager.values_list("slug", "pk", *lookups.values())
        result.facts[kind] = {}
        result.keys[kind] = {}
        for slug, pk, *values in rows.iterator():
            result.keys[kind][slug] = pk
            result.facts[kind][slug] = dict(zip(lookups, values, strict=True))
    result.redirects = {(kind, old): new for kind, old, new in Redirect.objects.values_list("kind", "old_slug", "new_slug")}
    result.merged = _merged(result)
    return result


def _merged(known: Stored) -> dict[tuple[str, str], str]:
    """Return where merged records lead, by kind and slug: those merged here, and those that an export of another site tells of by a redirect."""
    led_on = {(kind, old): new for (kind, old), new in known.redirects.items() if known.has(kind, old)}
    for kind in {kind for kind, _old in led_on}:
        slugs = [old for one, old in led_on if one == kind]
        standing = BY_NAME[kind].model._default_manager.filter(slug__in=slugs).exclude(state=PublicationState.WITHDRAWN)
        led_on = {key: new for key, new in led_on.items() if key not in {(kind, slug) for slug in standing.values_list("slug", flat=True)}}
    here = Merge.objects.standing().order_by("pk").values_list("kind", "gone_slug", "kept_slug")
    return led_on | {(kind, gone): known.redirects.get((kind, gone), kept) for kind, gone, kept in here}


def texts(slugs: Collection[str]) -> dict[str, str]:
    """Return the texts that are kept, by the slugs of their sources."""
    return dict(Source.objects.filter(slug__in=slugs).exclude(text="").values_list("slug", "text"))
