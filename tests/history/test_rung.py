"""Why a commitment stands on its rung, and which others were voiced beside it, told in stories."""

from __future__ import annotations

from tests.stories import LATER, SERIES, added, cite, joint_text, milestone, on, paper, run, story
from tracker.history.company import company
from tracker.history.conditions import stated_spans
from tracker.history.rung import Bearing, steps_of
from tracker.history.trace import trace
from tracker.vocabulary import EvidenceGrade, Stage, Standing, StatedCondition


def test_the_first_to_reach_the_highest_rung_decides_and_the_next_paper_moves() -> None:
    found = steps_of(run("mcm"), SERIES)
    assert [(one.milestone.key, one.bearing) for one in found] == [("m2", Bearing.MOVES), ("c1", Bearing.DECIDES), ("m0", Bearing.BELOW)]


def test_what_is_claimed_or_rejected_decides_nothing_and_has_its_own_evidence_grade() -> None:
    claimed = milestone("claim", on(1), stage=Stage.DELIVERED, standing=Standing.CLAIMED, citations=(cite(paper()),))
    wrong = milestone("wrong", on(2), stage=Stage.CONTRACTED, standing=Standing.REJECTED, citations=(cite(joint_text()),))
    found = steps_of(trace(added(story("m.."), milestones=[claimed, wrong]), "mill", LATER), SERIES)
    assert [(one.bearing, one.grade) for one in found[:2]] == [(Bearing.REJECTED, EvidenceGrade.A), (Bearing.CLAIMED, EvidenceGrade.C)]
    assert found[2].bearing == Bearing.DECIDES


def test_a_stated_condition_stands_until_the_next_and_a_final_one_for_good() -> None:
    told = [
        milestone("stop", on(1), condition=StatedCondition.SUSPENDED),
        milestone("go", on(2), condition=StatedCondition.RESUMED),
        milestone("rumour", on(3), condition=StatedCondition.BLOCKED, standing=Standing.CLAIMED),
        milestone("end", on(4), condition=StatedCondition.WITHDRAWN),
        milestone("late", on(5), condition=StatedCondition.BLOCKED),
    ]
    found = trace(added(story("u?????"), milestones=told), "mill", LATER)
    spans = stated_spans(found.milestones, found.commitment, found.until)
    assert [(one.condition, one.since, one.until) for one in spans] == [
        (StatedCondition.SUSPENDED, on(1).earliest, on(2).earliest),
        (StatedCondition.WITHDRAWN, on(4).earliest, found.until),
    ]


def test_company_shares_two_meetings_at_least_and_the_closest_comes_first() -> None:
    found = run("utu.")
    voiced = {"rail": frozenset({"m0", "m1", "m3"}), "wheat": frozenset({"m0", "m1", "m2"}), "visit": frozenset({"m0", "m3"})}
    told = company(found, voiced, 5)
    assert [(one.commitment, [column.slug for column in one.columns]) for one in told] == [("wheat", ["m0", "m1", "m2"]), ("rail", ["m0", "m1"])]
    assert company(found, voiced, 1) == told[:1]
