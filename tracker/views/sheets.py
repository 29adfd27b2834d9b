"""The words on the drawing of a matrix that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.charts import score
from tracker.charts import sheet as paper
from tracker.charts.arrangement import Arranged
from tracker.charts.between import Between, between, line
from tracker.charts.marks import cell_mark
from tracker.filters.matrix import InForce
from tracker.history.results import Trace

from . import legends
from .dates import in_words, without_year
from .grid import TITLES, depths, heads
from .words import Names


def sheet(drawn: Arranged, names: Names, in_force: Iterable[InForce], address: str) -> paper.Sheet:
    """Return the sheet; ``address`` is that of the page that shows the same."""
    time = line(drawn)
    events = {row.commitment.slug: between(row, time) for row in drawn.rows}
    tail = any(len(drawn.places) in found for found in events.values())
    depth = depths(drawn)
    blocks = [
        (str(TITLES[block.kind]), [_line(row, drawn, depth[row.commitment.slug], events[row.commitment.slug], tail) for row in block.rows])
        for block in drawn.blocks
    ]
    shown = [paper.Head(head.place, without_year(head.when), head.level, head.reading, head.opens, head.read) for head in heads(drawn, names)]
    return paper.Sheet(
        title=_("%(series)s: each commitment at each meeting") % {"series": drawn.matrix.series.title},
        about=_about(drawn, in_force),
        years=score.years(drawn.columns),
        heads=shown,
        tail=_("Since then") if tail else "",
        corner=_("Commitment"),
        numbers=(_("Meetings voiced"), _("Restated, not moved"), _("Meetings read since"), _("Days since")),
        stage=_("Rung"),
        blocks=blocks,
        legend=_legend(statements=drawn.asked.statements),
        source=_source(drawn, address),
        language=get_language() or "en",
    )


def _line(row: Trace, drawn: Arranged, depth: int, events: Mapping[int, Between], tail: bool) -> paper.Line:
    marks = [[cell_mark(row.cells[place])] for place in drawn.places] + ([[]] if tail else [])
    for place, since in events.items():
        marks[place].extend(since.marks)
    found, is_area = row.measures, score.is_area(row)
    days = "–" if found.quiet_days is None else number_format(found.quiet_days, use_l10n=True, force_grouping=True)
    numbers = (str(found.voiced_meetings), "" if is_area else str(found.idle_restatements), str(found.quiet_meetings), days)
    stage = "" if is_area else f"{int(row.stage)} {row.stage.label}"
    return paper.Line(row.commitment.name, depth, is_area, marks, numbers, stage)


def _about(drawn: Arranged, in_force: Iterable[InForce]) -> list[str]:
    count = len(drawn.places)
    shown = ngettext("%(count)d meeting", "%(count)d meetings", count) % {"count": count}
    said = [
        _("As of %(day)s: %(meetings)s, %(hidden)d more left out. The record was searched until %(until)s.")
        % {"day": in_words(drawn.matrix.as_of), "meetings": shown, "hidden": drawn.hidden, "until": in_words(drawn.matrix.series.covered_until)}
    ]
    filters = "; ".join(f"{one.label}: {one.value}" for one in in_force if one.name != "as_of")
    if filters:
        said.append(_("Chosen: %(filters)s.") % {"filters": filters})
    if drawn.is_cut:
        said.append(_("The numbers at the end of a row count all meetings of the series, whichever are drawn."))
    return said


def _legend(*, statements: bool) -> Sequence[legends.Group]:
    return (("", legends.cells()), legends.since(statements=statements), legends.read())


def _source(drawn: Arranged, address: str) -> list[str]:
    threshold = str(drawn.matrix.thresholds.reading.label)
    return [
        _("A meeting counts as read from this on: %(threshold)s. What was read less is not known, never silent.") % {"threshold": threshold},
        _("Source: Reaffirmed, %(series)s, as of %(day)s.") % {"series": drawn.matrix.series.title, "day": drawn.matrix.as_of.isoformat()},
        address,
    ]
