"""The lanes under the rungs of a ladder chart: mentions by act, conditions, names, what was read, and what was promised for when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tracker.dates import UncertainDate
from tracker.history.conditions import stated_spans
from tracker.history.facts import DeadlineFact
from tracker.history.results import DeadlineTrack, Occasion, Trace
from tracker.vocabulary import Act, Condition, Grade, Outcome

from .time import Axis

LANE, ACT, PROMISE, LETTER = 24, 18, 12, 6.4
#: The acts that share a lane, the furthest going first. The key names the lane in ``Words.acts``.
ACTS: Mapping[str, frozenset[Act]] = {
    "signed": frozenset({Act.AGREED, Act.SIGNED, Act.DELIVERED}),
    "reaffirmed": frozenset({Act.REAFFIRMED, Act.PROGRESS_REPORTED}),
    "discussed": frozenset({Act.DISCUSSED, Act.THANKED}),
    "proposed": frozenset({Act.FLOATED, Act.PROPOSED, Act.INVITED}),
    "obstacles": frozenset({Act.OBSTACLE_REPORTED, Act.REFUSED, Act.SUSPENDED, Act.WITHDRAWN}),
}
_HEIGHTS = {Grade.FIRM: 12, Grade.SOFT: 7, Grade.WEAK: 3}


@dataclass(frozen=True, slots=True)
class Words:
    """What the chart prints; ``written`` turns a date into words. ``acts`` has a word for each lane of ``ACTS``."""

    title: str
    rungs: Sequence[str]
    acts: Mapping[str, str]
    condition: str
    inferred: str
    name: str
    read: str
    promised: str
    written: Callable[[UncertainDate], str]


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its label, its height, and what draws it from its upper edge on."""

    label: str
    height: float
    draw: Callable[[float], Iterator[str]]


def lanes(trace: Trace, words: Words, time: Axis) -> Iterator[Lane]:
    """Return the lanes that have something to show, from the top."""
    for name, acts in ACTS.items():
        heard = [one for one in trace.occasions if one.act in acts]
        if heard:
            yield Lane(words.acts[name], ACT, lambda top, heard=heard: _mentions(heard, time, top + ACT / 2, words))  # type: ignore[misc]
    if bands := _bands(trace, words):
        yield Lane(words.condition, LANE, lambda top: _conditions(bands, time, top))
    renamed = [(one.valid_from, one.name) for one in trace.commitment.names if one.valid_from is not None and one.valid_from.earliest <= trace.as_of]
    if renamed:
        yield Lane(words.name, len(renamed) * ACT, lambda top: _names(sorted(renamed), time, top, words))
    if trace.columns:
        yield Lane(words.read, LANE, lambda top: _readings(trace, time, top + LANE / 2, words))
    promised = sum(len(track.promises) for track in trace.deadlines)
    if promised:
        yield Lane(words.promised, promised * PROMISE + 10, lambda top: _promises(trace.deadlines, time, top + 5 + PROMISE / 2, words))


def days(trace: Trace) -> Iterator[date]:
    """Return every day that a lane draws something at."""
    yield trace.until
    yield from (column.when.earliest for column in trace.columns)
    yield from (one.when.earliest for one in trace.occasions)
    yield from (day for track in trace.deadlines for one in track.promises for day in (one.stated.earliest, one.due.latest))


def _mentions(heard: Sequence[Occasion], time: Axis, y: float, words: Words) -> Iterator[str]:
    for one in heard:
        x, said = time.x(one.when.earliest), escape(f"{words.written(one.when)}: {one.meeting.title} ({one.act.label})")
        if one.statement:
            yield f'<path class="{"said" if one.counts else "unsaid"}" d="M{x} {y - 6}v12"><title>{said}</title></path>'
        else:
            yield f'<circle class="{"voiced" if one.counts else "uncounted"}" cx="{x}" cy="{y}" r="5.5"><title>{said}</title></circle>'


def _bands(trace: Trace, words: Words) -> list[tuple[str, str, date, date]]:
    """Return class, text, first and last day of each condition. What is inferred reaches back to the last known voicing."""
    found = [("band", str(span.condition.label), span.since, span.until) for span in stated_spans(trace.milestones, trace.commitment, trace.until)]
    stands, last = trace.condition, trace.measures.last_voiced
    if stands.inferred and stands.condition != Condition.ACTIVE and last is not None:
        found.append(("supposed", words.inferred % {"condition": stands.condition.label}, last.latest, trace.until))
    return found


