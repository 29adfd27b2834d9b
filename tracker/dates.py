"""Dates known to the day, the month or the year, as two days: the earliest and the latest."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year", "interval"]

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
EDTF_HELP = "a year (2024), a month (2024-07), a day (2024-07-03) or two of them (2024-07/2024-09)"


class EdtfError(ValueError):
    """The text is not a date this project can read; the message says what would be right."""


@dataclass(frozen=True, slots=True, order=True)
class UncertainDate:
    """A span of days within which something happened. Orders by earliest, then latest day."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise EdtfError(f"{self.latest} is before {self.earliest}: the earlier date comes first")

    @classmethod
    def on(cls, day: date) -> UncertainDate:
        """Return the date known to be ``day``."""
        return cls(day, day)

    def __str__(self) -> str:
        return self.edtf()

    @property
    def precision(self) -> Precision:
        """Return how finely the date is known."""
        first, last = self.earliest, self.latest
        if first == last:
            return "day"
        whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        if whole_months and (first.year, first.month) == (last.year, last.month):
            return "month"
        if whole_months and first.year == last.year and (first.month, last.month) == (1, 12):
            return "year"
        return "interval"

    def edtf(self) -> str:
        """Return the date as people type it; ``parse_edtf`` reads it back to the same span."""
        first, last = self.earliest, self.latest
        match self.precision:
            case "day":
                return first.isoformat()
            case "month":
                return first.isoformat()[:7]
            case "year":
                return f"{first.year:04d}"
        if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
            if (first.month, last.month) == (1, 12):
                return f"{first.year:04d}/{last.year:04d}"
            return f"{first.year:04d}-{first.month:02d}/{last.year:04d}-{last.month:02d}"
        return f"{first.isoformat()}/{last.isoformat()}"


def parse_edtf(text: str) -> UncertainDate:
    """Return the span that ``text`` names; raise ``EdtfError`` with a sentence for the person who typed it.

    Level 0 of the Extended Date/Time Format (ISO 8601-2): a point at day, month or year precision, or an interval of two points.
    """
    parts = text.strip().split("/")
    if len(parts) > 2:
        raise EdtfError(f"“{text}” is not a date: write {EDTF_HELP}")
    points = [_point(part) for part in parts]
    return UncertainDate(points[0].earliest, points[-1].latest)


def _point(text: str) -> UncertainDate:
    found = _POINT.fullmatch(text)
    if not found:
        raise EdtfError(f"“{text}” is not a date: write {EDTF_HELP}")
    year = int(found["year"])
    month = int(found["month"]) if found["month"] else None
    try:
        if found["day"]:
            return UncertainDate.on(date(year, int(found["month"]), int(found["day"])))
        first = date(year, month or 1, 1)
        last_month = month or 12
        return UncertainDate(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))
    except ValueError as error:
        raise EdtfError(f"“{text}” is not a day of the calendar") from error
