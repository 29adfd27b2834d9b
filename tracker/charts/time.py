"""The time axis of a chart: days to places, and the years under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

SMALLEST_YEAR = 34


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to places: the chart begins on 1 January of the first year and ends on 31 December of the last."""

    first: int
    last: int
    left: float
    right: float

    def x(self, day: date) -> float:
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal()
        return round(self.left + (day.toordinal() - start) / (end - start) * (self.right - self.left), 1)


def axis(days: Iterable[date], left: float, right: float) -> Axis:
    """Return the axis that holds all ``days``."""
    found = list(days)
    return Axis(min(found).year, max(found).year, left, right)


def years(time: Axis, top: float, bottom: float) -> Iterator[str]:
    """Return the lines between the years from ``top`` to ``bottom``, and as many of their numbers as there is room for."""
    count = time.last - time.first + 1
    room = (time.right - time.left) / count
    every = next(step for step in (1, 2, 5, 10, 20) if room * step >= SMALLEST_YEAR or step == 20)
    for year in range(time.first, time.last + 1):
        x = time.x(date(year, 1, 1))
        yield f'<path class="grid" d="M{x} {top}V{bottom}"/>'
        if (year - time.first) % every == 0:
            yield f'<text class="axis" x="{x + 4}" y="{bottom + 16}">{year}</text>'
