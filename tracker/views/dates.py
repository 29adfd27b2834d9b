"""Dates as readers write them: “2 September 2025”, “July 2024”, “13–14 April 2023”."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as written
from django.utils.translation import get_language

from tracker.dates import UncertainDate

_FORMATS = {"day": "j F Y", "month": "F Y", "year": "Y"}
_SHORT = {"day": "j M", "month": "M", "year": "", "interval": "j M"}


def in_words(when: UncertainDate | date | None) -> str:
    """Return the date in words, no finer than it is known; empty where there is none."""
    if when is None:
        return ""
    return _written(UncertainDate.on(when) if isinstance(when, date) else when, get_language())


@lru_cache(maxsize=10_000)
def _written(when: UncertainDate, _language: str | None) -> str:
    """Return a date in the words of the language that is in force: one page says the same few hundred days over and over."""
    if when.precision in _FORMATS:
        return written(when.earliest, _FORMATS[when.precision])
    return _interval(when.earliest, when.latest)


def without_year(when: UncertainDate) -> str:
    """Return the date for a column head that already stands under its year: “2 Sep”, “Jul”, or nothing."""
    return written(when.earliest, _SHORT[when.precision])


def machine(when: UncertainDate | date) -> str:
    """Return the date for a ``datetime`` attribute: a day, a month or a year."""
    if isinstance(when, date):
        return when.isoformat()
    return when.earliest.isoformat() if when.precision == "interval" else when.edtf()


def _interval(first: date, last: date) -> str:
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{written(last, 'j F Y')}"
    start = "j F" if first.year == last.year else "j F Y"
    return f"{written(first, start)} – {written(last, 'j F Y')}"


def _months(first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return f"{first.year}–{last.year}"
    if first.year == last.year:
        return f"{written(first, 'F')}–{written(last, 'F Y')}"
    return f"{written(first, 'F Y')} – {written(last, 'F Y')}"
