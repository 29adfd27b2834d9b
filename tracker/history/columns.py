"""Columns: the held meetings of a series in the order of time, rooms folded into their journey, each with its reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tracker.dates import UncertainDate
from tracker.vocabulary import STATEMENT_FORMATS, MeetingStatus

from .facts import MeetingFact, Record, ReportFact, SeriesFact
from .readings import grade, reading_log
from .results import Column

__all__ = ["OrderKey", "bounded", "columns", "grade", "order_key", "reports_by_meeting"]

#: Earliest day, latest day, slug: the order of everything that lies in time.
OrderKey = tuple[date, date, str]


def order_key(when: UncertainDate, slug: str) -> OrderKey:
    """Return the place of what happened ``when`` at the meeting ``slug`` in the order of time."""
    return when.earliest, when.latest, slug


def columns(record: Record, as_of: date) -> tuple[Column, ...]:
    """Return the columns of the record's series whose latest day is not after ``as_of``, in the order of time (design §2.3)."""
    reports = reports_by_meeting(record.reports)
    encounters = {meeting.slug: meeting for meeting in record.meetings if _is_encounter(meeting, record.series.slug)}
    rooms: dict[str, list[MeetingFact]] = defaultdict(list)
    journeys = []
    for meeting in encounters.values():
        journey = journey_of(meeting, encounters)
        if journey is meeting:
            journeys.append(meeting)
        elif bounded(meeting.starts, reports[meeting.slug]).latest <= as_of:
            rooms[journey.slug].append(meeting)
    built = (_column(journey, sorted(rooms[journey.slug], key=_by_day), reports, record.series) for journey in journeys)
    return tuple(sorted((column for column in built if column.when.latest <= as_of), key=lambda column: order_key(column.when, column.slug)))


def reports_by_meeting(reports: Iterable[ReportFact]) -> defaultdict[str, list[ReportFact]]:
    """Return the reports under the slug of their meeting, in the order of their sources' slugs."""
    found: defaultdict[str, list[ReportFact]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.source.slug):
        found[report.meeting].append(report)
    return found


def bounded(starts: UncertainDate, reports: Iterable[ReportFact]) -> UncertainDate:
    """Return ``starts`` with its latest day bounded by the first report: nothing is reported before it happens."""
    first = min((report.source.published.latest for report in reports if report.source.published), default=starts.latest)
    return UncertainDate(starts.earliest, min(starts.latest, first)) if first >= starts.earliest else starts


def journey_of(meeting: MeetingFact, encounters: Mapping[str, MeetingFact]) -> MeetingFact:
    """Return the journey that ``meeting`` is a room of, or the meeting itself. A journey of another series folds nothing here."""
    seen = {meeting.slug}
    while (journey := encounters.get(meeting.part_of or "")) and journey.slug not in seen:
        seen.add(journey.slug)
        meeting = journey
    return meeting


def _is_encounter(meeting: MeetingFact, series: str) -> bool:
    return meeting.series == series and meeting.status == MeetingStatus.HELD and meeting.format not in STATEMENT_FORMATS


def _by_day(meeting: MeetingFact) -> OrderKey:
    return order_key(meeting.starts, meeting.slug)


def _column(journey: MeetingFact, rooms: Sequence[MeetingFact], reports: Mapping[str, Sequence[ReportFact]], series: SeriesFact) -> Column:
    own = reports.get(journey.slug, ())
    of_rooms = [reports.get(room.slug, ()) for room in rooms]
    reading = reading_log(own, of_rooms, series).all
    held = (*own, *(report for room in of_rooms for report in room))
    return Column(journey, tuple(rooms), bounded(journey.starts, held), journey.general, held, reading.grade, reading.sides)
