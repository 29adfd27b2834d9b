"""What the page of a source prints: where it comes from, what it reports, and everything it proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from tracker.dates import UncertainDate
from tracker.history.facts import SourceFact
from tracker.models import Report, Source
from tracker.vocabulary import DateBasis, Extent

from .columns import Named, named, where_public
from .documents import source_columns, source_fact
from .proven import Proven, proven_by


@dataclass(frozen=True, slots=True)
class Reported:
    """One meeting that the source reports, how much of the source is held, and who read it when."""

    meeting: Named
    when: UncertainDate
    extent: Extent
    read_on: date | None
    read_by: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """``text`` is empty unless it may be published. ``copied_from`` and ``copies`` name public documents only."""

    source: SourceFact
    issuer: Named | None
    url: str
    archived_url: str
    date_basis: DateBasis
    note: str
    text_sha256: str
    text: str
    copied_from: Named | None
    copies: tuple[Named, ...]
    reports: tuple[Reported, ...]
    proves: tuple[Proven, ...]


def source_page(slug: str) -> SourcePage | None:
    """Return everything public of the source ``slug``, or None if it is not public; six queries."""
    fields = ("url", "archived_url", "date_basis", "note", "text_sha256", "text", "may_publish_text", "issued_by__name")
    origin = (where_public(Source, "derived_from__", "slug"), "derived_from__title")
    row = Source.objects.published().filter(slug=slug).values_list(*fields, *origin, *source_columns()).first()
    return _page(slug, row) if row else None


def _page(slug: str, row: tuple[Any, ...]) -> SourcePage:
    url, archived_url, date_basis, note, text_sha256, text, may_publish_text, issuer, origin, origin_title, *columns = row
    source = source_fact(columns)
    return SourcePage(
        source=source,
        issuer=named(source.issued_by, issuer),
        url=url,
        archived_url=archived_url,
        date_basis=DateBasis(date_basis),
        note=note,
        text_sha256=text_sha256,
        text=text if may_publish_text else "",
        copied_from=named(origin, origin_title),
        copies=tuple(Named(*row) for row in Source.objects.published().filter(derived_from__slug=slug).in_order().values_list("slug", "title")),
        reports=_reports(slug),
        proves=proven_by(Q(citations__source__slug=slug)),
    )


def _reports(slug: str) -> tuple[Reported, ...]:
    rows = (
        Report.objects.published()
        .filter(source__slug=slug)
        .order_by("meeting__starts_earliest", "meeting__starts_latest", "meeting__slug", "pk")
        .values_list("meeting__slug", "meeting__title", "meeting__starts_earliest", "meeting__starts_latest", "extent", "read_on", "read_by")
    )
    return tuple(
        Reported(Named(meeting, title), UncertainDate(first, last), Extent(extent), read_on, read_by)
        for meeting, title, first, last, extent, read_on, read_by in rows
    )
