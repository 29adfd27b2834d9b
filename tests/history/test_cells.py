"""Which rule decides a cell, and which rows it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.stories import (
    AREA,
    LATER,
    MILL,
    READ,
    SERIES,
    added,
    cell,
    cite,
    day,
    joint_text,
    meeting,
    mention,
    milestone,
    on,
    own_text,
    paper,
    read,
    run,
    states,
    story,
)
from tracker.history.facts import CommitmentFact, Record
from tracker.history.results import Cell
from tracker.history.thresholds import Thresholds
from tracker.history.trace import trace
from tracker.vocabulary import CellState, CommitmentKind, Extent, Grade, Level, Rule, Stage, Standing, StatedCondition


def traced(record: Record, of: str = "mill", number: int = 99) -> dict[str, Cell]:
    return {one.meeting: one for one in trace(record, of, day(number)).cells}


def refs(one: Cell) -> list[tuple[str, str]]:
    return [(because.kind, because.ref) for because in one.because]


@pytest.mark.parametrize(
    ("letters", "row"),
    [
        pytest.param("..t.", "--v.", id="before the first voicing, then voiced, then silent"),
        pytest.param("....", "----", id="never voiced: everything lies before"),
        pytest.param("?t?s.w", "-v?..?", id="unread and weakly read meetings are not known"),
        pytest.param("u?.", "v?.", id="an unread meeting can still be voiced"),
        pytest.param(".S..", "-..", id="a statement starts the history and is no column"),
        pytest.param(".G..", "-..", id="so does a meeting of another series"),
        pytest.param("te.e", "ve.e", id="only the area was named"),
        pytest.param("et.", "-v.", id="an area's own mention never voices its project"),
        pytest.param("td..", "vvxx", id="delivered, then closed"),
        pytest.param("td.t", "vvxv", id="voiced though closed"),
        pytest.param("tT.o", "vv.i", id="called for it, called for something else"),
        pytest.param("brkx", "----", id="background, recalled, claimed and rejected never count"),
        pytest.param("tbrkx", "v....", id="nor do they break a silence"),
    ],
)
def test_the_first_rule_that_applies_gives_the_state(letters: str, row: str) -> None:
    assert states(run(letters)) == row


@pytest.mark.parametrize(
    ("letters", "row"),
    [
        pytest.param("et.", "vv.", id="named, then through its project"),
        pytest.param("..t", "--v", id="first voiced through its project"),
        pytest.param("e.t", "v.v", id="silent between"),
    ],
)
def test_an_area_is_voiced_by_itself_or_through_what_hangs_under_it(letters: str, row: str) -> None:
    assert states(run(letters, of="industry")) == row


def test_before_names_the_first_known_mention() -> None:
    found = run(".S.t").cells[0]
    assert (found.rule, refs(found)) == (Rule.BEFORE_FIRST_VOICING, [("mention", "mill/m1")])


def test_before_says_so_where_no_mention_is_known() -> None:
    found = run(".").cells[0]
    assert (found.rule, refs(found), found.because[0].says) == (Rule.BEFORE_FIRST_VOICING, [("commitment", "mill")], "no mention known")


def test_voiced_names_the_mention_and_the_source_of_each_voiced_citation() -> None:
    citations = [cite(own_text("pakistan")), cite(paper(), party=None, both_sides=True), cite(paper("other"), reach=None)]
    found = traced(added(story("?"), mentions=[mention("m0", *citations)]))["m0"]
    assert (found.state, found.rule, found.named) == (CellState.VOICED, Rule.VOICED, True)
    assert refs(found) == [("mention", "mill/m0"), ("report", "m0/pakistan-release"), ("report", "m0/paper")]
    assert (found.voice, found.both_sides, found.through) == (frozenset({"pakistan"}), True, ())


def test_an_area_and_its_project_at_one_column_make_one_cell() -> None:
    record = added(story("t"), mentions=[mention("m0", cite(own_text("russia"), party="russia"), commitment="industry")])
    (found,) = traced(record, "industry").values()
    assert (found.rule, found.named, found.through) == (Rule.VOICED, True, ("mill",))
    assert found.voice == {"pakistan", "russia"}


def test_voiced_through_names_what_voiced_it() -> None:
    found = run("t", of="industry").cells[0]
    assert (found.rule, found.named, found.through) == (Rule.VOICED_THROUGH, False, ("mill",))
    assert refs(found)[0] == ("mention", "mill/m0")


def test_an_area_is_voiced_through_areas_under_it_at_any_depth() -> None:
    top = replace(AREA, slug="economy")
    record = replace(story("t"), commitments=(MILL, replace(AREA, parent="economy"), top))
    assert traced(record, "economy")["m0"].through == ("mill",)


def test_closed_names_the_milestone() -> None:
    found = run("td.").cells[2]
    assert (found.state, found.rule, refs(found)) == (CellState.CLOSED, Rule.CLOSED, [("milestone", "mill/d1")])


@pytest.mark.parametrize(
    ("mark", "row"),
    [
        pytest.param(milestone("x", on(1), condition=StatedCondition.WITHDRAWN), "v.xx", id="withdrawn"),
        pytest.param(milestone("x", on(1), condition=StatedCondition.SUPERSEDED), "v.xx", id="superseded"),
        pytest.param(milestone("x", on(1), condition=StatedCondition.LAPSED), "v.xx", id="lapsed"),
        pytest.param(milestone("x", on(1), condition=StatedCondition.DELIVERED), "v.xx", id="stated delivered"),
        pytest.param(milestone("x", on(1), stage=Stage.DELIVERED), "v.xx", id="last rung"),
        pytest.param(milestone("x", on(1), stage=Stage.PARTLY_DELIVERED), "v...", id="partly delivered closes nothing"),
        pytest.param(milestone("x", on(1), condition=StatedCondition.BLOCKED), "v...", id="blocked closes nothing"),
        pytest.param(milestone("x", replace(on(1), latest=day(2))), "v...", id="neither rung nor condition"),
        pytest.param(milestone("x", replace(on(0), latest=day(2)), stage=Stage.DELIVERED), "v..x", id="not surely before the meeting"),
    ],
)
def test_only_what_closed_it_surely_before_the_meeting_closes(mark: object, row: str) -> None:
    assert states(trace(added(story("t..."), milestones=[mark]), "mill", day(9))) == row


def test_a_claimed_milestone_closes_nothing() -> None:
    record = story("td.")
    claimed = replace(record.milestones[0], standing=Standing.CLAIMED)
    assert states(trace(replace(record, milestones=(claimed,)), "mill", day(9))) == "vv."


def test_a_process_recurs_and_is_never_closed_by_delivery() -> None:
    record = replace(story("td."), commitments=(AREA, replace(MILL, kind=CommitmentKind.PROCESS)))
    assert states(trace(record, "mill", day(9))) == "vv."


def test_a_required_party_recorded_absent_makes_it_ineligible() -> None:
    record = story("t..")
    absent = replace(record.meetings[1], absent=frozenset({"russia", "china"}))
    found = traced(replace(record, meetings=(record.meetings[0], absent, record.meetings[2])))["m1"]
    assert (found.state, found.rule, refs(found)) == (CellState.INELIGIBLE, Rule.PARTY_ABSENT, [("attendance", "m1/russia")])


@pytest.mark.parametrize(
    ("parties", "absent", "expected"),
    [
        ({"pakistan", "russia", "china"}, "china", CellState.SILENT),
        ({"pakistan", "russia", "china"}, "india", CellState.SILENT),
        ({"pakistan", "iran"}, "russia", CellState.INELIGIBLE),
        ({"pakistan"}, "russia", CellState.INELIGIBLE),
        (set(), "pakistan", CellState.INELIGIBLE),
    ],
)
def test_required_are_its_parties_in_the_series_and_never_fewer_than_two(parties: set[str], absent: str, expected: CellState) -> None:
    record = replace(story("t"), commitments=(AREA, replace(MILL, parties=frozenset(parties))))
    late = meeting("late", on(1), absent=frozenset({absent}))
    record = added(record, meetings=[late], reports=[read("late", joint_text())])
    assert traced(record)["late"].state == expected


@pytest.mark.parametrize(("level", "expected"), [(Level.MINISTERS, Rule.LEVEL_BELOW), (Level.LEADERS, Rule.SILENT)])
def test_a_meeting_below_the_minimum_level_is_not_its_occasion(level: Level, expected: Rule) -> None:
    record = replace(story("t"), commitments=(AREA, replace(MILL, minimum_level=Level.LEADERS)))
    record = added(record, meetings=[meeting("late", on(1), level=level)], reports=[read("late", joint_text())])
    found = traced(record)["late"]
    assert found.rule == expected
    assert (refs(found) == [("meeting", "late"), ("commitment", "mill")]) == (expected == Rule.LEVEL_BELOW)


@pytest.mark.parametrize(
    ("remit", "expected"),
    [({"mill"}, Rule.SILENT), ({"industry", "wheat"}, Rule.SILENT), ({"wheat"}, Rule.OUTSIDE_REMIT), (set(), Rule.OUTSIDE_REMIT)],
)
def test_a_remit_holds_it_or_an_area_above_it(remit: set[str], expected: Rule) -> None:
    record = added(story("t"), meetings=[meeting("late", on(1), general=False, remit=frozenset(remit))], reports=[read("late", joint_text())])
    found = traced(record)["late"]
    assert (found.rule, found.general, found.counted) == (expected, False, False)


def test_a_meeting_called_for_a_project_is_not_the_areas_occasion() -> None:
    record = added(story("e"), meetings=[meeting("late", on(1), general=False, remit=frozenset({"mill"}))], reports=[read("late", joint_text())])
    assert traced(record, "industry")["late"].rule == Rule.OUTSIDE_REMIT


@pytest.mark.parametrize(
    ("reports", "rule", "reasons"),
    [
        pytest.param([], Rule.NOT_READ, [("meeting", "m1")], id="no report"),
        pytest.param([read("m1", paper(), None)], Rule.NOT_READ, [("report", "m1/paper")], id="held, not read"),
        pytest.param([read("m1", joint_text(), READ, Extent.OPENING)], Rule.NOT_READ, [("report", "m1/communique")], id="opening only"),
        pytest.param([read("m1", paper())], Rule.READ_TOO_WEAK, [("report", "m1/paper")], id="one paper"),
        pytest.param([read("m1", paper(), date(2025, 1, 1))], Rule.READ_TOO_WEAK, [("report", "m1/paper")], id="one paper, too early"),
        pytest.param([read("m1", joint_text(), date(2025, 12, 31))], Rule.READ_BEFORE_LISTED, [("report", "m1/communique")], id="read before it was listed"),
        pytest.param([read("m1", joint_text(), date(2026, 1, 1))], Rule.SILENT, [("report", "m1/communique")], id="read on the day it was listed"),
    ],
)
def test_without_a_reading_that_counts_it_is_not_known(reports: Sequence[object], rule: Rule, reasons: list[tuple[str, str]]) -> None:
    found = traced(added(story("t?"), reports=reports))["m1"]
    assert (found.rule, refs(found)) == (rule, reasons)
    assert (found.state == CellState.SILENT) == (rule == Rule.SILENT)


def test_a_reason_says_what_is_held_and_when_it_was_read() -> None:
    reports = [read("m1", joint_text(), date(2025, 12, 31)), read("m1", paper(), None, Extent.OPENING)]
    found = traced(added(story("t?"), reports=reports))["m1"]
    assert [because.says for because in found.because] == ["full text, read on 2025-12-31, before this was listed on 2026-01-01", "opening only, not read"]


def test_the_same_reading_counts_for_one_commitment_and_not_for_a_later_one() -> None:
    later = replace(MILL, slug="lathe", listed_on=date(2026, 3, 1))
    record = added(replace(story("t."), commitments=(AREA, MILL, later)), mentions=[mention("m0", commitment="lathe")])
    assert traced(record)["m1"].rule == Rule.SILENT
    assert (traced(record, "lathe")["m1"].rule, traced(record, "lathe")["m1"].grade) == (Rule.READ_BEFORE_LISTED, Grade.NONE)


def test_echoed_names_the_areas_mention_and_the_readings() -> None:
    found = run("te").cells[1]
    assert (found.state, found.rule) == (CellState.ECHOED, Rule.ECHOED)
    assert refs(found) == [("mention", "industry/m1"), ("report", "m1/m1-p"), ("report", "m1/m1-p"), ("report", "m1/m1-r")]


def test_an_area_voiced_only_through_another_project_echoes_nothing() -> None:
    other = CommitmentFact("lathe", CommitmentKind.PROJECT, SERIES.slug, MILL.parties, MILL.listed_on, parent="industry")
    record = added(replace(story("t."), commitments=(AREA, MILL, other)), mentions=[mention("m1", commitment="lathe")])
    assert traced(record)["m1"].state == CellState.SILENT


def test_only_the_area_directly_above_echoes() -> None:
    record = replace(story("t."), commitments=(replace(AREA, slug="economy"), replace(AREA, parent="economy"), MILL))
    record = added(record, mentions=[mention("m1", commitment="economy")])
    assert traced(record)["m1"].state == CellState.SILENT


def test_silent_names_the_readings() -> None:
    assert refs(run("t.").cells[1]) == [("report", "m1/m1-p"), ("report", "m1/m1-r")]


def test_the_threshold_is_what_the_thresholds_say() -> None:
    assert states(run("tsw.", thresholds=Thresholds(reading=Grade.FIRM))) == "v??."
    assert states(run("tsw?", thresholds=Thresholds(reading=Grade.WEAK))) == "v..?"
    assert states(run("t?", thresholds=Thresholds(reading=Grade.NONE))) == "v?", "no reading shows nothing, whatever the threshold"


def test_a_room_is_part_of_its_journeys_column() -> None:
    room = meeting("room", on(1), part_of="m1")
    record = added(story("t.."), meetings=[room], mentions=[mention("room"), mention("m1")])
    found = trace(record, "mill", LATER)
    assert states(found) == "vv."
    assert found.measures.voiced_meetings == 2
    assert [because.ref for because in cell(found, "m1").because if because.kind == "mention"] == ["mill/m1", "mill/room"]


def test_a_move_is_marked_on_its_column_whatever_its_cell() -> None:
    room = meeting("room", on(1), part_of="m1")
    marks = [milestone("a", on(1), stage=Stage.AGREEMENT, meeting="room"), milestone("b", on(0), stage=Stage.DECLARED, meeting="m0")]
    found = trace(added(story("t.m"), meetings=[room], milestones=marks), "mill", day(9))
    assert [one.moved for one in found.cells] == [False, True, True]
    assert found.cells[1].state == CellState.SILENT


@pytest.mark.parametrize(
    ("citing", "expected"),
    [
        ([own_text("pakistan")], True),
        ([own_text("pakistan"), own_text("russia")], False),
        ([own_text("pakistan"), joint_text()], False),
        ([paper()], False),
    ],
)
def test_one_sided_is_what_one_sides_text_says_and_the_others_does_not(citing: Sequence[object], expected: bool) -> None:
    record = added(story("."), mentions=[mention("m0", *(cite(source) for source in citing))])  # type: ignore[arg-type]
    assert traced(record)["m0"].one_sided is expected
    assert trace(record, "mill", LATER).occasions[0].one_sided is expected


def test_nothing_is_one_sided_where_one_side_alone_was_read() -> None:
    assert not traced(added(story("s"), mentions=[mention("m0")]))["m0"].one_sided
