"""What the page of a participant prints: names, where they were in which office, and what they voiced."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from tracker.dates import UncertainDate
from tracker.history.facts import NameFact
from tracker.models import Attendance, Participant
from tracker.vocabulary import Presence, Role

from .columns import Named
from .proven import Proven, proven_by


@dataclass(frozen=True, slots=True)
class WasAt:
    """One meeting the person attended, or was recorded absent from, and the office held on that day."""

    meeting: Named
    when: UncertainDate
    series: Named
    party: Named
    office: str
    role: Role
    presence: Presence


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    participant: Named
    home_party: Named
    wikidata_id: str
    names: tuple[NameFact, ...]
    attendances: tuple[WasAt, ...]
    voiced: tuple[Proven, ...]


def participant_page(slug: str) -> ParticipantPage | None:
    """Return everything public of the participant ``slug``, or None if there is none; five queries."""
    rows = list(
        Participant.objects.published()
        .filter(slug=slug)
        .order_by("names__key")
        .values_list(
            "slug", "name", "home_party__slug", "home_party__name", "wikidata_id",
            "names__key", "names__name", "names__language", "names__note",
        )
    )  # fmt: skip
    if not rows:
        return None
    own, name, party, party_name, wikidata_id, *_name = rows[0]
    return ParticipantPage(
        participant=Named(own, name),
        home_party=Named(party, party_name),
        wikidata_id=wikidata_id,
        names=tuple(NameFact(key, text, language, note=note) for *_same, key, text, language, note in rows if key),
        attendances=_attendances(slug),
        voiced=proven_by(Q(citations__speaker__slug=slug)),
    )


def _attendances(slug: str) -> tuple[WasAt, ...]:
    rows = (
        Attendance.objects.published()
        .filter(participant__slug=slug)
        .order_by("meeting__starts_earliest", "meeting__starts_latest", "meeting__slug", "pk")
        .values_list(
            "meeting__slug", "meeting__title", "meeting__starts_earliest", "meeting__starts_latest", "meeting__series__slug",
            "meeting__series__title", "party__slug", "party__name", "office", "role", "presence",
        )
    )  # fmt: skip
    return tuple(
        WasAt(Named(slug, title), UncertainDate(first, last), Named(series, series_title), Named(party, party_name), office, Role(role), Presence(presence))
        for slug, title, first, last, series, series_title, party, party_name, office, role, presence in rows
    )
