"""What a matrix answers to the questions of the guide, told in letters (tests/stories.py): a day apart is 400 days here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories import cite, day, mention, on, own_text, story
from tracker.charts import findings
from tracker.history.facts import DeadlineFact
from tracker.history.matrix import matrix
from tracker.history.results import Matrix
from tracker.vocabulary import Outcome, Strength

STEP = 400


def told(letters: str) -> Matrix:
    return matrix(story(letters, STEP), day(len(letters) - 1, STEP))


@pytest.mark.parametrize(
    ("letters", "rows", "looked"),
    [
        ("t....", 1, 1),  # read since, and not voiced
        ("t????", 1, 0),  # nobody looked
        ("t...t", 0, 0),  # voiced just now
        ("td...", 0, 0),  # delivered: nothing is open
        ("?....", 0, 0),  # never voiced at all
        ("t.S..", 1, 1),  # a statement is a mention too, and is old as well
    ],
)
def test_unheard_is_what_is_open_and_was_last_voiced_years_ago(letters: str, rows: int, looked: int) -> None:
    found = findings.unheard(told(letters), 1)
    assert (len(found.rows), found.looked) == (rows, looked)
    assert found.day.year == told(letters).until.year - 1


def promise(key: str, due: int, stated: int, outcome: Outcome, target: str = "contract") -> DeadlineFact:
    return DeadlineFact("mill", key, target, f"The {target}", on(due, STEP), on(stated, STEP), outcome=outcome)


def test_missed_puts_the_most_often_missed_target_first_and_leaves_out_what_was_kept() -> None:
    promises = (
        promise("a", 1, 0, Outcome.MISSED),
        promise("b", 3, 1, Outcome.MISSED),
        promise("c", 2, 0, Outcome.MISSED, "pipes"),
        promise("d", 2, 0, Outcome.MET, "permit"),
        promise("e", 9, 0, Outcome.PENDING, "opening"),
    )
    found = findings.missed(matrix(replace(story("t....", STEP), deadlines=promises), day(4, STEP)))
    assert [(one.track.target, one.track.missed) for one in found] == [("contract", 2), ("pipes", 1)]


def test_one_sided_needs_the_texts_of_both_sides() -> None:
    assert [row.commitment.slug for row, _one in findings.one_sided(told("t"))] == ["mill"]
    assert findings.one_sided(told("u")) == ()
    assert findings.one_sided(told(".")) == ()


def test_the_wording_that_changed_most_often_is_told_by_its_first_and_its_last() -> None:
    strengths = (Strength.WISHED, Strength.BOUND, Strength.NOTED)
    voicings = tuple(mention(f"m{number}", cite(own_text("pakistan", f"m{number}-p"), strength=one)) for number, one in enumerate(strengths))
    found = findings.most_reworded(matrix(replace(story("...", STEP), mentions=voicings), day(2, STEP)))
    assert found is not None
    assert (found.first.strength, found.last.strength, found.changes) == (Strength.WISHED, Strength.NOTED, 2)


@pytest.mark.parametrize("letters", ["t", "ttt", "...", "tkx"])
def test_a_wording_that_never_changed_is_none(letters: str) -> None:
    assert findings.most_reworded(told(letters)) is None


def test_coverage_tells_what_is_not_known_apart_from_what_was_not_voiced() -> None:
    found = findings.coverage(told("t.?s"))
    assert (found.columns, found.read) == (4, 3)
    # The mill, and the area above it that is voiced through it: one cell each for the unread meeting, two each for the read ones.
    assert (found.unknown, found.silent) == (2, 4)
