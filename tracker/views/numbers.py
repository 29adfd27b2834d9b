"""The record in numbers: its charts on one page, each also as a drawing and as a table to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.charts.plot import NARROW, WIDE
from tracker.exports.figures import Figure, csv_file, svg_file
from tracker.history.facts import SeriesFact
from tracker.queries.compared import every_series

from . import asking
from .dates import in_words
from .figures import FIGURES, Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, read. ``query`` is the query string that files of the same numbers take."""

    as_of: asking.AsOf
    series: asking.Choice
    every: tuple[SeriesFact, ...]

    @property
    def query(self) -> str:
        given = {"series": self.series.value, "as_of": self.as_of.asked.isoformat() if self.as_of.asked else ""}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def problem(self) -> str:
        return self.as_of.problem or self.series.problem

    @property
    def title(self) -> str:
        return next((one.title for one in self.every if one.slug == self.series.value), "")

    @property
    def scope(self) -> Scope:
        return Scope(self.as_of.day, self.series.value, self.every)


@dataclass(frozen=True, slots=True)
class Shown:
    """One chart as the page prints it."""

    figure: Figure
    wide: SafeString
    narrow: SafeString


def numbers(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    scope = asked.scope
    figures = [_shown(draw(scope)) for draw in FIGURES.values()]
    return render(request, "tracker/numbers.html", {"asked": asked, "as_of": asked.as_of, "figures": figures})


def numbers_csv(request: HttpRequest, figure: str) -> HttpResponse:
    return _file(request, figure, "csv", "text/csv; charset=utf-8", lambda found, _origin: csv_file(found.table))


def numbers_svg(request: HttpRequest, figure: str) -> HttpResponse:
    def drawn(found: Figure, origin: str) -> str:
        if found.draw is None:
            raise Http404
        return svg_file(found.draw, found.finding, origin)

    return _file(request, figure, "svg", "image/svg+xml", drawn)


def _file(request: HttpRequest, figure: str, ending: str, content_type: str, write: Callable[[Figure, str], str]) -> HttpResponse:
    if figure not in FIGURES:
        raise Http404
    asked = _asked(request)
    if asked.problem:
        return HttpResponse(asked.problem + "\n", status=400, content_type="text/plain; charset=utf-8")
    url = request.build_absolute_uri(f"{reverse('tracker:numbers')}{'?' if asked.query else ''}{asked.query}#{figure}")
    origin = _("Reaffirmed, as of %(day)s. %(url)s") % {"day": in_words(asked.as_of.day), "url": url}
    name = "-".join(filter(None, ("reaffirmed", figure, asked.series.value, asked.as_of.day.isoformat())))
    body = write(FIGURES[figure](asked.scope), origin)
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'})


def _asked(request: HttpRequest) -> Asked:
    every = every_series()
    return Asked(asking.as_of(request), asking.choice(request, "series", {one.slug for one in every}, ""), every)


def _shown(figure: Figure) -> Shown:
    def drawn(size: str, width: int) -> Any:
        # Every word in the drawing is escaped where it is written.
        return mark_safe(figure.draw(f"{figure.slug}-{size}", width)) if figure.draw else ""  # noqa: S308

    return Shown(figure, drawn("wide", WIDE), drawn("narrow", NARROW))
