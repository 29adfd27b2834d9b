"""Several commitments on one time axis, one band each: rungs, voicings by act, what was left out or never read, and promised dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tracker.dates import UncertainDate
from tracker.history.results import Cell, Occasion, Trace
from tracker.vocabulary import Act, CellState, Grade, Outcome, Standing

from . import plot
from .ladder import dated, steps
from .score import is_area
from .time import Axis, axis

NAME, RUNG, PROMISE, GAP, AXIS, EDGE = 24, 6, 7, 20, 24, 10
#: Signs that would cover each other stand in lines one over the other, up to so many; a line of voicings is higher than one of what was not voiced.
MOST_LINES, VOICED_LINE, OTHER_LINE, ROOM = 7, 15, 9, 4
#: Acts by shape: put forward, on paper or done, held up; all others are talk.
SHAPES: Mapping[Act, str] = {
    **dict.fromkeys((Act.FLOATED, Act.PROPOSED, Act.INVITED), "forward"),
    **dict.fromkeys((Act.SIGNED, Act.DELIVERED, Act.PROGRESS_REPORTED), "paper"),
    **dict.fromkeys((Act.OBSTACLE_REPORTED, Act.REFUSED, Act.SUSPENDED, Act.WITHDRAWN), "held-up"),
}
#: What the key explains, in this order, as far as it is drawn.
SIGNS = (
    "talk",
    "forward",
    "paper",
    "held-up",
    "both",
    "statement",
    "not-counted",
    "moved",
    "echoed",
    "silent-firm",
    "silent-soft",
    "unread",
    "closed",
    "not-its",
    "rungs",
    "promise",
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the chart prints. ``state`` says a cell in words, ``occasion`` an occasion, ``signs`` the entries of the key."""

    title: str
    rungs: Sequence[str]
    signs: Mapping[str, str]
    state: Callable[[Trace, int], str]
    occasion: Callable[[Occasion], str]
    written: Callable[[UncertainDate], str]


@dataclass(frozen=True, slots=True)
class _Placed:
    """One sign or several on one spot, on a line counted from the foot of its lane."""

    signs: tuple[str, ...]
    said: str
    x: float
    line: int


def bands(name: str, width: int, traces: Sequence[Trace], words: Words) -> str:
    """Return one band per trace on a common axis of years, and under it the key of the signs that were used."""
    time = axis((day for trace in traces for day in dated(trace)), EDGE, width - EDGE)
    parts: list[str] = []
    used: set[str] = set()
    top = 0.0
    for trace in traces:
        drawn, top = _band(trace, time, top, words, used)
        parts += [f'<path class="rule" d="M0 {top - 0.5}H{width}"/>' if trace is not traces[-1] else "", *drawn]
    years = {year: time.x(date(year, 7, 1)) for year in range(time.first, time.last + 1)}
    lines = [f'<path class="grid" d="M{time.x(date(year, 1, 1))} {NAME}V{top}"/>' for year in years]
    labels = plot.years_axis(years, top, (width - 2 * EDGE) / len(years))
    entries = [plot.Key(_swatch(sign), words.signs[sign]) for sign in SIGNS if sign in used]
    key, bottom = plot.key(entries, 0, width, top + AXIS + 10)
    return plot.frame(name, width, bottom + 4, words.title, [*lines, *parts, *labels, *key])


def _band(trace: Trace, time: Axis, top: float, words: Words, used: set[str]) -> tuple[list[str], float]:
    """Return the drawing of one band from ``top`` down, and the place where the next can begin."""
    parts = [plot.words("heading", 0, top + 17, plot.shortened(trace.commitment.name, time.right * 0.86))]
    foot = top + NAME
    if not is_area(trace):
        foot += 8 * RUNG
        parts += _rungs(trace, time, foot, words, used)
    for placed, height in ((_voiced(trace, time, words), VOICED_LINE), (_unvoiced(trace, time, words), OTHER_LINE)):
        foot += height * (1 + max((one.line for one in placed), default=0)) + ROOM
        for one in placed:
            used.update(one.signs)
            signs = "".join(_drawn(sign, one.x, foot - (one.line + 0.5) * height) for sign in one.signs)
            parts.append(f"<g>{signs}{_title(one.said)}</g>")
    if trace.deadlines:
        used.add("promise")
        parts += _promises(trace, time, foot + 2 * ROOM, words)
        foot += sum(len(track.promises) for track in trace.deadlines) * PROMISE + 2 * ROOM
    return parts, foot + GAP


def _voiced(trace: Trace, time: Axis, words: Words) -> list[_Placed]:
    """Return the occasions at which it came up: as discs and the like, or strokes for statements."""
    moved = {cell.meeting for cell in trace.cells if cell.moved}
    found = [(_signs(one, moved), words.occasion(one), time.x(one.when.earliest)) for one in trace.occasions]
    return _dodged(found, 13.0)


def _unvoiced(trace: Trace, time: Axis, words: Words) -> list[_Placed]:
    """Return the columns at which it was not voiced, each with the sign of its state: what was left out is never drawn as what was not read."""
    told = [(sign, place) for place, cell in enumerate(trace.cells) if (sign := _unvoiced_sign(cell))]
    return _dodged([((sign,), words.state(trace, place), time.x(trace.columns[place].when.earliest)) for sign, place in told], 11.0)


