"""The pace of a series: what each meeting voiced and carried over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories import AREA, LATER, MILL, added, mention, story
from tracker.history.matrix import matrix
from tracker.history.pace import Beat, PaceMeasures, beats, pace


def told(letters: str, **voiced: str) -> tuple[tuple[Beat, ...], PaceMeasures]:
    threads = tuple(replace(MILL, slug=slug) for slug in voiced)
    record = replace(story(letters), commitments=(AREA, MILL, *threads))
    found = matrix(added(record, mentions=[mention(f"m{number}", commitment=slug) for slug, numbers in voiced.items() for number in numbers]), LATER)
    heard = beats(found)
    return heard, pace(found, heard)


def test_a_beat_counts_what_was_named_itself() -> None:
    heard, _found = told("t.e", lathe="02")
    assert [one.named for one in heard] == [("mill", "lathe"), (), ("industry", "lathe")]


def test_it_carries_over_from_the_read_general_meeting_before() -> None:
    heard, found = told("t?oTt", lathe="04")
    assert [one.read for one in heard] == [True, False, True, True, True]
    assert [one.carried and (one.carried.earlier, one.carried.rate) for one in heard] == [None, None, None, None, ("m0", 1.0)]
    assert (found.carried, found.comparisons) == (1.0, 1)


@pytest.mark.parametrize(("letters", "voiced", "carried"), [("t.t", 1, 0.0), ("tt.", 1, 0.5), ("??", None, None), ("", None, None), ("uu", None, None)])
def test_the_measures_count_read_meetings_only(letters: str, voiced: float | None, carried: float | None) -> None:
    _heard, found = told(letters)
    assert (found.voiced, found.carried) == (voiced, carried)
    assert found.meetings == len(letters)


def test_statements_are_counted_apart_and_only_where_they_count() -> None:
    _heard, found = told("tSS")
    assert (found.meetings, found.statements, found.concrete, found.areas) == (1, 2, 1, 1)
