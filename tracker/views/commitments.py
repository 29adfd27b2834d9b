"""Commitments: the list with its filters, and the dossier of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tracker.charts.ladder import Words, ladder
from tracker.charts.score import is_area
from tracker.exports.citing import plain
from tracker.filters import CommitmentFilter
from tracker.history.disagreements import contradictions
from tracker.history.results import Trace
from tracker.history.trace import trace
from tracker.models import Commitment
from tracker.queries.columns import Named
from tracker.queries.dossiers import dossier
from tracker.queries.facts import commitment_record
from tracker.queries.lists import all_commitments, party_names
from tracker.vocabulary import Condition, Stage

from . import asking, sentences
from .addresses import elsewhere
from .citing import citable
from .dates import in_words
from .lists import answer, listed
from .occasions import entries, row_of_marks

PAGE_SIZE = 50
WIDTHS = {"wide": 880, "narrow": 350}


def commitment_list(request: HttpRequest) -> HttpResponse:
    today = timezone.now().date()
    context = listed(request, CommitmentFilter, all_commitments(today), PAGE_SIZE, today)
    return answer(request, "tracker/commitment_list.html", context | {"conditions": dict(Condition.choices)})


def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    record, about = commitment_record(slug), dossier(slug)
    if record is None or about is None:
        return elsewhere(request, Commitment, slug)
    as_of, names = asking.as_of(request), party_names()
    found = trace(record, slug, as_of.day)
    called = {one.slug: one.name for one in record.commitments}
    context = {"trace": found, "about": about, "as_of": as_of, "names": names, "called": called}
    context["parties"] = [Named(party, names.get(party, party)) for party in sorted(found.commitment.parties)]
    context["under"] = [Named(one.slug, one.name) for one in record.commitments if one.parent == slug]
    context |= {"sentences": sentences.opening(found), "condition_reason": sentences.condition_reason(found)}
    context["citation"] = plain(citable(request, about, as_of))
    context["contradictions"] = contradictions(found)
    context |= {"entries": entries(found), "marks": row_of_marks(found, names, as_of.asked), "evidence": evidence_of(found), "is_area": is_area(found)}
    return render(request, "tracker/commitment.html", context | _charts(found))


def evidence_of(found: Trace) -> Any:
    """Return the latest counted occasion, whose proof stands behind the headline, or None."""
    return next((one for one in reversed(found.occasions) if one.counts), None)


def _charts(found: Trace) -> dict[str, Any]:
    words = Words(
        title=_("%(name)s: rungs reached, voicings, readings and promised dates over time") % {"name": found.commitment.name},
        rungs=[f"{stage.label} {int(stage)}" for stage in Stage],
        voiced=_("Voiced"),
        read=_("What was read"),
        promised=_("Promised for"),
        written=in_words,
    )
    # Every word in the drawing is escaped where it is written.
    return {f"chart_{size}": mark_safe(ladder(found, words, width=width, name=f"chart-{size}")) for size, width in WIDTHS.items()}  # noqa: S308
