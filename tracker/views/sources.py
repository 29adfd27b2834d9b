"""Sources: the list, and the page of one with everything it proves."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.models import Source
from tracker.queries.lists import all_sources, party_names
from tracker.queries.sources import source_page

from .addresses import elsewhere

PAGE_SIZE = 60


def source_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(all_sources(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "tracker/source_list.html", {"page": page})


def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = source_page(slug)
    if found is None:
        return elsewhere(request, Source, slug)
    return render(request, "tracker/source.html", {"page": found, "names": party_names()})
