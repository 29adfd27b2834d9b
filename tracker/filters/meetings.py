"""The list of meetings and statements: when, how, who was there, what came up, and what is held of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key
from tracker.models import Attendance, Commitment, Meeting, Mention, Participant, Party
from tracker.queries.lists import with_what_is_held
from tracker.vocabulary import STATEMENT_FORMATS, Format, Held, Level, MeetingStatus, Presence

from .asked import (
    HIGHEST,
    LATEST,
    MOST,
    NAMES,
    ListFilter,
    among,
    by_word,
    choice,
    column,
    public_commitments,
    public_participants,
    public_parties,
    public_series,
    sort_by,
    text,
    year,
)
from .facets import Marks, Records, Through, Words

STATEMENT = Q(format__in=STATEMENT_FORMATS)


def there() -> QuerySet[Any]:
    """Return the public attendances of those who were there."""
    rows: QuerySet[Any] = Attendance.objects.published().exclude(presence=Presence.ABSENT)
    return rows


def came_up() -> QuerySet[Any]:
    rows: QuerySet[Any] = Mention.objects.published()
    return rows


class MeetingFilter(ListFilter):
    title = _("Meetings")
    columns = {
        "when": column(_("When"), LATEST, "starts_latest", "starts_earliest"),
        "title": column(_("Meeting"), NAMES, "title"),
        "place": column(_("Where"), NAMES, "place"),
        "series": column(_("Series"), NAMES, "series__title"),
        "level": column(_("Level"), HIGHEST, "level"),
        "mentions": column(_("Mentions"), MOST, "mention_count"),
    }
    default = "-when"
    ties = ("-starts_latest", "-starts_earliest", "slug", "pk")
    counted_by = ties
    facets = (
        Records("series", _("Series"), "series", "title"),
        Words("format", _("Format"), "format", Format),
        Words("level", _("Level"), "level", Level),
        Through("party", _("Party present"), "party", hanging=there, owner="meeting"),
        Through("participant", _("Person present"), "participant", hanging=there, owner="meeting"),
        Through("commitment", _("What came up"), "commitment", hanging=came_up, owner="meeting"),
        Words("held", _("What we hold"), "held_of_it", Held),
        Words("status", _("Status"), "status", MeetingStatus),
        Marks("what", _("Meetings or statements"), {"meetings": (_("Meetings"), ~STATEMENT), "statements": (_("Statements"), STATEMENT)}),
    )
    text = text(_("Title or place"))
    series = among(_("Series"), public_series)
    what = choice(_("Meetings or statements"), (("meetings", _("Meetings")), ("statements", _("Statements"))), method="bearing")
    format = choice(_("Format"), Format.choices)
    level = choice(_("Level"), by_word(Level), method="at_level")
    status = choice(_("Status"), MeetingStatus.choices)
    party = among(_("Party present"), public_parties, method="attended_by")
    participant = among(_("Person present"), public_participants, method="attended_by_person")
    commitment = among(_("What came up"), public_commitments, method="at_which_came_up")
    held = choice(_("What we hold"), Held.choices, field_name="held_of_it")
    since = year(_("From year"), "starts_latest", "year__gte")
    until = year(_("To year"), "starts_earliest", "year__lte")
    sort = sort_by(columns)

    class Meta:
        model = Meeting
        fields: list[str] = []

    def described(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return with_what_is_held(rows)

    def with_text(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        key = search_key(typed)
        return rows.filter(words_key__contains=key) if key else rows.none()

    def attended_by(self, rows: QuerySet[Any], _name: str, party: Party) -> QuerySet[Any]:
        return rows.filter(Exists(there().filter(meeting=OuterRef("pk"), party=party.pk)))

    def attended_by_person(self, rows: QuerySet[Any], _name: str, person: Participant) -> QuerySet[Any]:
        return rows.filter(Exists(there().filter(meeting=OuterRef("pk"), participant=person.pk)))

    def at_which_came_up(self, rows: QuerySet[Any], _name: str, commitment: Commitment) -> QuerySet[Any]:
        return rows.filter(Exists(came_up().filter(meeting=OuterRef("pk"), commitment=commitment.pk)))
