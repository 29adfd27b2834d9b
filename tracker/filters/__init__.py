"""The query string of each public list: which words it knows, and what they ask of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key
from tracker.models import Attendance, Citation, Commitment, CommitmentName, Deadline, Meeting, Mention, Participant, ParticipantName, Party, Series, Source
from tracker.vocabulary import STATEMENT_FORMATS, Act, CommitmentKind, Format, Level, MeetingStatus, Outcome, Reach, SourceKind, Stage, Standing, Strength

EVERY = _("All")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def public_series(_request: HttpRequest | None) -> QuerySet[Any]:
    return Series.objects.published().in_order()


def public_areas(_request: HttpRequest | None) -> QuerySet[Any]:
    return Commitment.objects.published().areas().in_order()


def public_parties(_request: HttpRequest | None) -> QuerySet[Any]:
    return Party.objects.published().in_order()


def by_word(scale: Iterable[Any]) -> list[tuple[str, Any]]:
    """Return the choices of an ordered list by its words: addresses spell ``memorandum``, not 2."""
    return [(member.word, member.label) for member in scale]


def choice(label: Any, choices: Any, **more: Any) -> Any:
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=more.pop("empty_label", EVERY), **more)


def among(label: Any, rows: Any, **more: Any) -> Any:
    """Return the filter for one record of a short table, by its slug."""
    return django_filters.ModelChoiceFilter(label=label, queryset=rows, to_field_name="slug", empty_label=EVERY, **more)


def text(label: Any) -> Any:
    return django_filters.CharFilter(label=label, method="with_text", max_length=100)


class Whole(django_filters.NumberFilter):  # type: ignore[misc]  # ships no types
    field_class = forms.IntegerField

    def get_max_validator(self) -> None:
        """The field has limits of its own."""


def year(label: Any, field: str, lookup: str) -> Any:
    """Return the filter for rows whose ``field`` lies in the year asked for or on one side of it."""
    return Whole(label=label, field_name=field, lookup_expr=lookup, min_value=FIRST_YEAR, max_value=LAST_YEAR)


def sort_by(default: Any, *choices: tuple[str, Any]) -> Any:
    return choice(_("Sort by"), choices, method="sorted_by", empty_label=default)


class ListFilter(django_filters.FilterSet):  # type: ignore[misc]  # ships no types
    """One public list. What can't be understood finds nothing: the form says which word, and what would be right."""

    orders: ClassVar[Mapping[str, tuple[Any, ...]]] = {}
    #: How a row leads to its commitment, for lists of what hangs on one.
    to_commitment: ClassVar[str] = "commitment__"
    #: How a row leads to its meeting, for lists of meetings and of what came up at one.
    to_meeting: ClassVar[str] = ""

    @property
    def qs(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().qs if self.is_valid() or not self.is_bound else self.queryset.none()
        return rows

    def sorted_by(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.order_by(*self.orders[word])

    def at_level(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(**{f"{self.to_meeting}level": Level.from_word(word)})

    def in_area(self, rows: QuerySet[Any], _name: str, area: Commitment) -> QuerySet[Any]:
        """Return what belongs to the area or to anything under it."""
        way = self.to_commitment
        return rows.filter(Q(**{f"{way}pk": area.pk}) | Q(**{f"{way}parent": area.pk}) | Q(**{f"{way}parent__parent": area.pk}))

    def with_commitment_named(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        """Return what belongs to a commitment that has the text, in any script, in one of its names."""
        key = search_key(typed)
        if not key:
            return rows.none()
        other = CommitmentName.objects.filter(commitment=OuterRef("pk"), name_key__contains=key)
        found = Commitment.objects.filter(Q(name_key__contains=key) | Exists(other))
        return rows.filter(**{f"{self.to_commitment}pk__in": found.values("pk")})


class CommitmentFilter(ListFilter):
    to_commitment = ""
    orders = {
        "mentions": (F("roll_up__voiced_meetings").desc(nulls_last=True), "name_key", "pk"),
        "idle": (F("roll_up__idle_restatements").desc(nulls_last=True), "name_key", "pk"),
        "last": (F("roll_up__last_voiced_latest").desc(nulls_last=True), "name_key", "pk"),
        "oldest": (F("roll_up__last_voiced_latest").asc(nulls_last=True), "name_key", "pk"),
        "stage": (F("roll_up__stage").desc(nulls_last=True), "name_key", "pk"),
    }
    text = django_filters.CharFilter(label=_("Name"), method="with_commitment_named", max_length=100)
    series = among(_("Series"), public_series)
    area = among(_("Area"), public_areas, method="in_area")
    kind = choice(_("Kind"), CommitmentKind.choices)
    stage = choice(_("Rung"), by_word(Stage), method="at_stage")
    party = among(_("Party"), public_parties, field_name="parties")
    idle = Whole(label=_("Restated without a move, at least"), field_name="roll_up__idle_restatements", lookup_expr="gte", min_value=0, max_value=9_999)
    sort = sort_by(
        _("Name"),
        ("mentions", _("Most meetings")),
        ("idle", _("Most restated without a move")),
        ("last", _("Latest mention first")),
        ("oldest", _("Longest without a mention")),
        ("stage", _("Highest rung")),
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def at_stage(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(roll_up__stage=Stage.from_word(word)).exclude(kind=CommitmentKind.AREA)


class MentionFilter(ListFilter):
    """Every coded statement. ``party`` finds what that side voiced, or both sides did."""

    to_meeting = "meeting__"
    orders = {
        "oldest": ("meeting__starts_earliest", "meeting__starts_latest", "meeting__slug", "commitment__name_key", "pk"),
        "commitment": ("commitment__name_key", "-meeting__starts_latest", "-meeting__starts_earliest", "meeting__slug", "pk"),
    }
    text = django_filters.CharFilter(label=_("Commitment"), method="with_commitment_named", max_length=100)
    said = django_filters.CharFilter(label=_("Wording"), method="with_wording", max_length=100)
    series = among(_("Series"), public_series, field_name="meeting__series")
    area = among(_("Area"), public_areas, method="in_area")
    kind = choice(_("Kind"), CommitmentKind.choices, field_name="commitment__kind")
    act = choice(_("Act"), Act.choices)
    party = among(_("Voiced by"), public_parties, method="voiced_by")
    strength = choice(_("Strength"), by_word(Strength), method="of_strength")
    reach = choice(_("Reach"), Reach.choices, method="of_reach")
    standing = choice(_("Standing"), Standing.choices)
    format = choice(_("Format"), Format.choices, field_name="meeting__format")
    level = choice(_("Level"), by_word(Level), method="at_level")
    since = year(_("From year"), "meeting__starts_latest", "year__gte")
    until = year(_("To year"), "meeting__starts_earliest", "year__lte")
    sort = sort_by(_("Latest first"), ("oldest", _("Oldest first")), ("commitment", _("Commitment")))

    class Meta:
        model = Mention
        fields: list[str] = []

    def cited(self, rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
        """Return the mentions with a public citation of which ``condition`` is true."""
        return rows.filter(Exists(Citation.objects.published().filter(condition, mention=OuterRef("pk"))))

    def with_wording(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        """Return the mentions whose key phrases or paraphrases hold the words as they are typed, in capitals or not."""
        return self.cited(rows, Q(phrase__icontains=typed) | Q(paraphrase__icontains=typed))

    def voiced_by(self, rows: QuerySet[Any], _name: str, party: Party) -> QuerySet[Any]:
        both = Q(both_sides=True, mention__commitment__series__parties=party.pk)
        return self.cited(rows, Q(reach=Reach.VOICED) & (Q(party=party.pk) | both))

    def of_strength(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return self.cited(rows, Q(strength=Strength.from_word(word)))

    def of_reach(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return self.cited(rows, Q(reach=word))


class DeadlineFilter(ListFilter):
    """Every dated promise, whatever became of it."""

    orders = {
        "oldest": ("due_earliest", "due_latest", "commitment__name_key", "pk"),
        "commitment": ("commitment__name_key", "target", "due_earliest", "pk"),
    }
    text = django_filters.CharFilter(label=_("Commitment"), method="with_commitment_named", max_length=100)
    series = among(_("Series"), public_series, field_name="commitment__series")
    area = among(_("Area"), public_areas, method="in_area")
    outcome = choice(_("Outcome"), Outcome.choices)
    since = year(_("Due from year"), "due_latest", "year__gte")
    until = year(_("Due to year"), "due_earliest", "year__lte")
    sort = sort_by(_("Latest due first"), ("oldest", _("Earliest due first")), ("commitment", _("Commitment")))

    class Meta:
        model = Deadline
        fields: list[str] = []


class MeetingFilter(ListFilter):
    orders = {
        "oldest": ("starts_earliest", "starts_latest", "slug", "pk"),
        "mentions": ("-mention_count", "-starts_latest", "slug", "pk"),
    }
    text = text(_("Title or place"))
    series = among(_("Series"), public_series)
    what = choice(_("Meetings or statements"), (("meetings", _("Meetings")), ("statements", _("Statements"))), method="of_one_sort")
    format = choice(_("Format"), Format.choices)
    level = choice(_("Level"), by_word(Level), method="at_level")
    status = choice(_("Status"), MeetingStatus.choices)
    party = among(_("Party present"), public_parties, method="attended_by")
    since = year(_("From year"), "starts_latest", "year__gte")
    until = year(_("To year"), "starts_earliest", "year__lte")
    sort = sort_by(_("Latest first"), ("oldest", _("Oldest first")), ("mentions", _("Most mentions")))

    class Meta:
        model = Meeting
        fields: list[str] = []

    def with_text(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        return rows.filter(Q(title__icontains=typed) | Q(place__icontains=typed) | Q(occasion__icontains=typed))

    def of_one_sort(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(format__in=STATEMENT_FORMATS) if word == "statements" else rows.exclude(format__in=STATEMENT_FORMATS)

    def attended_by(self, rows: QuerySet[Any], _name: str, party: Party) -> QuerySet[Any]:
        return rows.filter(Exists(Attendance.objects.published().filter(meeting=OuterRef("pk"), party=party.pk)))


class SourceFilter(ListFilter):
    orders = {
        "oldest": (F("published_earliest").asc(nulls_last=True), "slug", "pk"),
        "citations": ("-citation_count", "slug", "pk"),
        "publisher": ("publisher", "slug", "pk"),
    }
    text = text(_("Title or publisher"))
    kind = choice(_("Kind"), SourceKind.choices)
    issued_by = among(_("Issued by"), public_parties)
    language = django_filters.CharFilter(label=_("Language"), max_length=12, widget=forms.TextInput(attrs={"size": 4, "placeholder": "ru"}))
    since = year(_("From year"), "published_latest", "year__gte")
    until = year(_("To year"), "published_earliest", "year__lte")
    sort = sort_by(_("Latest first"), ("oldest", _("Oldest first")), ("citations", _("Most citations")), ("publisher", _("Publisher")))

    class Meta:
        model = Source
        fields: list[str] = []

    def with_text(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        return rows.filter(Q(title__icontains=typed) | Q(publisher__icontains=typed))


class ParticipantFilter(ListFilter):
    orders = {"meetings": ("-meeting_count", "name_key", "pk")}
    text = text(_("Name"))
    party = among(_("Party"), public_parties, field_name="home_party")
    sort = sort_by(_("Name"), ("meetings", _("Most meetings")))

    class Meta:
        model = Participant
        fields: list[str] = []

    def with_text(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        key = search_key(typed)
        other = ParticipantName.objects.filter(participant=OuterRef("pk"), name_key__contains=key)
        return rows.filter(Q(name_key__contains=key) | Exists(other)) if key else rows.none()
