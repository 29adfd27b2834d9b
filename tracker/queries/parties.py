"""What the list and the page of parties print: their series, their people, and the documents they issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tracker.models import Citation, Participant, Party, Series, Source
from tracker.vocabulary import PartyKind

from .columns import Named, how_many


@dataclass(frozen=True, slots=True)
class PartyPage:
    party: Named
    kind: PartyKind
    iso2: str
    wikidata_id: str
    series: tuple[Named, ...]
    participants: tuple[Named, ...]
    issued: tuple[Named, ...]
    citations: int


def all_parties() -> QuerySet[Any]:
    """Return the public parties by name, as ``with_people`` describes them."""
    return with_people(Party.objects.published().in_order())


def with_people(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the parties with ``participant_count`` and ``source_count`` (documents issued)."""
    people = how_many(Participant.objects.published(), "home_party")
    issued = how_many(Source.objects.published(), "issued_by")
    found: QuerySet[Any] = rows.annotate(participant_count=people, source_count=issued)
    return found


def party_page(slug: str) -> PartyPage | None:
    """Return everything public of the party ``slug``, or None if it is not public; five queries."""
    row = Party.objects.published().filter(slug=slug).values_list("slug", "name", "kind", "iso2", "wikidata_id").first()
    if row is None:
        return None
    own, name, kind, iso2, wikidata_id = row
    return PartyPage(
        party=Named(own, name),
        kind=PartyKind(kind),
        iso2=iso2,
        wikidata_id=wikidata_id,
        series=_named(Series.objects.published().filter(parties__slug=slug).in_order(), "title"),
        participants=_named(Participant.objects.published().filter(home_party__slug=slug).in_order(), "name"),
        issued=_named(Source.objects.published().filter(issued_by__slug=slug).in_order(), "title"),
        citations=Citation.objects.published().filter(party__slug=slug).count(),
    )


def _named(rows: QuerySet[Any], name: str) -> tuple[Named, ...]:
    return tuple(Named(*row) for row in rows.values_list("slug", name))