def _dodged(found: Sequence[tuple[tuple[str, ...], str, float]], room: float) -> list[_Placed]:
    """Return what was found on the lowest line on which nothing stands closer than ``room``; beyond ``MOST_LINES`` signs may touch."""
    ends: list[float] = []
    placed = []
    for signs, said, x in sorted(found, key=lambda one: one[2]):
        line = next((place for place, end in enumerate(ends) if x - end >= room), len(ends))
        if line >= MOST_LINES:
            line = min(range(MOST_LINES), key=ends.__getitem__)
        ends[line : line + 1] = [x]
        placed.append(_Placed(signs, said, x, line))
    return placed


def _rungs(trace: Trace, time: Axis, foot: float, words: Words, used: set[str]) -> Iterator[str]:
    def y(rung: int) -> float:
        return foot - rung * RUNG - 3

    risen = steps(trace)
    yield f'<path class="grid" d="M{time.left} {y(0)}H{time.right}"/>'
    if risen:
        used.add("rungs")
        path = f"M{time.x(risen[0].day)} {y(risen[0].rung)}"
        path += "".join(f"H{time.x(step.day)}V{y(step.rung)}" for step in risen[1:])
        end = time.x(max(trace.until, risen[-1].day))
        yield f'<path class="stair" d="{path}H{end}"/>' + plot.words("label reached", end, y(risen[-1].rung) - 6, words.rungs[risen[-1].rung])
    for one in trace.milestones:
        rung = int(one.stage) if one.stage is not None else (risen[-1].rung if risen else 1)
        x, at = time.x(one.happened.earliest), y(rung)
        standing = "" if one.standing == Standing.ACCEPTED else " claimed"
        what = one.stage.label if one.stage is not None else one.condition.label if one.condition else ""
        said = f"{words.written(one.happened)}: {what} ({one.standing.label})"
        yield f'<path class="milestone{standing}" d="M{x} {at - 4}l4 4l-4 4l-4-4z">{_title(said)}</path>'


def _unvoiced_sign(cell: Cell) -> str:
    """Return the sign of a column at which it was not voiced; nothing for a voiced one, and for those before the first mention."""
    if cell.state == CellState.SILENT:
        return "silent-firm" if cell.grade == Grade.FIRM else "silent-soft"
    plain = {CellState.ECHOED: "echoed", CellState.UNOBSERVED: "unread", CellState.CLOSED: "closed", CellState.INELIGIBLE: "not-its"}
    return plain.get(cell.state, "")


def _signs(one: Occasion, moved: Collection[str]) -> tuple[str, ...]:
    if not one.counts:
        return ("not-counted",)
    if one.statement:
        return ("statement",)
    return (SHAPES.get(one.act, "talk"), *(["both"] if one.both_sides else []), *(["moved"] if one.meeting.slug in moved else []))


def _promises(trace: Trace, time: Axis, top: float, words: Words) -> Iterator[str]:
    for place, one in enumerate(one for track in trace.deadlines for one in track.promises):
        y, stated, due = top + place * PROMISE, time.x(one.stated.earliest), time.x(one.due.latest)
        end = "missed" if one.outcome == Outcome.MISSED else "due"
        said = _title(f"{one.what}: {words.written(one.due)} ({one.outcome.label})")
        start = f'<path class="term" d="M{stated} {y}H{due}"/><circle class="fill-faint" cx="{stated}" cy="{y}" r="1.8"/>'
        yield f'<g>{start}<path class="{end}" d="M{due} {y - 3}v6"/>{said}</g>'


def _title(said: str) -> str:
    return f"<title>{escape(said)}</title>"


def _swatch(sign: str) -> str:
    if sign == "rungs":
        return '<path class="stair" d="M0 10h5v-5h9"/>'
    if sign == "promise":
        return '<path class="term" d="M1 6h11"/><circle class="fill-faint" cx="1.5" cy="6" r="1.8"/><path class="missed" d="M12 2v8"/>'
    return _drawn(sign, 7, 7)


def _drawn(sign: str, x: float, y: float) -> str:
    """Return a sign around the point given."""
    return _SIGNS[sign].replace("@x", f"{x:g}").replace("@y", f"{y:g}")


def _at(shape: str) -> str:
    return f'<path transform="translate(@x @y)" {shape}/>'


_SIGNS: Mapping[str, str] = {
    "talk": _at('class="voiced" d="M-4.2 0a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0z"'),
    "forward": _at('class="voiced" d="M0-5.2l5.2 9.2h-10.4z"'),
    "paper": _at('class="voiced" d="M-4.2-4.2h8.4v8.4h-8.4z"'),
    "held-up": _at('class="voiced" d="M0 5.2l-5.2-9.2h10.4z"'),
    "both": _at('class="ring" d="M-6.4 0a6.4 6.4 0 1 0 12.8 0a6.4 6.4 0 1 0-12.8 0z"'),
    "statement": _at('class="said" d="M0-5.5v11"'),
    "not-counted": _at('class="uncounted" d="M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"'),
    "moved": _at('class="moved" d="M4-5l3.5-3.5"'),
    "echoed": _at('class="echo" d="M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0z"') + _at('class="fill-missing" d="M-1.3-1.3h2.6v2.6h-2.6z"'),
    "silent-firm": _at('class="fill-missing" d="M-5-1.8h10v3.6h-10z"'),
    "silent-soft": _at('class="fill-missing" d="M-5-0.8h10v1.6h-10z"'),
    "unread": _at('class="fill-faint" d="M-4-0.8h1.6v1.6h-1.6zM-0.8-0.8h1.6v1.6h-1.6zM2.4-0.8h1.6v1.6h-1.6z"'),
    "closed": _at('class="faint" d="M-4 0h6M2-4v8"'),
    "not-its": _at('class="faint" d="M-2.5-2.5l5 5M2.5-2.5l-5 5"'),
}
