"""Sources: the list, and the page of one with everything it proves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tracker.filters import SourceFilter
from tracker.models import Source
from tracker.queries.lists import all_sources, party_names
from tracker.queries.sources import source_page

from .addresses import elsewhere
from .lists import answer, listed

PAGE_SIZE = 60


def source_list(request: HttpRequest) -> HttpResponse:
    return answer(request, "tracker/source_list.html", listed(request, SourceFilter, all_sources(), PAGE_SIZE, timezone.now().date()))


def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = source_page(slug)
    if found is None:
        return elsewhere(request, Source, slug)
    return render(request, "tracker/source.html", {"page": found, "names": party_names()})
