"""The rows of a ladder chart: everything it draws, as a table prints it and a file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tracker.dates import UncertainDate
from tracker.history.conditions import stated_spans
from tracker.history.results import Trace
from tracker.vocabulary import Condition, Standing

Kind = Literal["milestone", "mention", "statement", "condition", "name", "reading", "promise"]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the chart draws. ``label`` says ``code`` in words; ``until`` is the day promised, or the last day of a condition.

    ``counts`` is False for what is claimed, rejected, recalled or inferred. ``place`` is the id under which the dossier shows more of it.
    """

    kind: Kind
    when: UncertainDate
    code: str
    label: Any
    text: str
    until: UncertainDate | None = None
    counts: bool = True
    meeting: str = ""
    place: str = ""


def rows(trace: Trace) -> tuple[Row, ...]:
    """Return what the chart of ``trace`` draws, in the order of time."""
    found = [*_milestones(trace), *_mentions(trace), *_conditions(trace), *_names(trace), *_readings(trace), *_promises(trace)]
    return tuple(sorted(found, key=lambda row: (row.when, row.kind, row.meeting, row.text)))


def _milestones(trace: Trace) -> Iterator[Row]:
    for one in trace.milestones:
        says = one.stage if one.stage is not None else one.condition
        if says is not None:
            code = one.stage.word if one.stage is not None else str(says.value)
            accepted = one.standing == Standing.ACCEPTED
            yield Row("milestone", one.happened, code, says.label, one.reason, None, accepted, one.meeting or "", f"milestone-{one.key}")


def _mentions(trace: Trace) -> Iterator[Row]:
    for one in trace.occasions:
        own = one.mention.commitment == trace.commitment.slug
        place = f"at-{one.meeting.slug}" + ("" if own else f"-{one.mention.commitment}")
        yield Row(
            "statement" if one.statement else "mention", one.when, one.act.value, one.act.label, one.meeting.title, None, one.counts, one.meeting.slug, place
        )


def _conditions(trace: Trace) -> Iterator[Row]:
    until = UncertainDate.on(trace.until)
    for span in stated_spans(trace.milestones, trace.commitment, trace.until):
        key = f"milestone-{span.milestone.key}"
        yield Row("condition", span.milestone.happened, span.condition.value, span.condition.label, "", UncertainDate.on(span.until), place=key)
    stands, last = trace.condition, trace.measures.last_voiced
    if stands.inferred and stands.condition != Condition.ACTIVE and last is not None:
        yield Row("condition", UncertainDate.on(last.latest), stands.condition.value, stands.condition.label, "", until, counts=False, place="standing")


def _names(trace: Trace) -> Iterator[Row]:
    for one in trace.commitment.names:
        if one.valid_from is not None and one.valid_from.earliest <= trace.as_of:
            yield Row("name", one.valid_from, one.language, one.language, one.name, place="names")


def _readings(trace: Trace) -> Iterator[Row]:
    for column in trace.columns:
        yield Row("reading", column.when, column.grade.word, column.grade.label, column.meeting.title, meeting=column.slug, place="marks")


def _promises(trace: Trace) -> Iterator[Row]:
    for track in trace.deadlines:
        for one in track.promises:
            yield Row("promise", one.stated, one.outcome.value, one.outcome.label, one.what, one.due, meeting=one.stated_at or "", place=f"deadline-{one.key}")
