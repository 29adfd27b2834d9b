"""The calendar as an independent reader takes it: whole days, and no day that nobody knows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.universe import SERIES, Universe, meeting, read
from tracker.models import Meeting


def events(client: Client, address: str = "") -> dict[str, Any]:
    answer = client.get(address or reverse("tracker:calendar"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    book = Calendar.from_ical(answer.content)
    found = {str(one["uid"]): one for one in book.walk("VEVENT")}
    assert len(found) == len(book.walk("VEVENT"))
    return found


def days(event: Any) -> tuple[date, date]:
    """Return the first day and the last."""
    first, end = event["dtstart"].dt, event["dtend"].dt
    assert type(first) is type(end) is date
    return first, end - timedelta(days=1)


def test_a_meeting_of_one_day_is_that_day(universe: Universe, client: Client) -> None:
    event = events(client)["meeting-quay-24@reaffirmed"]
    assert days(event) == (date(2024, 11, 20), date(2024, 11, 20))
    assert str(event["summary"]) == "Talks quay-24, Quay"
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["url"]) == "http://testserver/meetings/quay-24/"


def test_a_meeting_of_several_days_has_all_of_them(universe: Universe, client: Client) -> None:
    Meeting.objects.filter(slug="quay-24").update(ends=date(2024, 11, 22))
    assert days(events(client)["meeting-quay-24@reaffirmed"]) == (date(2024, 11, 20), date(2024, 11, 22))


def test_a_month_is_a_whole_month_that_says_so(universe: Universe, client: Client) -> None:
    found = events(client)
    for key, first, last in (
        ("meeting-ferry-22@reaffirmed", date(2022, 6, 1), date(2022, 6, 30)),
        ("promise-river-pipeline-second@reaffirmed", date(2025, 6, 1), date(2025, 6, 30)),
    ):
        assert days(found[key]) == (first, last)
        assert str(found[key]["summary"]).startswith("Some day of these: ")
        assert "The day is not known" in str(found[key]["description"])


def test_a_year_is_no_entry(universe: Universe, client: Client) -> None:
    universe.add(meeting("some-20", "2020", read("north-21")), "some")
    keys = events(client)
    assert "promise-river-pipeline-first@reaffirmed" not in keys
    assert "meeting-some-20@reaffirmed" not in keys


def test_rooms_and_statements_are_no_entries_and_what_was_called_off_is_marked(universe: Universe, client: Client) -> None:
    universe.add(meeting("off-26", "2026-03-05", {}, status="cancelled") + meeting("next-26", "2026-05-05", {}, status="planned"), "off")
    found = events(client)
    assert not {"meeting-salt-room-25@reaffirmed", "meeting-studio-24@reaffirmed"} & found.keys()
    assert str(found["meeting-off-26@reaffirmed"]["status"]) == "CANCELLED"
    assert str(found["meeting-next-26@reaffirmed"]["status"]) == "TENTATIVE"


def test_the_calendar_of_a_series_holds_its_own_only(universe: Universe, client: Client) -> None:
    own = events(client, reverse("tracker:series_calendar", args=[SERIES]))
    assert set(events(client)) - set(own) == {"meeting-summit-23@reaffirmed"}


def test_nothing_in_it_blocks_anybodys_time(universe: Universe, client: Client) -> None:
    assert {str(event["transp"]) for event in events(client).values()} == {"TRANSPARENT"}


def test_the_same_record_gives_the_same_bytes(universe: Universe, client: Client) -> None:
    first = client.get(reverse("tracker:calendar")).content
    assert client.get(reverse("tracker:calendar")).content == first
