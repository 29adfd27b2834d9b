"""A record year by year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories import LATER, LISTED, story
from tracker.history.yearly import BOTH, NEITHER, READ_STATES, Group, Interval, Texts, half_within, lines_of, merged, readings, whose_text, yearly

GROUPS = st.builds(
    lambda first, more, key, number: Group(first, first + more, key, number),
    st.integers(1990, 2030),
    st.integers(0, 3),
    st.sampled_from("abc"),
    st.integers(1, 9),
)


def test_years_have_no_gap_and_a_row_counts_in_each_year_in_which_it_may_lie() -> None:
    found = yearly([Group(2011, 2011, "a", 2), Group(2013, 2014, "a", 1), Group(2014, 2014, "b", 5)])
    assert found.years == (2011, 2012, 2013, 2014)
    assert [found.of(year) for year in found.years] == [2, 0, 1, 6]
    assert (found.totals, found.total) == ({"a": 3, "b": 5}, 8)
    assert found.ordered() == ("b", "a")


def test_nothing_has_no_years() -> None:
    assert (yearly([]).years, yearly([]).total) == ((), 0)


@given(st.lists(GROUPS, max_size=12))
def test_no_row_is_lost_and_none_is_counted_twice_in_the_totals(groups: list[Group]) -> None:
    found = yearly(groups)
    assert found.total == sum(group.number for group in groups)
    assert sum(map(found.of, found.years)) == sum(group.number * (group.last - group.first + 1) for group in groups)
    rest = merged(found, ("a",), "rest")
    assert (rest.total, [rest.of(year) for year in rest.years]) == (found.total, [found.of(year) for year in found.years])
    assert set(rest.totals) <= {"a", "rest"}


@pytest.mark.parametrize(("letter", "expected"), [("t", "close"), (".", "close"), ("s", "close"), ("w", "weak"), ("?", "nothing"), ("u", "nothing")])
def test_a_meeting_that_nobody_read_is_never_one_that_was_read(letter: str, expected: str) -> None:
    found = readings(lines_of([story(letter)], LATER).values())
    assert found.totals == {expected: 1}
    assert set(found.totals) <= set(READ_STATES)


def test_statements_are_no_meetings_to_be_read() -> None:
    assert readings(lines_of([story("SG")], LATER).values()).total == 0


def texts(meeting: str, *sides: str, joint: bool = False, listed_on: date = LISTED) -> Texts:
    return Texts(meeting, 2020, 2020, listed_on, frozenset(sides), joint, 1)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (texts("m0", "pakistan"), {"pakistan": 1}),
        (texts("m0", "pakistan", "russia"), {BOTH: 1}),
        (texts("m0", joint=True), {BOTH: 1}),
        (texts("m0"), {NEITHER: 1}),
        (texts("m0", "china"), {NEITHER: 1}),
        (texts("m1", "pakistan"), {}),
        (texts("elsewhere", "pakistan"), {}),
        (texts("m0", "pakistan", listed_on=LATER), {}),
    ],
)
def test_only_where_two_sides_were_read_can_one_be_said_to_leave_something_out(one: Texts, expected: dict[str, int]) -> None:
    assert yearly(group for _meeting, group in whose_text([one], lines_of([story("ts")], LATER))).totals == expected


def test_an_interval_counts_days_forward_only() -> None:
    one = Interval("mill", "Mill", date(2020, 1, 1), date(2020, 1, 31), date(2020, 3, 1))
    assert (one.talk_to_ink, one.ink_to_works) == (30, 30)
    late = Interval("mill", "Mill", date(2020, 2, 1), date(2020, 1, 31), None)
    assert (late.talk_to_ink, late.ink_to_works) == (None, None)


@pytest.mark.parametrize(("days", "half"), [([], None), ([None], None), ([5, None], 5), ([1, 2, 9], 2), ([1, 2, 4, 9], 3)])
def test_half_arrived_within(days: list[int | None], half: int | None) -> None:
    assert half_within(days) == half
