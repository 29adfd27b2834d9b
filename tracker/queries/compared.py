"""Rows to facts for several commitments or series at once: one record per series, in seven queries however many are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tracker.folding import search_key
from tracker.history.facts import CommitmentFact, MeetingFact, MentionFact, Record, ReportFact, SeriesFact, SourceFact
from tracker.models import Commitment, CommitmentName, Deadline, Meeting, Mention, Milestone, Report, Series
from tracker.vocabulary import CommitmentKind, SeriesKind

from .columns import how_many, series_parties, slug_set
from .facts import commitment_facts, deadline_facts, family, meeting_facts, mention_facts, milestone_facts, report_facts

#: So many names are offered while typing, the most voiced first; so many are looked at for what was typed.
OFFERED, LOOKED_AT = 200, 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A public commitment that what was typed may mean. ``exact`` says that it goes by exactly this slug or name."""

    slug: str
    name: str
    series: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Offered:
    slug: str
    name: str
    series: str
    kind: str

    @property
    def is_area(self) -> bool:
        return self.kind == CommitmentKind.AREA


def every_series(slugs: Collection[str] | None = None) -> tuple[SeriesFact, ...]:
    """Return the public series, or those of ``slugs``, by title; one query."""
    rows = Series.objects.published().in_order()
    if slugs is not None:
        rows = rows.filter(slug__in=slugs)
    columns = rows.values_list("slug", "kind", "covered_until", "title", series_parties())
    return tuple(SeriesFact(slug, SeriesKind(kind), slug_set(parties), until, title) for slug, kind, until, title, parties in columns)


def fullest_series(number: int) -> list[tuple[str, str]]:
    """Return slug and title of the public series with the most meetings."""
    meetings = how_many(Meeting.objects.published().encounters(), "series")
    rows = Series.objects.published().annotate(meeting_count=meetings).order_by("-meeting_count", "title", "pk")
    return list(rows.values_list("slug", "title")[:number])


def offered() -> list[Offered]:
    """Return the commitments offered while typing, the most voiced first: bounded, however many there are."""
    rows = Commitment.objects.published().order_by(F("roll_up__voiced_meetings").desc(nulls_last=True), "name_key", "pk")
    return [Offered(*row) for row in rows.values_list("slug", "name", "series__title", "kind")[:OFFERED]]


def candidates(typed: Iterable[str]) -> dict[str, list[Candidate]]:
    """Return for each text typed the public commitments it may mean: by slug, by any of their names, or by a part of one; one query."""
    keys = {text: search_key(text) for text in typed}
    asked = Q(slug__in=keys)
    for key in filter(None, keys.values()):
        other = CommitmentName.objects.published().filter(commitment=OuterRef("pk"), name_key__contains=key)
        asked |= Q(name_key__contains=key) | Q(Exists(other))
    names = CommitmentName.objects.published().filter(commitment=OuterRef("pk"))
    exact = {text: Q(slug=text) | Q(name_key=key) | Exists(names.filter(name_key=key)) for text, key in keys.items() if key}
    if not exact:
        return {text: [] for text in keys}
    whole = {f"exact_{place}": Q(rule) for place, rule in enumerate(exact.values())}
    part = {f"part_{place}": Q(name_key__contains=keys[text]) | Exists(names.filter(name_key__contains=keys[text])) for place, text in enumerate(exact)}
    fields = [name for place in range(len(exact)) for name in (f"exact_{place}", f"part_{place}")]
    rows = Commitment.objects.published().filter(asked).annotate(**whole, **part, is_exact=reduce(or_, exact.values()))
    found = list(rows.order_by("-is_exact", "name_key", "pk").values_list("slug", "name", "series__title", *fields)[:LOOKED_AT])
    return {text: _meant(found, list(exact).index(text)) if text in exact else [] for text in keys}


def _meant(rows: Iterable[tuple[Any, ...]], place: int) -> list[Candidate]:
    """Return the rows that the text at ``place`` means: the one with this slug, else those with exactly this name, else those with it in a name."""
    found = [Candidate(row[0], row[1], row[2], bool(row[3 + 2 * place])) for row in rows if row[3 + 2 * place] or row[4 + 2 * place]]
    return [one for one in found if one.exact] or found


def records_of_commitments(slugs: Collection[str]) -> dict[str, Record]:
    """Return for each series of the public commitments ``slugs`` a record that holds them and their families."""
    commitments = commitment_facts(family(Commitment.objects.filter(slug__in=slugs)))
    bears_on = Q(commitment__slug__in=[one.slug for one in commitments])
    return _records(every_series({one.series for one in commitments}), commitments, bears_on)


def records_of_series(slugs: Collection[str]) -> dict[str, Record]:
    """Return the whole record of each public series of ``slugs``."""
    commitments = commitment_facts(Commitment.objects.published().filter(series__slug__in=slugs))
    return _records(every_series(slugs), commitments, Q(commitment__series__slug__in=slugs))


def meetings_and_reports(series: Collection[str]) -> tuple[tuple[MeetingFact, ...], tuple[ReportFact, ...]]:
    """Return the public meetings and statements of ``series`` and what reports them; two queries."""
    meetings = Meeting.objects.published().filter(series__slug__in=series)
    return meeting_facts(meetings), report_facts(Report.objects.published().filter(meeting__series__slug__in=series), {})


def _records(series: tuple[SeriesFact, ...], commitments: tuple[CommitmentFact, ...], bears_on: Q) -> dict[str, Record]:
    slugs = [one.slug for one in series]
    sources: dict[int, SourceFact] = {}
    guests = _mentions(bears_on).exclude(meeting__series__slug=F("commitment__series__slug")).values("meeting")
    if not series:
        return {}
    everything = Record(
        series=series[0],
        meetings=meeting_facts(Meeting.objects.published().filter(Q(series__slug__in=slugs) | Q(pk__in=guests))),
        reports=report_facts(Report.objects.published().filter(Q(meeting__series__slug__in=slugs) | Q(meeting__in=guests)), sources),
        commitments=commitments,
        mentions=mention_facts(_mentions(bears_on), sources),
        milestones=milestone_facts(Milestone.objects.published().filter(bears_on), sources),
        deadlines=deadline_facts(Deadline.objects.published().filter(bears_on), sources),
    )
    return {one.slug: _part(everything, one) for one in series}


def _mentions(bears_on: Q) -> QuerySet[Any]:
    rows: QuerySet[Any] = Mention.objects.published().filter(bears_on)
    return rows


def _part(everything: Record, series: SeriesFact) -> Record:
    """Return what of ``everything`` bears on one series: its own meetings, and those at which its commitments are guests."""
    own = {one.slug for one in everything.commitments if one.series == series.slug}
    mentions: tuple[MentionFact, ...] = tuple(one for one in everything.mentions if one.commitment in own)
    heard_at = {one.meeting for one in mentions}
    meetings = tuple(one for one in everything.meetings if one.series == series.slug or one.slug in heard_at)
    there = {one.slug for one in meetings}
    return Record(
        series=series,
        meetings=meetings,
        reports=tuple(one for one in everything.reports if one.meeting in there),
        commitments=tuple(one for one in everything.commitments if one.slug in own),
        mentions=mentions,
        milestones=tuple(one for one in everything.milestones if one.commitment in own),
        deadlines=tuple(one for one in everything.deadlines if one.commitment in own),
    )
