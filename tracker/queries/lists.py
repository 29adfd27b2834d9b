"""The public lists: one queryset each, in order, carrying what a row of the list prints and nothing that needs another query."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tracker.models import Attendance, Citation, Commitment, Meeting, Mention, Participant, Party, Series, Source

from .columns import how_many


def party_names() -> dict[str, str]:
    """Return the names of all public parties under their slugs."""
    return dict(Party.objects.published().in_order().values_list("slug", "name"))


def all_series() -> QuerySet[Any]:
    """Return the public series by title, with ``meeting_count`` and ``commitment_count``."""
    meetings = how_many(Meeting.objects.published().encounters(), "series")
    commitments = how_many(Commitment.objects.published(), "series")
    rows: QuerySet[Any] = Series.objects.published().in_order().annotate(meeting_count=meetings, commitment_count=commitments)
    return rows


def all_commitments() -> QuerySet[Any]:
    """Return the public commitments by name, with series, area above and stored roll-up (``roll_up``) at hand."""
    return Commitment.objects.published().in_order().select_related("series", "parent", "roll_up")


def all_meetings() -> QuerySet[Any]:
    """Return the public meetings and statements, newest first, with series at hand and ``mention_count``."""
    mentions = how_many(Mention.objects.published(), "meeting")
    rows: QuerySet[Any] = Meeting.objects.published().newest_first().select_related("series").annotate(mention_count=mentions)
    return rows


def all_sources() -> QuerySet[Any]:
    """Return the public sources, the latest published first, with issuer at hand and ``citation_count``. Their texts stay behind."""
    citations = how_many(Citation.objects.published(), "source")
    rows: QuerySet[Any] = Source.objects.published().in_order().select_related("issued_by").defer("text").annotate(citation_count=citations)
    return rows


def all_participants() -> QuerySet[Any]:
    """Return the public participants by name, with home party at hand and ``meeting_count``."""
    attended = how_many(Attendance.objects.published(), "participant")
    rows: QuerySet[Any] = Participant.objects.published().in_order().select_related("home_party").annotate(meeting_count=attended)
    return rows
