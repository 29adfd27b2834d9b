"""Two series on one time axis: how much each meeting voiced, how far it was read, and how much of the read meeting before it carried over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tracker.history.pace import Beat
from tracker.history.results import Matrix
from tracker.history.yearly import how_read

from . import plot
from .time import Axis

HEAD, VOICED, READ, CARRIED, GAP, AXIS, NAMES, RIGHT, TOP = 26, 84, 36, 44, 18, 24, 104, 12, 14
#: Readings stand on a line within their lane; what was not read in full hangs from it, so that neither covers the other.
BELOW = 17
#: How high the mark of a reading stands; what was not read in full is outlined.
HEIGHTS = {"close": 12, "weak": 5, "held": 12, "opening": 5, "reference": 2, "nothing": 0}
READ_IN_FULL = ("close", "weak")
SIGNS = ("close", "weak", "held", "opening", "reference")


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    voiced: str
    read: str
    carried: str
    signs: Sequence[tuple[str, str]]
    beat: Callable[[Beat], str]
    share: Callable[[float], str]


def pace(name: str, width: int, told: Sequence[tuple[Matrix, Sequence[Beat]]], words: Words) -> str:
    """Return one panel per series, all on the same axis of years and the same scale."""
    roomy = width >= plot.ROOMY
    left = NAMES if roomy else 6
    days = [column.when.earliest for matrix, _beats in told for column in matrix.columns] or [matrix.until for matrix, _beats in told]
    time = Axis(min(days).year, max(days).year, left, width - RIGHT)
    most = max((len(beat.named) for _matrix, beats in told for beat in beats), default=0) or 1
    parts: list[str] = []
    top = 0.0
    step = HEAD + VOICED + READ + CARRIED + GAP + (0 if roomy else 3 * TOP)
    for matrix, beats in told:
        parts += _panel(matrix, beats, time, top, most, width, words)
        top += step
    years = {year: time.x(date(year, 7, 1)) for year in range(time.first, time.last + 1)}
    lines = [f'<path class="grid" d="M{time.x(date(year, 1, 1))} {HEAD}V{top}"/>' for year in years]
    labels = plot.years_axis(years, top, (width - RIGHT - left) / len(years))
    key, bottom = plot.key([plot.Key(_reading(sign, 7, 12 if sign in READ_IN_FULL else 0), label) for sign, label in words.signs], 0, width, top + AXIS + 8)
    return plot.frame(name, width, bottom + 4, words.title, [*lines, *parts, *labels, *key])


def _panel(matrix: Matrix, beats: Sequence[Beat], time: Axis, top: float, most: int, width: int, words: Words) -> Iterator[str]:
    roomy = width >= plot.ROOMY
    over = 0 if roomy else TOP
    yield f'<path class="rule" d="M0 {top + 1}H{width}"/>' + plot.words("heading", 0, top + 18, plot.shortened(matrix.series.title, width * 0.8))
    foot = top + HEAD + over + VOICED
    read, carried = foot + over + READ, foot + 2 * over + READ + CARRIED
    for label, line, height in ((words.voiced, foot, VOICED), (words.read, read, READ), (words.carried, carried, CARRIED)):
        yield f'<path class="grid" d="M{time.left} {line:g}H{time.right}"/>'
        if height == READ:
            yield f'<path class="rule" d="M{time.left} {line - BELOW:g}H{time.right}"/>'
        yield plot.words("label", time.left - 8, line - 4, label) if roomy else plot.words("axis", 0, line - height + 4, label)
    fullest = max(beats, key=lambda beat: len(beat.named), default=None)
    for beat in beats:
        x, said = time.x(beat.column.when.earliest), f"<title>{escape(words.beat(beat))}</title>"
        tall = len(beat.named) / most * (VOICED - 18)
        if beat.named:
            head = f'<circle class="voiced" cx="{x}" cy="{foot - tall:.1f}" r="4"/>'
            yield f'<g><path class="said" d="M{x} {foot}v-{tall:.1f}"/>{head}{said}</g>'
            if beat is fullest:
                yield plot.words("middle small", x, foot - tall - 8, len(beat.named))
        yield f"<g>{_reading(how_read(beat.column, matrix.thresholds), x, read - BELOW)}{said}</g>"
        if beat.carried and beat.carried.rate is not None:
            yield _carried(beat.carried.rate, x, carried, words)


def _carried(rate: float, x: float, foot: float, words: Words) -> str:
    y = foot - rate * (CARRIED - 14)
    shape = f'<path class="faint" d="M{x} {foot:g}V{y:.1f}"/><path class="milestone" d="M{x} {y - 3.5:.1f}l3.5 3.5l-3.5 3.5l-3.5-3.5z"/>'
    return f"<g>{shape}<title>{escape(words.share(rate))}</title></g>"


def _reading(state: str, x: float, line: float) -> str:
    """Return the mark of how far a meeting was read: it stands on the ``line`` and is filled where a report was read in full, else hangs outlined."""
    height = HEIGHTS[state]
    if state in READ_IN_FULL:
        return f'<path class="fill-ink" d="M{x - 2.5:g} {line:g}v-{height}h5v{height}z"/>'
    if not height:
        return f'<path class="fill-faint" d="M{x - 0.7:g} {line + 1.5:g}h1.4v1.4h-1.4z"/>'
    return f'<path class="faint" d="M{x - 2.5:g} {line + 1.5:g}v{height}h5v-{height}z"/>'
