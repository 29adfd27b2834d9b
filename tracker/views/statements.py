"""Every coded statement and every dated promise, each as one table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tracker.filters import DeadlineFilter, MentionFilter
from tracker.queries.coded import all_deadlines, all_mentions, coded_deadlines, coded_mentions
from tracker.queries.lists import party_names

from .lists import answer, listed

PAGE_SIZE = 60


def mention_list(request: HttpRequest) -> HttpResponse:
    context = listed(request, MentionFilter, all_mentions(), PAGE_SIZE, timezone.now().date())
    said = context["filter"].in_force.get("said", "")
    context |= {"said": said, "rows": coded_mentions(context["page"].object_list, said), "names": party_names()}
    return answer(request, "tracker/mention_list.html", context)


def deadline_list(request: HttpRequest) -> HttpResponse:
    today = timezone.now().date()
    context = listed(request, DeadlineFilter, all_deadlines(today), PAGE_SIZE, today)
    context |= {"rows": coded_deadlines(context["page"].object_list, today), "names": party_names()}
    return answer(request, "tracker/deadline_list.html", context)
