"""The lists of participants and of parties."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key
from tracker.models import Citation, Participant, ParticipantName, Party, Series
from tracker.models.publication import publication_rule
from tracker.queries.lists import with_presence
from tracker.queries.parties import with_people
from tracker.vocabulary import Level, PartyKind

from .asked import LATEST, MOST, NAMES, ListFilter, among, by_word, choice, column, public_parties, public_series, sort_by, text, year
from .facets import Marks, Records, Through, Words, WordsThrough
from .meetings import there


def members() -> QuerySet[Any]:
    """Return the pairs of a public series and a party of it."""
    pairs: QuerySet[Any] = Series.parties.through._default_manager.filter(publication_rule(Series, "series__"))
    return pairs


QUOTED = Exists(Citation.objects.published().filter(speaker=OuterRef("pk")))


class ParticipantFilter(ListFilter):
    title = _("People")
    columns = {
        "name": column(_("Name"), NAMES, "name_key"),
        "party": column(_("Party"), NAMES, "home_party__name"),
        "meetings": column(_("Meetings"), MOST, "meeting_count"),
        "quoted": column(_("Passages"), MOST, "quoted"),
        "last": column(_("Last seen"), LATEST, "last_latest", "last_earliest"),
    }
    default = "name"
    ties = ("name_key", "pk")
    facets = (
        Records("party", _("Party"), "home_party"),
        Through("series", _("At meetings of"), "meeting__series", "title", hanging=there, owner="participant"),
        WordsThrough("level", _("At meetings of level"), "meeting__level", Level, hanging=there, owner="participant"),
        Marks("mark", _("Marks"), {"quoted": (_("Speaks in a passage that is cited"), Q(QUOTED)), "silent": (_("No passage cited"), ~Q(QUOTED))}),
    )
    text = text(_("Name"))
    party = among(_("Party"), public_parties, field_name="home_party")
    series = among(_("At meetings of"), public_series, method="at_series")
    level = choice(_("At meetings of level"), by_word(Level), method="at_meetings_of_level")
    mark = choice(_("Mark"), [(word, label) for word, (label, _rule) in facets[-1].marks.items()], method="bearing")
    since = year(_("Last seen from"), "last_latest", "year__gte")
    until = year(_("Last seen to"), "last_earliest", "year__lte")
    sort = sort_by(columns)

    class Meta:
        model = Participant
        fields: list[str] = []

    def described(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return with_presence(rows)

    def with_text(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        key = search_key(typed)
        other = ParticipantName.objects.filter(participant=OuterRef("pk"), name_key__contains=key)
        return rows.filter(Q(name_key__contains=key) | Exists(other)) if key else rows.none()

    def at_series(self, rows: QuerySet[Any], _name: str, series: Series) -> QuerySet[Any]:
        return rows.filter(Exists(there().filter(participant=OuterRef("pk"), meeting__series=series.pk)))

    def at_meetings_of_level(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(Exists(there().filter(participant=OuterRef("pk"), meeting__level=Level.from_word(word))))


class PartyFilter(ListFilter):
    title = _("Parties")
    columns = {
        "name": column(_("Party"), NAMES, "name"),
        "kind": column(_("Kind"), NAMES, "kind"),
        "people": column(_("People"), MOST, "participant_count"),
        "issued": column(_("Documents issued"), MOST, "source_count"),
    }
    default = "name"
    ties = ("name", "pk")
    facets = (
        Words("kind", _("Kind"), "kind", PartyKind),
        Through("series", _("Series"), "series", "title", hanging=members, owner="party"),
        Marks(
            "mark", _("Marks"), {"issued": (_("Issued a document"), Q(source_count__gt=0)), "people": (_("Has people recorded"), Q(participant_count__gt=0))}
        ),
    )
    text = text(_("Name"))
    kind = choice(_("Kind"), PartyKind.choices)
    series = among(_("Series"), public_series, method="in_series")
    mark = choice(_("Mark"), [(word, label) for word, (label, _rule) in facets[-1].marks.items()], method="bearing")
    sort = sort_by(columns)

    class Meta:
        model = Party
        fields: list[str] = []

    def described(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return with_people(rows)

    def with_text(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        """Return the parties with the text in their names, in capitals or not. There are few of them, and their names have no folded key."""
        key = search_key(typed)
        return rows.filter(pk__in=[pk for pk, name in self.folded_names.items() if key and key in name])

    @cached_property
    def folded_names(self) -> dict[int, str]:
        return {pk: search_key(name) for pk, name in Party.objects.published().values_list("pk", "name")}

    def in_series(self, rows: QuerySet[Any], _name: str, series: Series) -> QuerySet[Any]:
        return rows.filter(Exists(members().filter(party=OuterRef("pk"), series=series.pk)))
