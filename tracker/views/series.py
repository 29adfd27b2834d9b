"""Series: the list, and the matrix of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tracker.charts import order
from tracker.charts.score import read_columns
from tracker.history.matrix import matrix
from tracker.models import Series
from tracker.queries.facts import series_record
from tracker.queries.lists import all_series, party_names

from . import asking
from .addresses import elsewhere
from .grid import grid

SORTS = {
    "area": _("Area"),
    "idle": _("Most restated since it last moved"),
    "quiet": _("Longest without a known mention"),
    "mentions": _("Most meetings"),
    "stage": _("Highest rung"),
}
MEETINGS = {"general": _("General meetings"), "all": _("All, those called for one thing too")}


def series_list(request: HttpRequest) -> HttpResponse:
    return render(request, "tracker/series_list.html", {"rows": all_series()})


def series(request: HttpRequest, slug: str) -> HttpResponse:
    record = series_record(slug)
    if record is None:
        return elsewhere(request, Series, slug)
    as_of = asking.as_of(request)
    sort = asking.choice(request, "sort", SORTS, "area")
    meetings = asking.choice(request, "meetings", MEETINGS, "general")
    found, names = matrix(record, as_of.day), party_names()
    context = {"series": found.series, "matrix": found, "names": names, "as_of": as_of, "sort": sort, "meetings": meetings}
    context |= {"sorts": SORTS, "kinds_of_meetings": MEETINGS, "span": order.between(found.columns)}
    context |= {"concrete": len(order.concrete(found)), "read": read_columns(found.columns, found.thresholds.reading)}
    context["grid"] = grid(found, names, sort=sort.value, general_only=meetings.value == "general", as_of=as_of.asked)
    return render(request, "tracker/series.html", context)
