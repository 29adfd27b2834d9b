"""Commitments and series as documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tracker.exports.package.columns import Column
from tracker.filters import CommitmentFilter, SeriesFilter
from tracker.models.publication import span
from tracker.queries.columns import commitment_parties, series_parties, slug_set
from tracker.queries.lists import all_commitments, all_series
from tracker.vocabulary import CommitmentKind, Condition, EvidenceGrade, Level, Looked, SeriesKind, Stage

from .listing import Document, Listing, Site, many, span_columns, span_values

_COLUMNS = (
    Column("slug", "The name of the commitment in addresses. It does not change; a renamed record answers under both.", required=True),
    Column("name", "The name of the commitment.", required=True),
    Column("kind", "What kind of thing it is.", words=tuple(CommitmentKind.values), required=True),
    Column("series", "The slug of its series.", required=True),
    Column("area", "The slug of the area above it."),
    many("parties", "The slugs of its parties."),
    Column("description", "What it is."),
    Column("criteria", "What would count as delivered. An area has none."),
    Column("listed_on", "The day on which it was put on the list. Earlier readings did not look for it.", "date", required=True),
    Column("minimum_level", "The lowest level at which it can come up.", words=Level.words(), ordered=True),
    Column("stage", "The rung reached. An area has none.", words=Stage.words(), ordered=True),
    Column("condition", "Where it stands today.", words=tuple(Condition.values)),
    Column("condition_inferred", "Whether the condition follows from counts; otherwise a milestone states it.", "boolean", required=True),
    Column("looked", "Whether enough was read since its last known mention to call it quiet.", words=tuple(Looked.values)),
    Column("voiced_meetings", "Meetings at which it was voiced.", "integer", required=True),
    Column("called_for", "How many of these were called for it.", "integer", required=True),
    Column("statements", "Statements in which it was voiced: interviews, briefings, hearings.", "integer", required=True),
    Column("voiced_of_read", "k: read general meetings after the first mention at which it was voiced.", "integer", required=True),
    Column("read", "n: general meetings after the first mention at which it could have come up and which were read.", "integer", required=True),
    Column("eligible", "N: general meetings after the first mention at which it could have come up, read or not.", "integer", required=True),
    Column("quiet_meetings", "Read general meetings since the last known mention.", "integer", required=True),
    Column("eligible_since", "General meetings since the last known mention, read or not.", "integer", required=True),
    Column("quiet_days", "Days since the last known mention, counted to the day until which the series was searched.", "integer"),
    Column("idle_restatements", "Times it was voiced again since it last moved.", "integer", required=True),
    *span_columns("first_voiced", "The first day on which it is known to have been voiced."),
    *span_columns("last_voiced", "The last day on which it is known to have been voiced."),
    *span_columns("last_moved", "The day of the last accepted paper or work."),
    Column("came_back", "Whether it was voiced again after more than two years without a known mention.", "boolean", required=True),
    Column("deadlines_resolved", "Promised dates whose outcome is known.", "integer", required=True),
    Column("deadlines_missed", "How many of these were missed.", "integer", required=True),
    Column("overdue", "Whether a promised date has passed and nothing is known of the outcome.", "boolean", required=True),
    Column("evidence", "The grade of the evidence behind the headline, A to D.", words=tuple(EvidenceGrade.values)),
    Column("url", "The page of the commitment.", required=True),
)


def _rows(today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = all_commitments(today).annotate(party_slugs=commitment_parties())
    return rows


def _documents(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    for row in rows:
        yield {
            "slug": row.slug,
            "name": row.name,
            "kind": row.kind,
            "series": row.series.slug,
            "area": row.parent.slug if row.parent else None,
            "parties": sorted(slug_set(row.party_slugs)),
            "description": row.description or None,
            "criteria": row.criteria or None,
            "listed_on": row.listed_on.isoformat(),
            "minimum_level": Level(row.minimum_level).word if row.minimum_level else None,
            **_standing(row),
            **_numbers(row),
            **_days(row),
            "url": site.page("commitment", row.slug),
        }


def _standing(row: Any) -> Document:
    return {
        "stage": None if row.is_area else Stage(row.roll_up.stage).word,
        "condition": row.condition,
        "condition_inferred": not row.roll_up.stated_condition,
        "looked": row.looked,
    }


def _numbers(row: Any) -> Document:
    counts = ("voiced_meetings", "called_for", "statements", "voiced_of_read", "read", "eligible", "quiet_meetings", "eligible_since")
    return {
        **{name: getattr(row.roll_up, name) for name in counts},
        "quiet_days": row.quiet.days if row.quiet is not None else None,
        "idle_restatements": row.roll_up.idle_restatements,
    }


def _days(row: Any) -> Document:
    found = row.roll_up
    return {
        **span_values("first_voiced", span(found.first_voiced_earliest, found.first_voiced_latest)),
        **span_values("last_voiced", found.last_voiced),
        **span_values("last_moved", span(found.last_moved_earliest, found.last_moved_latest)),
        "came_back": found.came_back,
        "deadlines_resolved": found.deadlines_resolved,
        "deadlines_missed": found.deadlines_missed,
        "overdue": row.overdue,
        "evidence": found.evidence_grade or None,
    }


COMMITMENTS = Listing(
    "commitments",
    "Threads of cooperation: one record each, however often it is restated or renamed. Where each stands is told as of today.",
    CommitmentFilter,
    _rows,
    _COLUMNS,
    _documents,
)

_SERIES_COLUMNS = (
    Column("slug", "The name of the series in addresses.", required=True),
    Column("title", "The title of the series.", required=True),
    Column("kind", "Whether two parties meet, or a forum.", words=tuple(SeriesKind.values), required=True),
    many("parties", "The slugs of its parties."),
    Column("covered_until", "The day until which its record was searched. Nothing is called quiet beyond it.", "date", required=True),
    Column("meetings", "Meetings of the series, rooms and meetings not held among them; no statements.", "integer", required=True),
    Column("commitments", "Commitments of the series.", "integer", required=True),
    Column("url", "The page of the series: its matrix.", required=True),
)


def _series_rows(_today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = all_series().annotate(party_slugs=series_parties())
    return rows


def _series_documents(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    for row in rows:
        yield {
            "slug": row.slug,
            "title": row.title,
            "kind": row.kind,
            "parties": sorted(slug_set(row.party_slugs)),
            "covered_until": row.covered_until.isoformat(),
            "meetings": row.meeting_count,
            "commitments": row.commitment_count,
            "url": site.page("series", row.slug),
        }


SERIES = Listing(
    "series",
    "The ordered meetings that are read together: of two parties, or of a forum.",
    SeriesFilter,
    _series_rows,
    _SERIES_COLUMNS,
    _series_documents,
)
