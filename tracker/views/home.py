"""The first page: the question in one line, the matrix of the fullest series, and what it says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tracker.charts import order
from tracker.charts.arrangement import Asked, arranged
from tracker.charts.score import read_columns
from tracker.history.matrix import matrix
from tracker.history.results import Matrix
from tracker.queries.facts import series_record
from tracker.queries.lists import all_series, party_names

from .grid import grid

LIST_LENGTH = 5
#: More columns than this, or more marks in all, are left to the series' own page; so few are shown in any case.
LATEST_COLUMNS, MOST_MARKS, FEWEST_COLUMNS = 24, 640, 6


def home(request: HttpRequest) -> HttpResponse:
    every = list(all_series())
    main = max(every, key=lambda series: (series.commitment_count, series.meeting_count), default=None)
    record = series_record(main.slug) if main else None
    if main is None or record is None:
        return render(request, "tracker/home_empty.html")
    found, names = matrix(record, timezone.now().date()), party_names()
    context = {"series": main, "others": [one for one in every if one.pk != main.pk], "names": names, "matrix": found}
    drawn = order.with_areas(found, order.recurring(found) or found.rows)
    shown = min(LATEST_COLUMNS, max(FEWEST_COLUMNS, MOST_MARKS // max(1, len(drawn.rows))))
    context |= {"grid": grid(arranged(drawn, Asked(latest=shown)), names), "drawn": drawn} | _leads(found)
    return render(request, "tracker/home.html", context)


def _leads(found: Matrix) -> dict[str, object]:
    resolved, missed = order.kept_and_missed(found)
    return {
        "resolved": resolved,
        "missed": missed,
        "span": order.between(found.columns),
        "concrete": len(order.concrete(found)),
        "read": read_columns(found.columns, found.thresholds.reading),
        "restated": order.most_restated(found, LIST_LENGTH),
        "quiet": order.longest_quiet(found, LIST_LENGTH),
        "promises": order.promises(found, LIST_LENGTH),
        "latest": order.latest_change(found),
    }
