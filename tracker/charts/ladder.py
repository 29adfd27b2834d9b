"""The ladder chart of one commitment: rungs over time, and the lanes under them on the same axis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tracker.history.results import Trace
from tracker.vocabulary import TENTATIVE_ACTS, Stage, Standing

from .lanes import Lane, Words, days, lanes
from .score import is_area
from .time import Axis, axis, years

RUNG, AXIS, TOP, RIGHT = 19, 24, 12, 14


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on the highest rung reached is ``rung``."""

    day: date
    rung: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: what stands within its ``svg`` element, and its size."""

    width: int
    height: float
    parts: tuple[str, ...]

    def element(self, name: str, title: str) -> str:
        """Return the chart as an element of a page, with its title under the id ``name``."""
        head = f'<svg class="ladder" viewBox="0 0 {self.width} {self.height}" role="img" aria-labelledby="{name}"><title id="{name}">{escape(title)}</title>'
        return "".join((head, *self.parts, "</svg>"))


def steps(trace: Trace) -> tuple[Step, ...]:
    """Return how the rung reached rose: by accepted milestones, and by being voiced at all. It never falls."""
    rises = [(one.when, Stage.FLOATED if one.act in TENTATIVE_ACTS else Stage.DECLARED) for one in trace.occasions if one.counts]
    rises += [(one.happened, one.stage) for one in trace.milestones if one.stage is not None and one.standing == Standing.ACCEPTED]
    found: list[Step] = []
    for when, rung in sorted(rises, key=lambda rise: (rise[0], rise[1])):
        if not found or rung > found[-1].rung:
            found.append(Step(when.earliest, int(rung)))
    return tuple(found)


def dated(trace: Trace) -> list[date]:
    """Return every day that the time axis of the trace must hold."""
    return [*days(trace), *(one.happened.earliest for one in trace.milestones)]


def ladder(trace: Trace, words: Words, *, width: int) -> Drawing:
    """Return the chart ``width`` units wide. An area has no rungs: only the lanes are drawn."""
    left = 132 if width >= 600 else 96
    rungs = 0 if is_area(trace) else len(words.rungs)
    time = axis(dated(trace), left, width - RIGHT)
    base = TOP + rungs * RUNG
    shown = list(lanes(trace, words, time))
    bottom = base + sum(lane.height for lane in shown)
    parts = [*years(time, TOP - 6, bottom), *(_rungs(trace, words, time, left) if rungs else ()), *_stacked(shown, base, left, width)]
    return Drawing(width, bottom + AXIS, tuple(parts))


def _stacked(shown: Sequence[Lane], top: float, left: float, width: int) -> Iterator[str]:
    for lane in shown:
        yield f'<path class="lane" d="M0 {top}H{width}"/>'
        yield f'<text class="label" x="{left - 8}" y="{top + min(lane.height, 24) / 2 + 4}">{escape(lane.label)}</text>'
        yield from lane.draw(top)
        top += lane.height


def _rungs(trace: Trace, words: Words, time: Axis, left: float) -> Iterator[str]:
    def y(rung: int) -> float:
        return TOP + (len(words.rungs) - 1 - rung) * RUNG + RUNG / 2

    risen = steps(trace)
    for rung, label in enumerate(words.rungs):
        reached = bool(risen) and rung <= risen[-1].rung
        yield f'<path class="rung" d="M{left} {y(rung)}H{time.right}"/>'
        yield f'<text class="{"reached" if reached else "label"}" x="{left - 8}" y="{y(rung) + 4}">{escape(label)}</text>'
    if risen:
        yield f'<path class="stair" d="{_stair(risen, time, y, trace.until)}"/>'
    for one in trace.milestones:
        rung = one.stage if one.stage is not None else (risen[-1].rung if risen else Stage.DECLARED)
        x, at = time.x(one.happened.earliest), y(int(rung))
        what = one.stage.label if one.stage is not None else one.condition.label if one.condition else ""
        said = escape(f"{words.written(one.happened)}: {what} ({one.standing.label})")
        standing = "accepted" if one.standing == Standing.ACCEPTED else "claimed"
        yield f'<path class="{standing}" d="M{x} {at - 6}l6 6l-6 6l-6-6z"><title>{said}</title></path>'


def _stair(risen: Sequence[Step], time: Axis, y: Callable[[int], float], until: date) -> str:
    path = f"M{time.x(risen[0].day)} {y(risen[0].rung)}"
    for step in risen[1:]:
        path += f"H{time.x(step.day)}V{y(step.rung)}"
    return f"{path}H{time.x(max(until, risen[-1].day))}"
