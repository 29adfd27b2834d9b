"""The ladder chart of a dossier: on its page, as a drawing of its own, and as the table of its rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tracker.charts.ladder import ladder
from tracker.charts.ladder_alone import standalone
from tracker.charts.ladder_rows import rows
from tracker.charts.lanes import Words
from tracker.charts.score import is_area
from tracker.exports.ladder import ladder_csv
from tracker.history.results import Trace
from tracker.history.trace import trace
from tracker.models import Commitment
from tracker.queries.facts import commitment_record
from tracker.vocabulary import Stage

from . import asking
from .addresses import elsewhere
from .dates import in_words

WIDTHS = {"wide": 880, "narrow": 350}


def chart_of(found: Trace) -> dict[str, Any]:
    """Return the chart in both its widths, what its marks mean, and its rows."""
    words = _words(found)
    # Every word in the drawing is escaped where it is written.
    drawn = {f"chart_{size}": mark_safe(ladder(found, words, width=width).element(f"chart-{size}", words.title)) for size, width in WIDTHS.items()}  # noqa: S308
    return {**drawn, "chart_legend": legend(found), "chart_rows": rows(found)}


def commitment_ladder(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Answer with the chart as SVG, or with its rows as CSV."""
    record, as_of = commitment_record(slug), asking.as_of(request)
    if record is None:
        return elsewhere(request, Commitment, slug)
    if refused := asking.refusal(as_of):
        return refused
    found = trace(record, slug, as_of.day)
    kept = {"Content-Disposition": f'attachment; filename="{slug}-{as_of.day.isoformat()}.{form}"'}
    if form == "csv":
        return HttpResponse(ladder_csv(found), content_type="text/csv; charset=utf-8", headers=kept)
    address = request.build_absolute_uri(f"{reverse('tracker:commitment', args=[slug])}?as_of={as_of.day.isoformat()}")
    notes = (*legend(found), _("Source: Reaffirmed, %(address)s") % {"address": address})
    said = _("As of %(day)s; the record was searched until %(until)s.") % {"day": in_words(as_of.day), "until": in_words(found.until)}
    drawing = ladder(found, _words(found), width=WIDTHS["wide"])
    return HttpResponse(standalone(drawing, found.commitment.name, said, notes), content_type="image/svg+xml", headers=kept)


def legend(found: Trace) -> tuple[str, ...]:
    """Return what the marks of this chart mean, one sentence for each kind that it draws."""
    told = [
        _("Discs: voiced at a meeting, in the lane of its act, kindred acts sharing one; open discs do not count."),
        _("Upright strokes: statements, dashed where they do not count."),
    ]
    if not is_area(found):
        told.insert(0, _("Heavy line: highest rung reached. Diamonds: milestones, hollow where only claimed."))
    kinds = {row.kind for row in rows(found)}
    if "condition" in kinds:
        told.append(_("Bands: conditions, filled where a milestone states them, dashed where they are inferred from silence."))
    if "reading" in kinds:
        told.append(_("Bars: how much of each meeting was read, tall for both sides or a joint text; a small empty box: not read."))
    if "promise" in kinds:
        told.append(_("Lines at the foot: from the day on which a date was promised to the date, with a heavy end where it was missed."))
    if any(len(track.promises) > 1 for track in found.deadlines):
        told.append(_("Arrows: the same thing was promised again, from the date before to the new one."))
    return tuple(told)


def _words(found: Trace) -> Words:
    return Words(
        title=_("%(name)s: rungs reached, mentions, readings and promised dates over time") % {"name": found.commitment.name},
        rungs=[f"{stage.label} {int(stage)}" for stage in Stage],
        acts={
            "signed": _("Signed, agreed"),
            "reaffirmed": _("Reaffirmed"),
            "discussed": _("Discussed"),
            "proposed": _("Proposed"),
            "obstacles": _("Obstacles"),
        },
        condition=_("Condition"),
        inferred=_("%(condition)s (inferred)"),
        name=_("Called"),
        read=_("What was read"),
        promised=_("Promised for"),
        written=in_words,
    )
