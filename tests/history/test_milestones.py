"""Which rung was reached, by which milestone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories import LATER, added, day, milestone, on, run, story
from tracker.dates import UncertainDate
from tracker.history.results import Trace
from tracker.history.trace import trace
from tracker.vocabulary import TENTATIVE_ACTS, Act, Stage, Standing


def acted(*acts: Act) -> Trace:
    record = story("t" * len(acts))
    mentions = tuple(replace(one, act=act) for one, act in zip(record.mentions, acts, strict=True))
    return trace(replace(record, mentions=mentions), "mill", LATER)


@pytest.mark.parametrize("act", list(Act))
def test_without_a_milestone_acts_decide_between_floated_and_declared(act: Act) -> None:
    tentative = act in TENTATIVE_ACTS
    assert acted(act).stage == (Stage.FLOATED if tentative else Stage.DECLARED)
    assert acted(Act.FLOATED, act).stage == (Stage.FLOATED if tentative else Stage.DECLARED)
    assert acted(act).stage_by is None


@pytest.mark.parametrize("letters", ["", "..", "brkx"])
def test_what_was_never_voiced_is_floated(letters: str) -> None:
    assert (run(letters).stage, run(letters).stage_by) == (Stage.FLOATED, None)


def test_the_rung_reached_never_falls_and_names_what_first_reached_it() -> None:
    marks = [
        milestone("first", on(1), stage=Stage.CONTRACTED),
        milestone("again", on(2), stage=Stage.CONTRACTED),
        milestone("paper", on(3), stage=Stage.MEMORANDUM),
        milestone("claimed", on(3), stage=Stage.DELIVERED, standing=Standing.CLAIMED),
    ]
    found = trace(added(story("t"), milestones=marks), "mill", LATER)
    assert (found.stage, found.stage_by) == (Stage.CONTRACTED, marks[0])
    assert found.measures.last_moved == on(3)


def test_milestones_lie_in_the_order_of_time_whatever_their_standing_up_to_the_day() -> None:
    marks = [
        milestone("later", on(3), stage=Stage.AGREEMENT),
        milestone("uncertain", UncertainDate(day(0), day(2)), stage=Stage.MEMORANDUM, standing=Standing.REJECTED),
        milestone("early", on(1), stage=Stage.MEMORANDUM),
    ]
    record = added(story("t"), milestones=marks)
    assert [one.key for one in trace(record, "mill", LATER).milestones] == ["uncertain", "early", "later"]
    assert [one.key for one in trace(record, "mill", day(1)).milestones] == ["early"]
    assert trace(record, "industry", LATER).milestones == ()
