"""What is due to be read is what the matrix does not know, and reading it settles what was said it would."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.costs import assert_cost_is_flat
from tests.universe import SERIES, TODAY, Universe
from tracker.history.matrix import matrix
from tracker.models import Commitment, Report
from tracker.queries.facts import series_record
from tracker.queries.unread import unread
from tracker.vocabulary import CellState

Cells = set[tuple[str, str]]


def not_known() -> Cells:
    record = series_record(SERIES)
    assert record is not None
    return {(cell.meeting, row.commitment.slug) for row in matrix(record, TODAY).rows for cell in row.cells if cell.state == CellState.UNOBSERVED}


def told() -> dict[Any, Cells]:
    """Return the cells of the series that are due, by source, or without one."""
    found: dict[Any, Cells] = {}
    for one in unread(TODAY).rows:
        if one.column.meeting.series == SERIES:
            found.setdefault(one.report and one.report.source.slug, set()).update((one.column.slug, cell) for cell in one.cells)
    return found


def test_what_is_due_is_what_is_not_known_and_a_reading_settles_what_it_said(universe: Universe) -> None:
    Report.objects.filter(meeting__slug__in=("hillton-23", "oakport-25")).update(read_on=None, read_by="")
    Commitment.objects.filter(slug="ferry-line").update(listed_on="2026-01-10")
    before, due = not_known(), told()
    assert set().union(*due.values()) == before
    assert {source for source in due if source} >= {"north-23", "joint-25"}
    assert ("hillton-23", "river-pipeline") in due["north-23"]
    for source, cells in due.items():
        if source:
            kept = list(Report.objects.filter(source__slug=source).values_list("pk", "read_on", "read_by"))
            Report.objects.filter(source__slug=source).update(read_on=TODAY, read_by="test")
            assert before - not_known() == cells, source
            for pk, day, by in kept:
                Report.objects.filter(pk=pk).update(read_on=day, read_by=by)


def test_what_settles_most_comes_first_and_old_meetings_wait(universe: Universe) -> None:
    Report.objects.update(read_on=None, read_by="")
    found = unread(TODAY)
    numbers = [len(one.cells) for one in found.rows]
    assert numbers == sorted(numbers, reverse=True)
    assert found.looked_at == 0
    few = unread(TODAY, looked_at=2)
    assert few.looked_at == 2
    assert {one.column.slug for one in few.rows} < {one.column.slug for one in found.rows}


def test_the_queues_cost_the_same_with_more_rows(universe: Universe, editor: Client) -> None:
    pages = [reverse("admin:index"), *(reverse("admin:work", args=[key]) for key in ("again", "find", "single", "review", "mine"))]
    # The first answer after signing in writes the session, too.
    editor.get(pages[0])
    assert_cost_is_flat(lambda: [editor.get(page) for page in pages], universe.grow, budget=16 * len(pages))
