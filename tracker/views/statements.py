"""Every coded statement and every dated promise, each as one table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tracker.filters import DeadlineFilter, MentionFilter
from tracker.queries.coded import all_deadlines, all_mentions, coded_deadlines, coded_mentions
from tracker.queries.lists import party_names

from .lists import listed

PAGE_SIZE = 60


def mention_list(request: HttpRequest) -> HttpResponse:
    context = listed(request, MentionFilter, all_mentions(), PAGE_SIZE)
    form = context["filter"].form
    said = form.cleaned_data.get("said", "") if form.is_valid() else ""
    context |= {"said": said, "rows": coded_mentions(context["page"].object_list, said), "names": party_names()}
    return render(request, "tracker/mention_list.html", context)


def deadline_list(request: HttpRequest) -> HttpResponse:
    context = listed(request, DeadlineFilter, all_deadlines(), PAGE_SIZE)
    context |= {"rows": coded_deadlines(context["page"].object_list, timezone.now().date()), "names": party_names()}
    return render(request, "tracker/deadline_list.html", context)
