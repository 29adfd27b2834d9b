"""The engine's answers as plain documents: what JSON files, the command line and the API print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.dates import UncertainDate
from tracker.history.results import Because, Cell, Column, Matrix, Measures, Trace
from tracker.vocabulary import CellState

Document = dict[str, Any]

#: Cells in which the commitment could not have come up.
_NO_OCCASION = frozenset({CellState.BEFORE, CellState.CLOSED, CellState.INELIGIBLE})


def matrix_document(matrix: Matrix) -> Document:
    """Return the whole matrix: every column, called for something or not, and every commitment with all its cells and numbers."""
    return {
        "series": matrix.series.slug,
        "as_of": matrix.as_of.isoformat(),
        "meetings": [column_document(column) for column in matrix.columns],
        "commitments": [trace_document(trace) for trace in matrix.rows],
    }


def column_document(column: Column) -> Document:
    """Return one column; its date is an EDTF string."""
    return {
        "slug": column.slug,
        "date": column.when.edtf(),
        "precision": column.when.precision,
        "title": column.meeting.title,
        "general": column.general,
    }


def trace_document(trace: Trace) -> Document:
    """Return one commitment with a cell for each column, in the order of the columns."""
    return {
        "slug": trace.commitment.slug,
        "kind": trace.commitment.kind.value,
        "parent": trace.commitment.parent,
        "stage": trace.stage.word,
        "condition": trace.condition.condition.value,
        "cells": [cell_document(cell) for cell in trace.cells],
        "measures": measures_document(trace.measures),
    }


def cell_document(cell: Cell) -> Document:
    """Return one cell with the rule that decided it and the rows that decided."""
    return {
        "meeting": cell.meeting,
        "state": cell.state.value,
        "grade": cell.grade.word,
        "counted": cell.counted,
        "rule": cell.rule.value,
        "because": because_document(cell.because),
    }


def because_document(reasons: Sequence[Because]) -> list[Document]:
    """Return the rows that decided a cell: the kind of row, the name it goes by, what it says."""
    return [{"kind": reason.kind, "ref": reason.ref, "says": reason.says} for reason in reasons]


def measures_document(found: Measures) -> Document:
    """Return the numbers of one commitment; None where there is nothing to measure. Coverage is rounded to four places."""
    return {
        "voiced_meetings": found.voiced_meetings,
        "called_for": found.called_for,
        "statements": found.statements,
        "read": found.read,
        "eligible": found.eligible,
        "voiced_of_read": found.voiced_of_read,
        "quiet_meetings": found.quiet_meetings,
        "quiet_days": found.quiet_days,
        "idle_restatements": found.idle_restatements,
        "last_voiced": _edtf(found.last_voiced),
        "last_moved": _edtf(found.last_moved),
        "coverage": None if found.coverage is None else round(found.coverage, 4),
    }


def explanation(trace: Trace, cell: Cell) -> Document:
    """Return one cell with its commitment, its date and the reasons in words: why this state, and why it is counted or not."""
    column = next(column for column in trace.columns if column.slug == cell.meeting)
    return {
        "commitment": trace.commitment.slug,
        "as_of": trace.as_of.isoformat(),
        "date": column.when.edtf(),
        **cell_document(cell),
        "state_in_words": str(cell.state.label),
        "rule_in_words": str(cell.rule.label),
        "grade_in_words": str(cell.grade.label),
        "counted_because": counted_because(trace, cell),
    }


def cell_of(trace: Trace, meeting: str) -> Cell | None:
    """Return the cell of the column that holds ``meeting``, itself or as a room, or None where there is none."""
    for column, cell in zip(trace.columns, trace.cells, strict=True):
        if meeting == column.slug or meeting in {room.slug for room in column.rooms}:
            return cell
    return None


def counted_because(trace: Trace, cell: Cell) -> str:
    """Return in words why the column of ``cell`` is, or is not, one of the read meetings behind the recurrence (design §2.4)."""
    if cell.counted:
        return "It is a general meeting after the first voicing, and its reports were read: it is one of the n."
    if cell.state in _NO_OCCASION:
        return "It could not have come up here."
    if not cell.general:
        return "The meeting was called for something: it is counted apart."
    if not any(earlier.state == CellState.VOICED for earlier in _before(trace, cell)) and not _voiced_earlier(trace, cell):
        return "The count begins after the first voicing."
    return "No reading that counts for it reaches the threshold."


def _before(trace: Trace, cell: Cell) -> Sequence[Cell]:
    return trace.cells[: trace.cells.index(cell)]


def _voiced_earlier(trace: Trace, cell: Cell) -> bool:
    """Return whether it was voiced elsewhere before this column: in a statement, or at a meeting of another series."""
    when = next(column.when for column in trace.columns if column.slug == cell.meeting)
    return any(one.counts and (one.statement or one.guest) and one.when < when for one in trace.occasions)


def _edtf(when: UncertainDate | None) -> str | None:
    return when.edtf() if when else None
