"""Commitments: the list with its filters, and the dossier of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from tracker.charts.score import is_area
from tracker.exports.citing import plain
from tracker.filters import CommitmentFilter
from tracker.history.company import company
from tracker.history.disagreements import contradictions
from tracker.history.results import Occasion, Trace
from tracker.history.rung import steps_of
from tracker.history.trace import trace
from tracker.models import Commitment
from tracker.queries.columns import Named
from tracker.queries.dossiers import Dossier, dossier
from tracker.queries.facts import commitment_record
from tracker.queries.lists import all_commitments, party_names
from tracker.vocabulary import Condition

from . import asking, sentences
from .addresses import elsewhere
from .choosing import MOST_COMMITMENTS
from .citing import citable
from .ladders import chart_of
from .lists import answer, listed
from .occasions import entries, row_of_marks, said_by

PAGE_SIZE = 50
#: So many of the commitments voiced at the same meetings are named.
MOST_COMPANY = 6


def commitment_list(request: HttpRequest) -> HttpResponse:
    today = timezone.now().date()
    context = listed(request, CommitmentFilter, all_commitments(today), PAGE_SIZE, today)
    together = [one.slug for one in context["page"].object_list[:MOST_COMMITMENTS]]
    context |= {"conditions": dict(Condition.choices), "together": urlencode({"commitment": together}, doseq=True) if len(together) > 1 else ""}
    return answer(request, "tracker/commitment_list.html", context | {"compared": len(together)})


def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    record, about = commitment_record(slug), dossier(slug)
    if record is None or about is None:
        return elsewhere(request, Commitment, slug)
    as_of, names = asking.as_of(request), party_names()
    found = trace(record, slug, as_of.day)
    called = {one.slug: one.name for one in record.commitments}
    under = [Named(one.slug, one.name) for one in record.commitments if one.parent == slug]
    context = {"trace": found, "about": about, "as_of": as_of, "names": names, "called": called, "under": under}
    context["parties"] = [Named(party, names.get(party, party)) for party in sorted(found.commitment.parties)]
    context |= {"sentences": sentences.opening(found), "condition_reason": sentences.condition_reason(found), "rung_reason": sentences.rung_reason(found)}
    context["said_by"] = (
        [] if as_of.asked else [(Named(party, names[party]), number) for party, number in said_by(found, record.series.parties) if party in names]
    )
    context["citation"] = plain(citable(request, about, as_of))
    context |= {"steps": steps_of(found, record.series), "contradictions": contradictions(found), "company": _company(found, about, called)}
    context |= {"entries": entries(found, request, called), "marks": row_of_marks(found, names, as_of.asked), "evidence": evidence_of(found)}
    return render(request, "tracker/commitment.html", context | {"is_area": is_area(found)} | chart_of(found))


def evidence_of(found: Trace) -> Occasion | None:
    """Return the latest counted occasion, whose proof stands behind the headline, or None."""
    return next((one for one in reversed(found.occasions) if one.counts), None)


def _company(found: Trace, about: Dossier, family: Iterable[str]) -> list[tuple[Named, Any]]:
    """Return the commitments voiced most often at the same meetings, with these. What stands under an area or above it is voiced there by its nature."""
    near = frozenset(family)
    others = {slug: meetings for slug, meetings in about.voiced.items() if slug not in near}
    return [(Named(one.commitment, about.names[one.commitment]), one.columns) for one in company(found, others, MOST_COMPANY)]
