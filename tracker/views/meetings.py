"""Meetings: the list, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tracker.charts.marks import NOT_COUNTED, cell_mark, reading_mark, voiced_mark
from tracker.filters import MeetingFilter
from tracker.history.carry import carry_over
from tracker.history.matrix import matrix
from tracker.history.proof import reach_of
from tracker.history.results import CarryOver, Column, Matrix
from tracker.models import Meeting
from tracker.queries.facts import series_record
from tracker.queries.lists import all_meetings, party_names
from tracker.queries.meetings import Attended, MeetingPage, Said, meeting_page
from tracker.vocabulary import CommitmentKind, Presence, Reach, Standing

from .addresses import elsewhere
from .lists import answer, listed
from .readouts import side_by_side
from .words import Names, reading_in_words

PAGE_SIZE = 60
_RANK = {presence: place for place, presence in enumerate(Presence)}


class Place(TypedDict):
    """Where a meeting stands in its series; a statement, or a meeting that was not held, stands nowhere and has names only."""

    called: dict[str, str]
    marks: dict[str, str]
    listed: dict[str, date]
    parties: frozenset[str]
    column: NotRequired[Column]
    reading: NotRequired[str]
    reading_words: NotRequired[str]
    before: NotRequired[Column | None]
    after: NotRequired[Column | None]
    carried: NotRequired[tuple[Column, CarryOver] | None]


@dataclass(frozen=True, slots=True)
class Told:
    """One mention as the page prints it."""

    said: Said
    mark: str
    reach: Reach


def meeting_list(request: HttpRequest) -> HttpResponse:
    return answer(request, "tracker/meeting_list.html", listed(request, MeetingFilter, all_meetings(), PAGE_SIZE, timezone.now().date()))


def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    found = meeting_page(slug)
    if found is None:
        return elsewhere(request, Meeting, slug)
    names = party_names()
    place = _in_series(found, names)
    context = {"page": found, "names": names, "areas": _told(found, place, area=True), "concrete": _told(found, place, area=False)}
    context |= {"present": _present(found), "rooms": {room.slug: room.title for room in found.rooms}}
    context |= side_by_side(found, place["listed"], place["parties"])
    return render(request, "tracker/meeting.html", context | place)


def _told(found: MeetingPage, place: Place, *, area: bool) -> list[Told]:
    return [_mark_of(one, place["marks"]) for one in found.mentions if (one.kind == CommitmentKind.AREA) is area]


def _mark_of(said: Said, marks: Mapping[str, str]) -> Told:
    """Return the mention with the mark of its cell; what does not count has a mark of its own, whatever else the cell says."""
    reach = reach_of(said.mention)
    if said.mention.standing != Standing.ACCEPTED or reach != Reach.VOICED:
        return Told(said, NOT_COUNTED, reach)
    return Told(said, marks.get(said.commitment.slug, voiced_mark(named=True, both_sides=False, moved=False)), reach)


def _present(found: MeetingPage) -> list[tuple[Presence, list[Attended]]]:
    """Return who was there, each person once in an office: in the room rather than in the travelling party, at the journey rather than in one of its rooms."""
    by_presence = sorted(found.attendances, key=lambda one: (_RANK[one.presence], one.meeting != found.meeting.slug))
    known: dict[tuple[str, str], Attended] = {}
    for one in by_presence:
        known.setdefault((one.participant.slug if one.participant else f"{one.party.slug}/{one.key}", one.office), one)
    there = [(presence, [one for one in known.values() if one.presence == presence]) for presence in Presence]
    return [(presence, people) for presence, people in there if people]


def _in_series(found: MeetingPage, names: Names) -> Place:
    """Return where the meeting stands in its series: its column, the meetings beside it, and what it dropped and brought."""
    record = series_record(found.series.slug)
    if record is None:
        return {"called": {}, "marks": {}, "listed": {}, "parties": frozenset()}
    whole = matrix(record, timezone.now().date())
    called = {row.commitment.slug: row.commitment.name for row in whole.rows}
    known: Place = {
        "called": called,
        "marks": {},
        "listed": {row.commitment.slug: row.commitment.listed_on for row in whole.rows},
        "parties": frozenset(),
    }
    place = _place(whole, found.meeting.slug)
    if place is None:
        return known
    column = whole.columns[place]
    return {
        **known,
        "parties": record.series.parties,
        "marks": {row.commitment.slug: cell_mark(row.cells[place]) for row in whole.rows},
        "column": column,
        "reading": reading_mark(column),
        "reading_words": reading_in_words(column, names),
        "before": whole.columns[place - 1] if place else None,
        "after": whole.columns[place + 1] if place + 1 < len(whole.columns) else None,
        "carried": _carried(whole, place),
    }


def _place(whole: Matrix, slug: str) -> int | None:
    for place, column in enumerate(whole.columns):
        if slug == column.slug or any(slug == room.slug for room in column.rooms):
            return place
    return None


def _carried(whole: Matrix, place: int) -> tuple[Column, CarryOver] | None:
    """Return the read general meeting before and what the two share, or None unless both were read."""
    column = whole.columns[place]
    read = [one for one in whole.columns[:place] if one.general and one.grade >= whole.thresholds.reading]
    if not read or column.grade < whole.thresholds.reading:
        return None
    return read[-1], carry_over(whole, read[-1].slug, column.slug)
