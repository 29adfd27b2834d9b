"""The numbers behind a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from tests.stories import AREA, LATER, MILL, SERIES, added, cite, day, meeting, mention, milestone, on, own_text, paper, run, story
from tracker.dates import UncertainDate
from tracker.history.measures import gap_surprise
from tracker.history.results import Measures
from tracker.history.thresholds import Thresholds
from tracker.history.trace import trace
from tracker.vocabulary import CellState, EvidenceGrade, Stage, Standing, Strength, Term


def numbers(letters: str, of: str = "mill", **thresholds: Any) -> Measures:
    return run(letters, of=of, thresholds=Thresholds(**thresholds)).measures


@pytest.mark.parametrize(
    ("letters", "voiced", "called_for", "statements"),
    [
        ("", 0, 0, 0),
        ("....", 0, 0, 0),
        ("t.tu", 3, 0, 0),
        ("tTTS", 3, 2, 1),
        ("tSGS", 1, 0, 2),
        ("brkx", 0, 0, 0),
    ],
)
def test_mentions_are_counted_by_columns_with_those_called_for_it_and_statements_apart(letters: str, voiced: int, called_for: int, statements: int) -> None:
    found = numbers(letters)
    assert (found.voiced_meetings, found.called_for, found.statements) == (voiced, called_for, statements)


@pytest.mark.parametrize(
    ("letters", "k", "n", "eligible"),
    [
        pytest.param("", 0, 0, 0, id="no meeting"),
        pytest.param("t", 0, 0, 0, id="the first voicing is not counted"),
        pytest.param("..t.t.", 1, 3, 3, id="only what comes after the first"),
        pytest.param("tuuu.", 0, 1, 4, id="a voiced column that was not read is no part of n"),
        pytest.param("tv.", 0, 1, 2, id="nor one read too weakly"),
        pytest.param("tsts", 1, 3, 3, id="soft readings count"),
        pytest.param("t?w.", 0, 1, 3, id="unread columns are eligible"),
        pytest.param("tToT.", 0, 1, 1, id="columns with a remit are not general"),
        pytest.param("td..", 1, 1, 1, id="closed columns are not eligible"),
        pytest.param("S..t", 1, 3, 3, id="a statement can be the first"),
        pytest.param("G..t", 1, 3, 3, id="so can a meeting of another series"),
        pytest.param("te.e", 0, 3, 3, id="echoed columns were read"),
    ],
)
def test_n_is_what_was_read_after_the_first_voicing_and_k_what_was_voiced_of_it(letters: str, k: int, n: int, eligible: int) -> None:
    found = numbers(letters)
    assert (found.voiced_of_read, found.read, found.eligible) == (k, n, eligible)
    assert sum(cell.counted for cell in run(letters).cells) == n
    assert found.coverage == (n / eligible if eligible else None)


def test_recurrence_and_echo_rate_are_hidden_below_five_read_meetings() -> None:
    assert (numbers("tte..").recurrence, numbers("tte..").echo_rate, numbers("tte..").gap_surprise) == (None, None, None)
    shown = numbers("tte.e.")
    assert (shown.recurrence, shown.echo_rate, shown.echoed) == (1 / 5, 2 / 5, 2)
    assert numbers("tte..", recurrence_needs=4).recurrence == 1 / 4


@pytest.mark.parametrize(
    ("letters", "quiet", "eligible_since"),
    [
        pytest.param("t....", 4, 4, id="all since the first"),
        pytest.param("t..t.", 1, 1, id="since the last"),
        pytest.param("t..t", 0, 0, id="just voiced"),
        pytest.param("t..u..", 2, 2, id="an unread voicing ends a silence"),
        pytest.param("t..S..", 2, 2, id="so does a statement"),
        pytest.param("t..G..", 2, 2, id="so does a meeting of another series"),
        pytest.param("t..T..", 2, 2, id="so does a meeting called for it"),
        pytest.param("t..k..", 5, 5, id="a claimed one does not"),
        pytest.param("t.?w.o", 2, 4, id="only read, general ones are quiet"),
        pytest.param("...", 0, 0, id="never voiced"),
    ],
)
def test_quiet_is_the_run_of_read_meetings_since_the_last_known_voicing(letters: str, quiet: int, eligible_since: int) -> None:
    found = numbers(letters)
    assert (found.quiet_meetings, found.eligible_since) == (quiet, eligible_since)


def test_quiet_days_run_from_the_last_known_voicing_anywhere() -> None:
    assert numbers("t...").quiet_days == 300
    assert numbers("tS..").quiet_days == 200
    assert numbers("t.G.").quiet_days == 100
    assert numbers("....").quiet_days is None


def test_days_run_no_further_than_the_record_was_searched_and_never_backwards() -> None:
    record = story("t...")
    covered = replace(record, series=replace(SERIES, covered_until=day(1)))
    assert trace(covered, "mill", day(3)).measures.quiet_days == 100
    assert trace(covered, "mill", day(3)).until == day(1)
    early = replace(record, series=replace(SERIES, covered_until=day(-5)))
    assert trace(early, "mill", day(3)).measures.quiet_days == 0


def test_quiet_days_run_from_the_latest_day_of_an_uncertain_voicing() -> None:
    month = meeting("month", UncertainDate(day(1), day(2)))
    found = trace(added(story("t...."), meetings=[month], mentions=[mention("month")]), "mill", day(4)).measures
    assert (found.last_voiced, found.quiet_days) == (month.starts, 200)


def test_gap_surprise_is_the_share_of_orders_with_such_a_gap_at_the_end() -> None:
    for read, voiced, quiet in [(5, 1, 4), (6, 2, 3), (7, 3, 0), (6, 4, 2)]:
        orders = list(combinations(range(read), voiced))
        share = Fraction(sum(1 for order in orders if max(order) < read - quiet), len(orders))
        assert gap_surprise(read, voiced, quiet) == float(share)
    assert gap_surprise(6, 0, 6) is None


def test_gap_surprise_is_shown_with_five_read_and_one_voiced_of_them() -> None:
    assert numbers("tt....").gap_surprise == 1 / 5
    assert numbers("t.....").gap_surprise is None


@pytest.mark.parametrize(
    ("letters", "restatements", "statements"),
    [
        pytest.param("t.tu.T", 3, 0, id="never moved: all after the first"),
        pytest.param("tmt.t", 2, 0, id="after the column at which it moved"),
        pytest.param("tSmSGt", 1, 1, id="statements apart, guests not at all"),
        pytest.param("mtmt", 1, 0, id="a new paper at the same rung starts anew"),
        pytest.param("S.tS", 1, 1, id="after a first statement"),
        pytest.param("m", 0, 0, id="nothing since"),
    ],
)
def test_idle_restatements_come_strictly_after_the_last_move(letters: str, restatements: int, statements: int) -> None:
    found = numbers(letters)
    assert (found.idle_restatements, found.idle_statements) == (restatements, statements)


def test_a_move_away_from_the_columns_is_compared_by_date() -> None:
    away = milestone("a", UncertainDate(day(1), day(2)), stage=Stage.AGREEMENT)
    found = trace(added(story("ttSttS"), milestones=[away]), "mill", LATER).measures
    assert (found.idle_restatements, found.idle_statements) == (2, 1)
    assert found.last_moved == away.happened


def test_a_move_at_a_column_of_the_same_day_is_compared_by_column() -> None:
    again = meeting("n0", on(0))
    record = added(story("m"), meetings=[again], mentions=[mention("n0")])
    assert trace(record, "mill", day(9)).measures.idle_restatements == 1


@pytest.mark.parametrize("fields", [{"stage": Stage.DECLARED}, {"stage": Stage.AGREEMENT, "standing": Standing.CLAIMED}, {"condition": "blocked"}])
def test_only_an_accepted_paper_or_work_moves(fields: Mapping[str, Any]) -> None:
    found = trace(added(story("tt"), milestones=[milestone("a", on(1), **fields)]), "mill", LATER).measures
    assert (found.last_moved, found.idle_restatements) == (None, 1)


def test_first_and_last_voiced_are_the_first_and_last_anywhere() -> None:
    found = numbers("bStGk")
    assert (found.first_voiced, found.last_voiced) == (on(1), on(3))
    assert (numbers("..").first_voiced, numbers("..").last_voiced) == (None, None)


def test_talk_to_ink_and_ink_to_works_are_days_between_first_reached_rungs() -> None:
    marks = [
        milestone("works", on(9), stage=Stage.UNDER_WAY),
        milestone("claimed", on(1), stage=Stage.CONTRACTED, standing=Standing.CLAIMED),
        milestone("memorandum", on(2), stage=Stage.MEMORANDUM),
        milestone("ink", on(4), stage=Stage.CONTRACTED),
        milestone("more ink", on(5), stage=Stage.AGREEMENT),
    ]
    found = trace(added(story("t"), milestones=marks), "mill", LATER).measures
    assert (found.talk_to_ink_days, found.ink_to_works_days) == (400, 500)


def test_what_comes_in_the_other_order_or_not_at_all_has_no_days() -> None:
    ink_first = trace(added(story(".t"), milestones=[milestone("ink", on(0), stage=Stage.AGREEMENT)]), "mill", LATER).measures
    assert (ink_first.talk_to_ink_days, ink_first.ink_to_works_days) == (None, None)
    assert numbers("t").talk_to_ink_days is None
    assert trace(added(story("."), milestones=[milestone("ink", on(0), stage=Stage.AGREEMENT)]), "mill", LATER).measures.talk_to_ink_days is None


def test_works_without_an_earlier_paper_are_ink_and_works_at_once() -> None:
    found = trace(added(story("t"), milestones=[milestone("works", on(3), stage=Stage.UNDER_WAY)]), "mill", LATER).measures
    assert (found.talk_to_ink_days, found.ink_to_works_days) == (300, 0)


def test_drift_is_last_minus_first_of_its_own_voicings_in_the_series() -> None:
    source = own_text("pakistan")
    wordings = [(Strength.WISHED, (Term.OBJECT, Term.DATE)), (None, ()), (Strength.TALKED, (Term.OBJECT,))]
    record = added(story("..."), mentions=[mention(f"m{i}", cite(source, strength=strength, terms=terms)) for i, (strength, terms) in enumerate(wordings)])
    found = trace(record, "mill", LATER).measures
    assert (found.strength_drift, found.specificity_drift) == (-1, -1)
    assert (numbers("t").strength_drift, numbers("t").specificity_drift) == (None, None)
    assert (numbers("tG").strength_drift, numbers("tt", of="industry").strength_drift) == (None, None)


def test_evidence_is_that_of_the_last_voicing_that_counts() -> None:
    weak = mention("m1", cite(paper(), phrase=""))
    claimed = mention("m2", standing=Standing.CLAIMED)
    assert trace(added(story("t.."), mentions=[weak, claimed]), "mill", LATER).measures.evidence == EvidenceGrade.D
    assert numbers("tt").evidence == EvidenceGrade.B
    assert numbers("..").evidence is None


def test_an_areas_evidence_is_the_best_at_its_last_voicing() -> None:
    record = added(story("t"), mentions=[mention("m0", cite(paper(), phrase=""), commitment="industry")])
    assert trace(record, "industry", LATER).measures.evidence == EvidenceGrade.B


@pytest.mark.parametrize(
    ("letters", "step", "expected"),
    [
        pytest.param("tt", 730, False, id="730 days are not more than 730"),
        pytest.param("tt", 731, True, id="731 are"),
        pytest.param("t.t", 400, True, id="a silence does not shorten it"),
        pytest.param("tkt", 400, True, id="nor does a claim"),
        pytest.param("tSt", 400, False, id="a statement does"),
        pytest.param("tGt", 400, False, id="so does a meeting of another series"),
        pytest.param("t..", 800, False, id="it never came back"),
        pytest.param("..t", 800, False, id="it was not there before"),
    ],
)
def test_came_back_is_a_voicing_after_more_than_two_years_without_one(letters: str, step: int, expected: bool) -> None:
    assert run(letters, step).measures.came_back is expected


def test_a_room_counts_once_with_its_journey() -> None:
    rooms = [meeting("room", on(1), part_of="m1"), meeting("hall", on(1), part_of="m1")]
    record = added(story("t.."), meetings=rooms, mentions=[mention("room"), mention("hall")])
    found = trace(record, "mill", day(2)).measures
    assert (found.voiced_meetings, found.voiced_of_read, found.read, found.quiet_meetings) == (2, 1, 2, 1)


def test_an_area_counts_the_columns_at_which_anything_under_it_was_voiced() -> None:
    other = replace(MILL, slug="lathe")
    record = added(replace(story("t.e."), commitments=(AREA, MILL, other)), mentions=[mention("m0", commitment="lathe"), mention("m2", commitment="lathe")])
    found = trace(record, "industry", day(3))
    assert [cell.state for cell in found.cells] == [CellState.VOICED, CellState.SILENT, CellState.VOICED, CellState.SILENT]
    assert (found.measures.voiced_meetings, found.measures.voiced_of_read, found.measures.read) == (2, 1, 3)


def test_stories_without_meetings_have_no_numbers() -> None:
    found = numbers("")
    assert (found.recurrence, found.coverage, found.quiet_days, found.evidence, found.came_back) == (None, None, None, None, False)
