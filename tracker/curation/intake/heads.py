"""What the head of an article says of it: its title, who put it out, on which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from tracker.vocabulary import DateBasis

from .days import written_days

#: A byline stands in one of the first lines, and is short.
HEAD_LINES = 6
LONGEST_BYLINE = 20
LONGEST_TITLE = 30
_WORDS_OF_A_SENTENCE = 14

#: “ISLAMABAD, (Agency – 2 Sep, 2025)” or “Moscow, 2 September (Agency):”, and not “Prime Minister (PM) …”.
_DATELINE = re.compile(r"^[^\W\d_][^.!?]{0,60}?(?:[,:]\s*\((?P<after>[^()]{2,80})\)|\s*\((?P<before>[^()]{2,80})\)\s*[:–—-])")
#: What stands before the first sentence: a day, a place, an agency.
_LEAD = re.compile(
    r"^(?:date\s+)?(?:\d{4}-\d{2}-\d{2}\s+)?(?:[A-ZА-Я][A-ZА-Я ,]{2,40}:\s+|(?:[^.!?:()]{2,60},\s*|[^.!?:()]{2,60})\([^()]{2,80}\)\s*[:–—-]\s*)?"
)
_IN_DATELINE = re.compile(r"\s+[-–—|]\s+|\s*/\s*|,\s*\d")
_RIGHTS = re.compile(
    r"(?:©|copyright|\(c\)(?=\s*\d{4}))\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?:by\s+)?([^\W\d_][\w .&'’-]{1,60}?)(?:[.,|]|\s+all rights|$)",
    re.IGNORECASE,
)
_NO_PUBLISHER = re.compile(r"[\d\W_]*|.{0,3}\d.*")


@dataclass(frozen=True, slots=True)
class Head:
    title: str = ""
    publisher: str = ""
    published: date | None = None
    date_basis: DateBasis = DateBasis.NONE


def head_of(article: Sequence[str], left_out: Sequence[str] = (), url: str = "") -> Head:
    """Return what ``article`` says of itself; ``left_out`` may still hold the copyright, ``url`` the site."""
    published, basis = _published(article)
    return Head(_title(article), _publisher(article, left_out, url), published, basis)


def _title(article: Sequence[str]) -> str:
    first = article[0] if article else ""
    words = first.split()
    if len(words) <= LONGEST_TITLE and not _DATELINE.match(first) and len(article) > 1:
        return first[:400]
    # A text without a title begins with its first sentence: the beginning of it says best what it is.
    words = _LEAD.sub("", first, count=1).split() or words
    return (" ".join(words[:_WORDS_OF_A_SENTENCE]).rstrip(" ,;:.") + " …")[:400] if words else ""


def _published(article: Sequence[str]) -> tuple[date | None, DateBasis]:
    days = list(written_days(article))
    for number, words, day in days:
        if number > HEAD_LINES:
            break
        line = article[number - 1]
        dateline = _DATELINE.match(line)
        if (dateline and words in dateline[0]) or (len(line.split()) > LONGEST_BYLINE and words in line[:60]):
            return day, DateBasis.DATELINE
        if len(line.split()) <= LONGEST_BYLINE:
            return day, DateBasis.BYLINE
    return (days[0][2], DateBasis.TEXT) if days else (None, DateBasis.NONE)


def _publisher(article: Sequence[str], left_out: Sequence[str], url: str) -> str:
    for line in article[:HEAD_LINES]:
        if dateline := _DATELINE.match(line):
            named = _IN_DATELINE.split(dateline["after"] or dateline["before"])[0].strip()
            if named and not _NO_PUBLISHER.fullmatch(named):
                return named
    for line in (*reversed(article[-3:]), *left_out):
        if rights := _RIGHTS.search(line):
            return " ".join(rights[1].split())
    return site_of(url)


def site_of(url: str) -> str:
    """Return the name of the site at ``url``, or nothing."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
