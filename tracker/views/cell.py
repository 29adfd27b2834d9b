"""The page behind one cell of the matrix: what a meeting is to a commitment, and which rows decided it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.charts.between import Between, between, line_through
from tracker.charts.marks import cell_mark, reading_mark
from tracker.history.results import Because, Cell, Column, Trace
from tracker.history.thresholds import THRESHOLDS
from tracker.history.trace import trace
from tracker.models import Commitment
from tracker.queries.facts import commitment_record
from tracker.queries.lists import party_names
from tracker.vocabulary import CellState, Rule

from . import asking
from .addresses import elsewhere
from .occasions import Entry, entries
from .words import Names, in_plain_words, reading_in_words, state_in_words


def cell(request: HttpRequest, slug: str, meeting: str) -> HttpResponse:
    record = commitment_record(slug)
    if record is None:
        return elsewhere(request, Commitment, slug)
    as_of, names = asking.as_of(request), party_names()
    found = trace(record, slug, as_of.day)
    place = _place(found, meeting)
    column, own = found.columns[place], found.cells[place]
    if column.slug != meeting:
        return HttpResponseRedirect(reverse("tracker:cell", args=[slug, column.slug]))
    called = {one.slug: one.name for one in record.commitments}
    context = {"trace": found, "column": column, "cell": own, "as_of": as_of, "names": names, "called": called, "place": place}
    context |= {"mark": cell_mark(own), "reading": reading_mark(column), "words": state_in_words(own, column, names)}
    context |= {"reading_words": reading_in_words(column, names), "counting": _counting(own), "because": _because(own, called, names)}
    context |= {
        "occasions": _occasions(entries(found, request, called), column),
        "documents": _documents(column),
        "before": found.columns[place - 1] if place else None,
    }
    context["since"] = _since(found, place)
    context["after"] = found.columns[place + 1] if place + 1 < len(found.columns) else None
    return render(request, "tracker/cell.html", context)


def _place(found: Trace, meeting: str) -> int:
    for place, column in enumerate(found.columns):
        if meeting == column.slug or any(meeting == room.slug for room in column.rooms):
            return place
    raise Http404


def _since(found: Trace, place: int) -> Between | None:
    """Return what happened since the meeting before that a matrix draws by default, or None."""
    earlier = [number for number in range(place) if found.columns[number].general or not found.columns[place].general]
    cells = [*earlier[-1:], place]
    return between(found, line_through(found.columns, cells)).get(len(cells) - 1)


def _because(own: Cell, called: Names, names: Names) -> tuple[tuple[Because, str, str, str], ...]:
    """Return the rows that decided, each with its owner's slug, its own, and what it says in plain words."""
    known = {**(called if own.rule == Rule.OUTSIDE_REMIT else {}), **names}
    return tuple((row, *_split(row.ref), in_plain_words(row, known)) for row in own.because)


def _split(ref: str) -> tuple[str, str]:
    owner, _slash, key = ref.partition("/")
    return owner, key


def _occasions(told: Iterable[Entry], column: Column) -> list[Entry]:
    slugs = {column.slug, *(room.slug for room in column.rooms)}
    return [entry for entry in told if entry.occasion.meeting.slug in slugs]


def _documents(column: Column) -> dict[str, str]:
    """Return the publishers of the column's reports under the slugs of their sources."""
    return {report.source.slug: report.source.publisher for report in column.reports}


def _counting(own: Cell) -> str:
    """Return in words whether the meeting is one of those behind the recurrence, and why."""
    if own.counted:
        return _("Counted: it is one of the read general meetings after the first known voicing.")
    if not own.general:
        return _("Not counted in the recurrence: the meeting was called for something, it is no general meeting.")
    if own.state in {CellState.BEFORE, CellState.CLOSED, CellState.INELIGIBLE}:
        return _("Not counted: it could not have come up here, or not yet.")
    if own.grade < THRESHOLDS.reading:
        return _("Not counted: what was read of the meeting does not suffice.")
    return _("Not counted in the recurrence: it is the first known voicing, from which the count begins.")
