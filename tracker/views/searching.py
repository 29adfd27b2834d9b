"""The search page: one box over everything that is public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.folding import marked
from tracker.search import KINDS, LONGEST, Found, Hit, search

TITLES = {
    "commitment": _("Commitments"),
    "participant": _("People"),
    "party": _("Parties"),
    "meeting": _("Meetings and statements"),
    "source": _("Sources"),
    "passage": _("What was said"),
}


def search_page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:LONGEST]
    found = search(typed)
    words = found.instead or found.wanted.words
    groups = [(TITLES[kind], [(hit, _address(hit), marked(hit.text, words)) for hit in hits], kind in found.more) for kind, hits in _by_kind(found)]
    return render(request, "tracker/search.html", {"typed": typed, "found": found, "groups": groups, "longest": LONGEST})


def _by_kind(found: Found) -> list[tuple[str, tuple[Hit, ...]]]:
    return [(kind, hits) for kind in KINDS if (hits := found.of(kind))]


def _address(hit: Hit) -> str:
    page = "commitment" if hit.kind == "passage" else hit.kind
    return reverse(f"tracker:{page}", args=[hit.slug]) + (f"#{hit.anchor}" if hit.anchor else "")
