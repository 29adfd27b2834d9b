"""The matrix of the drawn world is the drawing."""

from __future__ import annotations

from tests.universe import COMMITMENTS, MEETINGS, SERIES, TODAY, Universe, drawing
from tracker.exports.tables import mark
from tracker.history.matrix import matrix
from tracker.history.results import Matrix
from tracker.queries.facts import series_record


def found() -> Matrix:
    record = series_record(SERIES)
    assert record is not None
    return matrix(record, TODAY)


def test_the_drawing_names_every_cell() -> None:
    assert len(drawing()) == len(COMMITMENTS) * len(MEETINGS)


def test_the_matrix_is_the_drawing(universe: Universe) -> None:
    letters = {(row.commitment.slug, cell.meeting): mark(cell) for row in found().rows for cell in row.cells}
    assert letters == drawing()


def test_columns_and_rows_stand_in_the_order_of_the_drawing(universe: Universe) -> None:
    assert tuple(column.slug for column in found().columns) == MEETINGS
    assert {row.commitment.slug for row in found().rows} == set(COMMITMENTS)


def test_an_interview_and_a_guest_are_no_columns(universe: Universe) -> None:
    rows = {row.commitment.slug: row for row in found().rows}
    assert [one.meeting.slug for one in rows["ferry-line"].statements] == ["studio-24"]
    assert [one.meeting.slug for one in rows["river-pipeline"].guests] == ["summit-23"]
    assert rows["ferry-line"].measures.statements == 1


def test_the_promise_slipped_and_was_missed(universe: Universe) -> None:
    pipeline = next(row for row in found().rows if row.commitment.slug == "river-pipeline")
    assert [(track.target, track.missed, track.overdue) for track in pipeline.deadlines] == [("first-water", 1, True)]
    assert pipeline.deadlines[0].slip_days == 547


def test_a_larger_world_keeps_the_drawn_cells(universe: Universe) -> None:
    """What came before the first known mention changes with earlier meetings; nothing else does."""
    universe.grow(3)
    letters = {(row.commitment.slug, cell.meeting): mark(cell) for row in found().rows for cell in row.cells}
    assert {place: letters[place] for place in drawing()} == drawing()
    assert len(found().columns) == len(MEETINGS) + 3
