"""Where a commitment stands: stated, or inferred from silence with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.stories import AREA, LATER, MILL, added, day, meeting, mention, milestone, on, run, story
from tracker.history.facts import MilestoneFact
from tracker.history.thresholds import Thresholds
from tracker.history.trace import trace
from tracker.vocabulary import CommitmentKind, Condition, Stage, Standing, StatedCondition


def says(number: int, condition: StatedCondition, standing: Standing = Standing.ACCEPTED) -> MilestoneFact:
    return milestone(f"{condition}-{number}", on(number), condition=condition, standing=standing)


@pytest.mark.parametrize(
    ("letters", "step", "expected"),
    [
        pytest.param("t....", 100, Condition.ONE_OFF, id="never voiced again"),
        pytest.param("t..", 100, Condition.ACTIVE, id="two read meetings show nothing"),
        pytest.param("tt...", 100, Condition.ACTIVE, id="quiet for less than two years"),
        pytest.param("tt...", 244, Condition.DORMANT, id="732 days"),
        pytest.param("tt...", 243, Condition.ACTIVE, id="729 days"),
        pytest.param("t...", 244, Condition.DORMANT, id="dormant comes before one-off"),
        pytest.param("tt....", 365, Condition.PRESUMED_LAPSED, id="1460 days"),
        pytest.param("tt....", 364, Condition.DORMANT, id="1456 days"),
        pytest.param("tt...???", 365, Condition.PRESUMED_LAPSED, id="half of the eligible were read"),
        pytest.param("tt...????", 365, Condition.ACTIVE, id="less than half"),
        pytest.param("tt??", 3650, Condition.ACTIVE, id="what nobody read is no silence"),
        pytest.param("ttwww", 3650, Condition.ACTIVE, id="nor is what one paper left out"),
        pytest.param("ttsss", 3650, Condition.PRESUMED_LAPSED, id="one side's readouts are"),
        pytest.param("ttt.ee", 100, Condition.HOLLOWED, id="only the area named at the last two"),
        pytest.param("ttt.e.e", 100, Condition.ACTIVE, id="not at both of the last two"),
        pytest.param("tt.ee", 100, Condition.ACTIVE, id="voiced too seldom to be hollowed out"),
        pytest.param("tSG.ee", 100, Condition.HOLLOWED, id="statements and other series are voicings"),
        pytest.param("ttt.e?e", 100, Condition.HOLLOWED, id="the last two read ones"),
        pytest.param("tttee", 100, Condition.ACTIVE, id="two read meetings since are not three"),
        pytest.param("ttt.ee", 400, Condition.DORMANT, id="dormant comes before hollowed"),
        pytest.param("t...S...", 100, Condition.ACTIVE, id="a statement makes it more than once"),
        pytest.param("....", 3650, Condition.ACTIVE, id="never voiced: nothing to infer from"),
        pytest.param("", 100, Condition.ACTIVE, id="nothing at all"),
    ],
)
def test_silence_is_inferred_only_from_enough_read_meetings(letters: str, step: int, expected: Condition) -> None:
    found = run(letters, step).condition
    assert (found.condition, found.inferred, found.stated_by) == (expected, True, None)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param([says(1, condition) for condition in (StatedCondition.SUSPENDED,)], Condition.SUSPENDED, id="suspended"),
        pytest.param([says(1, StatedCondition.BLOCKED)], Condition.BLOCKED, id="blocked"),
        pytest.param([says(1, StatedCondition.LAPSED)], Condition.LAPSED, id="lapsed"),
        pytest.param([says(1, StatedCondition.SUPERSEDED)], Condition.SUPERSEDED, id="superseded"),
        pytest.param([says(1, StatedCondition.WITHDRAWN)], Condition.WITHDRAWN, id="withdrawn"),
        pytest.param([says(1, StatedCondition.DELIVERED)], Condition.DELIVERED, id="delivered"),
        pytest.param([milestone("d", on(1), stage=Stage.DELIVERED)], Condition.DELIVERED, id="the last rung states delivered"),
        pytest.param([says(1, StatedCondition.LAPSED), says(2, StatedCondition.WITHDRAWN)], Condition.WITHDRAWN, id="withdrawn before lapsed"),
        pytest.param([says(1, StatedCondition.DELIVERED), says(2, StatedCondition.LAPSED)], Condition.DELIVERED, id="delivered before all"),
        pytest.param([says(1, StatedCondition.LAPSED), says(2, StatedCondition.BLOCKED)], Condition.LAPSED, id="closed before blocked"),
        pytest.param([says(1, StatedCondition.LAPSED), says(2, StatedCondition.RESUMED)], Condition.LAPSED, id="nothing resumes what is closed"),
        pytest.param([says(1, StatedCondition.BLOCKED), says(2, StatedCondition.SUSPENDED)], Condition.SUSPENDED, id="the latest decides"),
        pytest.param([says(1, StatedCondition.SUSPENDED), says(2, StatedCondition.BLOCKED)], Condition.BLOCKED, id="whichever it is"),
    ],
)
def test_what_a_milestone_states_stands(marks: Sequence[MilestoneFact], expected: Condition) -> None:
    found = trace(added(story("tt...."), milestones=marks), "mill", LATER).condition
    assert (found.condition, found.inferred) == (expected, False)
    assert found.stated_by in marks


def test_resumed_lifts_what_came_before_and_leaves_silence_to_speak() -> None:
    marks = [says(1, StatedCondition.BLOCKED), says(2, StatedCondition.RESUMED)]
    record = added(story("t..."), milestones=marks)
    assert trace(record, "mill", day(3)).condition.condition == Condition.ONE_OFF
    again = added(record, milestones=[says(3, StatedCondition.SUSPENDED)])
    assert trace(again, "mill", day(3)).condition.condition == Condition.SUSPENDED


@pytest.mark.parametrize("standing", [Standing.CLAIMED, Standing.REJECTED])
def test_only_accepted_milestones_state(standing: Standing) -> None:
    found = trace(added(story("tt"), milestones=[says(1, StatedCondition.WITHDRAWN, standing)]), "mill", LATER).condition
    assert found.condition == Condition.ACTIVE


def test_as_of_cuts_what_is_stated() -> None:
    record = added(story("tt"), milestones=[says(3, StatedCondition.WITHDRAWN)])
    assert trace(record, "mill", day(2)).condition.condition == Condition.ACTIVE
    assert trace(record, "mill", day(3)).condition.condition == Condition.WITHDRAWN


def test_a_process_that_reached_the_last_rung_recurs() -> None:
    record = replace(story("dt"), commitments=(AREA, replace(MILL, kind=CommitmentKind.PROCESS)))
    assert trace(record, "mill", day(1)).condition.condition == Condition.ACTIVE


def test_a_condition_carries_the_numbers_that_were_compared() -> None:
    assert run("tt..?.", 250).condition.numbers == {
        "days": 1000,
        "read_since": 3,
        "eligible_since": 4,
        "voicings": 2,
        "needs_read": 3,
        "needs_percent": 50,
        "dormant_days": 730,
        "presumed_lapsed_days": 1460,
        "hollowed_voicings": 3,
        "hollowed_echoes": 2,
    }


def test_a_stated_condition_carries_them_too() -> None:
    assert run("td").condition.numbers["voicings"] == 2


def test_voicings_in_rooms_of_one_journey_are_one() -> None:
    record = added(story("t..."), meetings=[meeting("room", on(0), part_of="m0")], mentions=[mention("room")])
    found = trace(record, "mill", day(3)).condition
    assert (found.condition, found.numbers["voicings"]) == (Condition.ONE_OFF, 1)


def test_an_area_can_fall_dormant_and_is_hollowed_out_only_under_another() -> None:
    assert run("e...", 300, of="industry").condition.condition == Condition.DORMANT
    assert run("ttt.ee", of="industry").condition.condition == Condition.ACTIVE
    economy = replace(AREA, slug="economy")
    record = replace(story("ttt..."), commitments=(economy, replace(AREA, parent="economy"), MILL))
    record = added(record, mentions=[mention("m4", commitment="economy"), mention("m5", commitment="economy")])
    assert trace(record, "industry", day(5)).condition.condition == Condition.HOLLOWED


def test_thresholds_decide() -> None:
    assert run("t.", thresholds=Thresholds(silence_needs=1)).condition.condition == Condition.ONE_OFF
    assert run("t.", thresholds=Thresholds(silence_needs=1, dormant_days=100)).condition.condition == Condition.DORMANT
    assert run("t.??", thresholds=Thresholds(silence_needs=1, silence_share=0.3)).condition.condition == Condition.ONE_OFF
