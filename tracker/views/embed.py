"""A matrix or the chart of a commitment to stand in a page of another site. Nothing else may be framed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from tracker.filters.matrix import MatrixForm
from tracker.history.trace import trace
from tracker.models import Commitment, Series
from tracker.queries.facts import commitment_record, series_record

from . import asking, sentences
from .addresses import elsewhere


def to_be_framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the page with a policy that lets any site frame it; all the rest of the policy stays."""
    free: Any = csp_replace({"frame-ancestors": ["*"]})
    framed: Callable[..., HttpResponse] = xframe_options_exempt(free(view))
    return framed


@to_be_framed
def series_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the drawing of the matrix that the query string asks for, as its page takes it."""
    record = series_record(slug)
    if record is None:
        return elsewhere(request, Series, slug)
    form = MatrixForm(request.GET, record.commitments)
    problems = [] if form.is_valid() else [str(said) for found in form.errors.values() for said in found]
    told = _("Each commitment at each meeting: discs where it was voiced, strokes where it was left out, dots where too little was read to know.")
    as_of = form.as_of_day if form.is_valid() else None
    context = {"title": record.series.title, "told": told, "day": as_of or timezone.now().date(), "problems": problems}
    return _framed(request, context, reverse("tracker:series", args=[slug]), reverse("tracker:series_matrix_svg", args=[slug]))


@to_be_framed
def commitment_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the chart of a commitment under the sentences that say where it stands."""
    record, as_of = commitment_record(slug), asking.as_of(request)
    if record is None:
        return elsewhere(request, Commitment, slug)
    found = trace(record, slug, as_of.day)
    told = " ".join(map(str, sentences.opening(found)))
    context = {"title": found.commitment.name, "told": told, "day": as_of.day, "problems": [as_of.problem] if as_of.problem else []}
    return _framed(request, context, reverse("tracker:commitment", args=[slug]), reverse("tracker:commitment_ladder", args=[slug]))


def _framed(request: HttpRequest, context: dict[str, Any], page: str, drawing: str) -> HttpResponse:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return render(request, "tracker/embed.html", {**context, "page": f"{page}{query}", "plain_page": page, "drawing": f"{drawing}{query}"})
