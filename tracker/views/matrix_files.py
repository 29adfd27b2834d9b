"""The matrix of a series as files: the table of its cells, and the drawing. They hold what the page shows under the same query string."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils import timezone

from tracker.charts.arrangement import Arranged, arranged
from tracker.charts.sheet import drawn as drawing
from tracker.exports.cells import HEADER, cell_rows
from tracker.exports.lines import csv_text
from tracker.filters.matrix import MatrixForm
from tracker.history.matrix import matrix
from tracker.models import Series
from tracker.queries.facts import series_record
from tracker.queries.lists import party_names

from .addresses import elsewhere
from .sheets import sheet

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file is to hold: the matrix as it is drawn, and the form that asked for it."""

    drawn: Arranged
    form: MatrixForm
    today: date


def series_matrix_csv(request: HttpRequest, slug: str) -> HttpResponse:
    def written(wanted: Wanted) -> str:
        def address(commitment: str, meeting: str) -> str:
            return request.build_absolute_uri(_dated(reverse("tracker:cell", args=[commitment, meeting]), wanted.drawn))

        return csv_text(HEADER, cell_rows(wanted.drawn, address))

    return _answer(request, slug, "csv", "text/csv; charset=utf-8", written)


def series_matrix_svg(request: HttpRequest, slug: str) -> HttpResponse:
    def written(wanted: Wanted) -> str:
        return drawing(sheet(wanted.drawn, party_names(), wanted.form.in_force(), _permanent(request, slug, wanted)))

    return _answer(request, slug, "svg", "image/svg+xml", written)


def _answer(request: HttpRequest, slug: str, ending: str, content_type: str, written: Callable[[Wanted], str]) -> HttpResponse:
    """Return the file, or 400 with a sentence for each word of the query string that can't be understood."""
    record = series_record(slug)
    if record is None:
        return elsewhere(request, Series, slug)
    form, today = MatrixForm(request.GET, record.commitments), timezone.now().date()
    if not form.is_valid():
        problems = [f"{name}: {' '.join(map(str, found))}" for name, found in form.errors.items()]
        return HttpResponseBadRequest("\n".join(problems) + "\n", content_type=PLAIN)
    wanted = Wanted(arranged(matrix(record, form.as_of_day or today), form.asked()), form, today)
    name = f"{slug}-{wanted.drawn.matrix.as_of.isoformat()}.{ending}"
    return HttpResponse(written(wanted), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _dated(path: str, drawn: Arranged) -> str:
    return f"{path}?as_of={drawn.matrix.as_of.isoformat()}"


def _permanent(request: HttpRequest, slug: str, wanted: Wanted) -> str:
    """Return the address of the page that shows the same: it always names the day."""
    query = request.GET.copy()
    query["as_of"] = wanted.drawn.matrix.as_of.isoformat()
    return request.build_absolute_uri(f"{reverse('tracker:series', args=[slug])}?{query.urlencode()}")
