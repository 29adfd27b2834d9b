"""The search page: one box over everything that is public; and what is offered while somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.folding import marked
from tracker.search.asking import LONGEST, MOST_WORDS, Wanted
from tracker.search.finding import MOST_HITS, Found, Hit, search, suggestions
from tracker.search.places import KINDS, Kind

TITLES: dict[str, Any] = {
    "commitment": _("Commitments"),
    "participant": _("People"),
    "party": _("Parties"),
    "meeting": _("Meetings and statements"),
    "source": _("Sources"),
    "passage": _("What was said"),
}
ONE: dict[str, Any] = {"commitment": _("commitment"), "participant": _("person"), "party": _("party"), "meeting": _("meeting")}
#: So many of each kind stand on the first page; so many of one kind on a page of its own.
FIRST, PAGE = 6, 30

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Line:
    """One hit as it is printed: where it leads, its text and its other name in pieces, each with whether it was asked for."""

    hit: Hit
    address: str
    pieces: Pieces
    alias: Pieces


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind: how many there are, or were looked at if there are ``more``; and those shown."""

    kind: Kind
    title: str
    count: int
    more: bool
    lines: list[Line]

    @property
    def is_whole(self) -> bool:
        return len(self.lines) == self.count


def search_page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    chosen = request.GET.get("kind", "")
    problem = gettext("There is no such kind of record: choose one below.") if chosen and chosen not in KINDS else ""
    found = search(typed)
    page = Paginator(found.of(chosen), PAGE).get_page(request.GET.get("page")) if chosen in KINDS else None
    groups = list(_groups(found, chosen, list(page) if page else []))
    context = {"typed": typed[:LONGEST], "found": found, "groups": groups, "chosen": chosen, "page": page, "problem": problem}
    return render(request, "tracker/search.html", context | {"longest": LONGEST, "most_words": MOST_WORDS, "most_hits": MOST_HITS})


def _groups(found: Found, chosen: str, on_page: Sequence[Hit]) -> Iterator[Group]:
    for kind in KINDS:
        if hits := found.of(kind):
            shown = on_page if kind == chosen else hits[: 0 if chosen else FIRST]
            yield Group(kind, TITLES[kind], len(hits), kind in found.more, [_line(hit, found.instead or found.wanted) for hit in shown])


def _line(hit: Hit, wanted: Wanted) -> Line:
    keys = [term.key for term in wanted.terms]
    return Line(hit, address(hit), marked(hit.text, keys), marked(hit.alias, keys) if hit.alias else [])


def address(hit: Hit) -> str:
    page = "commitment" if hit.kind == "passage" else hit.kind
    return reverse(f"tracker:{page}", args=[hit.slug]) + (f"#{hit.anchor}" if hit.anchor else "")


def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Answer what is offered under the box: names, where they lead, and what kind of thing they name."""
    found = suggestions(request.GET.get("q", ""))
    offered = [_offered(_line(hit, found.instead or found.wanted)) for hit in found.hits]
    return JsonResponse({"suggestions": offered}, json_dumps_params={"ensure_ascii": False})


def _offered(line: Line) -> dict[str, object]:
    by_alias = bool(line.alias)
    return {
        "pieces": line.alias if by_alias else line.pieces,
        "language": line.hit.language,
        "about": line.hit.text if by_alias else str(ONE[line.hit.kind]),
        "address": line.address,
    }
