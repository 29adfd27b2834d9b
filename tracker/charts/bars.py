"""Bars by year: stacked, or one small row for each of many things on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import plot

PLOT, AXIS, LEFT, RIGHT, WIDEST = 190, 24, 34, 8, 36
ROW, ROW_NARROW, NAMES, TOTALS = 44, 60, 190, 44
#: How high the fullest bar of a row is, and how far over the foot of its bars a name stands on a phone.
TALLEST, OVER = 24, 39


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of thing counted: its label, its fill (``plot.FILLS``) and its number in each year."""

    label: str
    fill: str
    values: Mapping[int, int]
    total: int


def stacked(name: str, width: int, title: str, years: Sequence[int], layers: Sequence[Layer]) -> str:
    """Return stacked bars, the first layer at the foot, with the key above in the same order and each year's total on its bar."""
    swatches = [plot.Key(plot.block(name, layer.fill, 0, 0.5, 14, 11), layer.label) for layer in layers]
    parts, top = plot.key(swatches, 0, width, 2)
    top += 16
    totals = {year: sum(layer.values.get(year, 0) for layer in layers) for year in years}
    most = max(totals.values(), default=0)
    places, room = _places(years, LEFT, width - RIGHT)
    parts += _scale(most, top, LEFT, width)
    for year, x in places.items():
        y = top + PLOT
        for layer in layers:
            if number := layer.values.get(year, 0):
                height = number / _top(most) * PLOT
                y -= height
                parts.append(plot.block(name, layer.fill, x - _bar(room) / 2, y, _bar(room), height, f"{year}, {layer.label}: {number}"))
        if totals[year] and room >= 15:
            parts.append(plot.words("middle total", x, y - 4, totals[year]))
    parts += plot.years_axis(places, top + PLOT, room)
    return plot.frame(name, width, top + PLOT + AXIS, title, parts, plot.patterns(name))


def multiples(name: str, width: int, title: str, years: Sequence[int], rows: Sequence[Layer]) -> str:
    """Return one row of bars for each of ``rows``, all on one scale: its name before it, its total behind it, its fullest year numbered."""
    roomy = width >= plot.ROOMY
    step, left = (ROW, NAMES) if roomy else (ROW_NARROW, 4)
    most = max((number for row in rows for number in row.values.values()), default=1)
    places, room = _places(years, left, width - TOTALS)
    parts: list[str] = []
    for place, row in enumerate(rows):
        foot = 14 + (place + 1) * step - 4
        label = plot.shortened(row.label, NAMES - 14 if roomy else width)
        parts.append(plot.words("name" if not roomy else "label reached", left if not roomy else left - 10, foot - (2 if roomy else OVER), label))
        parts.append(f'<path class="grid" d="M{left} {foot}H{width - TOTALS}"/>')
        parts += _row(name, row, places, _bar(room), foot, most)
        parts.append(plot.words("label reached", width - 4, foot - 2, row.total))
    bottom = 14 + len(rows) * step
    parts += plot.years_axis(places, bottom, room)
    return plot.frame(name, width, bottom + AXIS, title, parts, plot.patterns(name))


def _row(name: str, row: Layer, places: Mapping[int, float], bar: float, foot: float, most: int) -> Iterator[str]:
    fullest = max(row.values, key=lambda year: (row.values[year], year), default=0)
    for year, x in places.items():
        if number := row.values.get(year, 0):
            height = max(1.0, number / most * TALLEST)
            yield plot.block(name, row.fill, x - bar / 2, foot - height, bar, height, f"{row.label}, {year}: {number}")
            if year == fullest:
                yield plot.words("middle small", x, foot - height - 3, number)


def _places(years: Sequence[int], left: float, right: float) -> tuple[dict[int, float], float]:
    room = (right - left) / max(1, len(years))
    return {year: left + (place + 0.5) * room for place, year in enumerate(years)}, room


def _bar(room: float) -> float:
    return min(WIDEST, max(1.5, room * 0.72))


def _top(most: int) -> int:
    step = plot.round_step(most)
    return max(step, -(-most // step) * step)


def _scale(most: int, top: float, left: float, width: float) -> Iterator[str]:
    step = plot.round_step(most)
    for value in range(0, _top(most) + 1, step):
        y = round(top + PLOT - value / _top(most) * PLOT, 1)
        yield f'<path class="grid" d="M{left} {y}H{width - RIGHT}"/>'
        yield plot.words("label", left - 6, y + 4, value)
