"""The brief before the next meeting of a series: one page with footnotes, also as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.history.brief import Asks, Brief, Question, brief
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

#: A question of restating or of quiet is raised from so many meetings on, and so many commitments fit on the page.
IDLE_AT_LEAST, QUIET_AT_LEAST, LONGEST = 3, 3, 14


@dataclass(slots=True)
class Footnotes:
    """The documents in the order in which the page first names them, from 1."""

    found: dict[str, SourceFact] = field(default_factory=dict)

    def number(self, citation: CitationFact) -> int:
        self.found.setdefault(citation.source.slug, citation.source)
        return list(self.found).index(citation.source.slug) + 1


def series_brief(request: HttpRequest, slug: str) -> HttpResponse:
    return _answer(request, slug, "tracker/brief.html", "text/html")


def series_brief_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    return _answer(request, slug, "tracker/brief.md", "text/markdown")


def _answer(request: HttpRequest, slug: str, template: str, content_type: str) -> HttpResponse:
    record = series_record(slug)
    if record is None:
        return elsewhere(request, Series, slug)
    as_of, names = asking.as_of(request), party_names()
    whole = matrix(record, as_of.day)
    found = brief(whole, IDLE_AT_LEAST, QUIET_AT_LEAST)
    notes = Footnotes()
    context = {"series": whole.series, "matrix": whole, "as_of": as_of, "names": names, "brief": found}
    context |= {"lines": _lines(found, notes), "overdue": _overdue(found, notes), "questions": [(one, _asked(one, names)) for one in found.questions]}
    context |= {"notes": list(enumerate(notes.found.values(), start=1)), "hidden": max(0, len(found.open) - LONGEST)}
    if content_type == "text/html":
        return render(request, template, context)
    return HttpResponse(render_to_string(template, context, request), content_type=f"{content_type}; charset=utf-8")


def _lines(found: Brief, notes: Footnotes) -> list[tuple[Trace, list[tuple[object, int]]]]:
    return [(one.trace, [(word, notes.number(word.citation)) for word in one.last_words]) for one in found.open[:LONGEST]]


def _overdue(found: Brief, notes: Footnotes) -> list[tuple[Trace, object, list[int]]]:
    return [(row, track, [notes.number(citation) for citation in track.promises[-1].citations]) for row, track in found.overdue]


def _asked(question: Question, names: Names) -> str:
    row, measures = question.trace, question.trace.measures
    thing = {"thing": row.commitment.name}
    match question.asks:
        case Asks.OVERDUE if question.track:
            promise = question.track.promises[-1]
            return _("%(thing)s: what became of “%(what)s”, promised for %(due)s?") % {**thing, "what": promise.what, "due": in_words(promise.due)}
        case Asks.ONE_SIDED if question.occasion:
            silent = _not_saying(question, question.occasion.voice)
            said = {**thing, "when": in_words(question.occasion.when), "silent": names_of(silent, names)}
            return _("%(thing)s: named in one side’s text of %(when)s only. Does %(silent)s see it in the same way?") % said
        case Asks.IDLE:
            times = ngettext("%(count)d meeting", "%(count)d meetings", measures.idle_restatements) % {"count": measures.idle_restatements}
            return _("%(thing)s: restated at %(times)s since it last moved. What would move it?") % {**thing, "times": times}
    times = ngettext("%(count)d meeting", "%(count)d meetings", measures.quiet_meetings) % {"count": measures.quiet_meetings}
    return _("%(thing)s: not voiced at the last %(times)s that were read. Is it still meant?") % {**thing, "times": times}


def _not_saying(question: Question, voice: Iterable[str]) -> list[str]:
    return sorted(question.trace.commitment.parties - set(voice))