def _conditions(bands: Sequence[tuple[str, str, date, date]], time: Axis, top: float) -> Iterator[str]:
    for shape, text, since, until in bands:
        start, end = time.x(since), max(time.x(until), time.x(since) + 3)
        yield f'<path class="{shape}" d="M{start} {top + 4}H{end}V{top + LANE - 4}H{start}z"><title>{escape(text)}</title></path>'
        yield _beside(text, "banded", time, start, end, top + LANE / 2 + 4)


def _beside(text: str, kind: str, time: Axis, start: float, end: float, y: float) -> str:
    """Return the text within its band, or on that side of it where there is more room, cut to that room."""
    wide = len(text) * LETTER + 8
    if wide <= end - start:
        return f'<text class="{kind}" x="{start + 4}" y="{y}">{escape(text)}</text>'
    if wide <= time.right - end or time.right - end >= start - time.left:
        return f'<text class="{kind}" x="{end + 5}" y="{y}">{escape(_cut(text, time.right - end))}</text>'
    return f'<text class="{kind} ending" x="{start - 5}" y="{y}">{escape(_cut(text, start - time.left))}</text>'


def _cut(text: str, room: float) -> str:
    fits = max(3, int((room - 5) / LETTER))
    return text if len(text) <= fits else f"{text[: fits - 1].rstrip()}…"


def _names(renamed: Sequence[tuple[UncertainDate, str]], time: Axis, top: float, words: Words) -> Iterator[str]:
    for place, (since, name) in enumerate(renamed):
        x, y = time.x(since.earliest), top + place * ACT
        yield f'<path class="renamed" d="M{x} {y + 2}v{ACT - 4}"><title>{escape(f"{words.written(since)}: {name}")}</title></path>'
        yield _beside(name, "banded", time, x, x, y + ACT / 2 + 4)


def _readings(trace: Trace, time: Axis, y: float, words: Words) -> Iterator[str]:
    for column in trace.columns:
        x, said = time.x(column.when.earliest), escape(f"{words.written(column.when)}: {column.grade.label}")
        if high := _HEIGHTS.get(column.grade):
            yield f'<path class="read" d="M{x - 2.5} {y + 6}v-{high}h5v{high}z"><title>{said}</title></path>'
        else:
            yield f'<path class="unread" d="M{x - 2} {y + 5.5}v-3h4v3z"><title>{said}</title></path>'


def _promises(tracks: Sequence[DeadlineTrack], time: Axis, y: float, words: Words) -> Iterator[str]:
    """Draw each promise on a line of its own; from the second of a target on, an arrow leads from the day promised before."""
    for track in tracks:
        before: DeadlineFact | None = None
        for one in track.promises:
            yield from _promise(one, time, y, words)
            if before is not None and before.due.latest != one.due.latest:
                yield _slip(time.x(before.due.latest), time.x(one.due.latest), y, later=one.due.latest > before.due.latest)
            before, y = one, y + PROMISE


def _promise(one: DeadlineFact, time: Axis, y: float, words: Words) -> Iterator[str]:
    stated, due = time.x(one.stated.earliest), time.x(one.due.latest)
    said = escape(f"{one.what}: {words.written(one.due)} ({one.outcome.label})")
    end = "missed" if one.outcome == Outcome.MISSED else "due"
    yield f'<circle class="stated" cx="{stated}" cy="{y}" r="2"/><path class="term" d="M{stated} {y}H{due}"/>'
    yield f'<path class="{end}" d="M{due} {y - 4.5}v9"><title>{said}</title></path>'


def _slip(x: float, due: float, y: float, *, later: bool) -> str:
    """Return the arrow from the day that was promised before, a line above, to the day promised now."""
    tip = -4.5 if later else 4.5
    end = round(due + (-2 if later else 2), 1)
    return f'<path class="{"slip" if later else "drawn-in"}" d="M{x} {y - PROMISE + 4.5}V{y}H{end}m{tip} -3.5L{end} {y}l{tip} 3.5"/>'
