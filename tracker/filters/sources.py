"""The list of sources: what kind of document, whose, in which language, what it reports and whether it was read."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key
from tracker.models import Citation, Report, Series, Source
from tracker.queries.lists import with_use
from tracker.vocabulary import Carried, Fidelity, SourceKind

from .asked import LATEST, MOST, NAMES, ListFilter, among, choice, column, public_parties, public_series, sort_by, text, year
from .facets import Marks, Records, Through, Values, Words


def reporting() -> QuerySet[Any]:
    rows: QuerySet[Any] = Report.objects.published()
    return rows


CITED = Exists(Citation.objects.published().filter(source=OuterRef("pk")))


def language_name(tag: str) -> str:
    try:
        return str(gettext(get_language_info(tag)["name"]))
    except KeyError:
        return tag


class SourceFilter(ListFilter):
    title = _("Sources")
    columns = {
        "published": column(_("Published"), LATEST, "published_latest", "published_earliest"),
        "title": column(_("Document"), NAMES, "title"),
        "publisher": column(_("Publisher"), NAMES, "publisher"),
        "issued_by": column(_("Issued by"), NAMES, "issued_by__name"),
        "kind": column(_("Kind"), NAMES, "kind"),
        "citations": column(_("Passages cited"), MOST, "citation_count"),
    }
    default = "-published"
    ties = ("slug", "pk")
    facets = (
        Words("kind", _("Kind"), "kind", SourceKind),
        Records("issued_by", _("Issued by"), "issued_by"),
        Through("series", _("Reports a meeting of"), "meeting__series", "title", hanging=reporting, owner="source"),
        Values("language", _("Language"), "language", language_name),
        Words("carried", _("Carried"), "carried", Carried),
        Words("fidelity", _("Wording"), "fidelity", Fidelity),
        Marks(
            "use",
            _("Use"),
            {
                "read": (_("Read in full against the list of commitments"), Q(was_read=True)),
                "cited": (_("Cited"), Q(CITED)),
                "not_cited": (_("Not cited"), ~Q(CITED)),
            },
        ),
    )
    text = text(_("Title or publisher"))
    kind = choice(_("Kind"), SourceKind.choices)
    issued_by = among(_("Issued by"), public_parties)
    series = among(_("Reports a meeting of"), public_series, method="reports_series")
    language = django_filters.CharFilter(label=_("Language"), max_length=12, widget=forms.HiddenInput)
    carried = choice(_("Carried"), Carried.choices)
    fidelity = choice(_("Wording"), Fidelity.choices)
    use = choice(_("Use"), [(word, label) for word, (label, _rule) in facets[-1].marks.items()], method="bearing")
    since = year(_("From year"), "published_latest", "year__gte")
    until = year(_("To year"), "published_earliest", "year__lte")
    sort = sort_by(columns)

    class Meta:
        model = Source
        fields: list[str] = []

    def described(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return with_use(rows)

    def with_text(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        key = search_key(typed)
        return rows.filter(words_key__contains=key) if key else rows.none()

    def reports_series(self, rows: QuerySet[Any], _name: str, series: Series) -> QuerySet[Any]:
        return rows.filter(Exists(reporting().filter(source=OuterRef("pk"), meeting__series=series.pk)))
