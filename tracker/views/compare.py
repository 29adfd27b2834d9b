"""Up to five commitments, or two series, on one axis of time; also as a drawing and as a table to keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tracker.charts.bands import bands
from tracker.charts.pace import pace as drawn_pace
from tracker.charts.plot import NARROW, WIDE
from tracker.exports.comparing import beats_csv, traces_csv
from tracker.exports.figures import svg_file
from tracker.history.facts import Record
from tracker.history.matrix import matrix
from tracker.history.pace import Beat, beats, pace
from tracker.history.results import Matrix, Trace
from tracker.history.together import voiced_together
from tracker.history.trace import trace
from tracker.queries.compared import every_series, fullest_series, offered, records_of_commitments, records_of_series
from tracker.queries.lists import party_names

from . import signs
from .beside import commitment_lines, series_lines
from .choosing import MOST_COMMITMENTS, Chosen, chosen
from .dates import in_words
from .words import Names, listed

Drawing = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was chosen, thought about: traces of commitments, or beats of series. One of the two is empty."""

    traces: tuple[Trace, ...] = ()
    told: tuple[tuple[Matrix, tuple[Beat, ...]], ...] = ()

    @property
    def title(self) -> str:
        return listed([*(one.commitment.name for one in self.traces), *(found.series.title for found, _beats in self.told)])

    @property
    def csv(self) -> str:
        return traces_csv(self.traces) if self.traces else beats_csv(self.told)

    def drawing(self, names: Names) -> Drawing:
        title = _("%(names)s on one axis of time") % {"names": self.title}
        if self.traces:
            return lambda name, width: bands(name, width, self.traces, signs.of_bands(title, names))
        return lambda name, width: drawn_pace(name, width, self.told, signs.of_pace(title))


def compare(request: HttpRequest) -> HttpResponse:
    every = every_series()
    choice = chosen(request, every)
    if _is_untidy(request, choice):
        return HttpResponseRedirect(f"{reverse('tracker:compare')}?{choice.query}")
    names, on_offer = party_names(), offered()
    found = _compared(choice)
    query = f"?as_of={choice.as_of.asked.isoformat()}" if choice.as_of.asked else ""
    context: dict[str, Any] = {"chosen": choice, "as_of": choice.as_of, "every": every, "offered": on_offer, "compared": found, "query": query}
    context |= {"removable": [(one, choice.without(one.slug)) for one in choice.commitments], "most": MOST_COMMITMENTS}
    if found.traces or found.told:
        context |= _drawings(found, names)
    else:
        context |= {"suggested": [one for one in on_offer if not one.is_area][:3], "fullest": fullest_series(2)}
    if found.traces:
        context |= {"lines": commitment_lines(found.traces, query), "together": voiced_together(found.traces)}
        context["called"] = {one.commitment.slug: one.commitment.name for one in found.traces}
    if found.told:
        measured = [(told, pace(told, heard)) for told, heard in found.told]
        context |= {
            "lines": series_lines(measured, query),
            "called": {row.commitment.slug: row.commitment.name for told, _heard in measured for row in told.rows},
        }
    return render(request, "tracker/compare.html", context)


def compare_csv(request: HttpRequest) -> HttpResponse:
    return _file(request, "csv", "text/csv; charset=utf-8", lambda found, _names, _origin: found.csv)


def compare_svg(request: HttpRequest) -> HttpResponse:
    return _file(request, "svg", "image/svg+xml", lambda found, names, origin: svg_file(found.drawing(names), found.title, origin))


def _file(request: HttpRequest, ending: str, content_type: str, write: Callable[[Compared, Names, str], str]) -> HttpResponse:
    choice = chosen(request, every_series())
    found = Compared() if choice.is_refused else _compared(choice)
    if not found.traces and not found.told:
        said = " ".join(filter(None, (choice.problem, choice.series_problem, choice.as_of.problem))) or _("Say what to compare: ?commitment=… or ?series=…")
        return HttpResponse(f"{said}\n", status=400, content_type="text/plain; charset=utf-8")
    url = request.build_absolute_uri(f"{reverse('tracker:compare')}?{choice.query}")
    origin = _("Reaffirmed, as of %(day)s. %(url)s") % {"day": in_words(choice.as_of.day), "url": url}
    name = f"reaffirmed-compare-{choice.as_of.day.isoformat()}.{ending}"
    body = write(found, party_names(), origin)
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _compared(choice: Chosen) -> Compared:
    day = choice.as_of.day
    if choice.commitments:
        records = records_of_commitments(choice.slugs)
        holding = {one.slug: record for record in records.values() for one in record.commitments}
        return Compared(traces=tuple(trace(holding[slug], slug, day) for slug in choice.slugs if slug in holding))
    records = records_of_series([one.slug for one in choice.series]) if choice.series else {}
    return Compared(told=tuple(_told(records[one.slug], choice) for one in choice.series if one.slug in records))


def _told(record: Record, choice: Chosen) -> tuple[Matrix, tuple[Beat, ...]]:
    found = matrix(record, choice.as_of.day)
    return found, beats(found)


def _is_untidy(request: HttpRequest, choice: Chosen) -> bool:
    """Return whether all that was asked is understood but spelled otherwise than the address to keep: by name, with empty fields."""
    given: Sequence[str] = request.GET.getlist("commitment")
    return bool(choice.commitments) and not choice.is_refused and list(given) != list(choice.slugs)


def _drawings(found: Compared, names: Names) -> dict[str, Any]:
    draw = found.drawing(names)
    # Every word in the drawing is escaped where it is written.
    return {f"chart_{size}": mark_safe(draw(f"compare-{size}", width)) for size, width in (("wide", WIDE), ("narrow", NARROW))}  # noqa: S308
