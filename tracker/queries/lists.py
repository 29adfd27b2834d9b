"""The public lists: one queryset each, in order, carrying what a row of the list prints and nothing that needs another query."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When

from tracker.models import Attendance, Citation, Commitment, Meeting, Mention, Participant, Party, Report, Series, Source
from tracker.vocabulary import Extent, Held, Presence

from .columns import how_many
from .standing import condition, looked, overdue, quiet_span


def party_names() -> dict[str, str]:
    """Return the names of all public parties under their slugs."""
    return dict(Party.objects.published().in_order().values_list("slug", "name"))


def all_series() -> QuerySet[Any]:
    """Return the public series by title, with ``meeting_count`` and ``commitment_count``."""
    meetings = how_many(Meeting.objects.published().encounters(), "series")
    commitments = how_many(Commitment.objects.published(), "series")
    rows: QuerySet[Any] = Series.objects.published().in_order().annotate(meeting_count=meetings, commitment_count=commitments)
    return rows


def all_commitments(as_of: date) -> QuerySet[Any]:
    """Return the public commitments by name as ``with_standing`` describes them, with series, area above and stored roll-up (``roll_up``) at hand."""
    return with_standing(Commitment.objects.published().in_order().select_related("series", "parent", "roll_up"), as_of)


def with_standing(rows: QuerySet[Any], as_of: date) -> QuerySet[Any]:
    """Return the commitments with ``condition``, ``quiet`` (a span of time), ``looked`` and ``overdue`` on the day given."""
    found: QuerySet[Any] = rows.annotate(
        condition=condition(as_of), quiet=quiet_span(as_of), looked=looked(), overdue=Case(When(overdue(as_of), then=True), default=False)
    )
    return found


def all_meetings() -> QuerySet[Any]:
    """Return the public meetings and statements, newest first, as ``with_what_is_held`` describes them, with series at hand."""
    return with_what_is_held(Meeting.objects.published().newest_first().select_related("series"))


def with_what_is_held(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the meetings with ``mention_count`` and ``held_of_it``, the best that is held of any public report (``Held``)."""
    reports = Report.objects.published().filter(meeting=OuterRef("pk"))
    extents = ((Held.FULL, Extent.FULL), (Held.OPENING, Extent.OPENING), (Held.REFERENCE, Extent.REFERENCE))
    held = Case(
        When(Exists(reports.filter(read_on__isnull=False)), then=Value(Held.READ)),
        *(When(Exists(reports.filter(extent=extent)), then=Value(word)) for word, extent in extents),
        default=Value(Held.NOTHING),
        output_field=CharField(),
    )
    found: QuerySet[Any] = rows.annotate(mention_count=how_many(Mention.objects.published(), "meeting"), held_of_it=held)
    return found


def all_sources() -> QuerySet[Any]:
    """Return the public sources, the latest published first, as ``with_use`` describes them, with issuer at hand. Their texts stay behind."""
    return with_use(Source.objects.published().in_order().select_related("issued_by").defer("text"))


def with_use(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the sources with ``citation_count`` and whether one of the meetings they report was read in them (``was_read``)."""
    read = Exists(Report.objects.published().filter(source=OuterRef("pk"), read_on__isnull=False))
    found: QuerySet[Any] = rows.annotate(citation_count=how_many(Citation.objects.published(), "source"), was_read=read)
    return found


def all_participants() -> QuerySet[Any]:
    """Return the public participants by name, as ``with_presence`` describes them, with home party at hand."""
    return with_presence(Participant.objects.published().in_order().select_related("home_party"))


def with_presence(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the participants with ``meeting_count``, ``quoted`` (passages) and the day last seen at a meeting."""
    there = Attendance.objects.published().exclude(presence=Presence.ABSENT)
    last = there.filter(participant=OuterRef("pk")).order_by("-meeting__starts_latest", "-meeting__starts_earliest", "pk")
    rows = rows.annotate(meeting_count=how_many(there, "participant"), quoted=how_many(Citation.objects.published(), "speaker"))
    found: QuerySet[Any] = rows.annotate(**{f"last_{end}": Subquery(last.values(f"meeting__starts_{end}")[:1]) for end in ("earliest", "latest")})
    return found
