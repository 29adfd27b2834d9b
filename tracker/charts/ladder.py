"""The ladder chart of one commitment: rungs over time, and under them its voicings, what was read, and what was promised for when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tracker.dates import UncertainDate
from tracker.history.results import Trace
from tracker.vocabulary import TENTATIVE_ACTS, Grade, Outcome, Stage, Standing

from .score import is_area

RUNG, LANE, AXIS, TOP, RIGHT, PROMISE = 19, 26, 24, 12, 14, 11
SMALLEST_YEAR = 34


@dataclass(frozen=True, slots=True)
class Words:
    """What the chart prints; ``written`` turns a date into words."""

    title: str
    rungs: Sequence[str]
    voiced: str
    read: str
    promised: str
    written: Callable[[UncertainDate], str]


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on the highest rung reached is ``rung``."""

    day: date
    rung: int


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


def steps(trace: Trace) -> tuple[Step, ...]:
    """Return how the rung reached rose: by accepted milestones, and by being voiced at all. It never falls."""
    rises = [(one.when, Stage.FLOATED if one.act in TENTATIVE_ACTS else Stage.DECLARED) for one in trace.occasions if one.counts]
    rises += [(one.happened, one.stage) for one in trace.milestones if one.stage is not None and one.standing == Standing.ACCEPTED]
    found: list[Step] = []
    for when, rung in sorted(rises, key=lambda rise: (rise[0], rise[1])):
        if not found or rung > found[-1].rung:
            found.append(Step(when.earliest, int(rung)))
    return tuple(found)


def axis(trace: Trace, left: float, right: float) -> Axis:
    """Return the time axis that holds every column, mention, milestone and promise of the trace."""
    days = [trace.until, *(column.when.earliest for column in trace.columns), *(one.when.earliest for one in trace.occasions)]
    days += [one.happened.earliest for one in trace.milestones]
    days += [day for track in trace.deadlines for one in track.promises for day in (one.stated.earliest, one.due.latest)]
    return Axis(min(days).year, max(days).year, left, right)


def ladder(trace: Trace, words: Words, *, width: int, name: str) -> str:
    """Return the chart as SVG ``width`` units wide, its title under the id ``name``. An area has no rungs: only the lanes are drawn."""
    left = 132 if width >= 600 else 96
    rungs = 0 if is_area(trace) else len(words.rungs)
    base = TOP + rungs * RUNG
    bottom = base + 2 * LANE + _room(trace)
    time = axis(trace, left, width - RIGHT)
    parts = [
        f'<svg class="ladder" viewBox="0 0 {width} {bottom + AXIS}" role="img" aria-labelledby="{name}"><title id="{name}">{escape(words.title)}</title>',
        *_years(time, bottom),
        *(_rungs(trace, words, time, left) if rungs else ()),
        *_lane(words.voiced, base, left, width),
        *_voicings(trace, time, base + LANE / 2, words),
        *_lane(words.read, base + LANE, left, width),
        *_readings(trace, time, base + LANE * 1.5, words),
    ]
    if trace.deadlines:
        parts += [*_lane(words.promised, base + 2 * LANE, left, width), *_promises(trace, time, base + 2 * LANE, words)]
    return "".join((*parts, "</svg>"))


def _years(time: Axis, bottom: float) -> Iterator[str]:
    count = time.last - time.first + 1
    room = (time.right - time.left) / count
    every = next(step for step in (1, 2, 5, 10, 20) if room * step >= SMALLEST_YEAR or step == 20)
    for year in range(time.first, time.last + 1):
        x = time.x(date(year, 1, 1))
        yield f'<path class="grid" d="M{x} {TOP - 6}V{bottom}"/>'
        if (year - time.first) % every == 0:
            yield f'<text class="axis" x="{x + 4}" y="{bottom + 16}">{year}</text>'


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
        said = escape(f"{words.written(one.happened)}: {(one.stage or one.condition or Stage.FLOATED).label} ({one.standing.label})")
        standing = "accepted" if one.standing == Standing.ACCEPTED else "claimed"
        yield f'<path class="milestone {standing}" d="M{x} {at - 6}l6 6l-6 6l-6-6z"><title>{said}</title></path>'


def _stair(risen: Sequence[Step], time: Axis, y: Callable[[int], float], until: date) -> str:
    path = f"M{time.x(risen[0].day)} {y(risen[0].rung)}"
    for step in risen[1:]:
        path += f"H{time.x(step.day)}V{y(step.rung)}"
    return f"{path}H{time.x(max(until, risen[-1].day))}"


def _lane(label: str, top: float, left: float, width: int) -> Iterator[str]:
    yield f'<path class="lane" d="M0 {top}H{width}"/>'
    yield f'<text class="label" x="{left - 8}" y="{top + LANE / 2 + 4}">{escape(label)}</text>'


def _voicings(trace: Trace, time: Axis, y: float, words: Words) -> Iterator[str]:
    for one in trace.occasions:
        x, said = time.x(one.when.earliest), escape(f"{words.written(one.when)}: {one.meeting.title}")
        if one.statement:
            yield f'<path class="said" d="M{x} {y - 6}v12"><title>{said}</title></path>'
        else:
            yield f'<circle class="{"voiced" if one.counts else "uncounted"}" cx="{x}" cy="{y}" r="5.5"><title>{said}</title></circle>'


def _readings(trace: Trace, time: Axis, y: float, words: Words) -> Iterator[str]:
    for column in trace.columns:
        x, said = time.x(column.when.earliest), escape(f"{words.written(column.when)}: {column.grade.label}")
        high = {Grade.FIRM: 12, Grade.SOFT: 7, Grade.WEAK: 2}.get(column.grade, 0)
        mark = f'<path class="read" d="M{x - 4} {y + 6}v-{high}h8v{high}z">' if high else f'<path class="unread" d="M{x - 4} {y + 6}h8">'
        yield f"{mark}<title>{said}</title></path>"


def _room(trace: Trace) -> float:
    """Return the height of the lane of promises: each has a line of its own, so that a slip is seen as steps."""
    promised = sum(len(track.promises) for track in trace.deadlines)
    return max(LANE, promised * PROMISE + 8) if promised else 0


def _promises(trace: Trace, time: Axis, top: float, words: Words) -> Iterator[str]:
    promised = [one for track in trace.deadlines for one in track.promises]
    first = top + (_room(trace) - (len(promised) - 1) * PROMISE) / 2
    for place, one in enumerate(promised):
        y, stated, due = first + place * PROMISE, time.x(one.stated.earliest), time.x(one.due.latest)
        said = escape(f"{one.what}: {words.written(one.due)} ({one.outcome.label})")
        end = "missed" if one.outcome == Outcome.MISSED else "due"
        yield f'<circle class="stated" cx="{stated}" cy="{y}" r="2"/><path class="term" d="M{stated} {y}H{due}"/>'
        yield f'<path class="{end}" d="M{due} {y - 4.5}v9"><title>{said}</title></path>'
