"""What each side's text of one meeting names, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.stories import BOTH, LISTED, READ, cite, joint_text, mention, own_text, paper, read
from tracker.history.facts import ReportFact
from tracker.history.readouts import Readout, readouts
from tracker.vocabulary import Carried, Extent, Reach

PAKISTAN, RUSSIA = own_text("pakistan"), own_text("russia")
MENTIONS = [
    mention("m0", cite(PAKISTAN), cite(RUSSIA, party="russia"), commitment="mill"),
    mention("m0", cite(PAKISTAN), commitment="rail"),
    mention("m0", cite(RUSSIA, reach=Reach.RECALLED), cite(paper()), commitment="wheat"),
]
ON_THE_LIST = {"mill": LISTED, "rail": LISTED, "wheat": LISTED}


def told(*reports: ReportFact, listed: dict[str, date] = ON_THE_LIST) -> dict[str, Readout]:
    return {one.party: one for one in readouts(reports, MENTIONS, BOTH, listed)}


def test_a_text_omits_what_only_the_other_names() -> None:
    found = told(read("m0", PAKISTAN), read("m0", RUSSIA), read("m0", paper()))
    assert (found["pakistan"].names, found["pakistan"].omits) == (("mill", "rail"), ())
    assert (found["russia"].names, found["russia"].omits) == (("mill",), ("rail",))


def test_a_text_that_nobody_read_in_full_omits_nothing_that_is_known() -> None:
    for report in (read("m0", RUSSIA, read_on=None), read("m0", RUSSIA, extent=Extent.OPENING)):
        found = told(read("m0", PAKISTAN), report)
        assert (found["russia"].read, found["russia"].omits) == (False, ())


def test_what_was_listed_after_the_reading_is_not_omitted() -> None:
    late = {**ON_THE_LIST, "rail": date(READ.year, READ.month, READ.day + 1)}
    assert told(read("m0", PAKISTAN), read("m0", RUSSIA), listed=late)["russia"].omits == ()


def test_an_extract_and_a_joint_text_are_no_sides_own() -> None:
    extract = replace(RUSSIA, carried=Carried.EXTRACT)
    assert told(read("m0", PAKISTAN), read("m0", extract))["russia"].reports == ()
    assert told(read("m0", joint_text()), read("m0", paper())) == {}
