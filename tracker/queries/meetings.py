"""What the page of a meeting prints: who was there, what reports it, what was said, room by room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from tracker.history.facts import MeetingFact, MentionFact, ReportFact
from tracker.models import Attendance, Meeting, Mention, Report
from tracker.vocabulary import CommitmentKind, Presence, Role

from .columns import Named, named
from .facts import meeting_rows, mention_rows, report_facts


@dataclass(frozen=True, slots=True)
class Attended:
    """One person, or a delegation whose members are not named (``participant`` is None), at one meeting or room."""

    meeting: str
    key: str
    party: Named
    participant: Named | None
    office: str
    role: Role
    presence: Presence


@dataclass(frozen=True, slots=True)
class Said:
    """One mention with what its commitment is called, and the series it belongs to."""

    mention: MentionFact
    commitment: Named
    kind: CommitmentKind
    area: Named | None
    series: Named


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with its rooms. Attendances, reports and mentions name the room they belong to as their ``meeting``."""

    meeting: MeetingFact
    series: Named
    part_of: Named | None
    ends: date | None
    date_note: str
    summary: str
    rooms: tuple[MeetingFact, ...]
    attendances: tuple[Attended, ...]
    reports: tuple[ReportFact, ...]
    mentions: tuple[Said, ...]


def meeting_page(slug: str) -> MeetingPage | None:
    """Return everything public of the meeting ``slug`` and its rooms, or None if it is not public; four queries."""
    rows = meeting_rows(Meeting.objects.published().filter(_at(slug)), "series__title", "part_of__title", "ends", "date_note", "summary")
    found = {fact.slug: (fact, more) for fact, more in rows}
    if slug not in found:
        return None
    meeting, (series_title, part_of_title, ends, date_note, summary) = found[slug]
    return MeetingPage(
        meeting=meeting,
        series=Named(meeting.series, series_title),
        part_of=named(meeting.part_of, part_of_title),
        ends=ends,
        date_note=date_note,
        summary=summary,
        rooms=tuple(fact for fact, _more in rows if fact.slug != slug),
        attendances=_attendances(slug),
        reports=report_facts(Report.objects.published().filter(_at(slug, "meeting__")), {}),
        mentions=_mentions(slug),
    )


def _at(slug: str, prefix: str = "") -> Q:
    """Return the condition that a row belongs to the meeting ``slug`` or to one of its rooms."""
    return Q(**{f"{prefix}slug": slug}) | Q(**{f"{prefix}part_of__slug": slug}) | Q(**{f"{prefix}part_of__part_of__slug": slug})


def _attendances(slug: str) -> tuple[Attended, ...]:
    rows = (
        Attendance.objects.published()
        .filter(_at(slug, "meeting__"))
        .order_by("meeting__starts_earliest", "meeting__slug", "party__name", "pk")
        .values_list("meeting__slug", "key", "party__slug", "party__name", "participant__slug", "participant__name", "office", "role", "presence")
    )
    return tuple(_attended(*row) for row in rows)


def _attended(meeting: str, key: str, party: str, party_name: str, person: str | None, person_name: str, *rest: Any) -> Attended:
    office, role, presence = rest
    return Attended(meeting, key, Named(party, party_name), named(person, person_name), office, Role(role), Presence(presence))


def _mentions(slug: str) -> tuple[Said, ...]:
    more = (
        "commitment__name", "commitment__kind", "commitment__parent__slug", "commitment__parent__name",
        "commitment__series__slug", "commitment__series__title",
    )  # fmt: skip
    said = [
        Said(fact, Named(fact.commitment, name), CommitmentKind(kind), named(area, area_name), Named(series, series_title))
        for fact, (name, kind, area, area_name, series, series_title) in mention_rows(Mention.objects.published().filter(_at(slug, "meeting__")), *more)
    ]
    return tuple(sorted(said, key=lambda row: (row.commitment.name, row.mention.meeting)))
