"""Meetings and promised dates as a calendar (RFC 5545), in whole days. What is known to the month only is told as the whole month, never as a day of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tracker.dates import UncertainDate
from tracker.models import Meeting, Series
from tracker.queries.addresses import address
from tracker.queries.coded import all_deadlines
from tracker.vocabulary import MeetingStatus

#: Dates known less finely than this many days are no entries: they would fill a whole year.
LONGEST_SPAN = 31
#: The latest of each: a program for calendars reads all of them each time.
MOST = 2_000
#: What the standard calls the standing of a meeting.
STATUS = {
    MeetingStatus.PLANNED: "TENTATIVE",
    MeetingStatus.HELD: "CONFIRMED",
    MeetingStatus.POSTPONED: "CANCELLED",
    MeetingStatus.CANCELLED: "CANCELLED",
}


def calendar(request: HttpRequest) -> HttpResponse:
    return _answer(request, _("Reaffirmed"), Meeting.objects.published(), all_deadlines(timezone.now().date()))


def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    row = Series.objects.published().filter(slug=slug).first()
    if row is None:
        found = address(Series, slug)
        if found.standing == "moved":
            return HttpResponsePermanentRedirect(reverse("tracker:series_calendar", args=[found.new_slug]))
        raise Http404
    promises = all_deadlines(timezone.now().date()).filter(commitment__series=row.pk)
    return _answer(request, f"{_('Reaffirmed')}: {row.title}", Meeting.objects.published().filter(series=row.pk), promises)


def _answer(request: HttpRequest, name: str, meetings: Any, promises: Any) -> HttpResponse:
    book = Calendar()
    book.add("prodid", "-//Reaffirmed//Record of commitments//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for event in (*_meetings(request, meetings), *_promises(request, promises)):
        book.add_component(event)
    return HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'inline; filename="reaffirmed.ics"'})


def _meetings(request: HttpRequest, rows: Any) -> Iterator[Event]:
    """Yield the meetings; rooms stand with their journey, statements are no meetings."""
    for row in rows.encounters().filter(part_of__isnull=True).select_related("series").newest_first()[:MOST]:
        when = row.starts
        if _is_fine(when):
            last = row.ends if row.ends and when.precision == "day" else when.latest
            event = _event(request, f"meeting-{row.slug}", row.get_absolute_url(), row.changed, (when, last))
            event.add("summary", _whole(when, f"{row.title}, {row.place}" if row.place else row.title))
            event.add("location", ", ".join(filter(None, (row.place, row.country))))
            event.add("status", STATUS[MeetingStatus(row.status)])
            event.add("categories", [row.series.title])
            event.add("description", "\n".join(filter(None, (row.occasion, row.summary, _known(when)))))
            yield event


def _promises(request: HttpRequest, rows: Any) -> Iterator[Event]:
    for row in rows.select_related("commitment")[:MOST]:
        when = row.due
        if _is_fine(when):
            where = f"{reverse('tracker:commitment', args=[row.commitment.slug])}#deadlines"
            event = _event(request, f"promise-{row.commitment.slug}-{row.key}", where, row.changed, (when, when.latest))
            event.add("summary", _whole(when, _("Promised: %(what)s (%(name)s)") % {"what": row.what, "name": row.commitment.name}))
            event.add("description", "\n".join(filter(None, (_("Outcome: %(outcome)s.") % {"outcome": row.get_outcome_display()}, _known(when)))))
            event.add("categories", [_("Promised dates")])
            yield event


def _is_fine(when: UncertainDate) -> bool:
    return (when.latest - when.earliest).days < LONGEST_SPAN


def _whole(when: UncertainDate, said: str) -> str:
    """Return the words of an entry; one that stands for a day nobody knows says so first."""
    return said if when.precision == "day" else _("Some day of these: %(said)s") % {"said": said}


def _known(when: UncertainDate) -> str:
    return "" if when.precision == "day" else _("The day is not known: the date is given as %(date)s.") % {"date": when.edtf()}


def _event(request: HttpRequest, key: str, where: str, changed: Any, days: tuple[UncertainDate, date]) -> Event:
    """Return an entry of whole days that blocks nobody's time; its end is the day after the last, as the standard wants it."""
    when, last = days
    event = Event()
    event.add("uid", f"{key}@reaffirmed")
    event.add("dtstamp", changed)
    event.add("dtstart", when.earliest)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", request.build_absolute_uri(where))
    return event
