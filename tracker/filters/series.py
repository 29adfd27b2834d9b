"""The list of series. There are few: a program asks for them by party and kind."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracker.models import Series
from tracker.vocabulary import SeriesKind

from .asked import LATEST, MOST, NAMES, ListFilter, among, choice, column, public_parties, sort_by


class SeriesFilter(ListFilter):
    title = _("Series")
    columns = {
        "title": column(_("Series"), NAMES, "title"),
        "searched": column(_("Searched until"), LATEST, "covered_until"),
        "meetings": column(_("Meetings"), MOST, "meeting_count"),
        "commitments": column(_("Commitments"), MOST, "commitment_count"),
    }
    default = "title"
    ties = ("title", "pk")
    kind = choice(_("Kind"), SeriesKind.choices)
    party = among(_("Party"), public_parties, field_name="parties")
    sort = sort_by(columns)

    class Meta:
        model = Series
        fields: list[str] = []
