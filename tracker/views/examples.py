"""For each word one place of the record where it stands: taken from a matrix that was read anyway, so that no word costs a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse

from tracker.charts.marks import cell_mark
from tracker.charts.order import in_order
from tracker.charts.score import is_area
from tracker.dates import UncertainDate
from tracker.history.results import Cell, Column, Matrix, Occasion, Trace
from tracker.vocabulary import CellState, Standing
from tracker.vocabulary.meanings import Concept, Measure

from .dates import in_words
from .words import Names

#: A list of the vocabulary (or of the concepts and measures) and its member: members of two lists may be equal.
Key = tuple[type[Any], Any]


@dataclass(frozen=True, slots=True)
class Example:
    address: str
    name: str
    when: str = ""


Make = Callable[[], Example]


def examples(found: Matrix, names: Names) -> dict[Key, Example]:
    """Return an example for each word that the matrix knows one of: the first in the order of the most often voiced."""
    told: dict[Key, Example] = {}
    for word, example in _all(found, names):
        if (key := (type(word), word)) not in told:
            told[key] = example()
    return told


def marks(found: Matrix) -> dict[CellState, str]:
    """Return for each state the mark of a cell that has it."""
    return {cell.state: cell_mark(cell) for row in found.rows for cell in row.cells}


def _all(found: Matrix, names: Names) -> Iterator[tuple[Any, Make]]:
    """Yield the words in the order in which their examples are wanted. An example is made only where it is: a matrix has thousands of cells."""
    series = found.series
    yield Concept.SERIES, partial(_page, "series", series.slug, name=series.title)
    yield Concept.AS_OF, partial(_page, "series", series.slug, name=series.title, end=f"?as_of={found.until.isoformat()}", when=found.until)
    yield from ((Concept.PARTY, partial(_page, "party", slug, name=names[slug])) for slug in sorted(series.parties) if slug in names)
    for row in in_order(found.rows, "mentions"):
        yield from _of_row(row)
        for cell, column in zip(row.cells, found.columns, strict=True):
            make = partial(_page, "cell", row.commitment.slug, column.slug, name=row.commitment.name, when=column.when)
            yield from ((word, make) for word in _words_in(cell))
    for column in reversed(found.columns):
        make = partial(_page, "meeting", column.slug, name=column.meeting.title, when=column.when)
        yield from ((word, make) for word in _words_of(column))


def _page(page: str, *slugs: str, name: str, end: str = "", when: UncertainDate | date | None = None) -> Example:
    return Example(reverse(f"tracker:{page}", args=slugs) + end, name, in_words(when))


def _of_row(row: Trace) -> Iterator[tuple[Any, Make]]:
    place = partial(_page, "commitment", row.commitment.slug, name=row.commitment.name)
    yield from ((word, place) for word in (row.commitment.kind, row.condition.condition, Concept.CONDITION))
    yield (Concept.AREA if is_area(row) else Concept.COMMITMENT), place
    for one in reversed(row.occasions):
        if one.mention.commitment == row.commitment.slug:
            make = partial(place, end=f"#at-{one.meeting.slug}", when=one.when)
            yield from ((word, make) for word in _words_of_occasion(one))
            yield from _of_citations(one)
    for step in row.milestones:
        make = partial(place, end=f"#milestone-{step.key}", when=step.happened)
        stated = (Concept.STAGE, step.stage) if step.standing == Standing.ACCEPTED and step.stage is not None else ()
        yield from ((word, make) for word in (Concept.MILESTONE, step.standing, *stated, *((step.condition,) if step.condition else ())))
    for track in row.deadlines:
        for promise in track.promises:
            make = partial(place, end=f"#deadline-{promise.key}", when=promise.due)
            about = ((Measure.SLIP,) if track.slip_days else ()) + ((Measure.OVERDUE,) if track.overdue else ())
            proven = tuple(citation.proves for citation in promise.citations if citation.proves)
            yield from ((word, make) for word in (Concept.DEADLINE, promise.outcome, *about, *proven))
    yield from ((measure, place) for measure in _numbers(row))


def _of_citations(one: Occasion) -> Iterator[tuple[Any, Make]]:
    for citation in one.mention.citations:
        source = citation.source
        make = partial(_page, "source", source.slug, name=source.publisher, when=source.published)
        yield from ((word, make) for word in (Concept.SOURCE, source.kind, source.fidelity, source.carried))
        if citation.speaker:
            yield Concept.PARTICIPANT, partial(_page, "participant", citation.speaker, name=citation.speaker_name)


def _numbers(row: Trace) -> Iterator[Measure]:
    """Yield the measures that have something to say of the row."""
    numbers = row.measures
    known = {
        Measure.VOICED: numbers.voiced_meetings,
        Measure.STATEMENTS: numbers.statements,
        Measure.IDLE: numbers.idle_restatements,
        Measure.RECURRENCE: numbers.recurrence,
        Measure.ECHO: numbers.echo_rate,
        Measure.QUIET_MEETINGS: numbers.quiet_meetings,
        Measure.QUIET_DAYS: numbers.quiet_days,
        Measure.GAP: numbers.gap_surprise is not None and numbers.quiet_meetings,
        Measure.CAME_BACK: numbers.came_back,
        Measure.TALK_TO_INK: numbers.talk_to_ink_days,
        Measure.INK_TO_WORKS: numbers.ink_to_works_days,
        Measure.KEPT: numbers.deadlines_missed,
        Measure.STRENGTH_DRIFT: numbers.strength_drift,
        Measure.TERMS_DRIFT: numbers.specificity_drift,
        Measure.LAST_MENTION: numbers.last_voiced,
        Measure.LAST_MOVED: numbers.last_moved,
        Measure.STAGE: numbers.last_moved,
        Measure.EVIDENCE: numbers.evidence,
    }
    yield from (measure for measure, value in known.items() if value)


def _words_in(cell: Cell) -> Iterator[Any]:
    yield cell.state
    yield cell.grade
    if cell.one_sided:
        yield Measure.ONE_SIDED


def _words_of_occasion(one: Occasion) -> Iterator[Any]:
    yield from (Concept.MENTION, Concept.CITATION, Concept.STANDING, one.mention.standing, Concept.REACH, one.reach, Concept.ACT, one.act)
    if one.statement:
        yield Concept.STATEMENT
    if one.voice:
        yield Concept.VOICE
    if one.counts:
        yield from (one.grade, *one.changes, *one.terms, *((Concept.CHANGE,) if one.changes else ()), *((Concept.TERMS,) if one.terms else ()))
        yield from (Concept.STRENGTH, one.strength) if one.strength is not None else ()


def _words_of(column: Column) -> Iterator[Any]:
    meeting = column.meeting
    yield from (Concept.MEETING, meeting.format, meeting.level, meeting.status)
    if not column.general:
        yield Concept.REMIT
    if column.rooms:
        yield Concept.ROOM
    for report in column.reports:
        yield from (Concept.REPORT, report.extent)
        if report.read_on:
            yield Concept.READING
