"""What a voicing changed against the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.stories import AREA, LATER, MILL, added, cite, day, meeting, mention, milestone, on, own_text, paper, run, story
from tracker.dates import UncertainDate
from tracker.history.facts import DeadlineFact, NameFact, Record
from tracker.history.trace import trace
from tracker.vocabulary import Change, Stage, Standing, Strength, Term


def changes(record: Record, of: str = "mill") -> dict[str, tuple[Change, ...]]:
    return {one.meeting.slug: one.changes for one in trace(record, of, LATER).occasions}


def two(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what the second of two voicings changed."""
    source = own_text("pakistan")
    record = added(story(".."), mentions=[mention("m0", cite(source, **first)), mention("m1", cite(source, **second))])
    return changes(record)["m1"]


def promise(key: str, stated_at: str, number: int, due: int, target: str = "contract") -> DeadlineFact:
    return DeadlineFact("mill", key, target, "sign it", on(due), on(number), stated_at)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, (Change.SAME,)),
        ({"strength": Strength.TALKED}, {"strength": Strength.WISHED}, (Change.STRONGER,)),
        ({"strength": Strength.BOUND}, {"strength": Strength.NOTED}, (Change.WEAKER,)),
        ({"strength": None}, {"strength": Strength.BOUND}, (Change.SAME,)),
        ({"strength": Strength.BOUND}, {"strength": None}, (Change.SAME,)),
        ({"terms": ()}, {"terms": (Term.OBJECT,)}, (Change.MORE_SPECIFIC,)),
        ({"terms": (Term.OBJECT, Term.PLACE)}, {"terms": (Term.DATE,)}, (Change.LESS_SPECIFIC,)),
        ({"terms": (Term.OBJECT,)}, {"terms": (Term.DATE,)}, (Change.SAME,)),
        ({"strength": Strength.NOTED, "terms": (Term.DATE,)}, {"strength": Strength.BOUND, "terms": ()}, (Change.STRONGER, Change.LESS_SPECIFIC)),
    ],
)
def test_wording_is_compared_by_strength_and_by_the_number_of_terms(first: Any, second: Any, expected: tuple[Change, ...]) -> None:
    assert two(first, second) == expected


def test_the_first_voicing_is_the_first_and_what_does_not_count_changes_nothing() -> None:
    found = run("b.kt.xrt").occasions
    assert [one.changes for one in found] == [(), (), (Change.FIRST,), (), (), (Change.SAME,)]


def test_a_guest_is_compared_with_nothing_and_nothing_with_it() -> None:
    weak, strong = cite(paper(), strength=Strength.NOTED), cite(paper(), strength=Strength.BOUND)
    record = added(story(".G."), mentions=[mention("m0", weak), mention("m2", weak)])
    guest = replace(record.mentions[0], citations=(strong,))
    found = changes(replace(record, mentions=(guest, *record.mentions[1:])))
    assert found == {"m0": (Change.FIRST,), "m1": (), "m2": (Change.SAME,)}


def test_after_nothing_but_a_guest_a_voicing_is_not_the_first_known() -> None:
    found = changes(story("Gt"))
    assert found == {"m0": (Change.FIRST,), "m1": (Change.SAME,)}


def test_statements_are_compared_like_meetings() -> None:
    assert changes(story("tSt")) == {"m0": (Change.FIRST,), "m1": (Change.SAME,), "m2": (Change.SAME,)}


@pytest.mark.parametrize(
    ("valid_from", "renamed_at"),
    [
        (on(0), None),
        (on(1), "m1"),
        (UncertainDate(day(0, 100), day(2)), None),
        (on(2), "m2"),
        (UncertainDate.on(day(15, 10)), "m2"),
        (on(3), None),
        (None, None),
    ],
)
def test_renamed_is_the_first_voicing_under_the_new_name(valid_from: UncertainDate | None, renamed_at: str | None) -> None:
    name = NameFact("n", "Another name", "en", valid_from)
    found = changes(replace(story("ttt"), commitments=(AREA, replace(MILL, names=(name,)))))
    assert [slug for slug, row in found.items() if Change.RENAMED in row] == ([renamed_at] if renamed_at else [])


def test_moved_is_a_voicing_at_which_a_paper_was_reached() -> None:
    assert changes(story("tmt")) == {"m0": (Change.FIRST,), "m1": (Change.MOVED,), "m2": (Change.SAME,)}
    assert changes(story("m"))["m0"] == (Change.FIRST, Change.MOVED)


def test_moved_counts_a_paper_signed_in_a_room_of_the_journey() -> None:
    room = meeting("room", on(1), part_of="m1")
    record = added(story("tt"), meetings=[room], milestones=[milestone("a", on(1), stage=Stage.AGREEMENT, meeting="room")])
    assert changes(record)["m1"] == (Change.MOVED,)


@pytest.mark.parametrize(
    "fields", [{"stage": Stage.DECLARED}, {"stage": Stage.AGREEMENT, "standing": Standing.CLAIMED}, {"stage": Stage.AGREEMENT, "meeting": None}]
)
def test_a_milestone_below_a_paper_or_claimed_or_elsewhere_moves_no_voicing(fields: Mapping[str, Any]) -> None:
    mark = milestone("a", on(1), **{"meeting": "m1", **fields})
    assert changes(added(story("tt"), milestones=[mark]))["m1"] == (Change.SAME,)


def test_a_deadline_is_set_and_then_moves() -> None:
    record = added(
        story("tttttS"),
        deadlines=[
            promise("a", "m0", 0, 10),
            promise("b", "m1", 1, 12),
            promise("c", "m2", 2, 11),
            promise("d", "m3", 3, 11),
            promise("e", "m3", 3, 20, "test train"),
            promise("f", "m5", 5, 30),
        ],
    )
    assert changes(record) == {
        "m0": (Change.FIRST, Change.DEADLINE_SET),
        "m1": (Change.DEADLINE_LATER,),
        "m2": (Change.DEADLINE_EARLIER,),
        "m3": (Change.DEADLINE_SET,),
        "m4": (Change.SAME,),
        "m5": (Change.DEADLINE_LATER,),
    }


def test_a_promise_made_away_from_any_meeting_sets_the_mark_for_the_next() -> None:
    away = replace(promise("a", "m0", 0, 10), stated_at=None)
    assert changes(added(story("tt"), deadlines=[away, promise("b", "m1", 1, 11)]))["m1"] == (Change.DEADLINE_LATER,)


def test_an_areas_history_keeps_each_threads_own_changes() -> None:
    assert changes(story("te"), "industry") == {"m0": (Change.FIRST,), "m1": (Change.FIRST,)}
