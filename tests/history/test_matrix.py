"""The whole series at once: the order of its rows, and the same traces as one by one."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from tests.stories import AREA, LATER, MILL, SERIES, added, day, joint_text, meeting, mention, on, own_text, read, story
from tracker.history.facts import CommitmentFact
from tracker.history.matrix import matrix
from tracker.history.thresholds import THRESHOLDS, Thresholds
from tracker.history.trace import trace
from tracker.vocabulary import CommitmentKind, Grade


def commitment(slug: str, parent: str | None = None, kind: CommitmentKind = CommitmentKind.PROJECT) -> CommitmentFact:
    return replace(MILL, slug=slug, parent=parent, kind=kind)


def rows(*commitments: CommitmentFact) -> list[str]:
    return [row.commitment.slug for row in matrix(replace(story("t"), commitments=commitments), LATER).rows]


def test_each_area_is_followed_by_what_hangs_under_it_in_the_order_given() -> None:
    kind = CommitmentKind.AREA
    assert rows(
        commitment("z-project", "b"),
        commitment("b", None, kind),
        commitment("a", None, kind),
        commitment("below", "inner"),
        commitment("inner", "b", kind),
        commitment("a-project", "a"),
        commitment("second", "b"),
    ) == ["b", "z-project", "inner", "below", "second", "a", "a-project"]


def test_what_hangs_under_something_outside_the_record_stands_for_itself() -> None:
    assert rows(commitment("orphan", "elsewhere"), AREA) == ["orphan", "industry"]


def test_each_row_is_the_trace_of_its_commitment() -> None:
    record = added(story("et.mSGo?e"), commitments=[replace(MILL, slug="lathe")], mentions=[mention("m2", commitment="lathe")])
    found = matrix(record, day(7))
    assert [row.commitment.slug for row in found.rows] == ["industry", "mill", "lathe"]
    for row in found.rows:
        assert row == trace(record, row.commitment.slug, day(7))
    assert (found.series, found.as_of, found.until, found.thresholds) == (SERIES, day(7), day(7), THRESHOLDS)
    assert found.columns == found.rows[0].columns


def test_a_matrix_carries_the_thresholds_it_was_computed_with() -> None:
    strict = Thresholds(reading=Grade.FIRM)
    found = matrix(story("ts"), LATER, strict)
    assert found.thresholds == strict
    assert found.rows[1].cells[1].state == "unobserved"


def test_an_unknown_commitment_is_an_error() -> None:
    with pytest.raises(KeyError, match="wheat"):
        trace(story("t"), "wheat", LATER)


def test_a_large_matrix_takes_no_longer_than_its_size_asks() -> None:
    """Four times the columns may cost four times as much, with room for noise: nothing in it is quadratic."""

    def seconds(meetings: int) -> float:
        places = [meeting(f"m{i}", on(i, 10)) for i in range(meetings)]
        threads = [AREA, *(replace(MILL, slug=f"c{i}") for i in range(60))]
        told = [mention(f"m{i % meetings}", commitment=f"c{i % 60}") for i in range(0, meetings * 8, 7)]
        reports = [read(place.slug, joint_text()) for place in places] + [read(place.slug, own_text("russia")) for place in places]
        record = replace(story(""), meetings=tuple(places), commitments=tuple(threads), mentions=tuple({(m.commitment, m.meeting): m for m in told}.values()))
        record = added(record, reports=reports)
        before = process_time()
        assert len(matrix(record, LATER).rows) == 61
        return process_time() - before

    small = min(seconds(100) for _ in range(3))
    assert min(seconds(400) for _ in range(3)) < 10 * small
