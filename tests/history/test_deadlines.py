"""Dated promises: how far they slipped, what became of them, what is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.stories import SERIES, added, day, on, run, story
from tracker.dates import parse_edtf
from tracker.history.deadlines import deadline_tracks, known_by
from tracker.history.facts import DeadlineFact
from tracker.history.trace import trace
from tracker.vocabulary import Outcome

UNTIL = date(2025, 1, 1)


def promise(stated: str, due: str, target: str = "contract", key: str = "", outcome: Outcome = Outcome.PENDING, resolved: str = "") -> DeadlineFact:
    when = parse_edtf(resolved) if resolved else None
    return DeadlineFact("mill", key or f"{target}-{stated}", target, "sign", parse_edtf(due), parse_edtf(stated), None, outcome, when)


def test_promises_lie_under_their_target_in_the_order_stated() -> None:
    promises = [promise("2022-05-01", "2024-06"), promise("2021", "2022"), promise("2021-02-01", "2023", "test train")]
    found = deadline_tracks(known_by(promises, UNTIL), UNTIL)
    assert [(track.target, [one.key for one in track.promises]) for track in found] == [
        ("contract", ["contract-2021", "contract-2022-05-01"]),
        ("test train", ["test train-2021-02-01"]),
    ]


def test_slip_runs_from_the_first_to_the_latest_promise_between_latest_due_days() -> None:
    (later,) = deadline_tracks(known_by([promise("2021", "2022-10"), promise("2022", "2024-01-30")], UNTIL), UNTIL)
    (earlier,) = deadline_tracks(known_by([promise("2021", "2022-10"), promise("2022", "2022-10-01")], UNTIL), UNTIL)
    (alone,) = deadline_tracks([promise("2021", "2022")], UNTIL)
    assert (later.slip_days, earlier.slip_days, alone.slip_days) == (456, -30, 0)


@pytest.mark.parametrize(
    ("due", "outcome", "days"),
    [
        ("2024-12-31", Outcome.PENDING, 1),
        ("2024", Outcome.UNKNOWN, 1),
        ("2025-01-01", Outcome.PENDING, 0),
        ("2025", Outcome.PENDING, 0),
        ("2023", Outcome.MISSED, 0),
        ("2023", Outcome.MET, 0),
        ("2023", Outcome.MET_LATE, 0),
    ],
)
def test_overdue_is_a_latest_promise_past_due_and_unresolved(due: str, outcome: Outcome, days: int) -> None:
    (track,) = deadline_tracks([promise("2021", due, outcome=outcome)], UNTIL)
    assert (track.overdue, track.overdue_days) == (days > 0, days)


def test_only_the_latest_promise_of_a_target_can_be_overdue() -> None:
    (track,) = deadline_tracks([promise("2021", "2022"), promise("2022", "2030")], UNTIL)
    assert not track.overdue


def test_missed_and_met_late_are_counted_apart_and_both_are_resolved() -> None:
    outcomes = [Outcome.MISSED, Outcome.MISSED, Outcome.MET_LATE, Outcome.MET, Outcome.UNKNOWN, Outcome.PENDING]
    (track,) = deadline_tracks([promise(f"201{i}", f"201{i}", outcome=outcome) for i, outcome in enumerate(outcomes)], UNTIL)
    assert (track.resolved, track.missed, track.met_late, track.met) == (4, 2, 1, 1)


def test_as_of_cuts_promises_by_the_day_stated_and_outcomes_by_the_day_resolved() -> None:
    promises = [promise("2021", "2022", outcome=Outcome.MET, resolved="2022-03"), promise("2022", "2024")]
    assert [one.outcome for one in known_by(promises, date(2022, 3, 30))] == [Outcome.PENDING]
    assert [one.resolved for one in known_by(promises, date(2022, 3, 30))] == [None]
    assert [one.outcome for one in known_by(promises, date(2022, 12, 31))] == [Outcome.MET, Outcome.PENDING]
    assert known_by(promises, date(2021, 12, 30)) == ()


def test_an_outcome_without_a_day_stands_as_it_is() -> None:
    assert [one.outcome for one in known_by([promise("2021", "2022", outcome=Outcome.MISSED)], UNTIL)] == [Outcome.MISSED]


def test_a_trace_sums_its_tracks_up_to_the_day_its_record_was_searched() -> None:
    promises = [
        DeadlineFact("mill", "a", "contract", "sign", on(1), on(0), "m0"),
        DeadlineFact("mill", "b", "test train", "run", on(1), on(0), "m0", Outcome.MISSED, on(2)),
        DeadlineFact("wheat", "c", "contract", "sign", on(1), on(0), "m0"),
    ]
    record = added(story("t...."), deadlines=promises)
    numbers = trace(record, "mill", day(4)).measures
    assert (numbers.deadlines_resolved, numbers.deadlines_missed, numbers.deadlines_overdue) == (1, 1, 1)
    covered = replace(record, series=replace(SERIES, covered_until=day(1)))
    assert trace(covered, "mill", day(4)).measures.deadlines_overdue == 0
    assert run("t").deadlines == ()
