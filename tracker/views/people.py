"""Participants and parties: the lists, and the page of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tracker.filters import ParticipantFilter, PartyFilter
from tracker.models import Participant, Party
from tracker.queries.lists import all_participants, party_names
from tracker.queries.participants import participant_page
from tracker.queries.parties import all_parties, party_page

from .addresses import elsewhere
from .lists import answer, listed

PAGE_SIZE = 100


def participant_list(request: HttpRequest) -> HttpResponse:
    return answer(request, "tracker/participant_list.html", listed(request, ParticipantFilter, all_participants(), PAGE_SIZE, timezone.now().date()))


def participant(request: HttpRequest, slug: str) -> HttpResponse:
    found = participant_page(slug)
    if found is None:
        return elsewhere(request, Participant, slug)
    return render(request, "tracker/participant.html", {"page": found, "names": party_names()})


def party_list(request: HttpRequest) -> HttpResponse:
    return answer(request, "tracker/party_list.html", listed(request, PartyFilter, all_parties(), PAGE_SIZE, timezone.now().date()))


def party(request: HttpRequest, slug: str) -> HttpResponse:
    found = party_page(slug)
    if found is None:
        return elsewhere(request, Party, slug)
    return render(request, "tracker/party.html", {"page": found})
