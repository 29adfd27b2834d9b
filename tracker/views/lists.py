"""What all public lists share: the filters in the address, what of them is in force, what else could be asked, and one page of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from tracker.exports.citing import plain_list
from tracker.exports.lists.known import LISTINGS
from tracker.filters import ListFilter
from tracker.filters.asked import Column
from tracker.filters.facets import MOST_CHOICES, MOST_COUNTED, Choice, Facet

#: The name of each list in the addresses of its files.
NAMES = {one.filter: one.name for one in LISTINGS.values()}
#: The page that is left where a list is only to be swapped into the page that is open.
WHOLE, SWAPPED = "base.html", "tracker/parts/_swapped.html"


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force: what it says, the query string of the list without it, and the rows it would then have (None: not asked; ``more``: at least)."""

    label: str
    value: str
    without: str
    rows: int | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice of a facet: its query string sets it, or takes it away where it is in force. ``more``: at least so many rows."""

    label: str
    rows: int
    more: bool
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class HowMany:
    """A number of rows. ``more`` says that there are more than were counted."""

    number: int
    more: bool

    def __str__(self) -> str:
        return f"{self.number}+" if self.more else str(self.number)


def how_many(keys: Sequence[int]) -> HowMany:
    return HowMany(min(len(keys), MOST_COUNTED), len(keys) > MOST_COUNTED)


@dataclass(frozen=True, slots=True)
class Offered:
    """One facet as the page prints it. ``left`` is the number of choices that are not shown."""

    name: str
    label: str
    offers: tuple[Offer, ...]
    chosen: bool
    problem: str
    left: int


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: ``query`` sorts by it; ``sorted`` is the word for ``aria-sort``, empty where the rows are in another order."""

    label: str
    query: str
    sorted: str
    next: str


def answer(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Return the whole page, or only its list where the page that is open asks for that. Caches keep the two apart."""
    htmx: Any = getattr(request, "htmx", None)
    swapped = bool(htmx) and not htmx.history_restore_request
    response = render(request, template, {**context, "layout": SWAPPED if swapped else WHOLE, "swapped": swapped})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def listed(request: HttpRequest, kind: type[ListFilter], rows: QuerySet[Any], size: int, today: date) -> dict[str, Any]:
    """Return what a list prints: ``filter`` (the bound FilterSet), ``facets``, ``heads``, ``page`` (the rows asked for, ``size`` at a time) and ``chips``.

    Where nothing is found, ``loosened`` holds those of the chips without which something would be.
    A page number that is none gives the first page, one too high the last. Links keep what the list knows of the query string, and nothing else.
    """
    found = kind(request.GET, queryset=rows, request=request, today=today)
    pages, rows_found = Paginator(found.page_rows, size), how_many(found.keys() if found.is_valid() else [])
    pages.count = rows_found.number  # known already, so not asked again
    page: Page[Any] = pages.get_page(request.GET.get("page"))
    query = Query(found, request)
    chips = list(_chips(found, query, empty=not pages.count))
    return {
        "filter": found,
        "page": page,
        "everything": how_many(found.everything),
        "found": rows_found,
        "chips": chips,
        "loosened": [chip for chip in chips if chip.rows],
        "facets": list(_facets(found, query)),
        "typed": [field for field in found.form.visible_fields() if field.name not in {facet.name for facet in found.facets}],
        "kept": [(name, value) for name, value in query.asked.items() if name in {facet.name for facet in found.facets}],
        "heads": {word: _head(word, one, found.order, query) for word, one in found.columns.items()},
        "citation": _citation(request, found, query, chips, today) if found.is_valid() else "",
        "files": (NAMES[kind], query.but() if query.asked else "") if found.is_valid() else (),
        "before": query.with_page(page.number - 1) if page.has_previous() else "",
        "after": query.with_page(page.number + 1) if page.has_next() else "",
    }


class Query:
    """The query string of a list as its links spell it: what the list knows, each word once, in the order asked."""

    def __init__(self, found: ListFilter, request: HttpRequest) -> None:
        self.asked = {name: value for name in request.GET if name in found.filters and (value := request.GET[name])}

    def but(self, **changed: str) -> str:
        """Return the query string with what is ``changed``; what is changed to nothing is left out. It begins at the first page."""
        return self._spelled({**self.asked, **changed})

    def with_page(self, number: int) -> str:
        return self._spelled({**self.asked, "page": str(number) if number > 1 else ""})

    @staticmethod
    def _spelled(words: Mapping[str, str]) -> str:
        return "?" + urlencode({name: value for name, value in words.items() if value})


def _citation(request: HttpRequest, found: ListFilter, query: Query, chips: Iterable[Chip], today: date) -> str:
    """Return how to cite the rows found: by the address that asks for them again, and what was found on which day."""
    asked = "; ".join(f"{chip.label}: {chip.value}" for chip in chips)
    url = request.build_absolute_uri(request.path + (query.but() if query.asked else ""))
    return plain_list(str(found.title), asked, (how_many(found.keys()), how_many(found.everything)), url, today)


def _chips(found: ListFilter, query: Query, *, empty: bool) -> Iterator[Chip]:
    if not found.is_valid():
        return
    for name, value in found.in_force.items():
        field = found.form.fields[name]
        rows = how_many(found.keys(without=name)) if empty else HowMany(0, more=False)
        yield Chip(str(field.label), _shown(field, value), query.but(**{name: ""}), rows.number if empty else None, rows.more)


def _shown(field: Any, value: Any) -> str:
    labels = {str(word): str(label) for word, label in getattr(field, "choices", ())} if isinstance(value, str) else {}
    return labels.get(str(value), str(value))


def _facets(found: ListFilter, query: Query) -> Iterator[Offered]:
    """Yield the facets that can narrow what is found, and those that do."""
    counts, total = found.counts(), len(found.keys())
    for facet in found.facets:
        problem = " ".join(found.form.errors.get(facet.name, ()))
        cut = len(found.keys(without=facet.name)) > MOST_COUNTED
        offers = list(_offers(facet, counts[facet.name], query, more=cut))
        shown, chosen = _most(offers), any(offer.chosen for offer in offers)
        if problem or chosen or any(offer.rows < total for offer in shown):
            yield Offered(facet.name, str(facet.label), tuple(shown), chosen, problem, len(offers) - len(shown))


def _offers(facet: Facet, choices: Iterable[Choice], query: Query, *, more: bool) -> Iterator[Offer]:
    """Yield the choices that give rows, and the one in force even if it gives none."""
    asked = query.asked.get(facet.name, "")
    for choice in choices:
        chosen = choice.word == asked
        if choice.rows or chosen:
            yield Offer(str(choice.label), choice.rows, more, query.but(**{facet.name: "" if chosen else choice.word}), chosen)


def _most(offers: Iterable[Offer]) -> list[Offer]:
    """Return as many choices as a reader can take in, the one in force among them."""
    return [offer for place, offer in enumerate(offers) if place < MOST_CHOICES or offer.chosen]


def _head(word: str, column: Column, order: str, query: Query) -> Head:
    falls = order == f"-{word}"
    current = order.removeprefix("-") == word
    turned = not falls if current else column.falls_first
    following = str(column.directions[turned])
    return Head(str(column.label), query.but(sort=f"-{word}" if turned else word), ("descending" if falls else "ascending") if current else "", following)
