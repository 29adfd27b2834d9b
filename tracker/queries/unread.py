"""What is due to be read, from the latest public meetings: eight queries, however many rows there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from tracker.dates import UncertainDate
from tracker.history.facts import CommitmentFact, MeetingFact, MilestoneFact, Record, ReportFact
from tracker.history.unread import Due, due, ranked
from tracker.models import Citation, Commitment, Meeting, Mention, Milestone, Report, Source
from tracker.vocabulary import CLOSING_CONDITIONS, CommitmentKind, Level, Reach, Stage, StatedCondition

from .columns import commitment_parties, slug_set
from .compared import every_series
from .facts import meeting_facts, report_facts

#: So many of the latest journeys and meetings are looked at, and of them as many as have this many cells together: what is older waits until these are read.
LOOKED_AT = 400
MOST_CELLS = 50_000


@dataclass(frozen=True, slots=True)
class Unread:
    """What is due, best first, and the names of the commitments by slug. ``looked_at``: so many of the latest were looked at; 0 if all were."""

    rows: tuple[Due, ...]
    names: Mapping[str, str]
    looked_at: int


def unread(today: date, looked_at: int = LOOKED_AT) -> Unread:
    """Return what is due to be read at the latest ``looked_at`` public meetings."""
    encounters = Meeting.objects.published().encounters().held()
    latest = list(encounters.filter(part_of=None).order_by("-starts_latest", "-pk").values_list("pk", "series")[: looked_at + 1])
    looked = _few_enough(latest)[:looked_at]
    meetings = meeting_facts(encounters.filter(Q(pk__in=looked) | Q(part_of__in=looked)))
    slugs = [one.slug for one in meetings]
    reports = report_facts(Report.objects.published().filter(meeting__slug__in=slugs), {})
    commitments, first = _awaited({one.series for one in meetings})
    found = _due(commitments, meetings, reports, first, today)
    return Unread(tuple(ranked(found)), {one.slug: one.name for one in commitments}, len(looked) if len(looked) < len(latest) else 0)


def _few_enough(latest: Sequence[tuple[int, int]]) -> list[int]:
    """Return as many of ``latest``, meetings with their series, as have ``MOST_CELLS`` together, and one at least; one query."""
    rows = Commitment.objects.published().filter(series__in={series for _pk, series in latest}).order_by()
    number = dict(rows.values_list("series").annotate(number=Count("pk")))
    before = [0, *accumulate(number.get(series, 0) for _pk, series in latest)]
    return [pk for (pk, _series), cells in zip(latest, before, strict=False) if cells < MOST_CELLS]


def keys_of(due_rows: Collection[Due]) -> tuple[dict[str, tuple[int, bool]], dict[str, int]]:
    """Return the keys of the sources that ``due_rows`` name, with whether their text is kept, and those of the meetings, by slug; two queries."""
    sources = {one.report.source.slug for one in due_rows if one.report}
    meetings = {one.report.meeting if one.report else one.column.slug for one in due_rows}
    rows = Source.objects.filter(slug__in=sources).annotate(is_kept=~Q(text=""))
    return (
        {slug: (pk, kept) for slug, pk, kept in rows.values_list("slug", "pk", "is_kept")},
        dict(Meeting.objects.filter(slug__in=meetings).values_list("slug", "pk")),
    )


def _awaited(series: Collection[str]) -> tuple[list[CommitmentFact], dict[str, UncertainDate]]:
    """Return the commitments of ``series``, without the names they also go by, and when each was first voiced; one query."""
    days = ("roll_up__first_voiced_earliest", "roll_up__first_voiced_latest")
    fields = ("slug", "kind", "series__slug", "listed_on", "parent__slug", "minimum_level", "name", *days)
    found, first = [], {}
    rows = Commitment.objects.published().filter(series__slug__in=series).order_by("name_key", "pk")
    for slug, kind, own, listed_on, parent, level, name, earliest, latest, parties in rows.values_list(*fields, commitment_parties()):
        minimum = Level(level) if level else None
        found.append(CommitmentFact(slug, CommitmentKind(kind), own, slug_set(parties), listed_on, parent, minimum_level=minimum, name=name))
        if earliest:
            first[slug] = UncertainDate(earliest, latest)
    return found, first


def _due(
    commitments: Collection[CommitmentFact],
    meetings: Collection[MeetingFact],
    reports: Collection[ReportFact],
    first: Mapping[str, UncertainDate],
    today: date,
) -> list[Due]:
    voiced = _voiced([one.slug for one in meetings])
    closing = _closing({one.series for one in meetings})
    found: list[Due] = []
    for series in every_series({one.series for one in meetings}):
        own = tuple(one for one in commitments if one.series == series.slug)
        slugs = {one.slug for one in own}
        there = tuple(one for one in meetings if one.series == series.slug)
        held_at = {one.slug for one in there}
        record = Record(
            series=series,
            meetings=there,
            reports=tuple(one for one in reports if one.meeting in held_at),
            commitments=own,
            mentions=(),
            milestones=tuple(one for one in closing if one.commitment in slugs),
            deadlines=(),
        )
        found += due(record, {slug: when for slug, when in first.items() if slug in slugs}, voiced, today)
    return found


def _voiced(meetings: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Return the slugs of what counts as voiced at each of ``meetings``."""
    heard = Exists(Citation.objects.published().filter(mention=OuterRef("pk"), reach=Reach.VOICED))
    found: dict[str, set[str]] = defaultdict(set)
    rows: Any = Mention.objects.published().accepted().filter(heard, meeting__slug__in=meetings)
    for meeting, commitment in rows.values_list("meeting__slug", "commitment__slug"):
        found[meeting].add(commitment)
    return {meeting: frozenset(slugs) for meeting, slugs in found.items()}


def _closing(series: Collection[str]) -> list[MilestoneFact]:
    """Return the milestones that may close a commitment of ``series``, without their citations."""
    ends = Q(condition__in=[condition.value for condition in CLOSING_CONDITIONS]) | Q(stage=Stage.DELIVERED)
    rows = Milestone.objects.published().accepted().filter(ends, commitment__series__slug__in=series)
    fields = ("commitment__slug", "key", "happened_earliest", "happened_latest", "stage", "condition", "meeting__slug")
    return [
        MilestoneFact(
            commitment=commitment,
            key=key,
            happened=UncertainDate(earliest, latest),
            stage=None if stage is None else Stage(stage),
            condition=StatedCondition(condition) if condition else None,
            meeting=meeting,
        )
        for commitment, key, earliest, latest, stage, condition, meeting in rows.order_by("pk").values_list(*fields)
    ]
