"""The timeline of a record: which column or statement each meeting stands for, when, and what was read of each column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import UncertainDate
from tracker.vocabulary import STATEMENT_FORMATS, MeetingStatus

from .columns import OrderKey, bounded, columns, order_key, reports_by_meeting
from .facts import MeetingFact, Record, ReportFact, SeriesFact
from .readings import ReadingLog, reading_log
from .results import Column


@dataclass(frozen=True, slots=True)
class Timeline:
    """Meetings as of one day. ``position`` leads from the slug of a column's meeting or room to its place in ``columns``.

    ``restricted`` holds the places of columns called for one thing, or with a party recorded absent.
    """

    series: str
    columns: tuple[Column, ...]
    keys: tuple[OrderKey, ...]
    logs: tuple[ReadingLog, ...]
    restricted: frozenset[int]
    position: Mapping[str, int]
    meetings: Mapping[str, MeetingFact]
    times: Mapping[str, UncertainDate]

    def position_of(self, meeting: str | None) -> int | None:
        """Return the place among the columns of ``meeting`` or of its journey; None where it is no column."""
        return None if meeting is None else self.position.get(meeting)

    def place(self, meeting: str) -> str:
        """Return the slug under which ``meeting`` counts: its column's, or its own where it is no column."""
        return self.columns[self.position[meeting]].slug if meeting in self.position else meeting

    def key(self, meeting: str) -> OrderKey:
        """Return the place in the order of time of ``meeting``, a room's being that of its journey."""
        return order_key(self.times[meeting], self.place(meeting))

    def from_on(self, key: OrderKey | None) -> int:
        """Return the place of the first column that is not before ``key``; without a key, the end."""
        return len(self.keys) if key is None else bisect_left(self.keys, key)

    def after(self, key: OrderKey | None) -> int:
        """Return the place of the first column strictly after ``key``; without a key, the end."""
        return len(self.keys) if key is None else bisect_right(self.keys, key)


def timeline(record: Record, as_of: date) -> Timeline:
    """Return the columns, statements and guest meetings of ``record`` whose latest day is not after ``as_of``."""
    found = columns(record, as_of)
    reports = reports_by_meeting(record.reports)
    position = {meeting.slug: i for i, column in enumerate(found) for meeting in (column.meeting, *column.rooms)}
    times = {slug: found[i].when for slug, i in position.items()}
    for meeting in record.meetings:
        if _stands_apart(meeting, record.series.slug) and (when := bounded(meeting.starts, reports[meeting.slug])).latest <= as_of:
            times[meeting.slug] = when
    return Timeline(
        series=record.series.slug,
        columns=found,
        keys=tuple(order_key(column.when, column.slug) for column in found),
        logs=tuple(_log(column, reports, record.series) for column in found),
        restricted=frozenset(i for i, column in enumerate(found) if column.meeting.absent or not column.general),
        position=position,
        meetings={meeting.slug: meeting for meeting in record.meetings if meeting.slug in times},
        times=times,
    )


def _stands_apart(meeting: MeetingFact, series: str) -> bool:
    return meeting.status == MeetingStatus.HELD and (meeting.format in STATEMENT_FORMATS or meeting.series != series)


def _log(column: Column, reports: Mapping[str, Sequence[ReportFact]], series: SeriesFact) -> ReadingLog:
    return reading_log(reports.get(column.slug, ()), [reports.get(room.slug, ()) for room in column.rooms], series)
