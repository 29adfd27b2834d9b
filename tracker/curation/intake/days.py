"""Days that a text names: written out, or relative to the day on which it was published."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import dateparser

#: Texts name days near the top; what stands further down is rarely the day of the meeting, and never worth more than this many proposals.
MOST_DAYS = 12
#: A number, a word and a year are nearly always a day. To find out that they are none takes some hundredths of a second: a text made of such is not read on.
MOST_TRIED = 40
_READ = ("en", "ru", "ur")

_WRITTEN = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|-?го|-?е)?\s+(?:of\s+)?[^\W\d_]{3,12}\.?,?\s+\d{4}\b"
    r"|\b[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b"
    r"|\b\d{1,2}\.\d{1,2}\.\d{4}\b"
)
_RELATIVE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:yesterday|today|(?:last |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:вчера|сегодня|(?:во?\s+)?(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье))\b", re.IGNORECASE),
    "ur": re.compile(r"(?<!\w)(?:گزشتہ روز|آج|پیر|منگل|بدھ|جمعرات|جمعہ|اتوار)(?!\w)"),
}
#: Days that are still to come are no days of a meeting that is reported.
_TO_COME = re.compile(r"(?:next|coming|this coming|upcoming|by|until|till|следующ\w+|будущ\w+|ближайш\w+|до|آئندہ|اگلے)\s*$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:on|last|во?)\s+", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:-?го|-?е)\b")
_BEFORE = {"گزشتہ روز": 1, "آج": 0, "today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as line ``line`` of a text names it. ``inferred``: the words are relative, and the day is worked out from that of publication."""

    line: int
    words: str
    day: date
    inferred: bool


def written_days(lines: Sequence[str]) -> Iterator[tuple[int, str, date]]:
    """Yield each day that ``lines`` write out: the number of its line, its words, the day."""
    candidates = ((number, found[0]) for number, line in enumerate(lines, start=1) for found in _WRITTEN.finditer(line))
    for number, words in islice(candidates, MOST_TRIED):
        if day := _parsed(words):
            yield number, words, day


def named_days(lines: Sequence[str], published: date | None, language: str) -> list[NamedDay]:
    """Return the days that ``lines`` name, in their order. Without a day of publication nothing relative is worked out."""
    written = [NamedDay(number, words, day, inferred=False) for number, words, day in written_days(lines)]
    relative = islice(_relative_days(lines, published, language), MOST_DAYS) if published and language in _RELATIVE else ()
    return sorted([*written, *relative], key=lambda one: (one.line, one.inferred))[:MOST_DAYS]


def _relative_days(lines: Sequence[str], published: date, language: str) -> Iterator[NamedDay]:
    for number, line in enumerate(lines, start=1):
        for found in _RELATIVE[language].finditer(line):
            if not _TO_COME.search(line[max(0, found.start() - 30) : found.start()]):
                yield NamedDay(number, found[0], _before(_LEADING.sub("", found[0]), published, language), inferred=True)


def _before(words: str, published: date, language: str) -> date:
    """Return the last day called ``words`` up to the day of publication, that day included: a paper says “Tuesday” on a Tuesday."""
    if (days := _BEFORE.get(words.casefold())) is not None:
        return published - timedelta(days)
    settings: Any = {"PREFER_DATES_FROM": "past", "RELATIVE_BASE": datetime.combine(published, time(12))}
    read = dateparser.parse(words, languages=[language], settings=settings)
    day = read.date() if read else published
    return published if day == published - timedelta(7) else day


def _parsed(words: str) -> date | None:
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in _ORDINAL.sub("", words))
    settings: Any = {"DATE_ORDER": "YMD" if re.match(r"\d{4}", plain) else "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
    read = dateparser.parse(plain, languages=list(_READ), settings=settings)
    return read.date() if read and read.year >= 1900 else None
