"""The brief before the next meeting of a series: one page with footnotes, also as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.history.brief import Brief, LastWord, brief
from tracker.history.facts import CitationFact, SourceFact
from tracker.history.matrix import matrix
from tracker.history.results import Trace
from tracker.models import Series
from tracker.queries.facts import series_record
from tracker.queries.lists import party_names

from . import asking
from .addresses import elsewhere
from .dates import in_words
from .words import Names, names_of

#: A question of restating or of quiet is raised from so many meetings on.
IDLE_AT_LEAST, QUIET_AT_LEAST = 3, 3
#: So many of each fit on one printed page: open commitments, promises and one-sided wordings, names in one question.
MOST_OPEN, MOST_ASKED, MOST_NAMED = 10, 7, 8


@dataclass(slots=True)
class Footnotes:
    """The documents in the order in which the page first names them, from 1."""

    found: dict[str, SourceFact] = field(default_factory=dict)

    def number(self, citation: CitationFact) -> int:
        self.found.setdefault(citation.source.slug, citation.source)
        return list(self.found).index(citation.source.slug) + 1

    def numbers(self, citations: Iterable[CitationFact]) -> list[int]:
        return sorted({self.number(citation) for citation in citations})


@dataclass(frozen=True, slots=True)
class Question:
    """What the record asks of one commitment, after its name; ``anchor`` is where its dossier shows the rows."""

    row: Trace
    text: str
    notes: list[int]
    anchor: str


@dataclass(frozen=True, slots=True)
class Named:
    """Commitments under one question, each with its number of meetings; ``more`` counts those left out."""

    rows: list[tuple[Trace, int]]
    more: int


def series_brief(request: HttpRequest, slug: str) -> HttpResponse:
    return _answer(request, slug, "tracker/brief.html", "text/html")


def series_brief_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    return _answer(request, slug, "tracker/brief.md", "text/markdown")


def _answer(request: HttpRequest, slug: str, template: str, content_type: str) -> HttpResponse:
    record = series_record(slug)
    if record is None:
        return elsewhere(request, Series, slug)
    as_of, names = asking.as_of(request), party_names()
    if content_type != "text/html" and (refused := asking.refusal(as_of)):
        return refused
    whole = matrix(record, as_of.day)
    found = brief(whole, IDLE_AT_LEAST, QUIET_AT_LEAST)
    notes = Footnotes()
    context = {"series": whole.series, "matrix": whole, "as_of": as_of, "names": names, "brief": found}
    context |= {"lines": _lines(found, names, notes), "hidden": max(0, len(found.open) - MOST_OPEN)}
    context |= {"overdue": _overdue(found, notes), "overdue_more": max(0, len(found.overdue) - MOST_ASKED)}
    context |= {"one_sided": _one_sided(found, names, notes), "idle": _named(found.idle, "idle_restatements"), "quiet": _named(found.quiet, "quiet_meetings")}
    context["notes"] = list(enumerate(notes.found.values(), start=1))
    context["address"] = request.build_absolute_uri(f"{reverse('tracker:series_brief', args=[slug])}?as_of={as_of.day.isoformat()}")
    if content_type == "text/html":
        return render(request, template, context)
    return HttpResponse(render_to_string(template, context, request), content_type=f"{content_type}; charset=utf-8")


def _lines(found: Brief, names: Names, notes: Footnotes) -> list[tuple[Trace, list[tuple[str, LastWord, int]]]]:
    return [(one.trace, [(names_of(word.parties, names), word, notes.number(word.citation)) for word in one.last_words]) for one in found.open[:MOST_OPEN]]


def _overdue(found: Brief, notes: Footnotes) -> list[Question]:
    asked = []
    for row, track in found.overdue[:MOST_ASKED]:
        promise = track.promises[-1]
        said = {"what": promise.what, "due": in_words(promise.due), "stated": in_words(promise.stated)}
        text = _("what became of “%(what)s”, promised for %(due)s (stated %(stated)s)?") % said
        asked.append(Question(row, text, notes.numbers(promise.citations), f"deadline-{promise.key}"))
    return asked


def _one_sided(found: Brief, names: Names, notes: Footnotes) -> list[Question]:
    asked = []
    for row, one in found.one_sided[:MOST_ASKED]:
        said = {"when": in_words(one.when), "silent": names_of(sorted(row.commitment.parties - one.voice), names)}
        text = _("named in one side’s text of %(when)s only. Does %(silent)s see it in the same way?") % said
        asked.append(Question(row, text, notes.numbers(one.mention.citations), f"at-{one.meeting.slug}"))
    return asked


def _named(rows: Sequence[Trace], measure: str) -> Named:
    return Named([(row, getattr(row.measures, measure)) for row in rows[:MOST_NAMED]], max(0, len(rows) - MOST_NAMED))
