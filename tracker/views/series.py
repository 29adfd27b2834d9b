"""Series: the list, and the matrix of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tracker.charts import order
from tracker.charts.arrangement import arranged
from tracker.charts.score import read_columns
from tracker.exports.citing import plain_page
from tracker.filters.matrix import MatrixForm
from tracker.history.matrix import matrix
from tracker.history.results import Matrix
from tracker.models import Series
from tracker.queries.facts import series_record
from tracker.queries.lists import all_series, party_names

from .addresses import elsewhere
from .grid import grid


def series_list(request: HttpRequest) -> HttpResponse:
    return render(request, "tracker/series_list.html", {"rows": all_series(), "files": ("series", "")})


def series(request: HttpRequest, slug: str) -> HttpResponse:
    record = series_record(slug)
    if record is None:
        return elsewhere(request, Series, slug)
    form = MatrixForm(request.GET, record.commitments)
    as_of = form.as_of_day if form.is_valid() else None
    found = matrix(record, as_of or timezone.now().date())
    context = {"series": found.series, "matrix": found, "form": form, "chips": form.in_force(), "query": request.GET.urlencode()}
    context |= {"span": order.between(found.columns), "read": read_columns(found.columns, found.thresholds.reading)}
    return render(request, "tracker/series.html", context | (_drawn(request, found, form) if form.is_valid() else {}))


def _drawn(request: HttpRequest, found: Matrix, form: MatrixForm) -> dict[str, Any]:
    drawn, names = arranged(found, form.asked()), party_names()
    shown = grid(drawn, names, form.as_of_day)
    citation = _citation(request, found, form) if shown.heads and shown.groups else ""
    return {"names": names, "asked": drawn.asked, "cut": drawn.is_cut, "grid": shown, "citation": citation}


def _citation(request: HttpRequest, found: Matrix, form: MatrixForm) -> str:
    """Return how to cite the matrix as it is drawn: its address names the day, whether it was asked for or not."""
    query = {name: value for name in form.fields if (value := request.GET.get(name))} | {"as_of": found.as_of.isoformat()}
    asked = "; ".join(f"{one.label}: {one.value}" for one in form.in_force() if one.name != "as_of")
    title = _("%(series)s: each commitment at each meeting") % {"series": found.series.title}
    return plain_page(title, asked, request.build_absolute_uri(f"{request.path}?{urlencode(query)}"), found.as_of)
