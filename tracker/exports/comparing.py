"""What is compared, as rows of files: every place of several commitments, every meeting of two series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.history.facts import MeetingFact
from tracker.history.pace import Beat
from tracker.history.results import Cell, Column, Matrix, Occasion, Trace
from tracker.history.yearly import how_read
from tracker.vocabulary import CellState

from .figures import Value
from .lines import csv_text

_COMMITMENTS = ("commitment", "date", "where", "slug", "title", "state", "rule", "grade", "acts", "voiced_by", "both_sides", "one_sided", "moved", "counted")
_SERIES = ("series", "date", "meeting", "title", "general", "read", "voiced", "commitments", "compared_with", "carried_over", "kept", "dropped", "new")


def traces_csv(traces: Sequence[Trace]) -> str:
    """Return one row for each commitment and meeting of its series, and for each further place at which it came up."""
    return csv_text(_COMMITMENTS, (row for trace in traces for row in _trace(trace)))


def beats_csv(told: Sequence[tuple[Matrix, Sequence[Beat]]]) -> str:
    """Return one row for each meeting of the series."""
    return csv_text(_SERIES, (_beat(matrix, beat) for matrix, beats in told for beat in beats))


def _trace(trace: Trace) -> Iterator[Sequence[Value]]:
    inside: dict[str, list[Occasion]] = {column.slug: [] for column in trace.columns}
    home = {meeting.slug: column.slug for column in trace.columns for meeting in (column.meeting, *column.rooms)}
    apart = []
    for one in trace.occasions:
        if one.meeting.slug in home:
            inside[home[one.meeting.slug]].append(one)
        else:
            apart.append(one)
    for cell, column in zip(trace.cells, trace.columns, strict=True):
        yield _cell(trace, cell, column, inside[column.slug])
    for one in apart:
        state = CellState.VOICED.value if one.counts else "not counted"
        where = "statement" if one.statement else "meeting of another series"
        place = _place(trace, one.when.edtf(), where, one.meeting)
        yield (*place, state, "", one.grade.value, one.act.value, " ".join(sorted(one.voice)), one.both_sides, one.one_sided, "", one.counts)


def _cell(trace: Trace, cell: Cell, column: Column, heard: Sequence[Occasion]) -> Sequence[Value]:
    acts = " ".join(dict.fromkeys(one.act.value for one in heard if one.counts))
    place = _place(trace, column.when.edtf(), "meeting", column.meeting)
    voice = " ".join(sorted(cell.voice))
    return (*place, cell.state.value, cell.rule.value, cell.grade.word, acts, voice, cell.both_sides, cell.one_sided, cell.moved, cell.counted)


def _place(trace: Trace, date: str, where: str, meeting: MeetingFact) -> tuple[Value, ...]:
    return trace.commitment.slug, date, where, meeting.slug, meeting.title


def _beat(matrix: Matrix, beat: Beat) -> Sequence[Value]:
    column, carried = beat.column, beat.carried
    place = (matrix.series.slug, column.when.edtf(), column.slug, column.meeting.title, column.general, how_read(column, matrix.thresholds))
    if carried is None:
        return (*place, len(beat.named), " ".join(beat.named), None, None, None, None, None)
    rate = None if carried.rate is None else round(carried.rate, 4)
    return (*place, len(beat.named), " ".join(beat.named), carried.earlier, rate, len(carried.kept), len(carried.dropped), len(carried.new))
