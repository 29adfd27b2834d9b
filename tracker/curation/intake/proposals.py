"""A document → everything that is proposed of it: source, text, meeting, days, copies. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from tracker.curation.slugs import free_slug, slug_of
from tracker.models import Meeting, Source
from tracker.vocabulary import Carried, DateBasis, SourceKind

from .copies import Likeness, likenesses, original
from .days import NamedDay, named_days
from .documents import Document
from .furniture import LeftOut, parted
from .heads import head_of
from .languages import language_of
from .occasions import Occasion, occasion_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed of a document, as forms take it."""

    source: dict[str, Any]
    meeting: dict[str, Any]
    occasion: Occasion
    days: tuple[NamedDay, ...]
    left_out: tuple[LeftOut, ...]
    alike: tuple[Likeness, ...]


def proposal(document: Document, url: str = "") -> Proposal:
    """Return what is proposed of ``document``, found at ``url``."""
    divided = parted(document.lines)
    article, out = divided.article, [left.line for left in divided.left_out]
    head = head_of(article, out, url or document.url)
    title, publisher = document.title or head.title, document.publisher or head.publisher
    language = document.language or language_of("\n".join(article))
    published, basis = (head.published, head.date_basis) if head.published else (document.published, DateBasis.URL if document.published else DateBasis.NONE)
    text = "\n".join(article)
    days = named_days(article, published, language)
    occasion = occasion_of(article, days, published)
    alike = likenesses(text, title, published, document.digest)
    source = {
        "title": title,
        "slug": free_slug(Source, slug_of(_short(publisher), published or "undated", otherwise=_short(_host(url or document.url)) or "source")),
        "publisher": publisher,
        "language": language,
        "kind": SourceKind.NEWSPAPER,
        "published": published.isoformat() if published else "",
        "date_basis": basis,
        "url": url or document.url,
        "carried": Carried.UNKNOWN,
        "derived_from": getattr(original(alike, published), "pk", None),
        "text": text,
    }
    return Proposal(source, meeting_fields(occasion), occasion, tuple(days), divided.left_out, tuple(alike))


def meeting_fields(occasion: Occasion) -> dict[str, Any]:
    """Return a new meeting as far as ``occasion`` tells it."""
    series = occasion.series
    slug = slug_of(occasion.place, occasion.day or "undated", otherwise=series.slug if series else "meeting")
    return {
        "title": occasion.title,
        "slug": free_slug(Meeting, slug),
        "series": series,
        "format": occasion.format,
        "level": occasion.level,
        "starts": occasion.day.isoformat() if occasion.day else "",
        "place": occasion.place,
    }


def _short(name: str) -> str:
    """Return a name without the ending of a site."""
    return name.removesuffix(".com").removesuffix(".org").removesuffix(".net")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def days_in(text: str, published: date | None, language: str) -> Sequence[NamedDay]:
    """Return the days that the text of a source names."""
    return named_days(text.splitlines(), published, language)
