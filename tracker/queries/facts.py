"""Rows to facts: everything public that bears on one series or one commitment, in seven queries whatever its size."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from tracker.dates import UncertainDate
from tracker.history.facts import (
    CommitmentFact,
    DeadlineFact,
    MeetingFact,
    MentionFact,
    MilestoneFact,
    NameFact,
    Record,
    ReportFact,
    SeriesFact,
    SourceFact,
)
from tracker.models import Commitment, Deadline, Meeting, Mention, Milestone, Report, Series
from tracker.models.publication import span
from tracker.vocabulary import (
    Act,
    CommitmentKind,
    Extent,
    Format,
    Level,
    MeetingStatus,
    Outcome,
    SeriesKind,
    Stage,
    Standing,
    StatedCondition,
)

from .columns import absent_parties, commitment_parties, meeting_has_remit, meeting_remit, series_parties, slug_set
from .documents import source_columns, source_fact
from .proofs import with_proofs


def series_record(slug: str) -> Record | None:
    """Return everything public of the series ``slug``, or None if no public series has this slug."""
    series = series_fact(slug)
    if series is None:
        return None
    commitments = commitment_facts(Commitment.objects.published().in_series(slug))
    return _record(series, commitments, Q(commitment__series__slug=slug))


def commitment_record(slug: str) -> Record | None:
    """Return what is public of one commitment, the areas above it and everything under it, or None if it is not public.

    The meetings and reports are those of its whole series: every one of them is a column to the commitment.
    """
    record = family_record(Commitment.objects.filter(slug=slug))
    return record if record and any(fact.slug == slug for fact in record.commitments) else None


def family_record(own: QuerySet[Any]) -> Record | None:
    """Return what is public of the commitments ``own`` of one series and their family, or None if nothing of it is."""
    rows = commitment_rows(family(own), "series__kind", "series__covered_until", "series__title", series_parties("series_id"))
    if not rows:
        return None
    commitments = tuple(fact for fact, _series in rows)
    kind, covered_until, title, parties = rows[0][1]
    series = SeriesFact(commitments[0].series, SeriesKind(kind), slug_set(parties), covered_until, title)
    return _record(series, commitments, Q(commitment__slug__in=[fact.slug for fact in commitments]))


def family(own: QuerySet[Any]) -> QuerySet[Any]:
    """Return the public commitments that bear on one of ``own``: itself, the areas above it, everything under it."""
    above = Q(pk__in=own.values("parent")) | Q(pk__in=own.values("parent__parent"))
    under = Q(parent__in=own.values("pk")) | Q(parent__parent__in=own.values("pk"))
    return Commitment.objects.published().filter(Q(pk__in=own.values("pk")) | above | under)


def _record(series: SeriesFact, commitments: tuple[CommitmentFact, ...], bears_on: Q) -> Record:
    """Return the record of ``series`` for ``commitments``; ``bears_on`` picks the rows whose commitment is one of them."""
    sources: dict[int, SourceFact] = {}
    guests = Mention.objects.published().filter(bears_on).exclude(meeting__series__slug=series.slug).order_by().values("meeting")
    # One set of keys: two conditions joined by OR would make the database look at every meeting of every series.
    places = Meeting.objects.filter(series__slug=series.slug).order_by().values("pk").union(guests)
    meetings = Meeting.objects.published().filter(pk__in=places)
    return Record(
        series=series,
        meetings=meeting_facts(meetings),
        reports=report_facts(Report.objects.published().filter(meeting__in=places), sources),
        commitments=commitments,
        mentions=mention_facts(Mention.objects.published().filter(bears_on), sources),
        milestones=milestone_facts(Milestone.objects.published().filter(bears_on), sources),
        deadlines=deadline_facts(Deadline.objects.published().filter(bears_on), sources),
    )


def series_fact(slug: str) -> SeriesFact | None:
    """Return the public series ``slug``, or None."""
    rows = Series.objects.published().filter(slug=slug).values_list("slug", "kind", "covered_until", "title", series_parties())
    for own, kind, covered_until, title, parties in rows:
        return SeriesFact(own, SeriesKind(kind), slug_set(parties), covered_until, title)
    return None


def commitment_facts(commitments: QuerySet[Any]) -> tuple[CommitmentFact, ...]:
    """Return ``commitments`` with all their names, in one query."""
    return tuple(fact for fact, _more in commitment_rows(commitments))


def commitment_rows(commitments: QuerySet[Any], *more: Any) -> list[tuple[CommitmentFact, tuple[Any, ...]]]:
    """Return each of ``commitments`` as a fact beside the columns ``more``, by name, in one query."""
    rows = commitments.order_by("name_key", "pk", "names__key").values_list(
        "pk", "slug", "kind", "series__slug", "listed_on", "parent__slug", "minimum_level", "name", commitment_parties(),
        "names__key", "names__name", "names__language", "names__valid_from_earliest", "names__valid_from_latest", "names__note", *more,
    )  # fmt: skip
    groups = (list(same) for _pk, same in groupby(rows, key=lambda row: row[0]))
    return [(_commitment(same), same[0][15:]) for same in groups]


def _commitment(rows: list[tuple[Any, ...]]) -> CommitmentFact:
    _pk, slug, kind, series, listed_on, parent, minimum_level, name, parties = rows[0][:9]
    names = (NameFact(key, text, language, span(first, last), note) for key, text, language, first, last, note in (row[9:15] for row in rows) if key)
    return CommitmentFact(
        slug=slug,
        kind=CommitmentKind(kind),
        series=series,
        parties=slug_set(parties),
        listed_on=listed_on,
        parent=parent,
        minimum_level=Level(minimum_level) if minimum_level else None,
        name=name,
        names=tuple(names),
    )


def meeting_facts(meetings: QuerySet[Any]) -> tuple[MeetingFact, ...]:
    """Return ``meetings`` in the order of columns, with their remit and absent parties, in one query."""
    return tuple(fact for fact, _more in meeting_rows(meetings))


def meeting_rows(meetings: QuerySet[Any], *more: Any) -> list[tuple[MeetingFact, tuple[Any, ...]]]:
    """Return each of ``meetings`` as a fact beside the columns ``more``, in the order of columns, in one query."""
    rows = meetings.order_by("starts_earliest", "starts_latest", "slug", "pk").values_list(
        "slug", "series__slug", "format", "level", "starts_earliest", "starts_latest", "status", "part_of__slug",
        "title", "place", "country", "occasion", meeting_has_remit(), meeting_remit(), absent_parties(), *more,
    )  # fmt: skip
    return [(_meeting(row[:15]), row[15:]) for row in rows]


def _meeting(row: tuple[Any, ...]) -> MeetingFact:
    slug, series, form, level, first, last, status, part_of, title, place, country, occasion, called, remit, absent = row
    return MeetingFact(
        slug=slug,
        series=series,
        format=Format(form),
        level=Level(level),
        starts=UncertainDate(first, last),
        status=MeetingStatus(status),
        general=not called,
        remit=slug_set(remit),
        part_of=part_of,
        absent=slug_set(absent),
        title=title,
        place=place,
        country=country,
        occasion=occasion,
    )


def report_facts(reports: QuerySet[Any], sources: dict[int, SourceFact]) -> tuple[ReportFact, ...]:
    """Return ``reports`` with their sources, in one query; ``sources`` keeps what was built."""
    rows = reports.order_by("meeting__slug", "source__slug", "pk").values_list(
        "meeting__slug", "extent", "read_on", "read_by", "source_id", *source_columns("source__")
    )
    facts = []
    for meeting, extent, read_on, read_by, source, *columns in rows:
        if source not in sources:
            sources[source] = source_fact(columns)
        facts.append(ReportFact(meeting, sources[source], Extent(extent), read_on, read_by))
    return tuple(facts)


def mention_facts(mentions: QuerySet[Any], sources: dict[int, SourceFact] | None = None) -> tuple[MentionFact, ...]:
    """Return ``mentions`` with their public citations, in one query. A mention nobody can check is left out."""
    return tuple(fact for fact, _more in mention_rows(mentions, sources=sources))


def mention_rows(mentions: QuerySet[Any], *more: Any, sources: dict[int, SourceFact] | None = None) -> list[tuple[MentionFact, tuple[Any, ...]]]:
    """Return each of ``mentions`` that has a public citation as a fact beside the columns ``more``, in one query."""
    fields = ("pk", "commitment__slug", "meeting__slug", "act", "standing", "summary", *more)
    return [
        (MentionFact(commitment, meeting, Act(act), citations, Standing(standing), summary, pk), tuple(tail))
        for (pk, commitment, meeting, act, standing, summary, *tail), citations in with_proofs(mentions, fields, sources)
        if citations
    ]


def milestone_facts(milestones: QuerySet[Any], sources: dict[int, SourceFact] | None = None) -> tuple[MilestoneFact, ...]:
    """Return ``milestones`` with their public citations, in one query."""
    fields = ("pk", "commitment__slug", "key", "happened_earliest", "happened_latest", "stage", "condition", "meeting__slug", "standing", "reason")
    return tuple(_milestone(row, citations) for row, citations in with_proofs(milestones, fields, sources))


def _milestone(row: tuple[Any, ...], citations: Iterable[Any]) -> MilestoneFact:
    pk, commitment, key, first, last, stage, condition, meeting, standing, reason = row
    return MilestoneFact(
        commitment=commitment,
        key=key,
        happened=UncertainDate(first, last),
        stage=None if stage is None else Stage(stage),
        condition=StatedCondition(condition) if condition else None,
        meeting=meeting,
        standing=Standing(standing),
        reason=reason,
        citations=tuple(citations),
        pk=pk,
    )


def deadline_facts(deadlines: QuerySet[Any], sources: dict[int, SourceFact] | None = None) -> tuple[DeadlineFact, ...]:
    """Return ``deadlines`` with their public citations, in one query."""
    return tuple(fact for fact, _more in deadline_rows(deadlines, sources=sources))


def deadline_rows(deadlines: QuerySet[Any], *more: Any, sources: dict[int, SourceFact] | None = None) -> list[tuple[DeadlineFact, tuple[Any, ...]]]:
    """Return each of ``deadlines`` with its public citations as a fact beside the columns ``more``, in one query."""
    fields = (
        "pk", "commitment__slug", "key", "target", "what", "due_earliest", "due_latest", "stated_at__slug", "stated_at__starts_earliest",
        "stated_at__starts_latest", "stated_earliest", "stated_latest", "outcome", "resolved_earliest", "resolved_latest", "note", *more,
    )  # fmt: skip
    return [(_deadline(row[:16], citations), row[16:]) for row, citations in with_proofs(deadlines, fields, sources)]


def _deadline(row: tuple[Any, ...], citations: Iterable[Any]) -> DeadlineFact:
    pk, commitment, key, target, what, due_first, due_last, stated_at, met_first, met_last, first, last, outcome, end_first, end_last, note = row
    return DeadlineFact(
        commitment=commitment,
        key=key,
        target=target,
        what=what,
        due=UncertainDate(due_first, due_last),
        stated=UncertainDate(met_first or first, met_last or last),
        stated_at=stated_at,
        outcome=Outcome(outcome),
        resolved=span(end_first, end_last),
        note=note,
        citations=tuple(citations),
        pk=pk,
    )
