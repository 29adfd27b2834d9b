"""The query string of each public list: which words it knows, and what they ask of the rows."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key
from tracker.models import Commitment, Series
from tracker.vocabulary import CommitmentKind, Stage

ORDERS: dict[str, tuple[Any, ...]] = {
    "name": ("name_key", "pk"),
    "mentions": (F("roll_up__voiced_meetings").desc(nulls_last=True), "name_key", "pk"),
    "idle": (F("roll_up__idle_restatements").desc(nulls_last=True), "name_key", "pk"),
    "last": (F("roll_up__last_voiced_latest").desc(nulls_last=True), "name_key", "pk"),
    "oldest": (F("roll_up__last_voiced_latest").asc(nulls_last=True), "name_key", "pk"),
    "stage": (F("roll_up__stage").desc(nulls_last=True), "name_key", "pk"),
}
SORTS = (
    ("mentions", _("Most meetings")),
    ("idle", _("Most restated without a move")),
    ("last", _("Latest mention first")),
    ("oldest", _("Longest without a mention")),
    ("stage", _("Highest rung")),
)


def public_series(_request: HttpRequest | None) -> QuerySet[Any]:
    return Series.objects.published().in_order()


def public_areas(_request: HttpRequest | None) -> QuerySet[Any]:
    return Commitment.objects.published().areas().in_order()


class CommitmentFilter(django_filters.FilterSet):  # type: ignore[misc]  # ships no types
    """``text`` finds names in any script; ``area`` finds the area and everything under it."""

    text = django_filters.CharFilter(label=_("Name"), method="with_text", max_length=100)
    series = django_filters.ModelChoiceFilter(label=_("Series"), queryset=public_series, to_field_name="slug", empty_label=_("All"))
    area = django_filters.ModelChoiceFilter(label=_("Area"), queryset=public_areas, to_field_name="slug", method="in_area", empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=CommitmentKind.choices, empty_label=_("All"))
    stage = django_filters.ChoiceFilter(label=_("Rung"), choices=[(stage.word, stage.label) for stage in Stage], method="at_stage", empty_label=_("All"))
    sort = django_filters.ChoiceFilter(label=_("Sort by"), choices=SORTS, method="sorted_by", empty_label=_("Name"))

    class Meta:
        model = Commitment
        fields: list[str] = []

    def with_text(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        key = search_key(text)
        return rows.filter(Q(name_key__contains=key) | Q(pk__in=rows.filter(names__name_key__contains=key).values("pk"))) if key else rows

    def in_area(self, rows: QuerySet[Any], _name: str, area: Commitment) -> QuerySet[Any]:
        return rows.filter(Q(pk=area.pk) | Q(parent=area.pk) | Q(parent__parent=area.pk))

    def at_stage(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(roll_up__stage=Stage.from_word(word)).exclude(kind=CommitmentKind.AREA)

    def sorted_by(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.order_by(*ORDERS[word])
