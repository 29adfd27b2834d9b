"""How long it took: for each commitment a line from the first talk to a binding paper, and on to works."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.history.yearly import Interval

from . import plot

ROW, ROW_NARROW, NAMES, ENDS, AXIS = 24, 40, 230, 92, 26
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    ink: str
    works: str
    years: str
    days: Callable[[int], str]


def spans(name: str, width: int, rows: Sequence[Interval], words: Words) -> str:
    """Return one line for each of ``rows``, all of which reached a paper: thin to the paper (a diamond), heavy on to works (a square)."""
    roomy = width >= plot.ROOMY
    step, left = (ROW, NAMES) if roomy else (ROW_NARROW, 6)
    entries = [
        plot.Key(f'<path class="span" d="M0 6h8"/>{_diamond(9, 6)}', words.ink),
        plot.Key(f'<path class="works" d="M0 6h9"/>{_square(10, 6)}', words.works),
    ]
    parts, top = plot.key(entries, 0, width, 2)
    most = max(((one.talk_to_ink or 0) + (one.ink_to_works or 0) for one in rows), default=0) / YEAR
    every = plot.round_step(max(1, most), 6 if roomy else 4)
    scale = (width - ENDS - left) / max(1.0, most)
    bottom = top + 6 + len(rows) * step
    for year in range(0, int(most) + 1, every):
        x = left + year * scale
        parts.append(f'<path class="grid" d="M{x:.1f} {top}V{bottom}"/>{plot.words("middle", x, bottom + 16, year)}')
    parts.append(plot.words("label", width - 2, bottom + 16, words.years))
    for place, one in enumerate(rows):
        y = top + 6 + (place + (0.5 if roomy else 0.72)) * step
        parts += _line(one, left, y, scale / YEAR, words)
        parts.append(plot.words("label reached", left - 10, y + 4, plot.shortened(one.name, NAMES - 14)) if roomy else plot.words("name", 0, y - 11, one.name))
    return plot.frame(name, width, bottom + AXIS, words.title, parts)


def _line(one: Interval, left: float, y: float, scale: float, words: Words) -> Iterator[str]:
    ink = left + (one.talk_to_ink or 0) * scale
    end = ink + (one.ink_to_works or 0) * scale
    yield f'<path class="span" d="M{left:.1f} {y:.1f}H{ink:.1f}"/>'
    if one.ink_to_works is not None:
        yield f'<path class="works" d="M{ink:.1f} {y:.1f}H{end:.1f}"/>{_square(end, y)}'
    if end - ink > 8 or one.ink_to_works is None:
        yield _diamond(ink, y)
    yield plot.words("axis", end + 9, y + 4, words.days(one.talk_to_ink or 0))


def _diamond(x: float, y: float) -> str:
    return f'<path class="milestone" d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5-5z"/>'


def _square(x: float, y: float) -> str:
    return f'<path class="fill-ink" d="M{x - 4:.1f} {y - 4:.1f}h8v8h-8z"/>'
