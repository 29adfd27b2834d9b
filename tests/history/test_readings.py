"""How firmly readings show that something was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.stories import BOTH, READ, SERIES, joint_text, own_text, paper, read
from tracker.history.columns import grade
from tracker.history.facts import SourceFact
from tracker.history.readings import is_reading, reading_log
from tracker.vocabulary import Carried, Extent, Grade, SeriesKind, SourceKind

PAKISTAN, RUSSIA = own_text("pakistan"), own_text("russia")
CARRIED_WHOLE = SourceFact("daily", SourceKind.NEWSPAPER, "pakistan", Carried.WHOLE, root="pakistan-release")
EXTRACT = SourceFact("extract", SourceKind.NEWSPAPER, "pakistan", Carried.EXTRACT, root="pakistan-release")
CHINESE = own_text("china")
COMMUNIQUE_CARRIED = SourceFact("gazette", SourceKind.NEWSPAPER, carried=Carried.WHOLE, root="communique", joint=True)
COMMUNIQUE_QUOTED = replace(COMMUNIQUE_CARRIED, carried=Carried.EXTRACT)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param([], Grade.NONE, id="nothing"),
        pytest.param([paper()], Grade.WEAK, id="one paper"),
        pytest.param([paper(root="a"), paper("b", root="a")], Grade.WEAK, id="two copies of one text"),
        pytest.param([paper(), paper("b", root="b")], Grade.WEAK, id="an unknown root is not independent"),
        pytest.param([paper(), paper("b")], Grade.WEAK, id="two unknown roots"),
        pytest.param([paper(root="a"), paper("b", root="b")], Grade.SOFT, id="two independent papers"),
        pytest.param([PAKISTAN], Grade.SOFT, id="one side's release"),
        pytest.param([CARRIED_WHOLE], Grade.SOFT, id="one side's release carried whole by a paper"),
        pytest.param([EXTRACT], Grade.WEAK, id="an extract of it"),
        pytest.param([CHINESE], Grade.WEAK, id="the release of a party outside the series"),
        pytest.param([PAKISTAN, CARRIED_WHOLE], Grade.SOFT, id="the same side twice"),
        pytest.param([PAKISTAN, RUSSIA], Grade.FIRM, id="both sides' own texts"),
        pytest.param([joint_text()], Grade.FIRM, id="a joint text"),
        pytest.param([COMMUNIQUE_CARRIED], Grade.FIRM, id="a joint text carried whole"),
        pytest.param([COMMUNIQUE_QUOTED], Grade.WEAK, id="a joint text quoted in part"),
    ],
)
def test_grade_of_readings_follows_their_copy_roots(sources: Sequence[SourceFact], expected: Grade) -> None:
    assert grade([read("m0", source) for source in sources], SERIES) == expected


def test_in_a_forum_only_a_joint_text_is_firm() -> None:
    forum = replace(SERIES, kind=SeriesKind.FORUM)
    assert grade([read("m0", PAKISTAN), read("m0", RUSSIA)], forum) == Grade.SOFT
    assert grade([read("m0", joint_text())], forum) == Grade.FIRM


def test_a_report_is_a_reading_only_if_it_is_held_in_full_and_was_read() -> None:
    assert is_reading(read("m0", PAKISTAN))
    assert not is_reading(read("m0", PAKISTAN, read_on=None))
    assert not is_reading(read("m0", PAKISTAN, extent=Extent.OPENING))
    assert not is_reading(read("m0", PAKISTAN, extent=Extent.REFERENCE))


def test_a_reading_counts_only_for_what_was_listed_by_then() -> None:
    log = reading_log([read("m0", PAKISTAN, date(2026, 1, 1)), read("m0", RUSSIA, date(2026, 3, 1))], [], SERIES)
    assert [log.since(date(2026, month, 1)).grade for month in (1, 2, 3, 4)] == [Grade.FIRM, Grade.SOFT, Grade.SOFT, Grade.NONE]
    assert [log.since(date(2026, month, 1)).sides for month in (1, 2, 4)] == [BOTH, {"russia"}, frozenset()]


def test_a_journey_read_only_in_its_rooms_is_as_well_read_as_the_worst_of_them() -> None:
    firm, soft = [read("room1", PAKISTAN), read("room1", RUSSIA)], [read("room2", PAKISTAN)]
    assert reading_log([], [firm, soft], SERIES).all.grade == Grade.SOFT
    assert reading_log([], [firm, soft], SERIES).all.sides == {"pakistan"}
    assert reading_log([], [firm, []], SERIES).all.grade == Grade.NONE


def test_a_journeys_own_readings_decide_over_its_rooms() -> None:
    assert reading_log([read("m0", paper())], [[read("room1", joint_text())]], SERIES).since(READ).grade == Grade.WEAK
