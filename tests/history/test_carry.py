"""What two read meetings share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.stories import AREA, LATER, MILL, added, mention, milestone, on, story
from tracker.history.carry import NotReadError, carry_over
from tracker.history.facts import Record
from tracker.history.matrix import matrix
from tracker.history.results import CarryOver
from tracker.vocabulary import Level, StatedCondition


def told(**voiced: str) -> Record:
    """Return two meetings read by both sides; each commitment is voiced at those whose numbers its word holds."""
    threads = tuple(replace(MILL, slug=slug) for slug in voiced if slug != "industry")
    record = replace(story(".."), commitments=(AREA, *threads))
    return added(record, mentions=[mention(f"m{number}", commitment=slug) for slug, numbers in voiced.items() for number in numbers])


def carried(record: Record) -> CarryOver:
    return carry_over(matrix(record, LATER), "m0", "m1")


def test_it_names_what_was_kept_dropped_and_new() -> None:
    found = carried(told(mill="01", lathe="0", wheat="1", rail="01", silent=""))
    assert (found.kept, found.dropped, found.new) == (("mill", "rail"), ("lathe",), ("wheat",))
    assert (found.rate, found.jaccard) == (2 / 3, 2 / 4)


def test_areas_take_part_where_they_were_named_themselves() -> None:
    assert carried(told(industry="0", mill="01")).dropped == ("industry",)
    assert carried(told(mill="01")).kept == ("mill",)


def test_nothing_to_divide_by_gives_no_rate() -> None:
    nothing, only_new = carried(told(mill="")), carried(told(mill="1"))
    assert (nothing.rate, nothing.jaccard) == (None, None)
    assert (only_new.rate, only_new.jaccard, only_new.new) == (None, 0.0, ("mill",))


@pytest.mark.parametrize("letters", ["t?", "?t", "tw", "uu"])
def test_only_read_meetings_are_compared(letters: str) -> None:
    with pytest.raises(NotReadError, match="not read in full"):
        carried(story(letters))


@pytest.mark.parametrize("slug", ["m1", "nowhere"])
def test_what_is_no_column_is_not_compared(slug: str) -> None:
    with pytest.raises(NotReadError, match=slug):
        carry_over(matrix(story("tSt"), LATER), "m0", slug)


def test_what_is_not_known_at_one_of_them_is_neither_kept_nor_dropped() -> None:
    record = told(mill="01", lathe="0")
    late = replace(record, commitments=(AREA, MILL, replace(MILL, slug="lathe", listed_on=date(2030, 1, 1))))
    assert (carried(late).kept, carried(late).dropped, carried(late).rate) == (("mill",), (), 1.0)


def test_what_was_closed_or_could_not_come_up_is_not_dropped() -> None:
    record = told(mill="0", lathe="0")
    closed = added(record, milestones=[milestone("x", on(0), condition=StatedCondition.WITHDRAWN)])
    assert carried(closed).dropped == ("lathe",)
    above = replace(record, commitments=(AREA, replace(MILL, minimum_level=Level.LEADERS), replace(MILL, slug="lathe")))
    lower = replace(above, meetings=(above.meetings[0], replace(above.meetings[1], level=Level.MINISTERS)))
    assert carried(lower).dropped == ("lathe",)
