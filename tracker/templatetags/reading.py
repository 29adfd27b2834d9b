"""Filters for the pages: dates in words, numbers in groups, a party's own name, text in other scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from tracker.dates import UncertainDate
from tracker.history.facts import CitationFact, MeetingFact, SourceFact
from tracker.views import dates

register = template.Library()
MARK = (SafeString("<mark>"), SafeString("</mark>"))
_LOCATOR_OF_MANY = re.compile(r"[-,]")
#: What Markdown takes for a mark, also raw HTML and the brackets of a link.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|!&~])")


@register.filter
def when(value: UncertainDate | date | None) -> str:
    """Return a date in words, no finer than it is known; nothing for none."""
    return dates.in_words(value or None)


@register.filter
def to(earliest: date | None, latest: date | None) -> UncertainDate | None:
    """Return two days as one uncertain date, or None where there is none."""
    return UncertainDate(earliest, latest) if earliest and latest else None


@register.filter
def machine(value: UncertainDate | date) -> str:
    """Return a date for a ``datetime`` attribute."""
    return dates.machine(value)


@register.filter
def short_day(value: UncertainDate) -> str:
    """Return a date without its year, for heads that stand under the year."""
    return dates.without_year(value)


@register.filter
def year(value: UncertainDate) -> str:
    """Return the year a date begins in."""
    return f"{value.earliest.year:04d}"


@register.filter
def where(meeting: MeetingFact) -> str:
    """Return the place of a meeting, or what kind of encounter it was where it had none: a telephone call."""
    return meeting.place or str(meeting.format.label)


@register.filter
def grouped(value: float | None) -> str:
    """Return a number with its thousands apart, or a dash where there is none."""
    return "–" if value is None else number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def named(slug: str | None, names: Mapping[str, str]) -> str:
    """Return the name kept under ``slug``, or the slug where none is."""
    return names.get(slug, slug) if slug else ""


@register.filter
def all_named(slugs: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Return the names kept under ``slugs`` in order: that of a set is another in each process, and a page must be the same on every server."""
    return sorted(names.get(slug, slug) for slug in slugs)


@register.filter
def under(key: str, values: Mapping[str, object]) -> object:
    """Return what ``values`` holds under ``key``, or an empty text."""
    return values.get(key, "")


@register.filter
def upper_first(text: str) -> str:
    """Return the text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


@register.filter
def lower_first(text: object) -> str:
    """Return the text with a small first letter, the rest as it is."""
    said = str(text)
    return said[:1].lower() + said[1:]


@register.filter
def documents(citations: Iterable[CitationFact]) -> list[SourceFact]:
    """Return the sources of the citations, each publisher once."""
    return list({citation.source.publisher: citation.source for citation in citations}.values())


@register.filter
def language(tag: str) -> str:
    """Return the name of a language, or its tag where Django does not know it."""
    try:
        return str(gettext(get_language_info(tag)["name"]))
    except KeyError:
        return tag


@register.filter
def with_marks(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Return the pieces of a text as one, those that were asked for marked."""
    return format_html_join("", "{}{}{}", ((MARK[0], text, MARK[1]) if is_asked else ("", text, "") for text, is_asked in pieces))


@register.filter
def many_lines(locator: str) -> bool:
    """Return whether a locator names more than one line."""
    return bool(_LOCATOR_OF_MANY.search(locator))


@register.filter
def markdown(text: object) -> str:
    """Return the text for a Markdown document: marks lose their meaning, line breaks become spaces."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))
