"""Participants and parties: the lists, and the page of one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.models import Participant, Party
from tracker.queries.lists import all_participants, party_names
from tracker.queries.participants import participant_page
from tracker.queries.parties import all_parties, party_page

from .addresses import elsewhere

PAGE_SIZE = 100


def participant_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(all_participants(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "tracker/participant_list.html", {"page": page})


def participant(request: HttpRequest, slug: str) -> HttpResponse:
    found = participant_page(slug)
    if found is None:
        return elsewhere(request, Participant, slug)
    return render(request, "tracker/participant.html", {"page": found, "names": party_names()})


def party_list(request: HttpRequest) -> HttpResponse:
    return render(request, "tracker/party_list.html", {"rows": all_parties()})


def party(request: HttpRequest, slug: str) -> HttpResponse:
    found = party_page(slug)
    if found is None:
        return elsewhere(request, Party, slug)
    return render(request, "tracker/party.html", {"page": found})
