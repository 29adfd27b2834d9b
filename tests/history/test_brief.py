"""The brief before the next meeting, told in stories."""

from __future__ import annotations

from dataclasses import replace

from tests.stories import BOTH, LATER, SERIES, added, cite, day, mention, own_text, story
from tracker.dates import UncertainDate
from tracker.history.brief import Brief, brief
from tracker.history.facts import DeadlineFact, Record
from tracker.history.matrix import matrix
from tracker.vocabulary import Outcome

PAKISTAN, RUSSIA = own_text("pakistan"), own_text("russia")


def told(record: Record, letters: int, idle: int = 2, quiet: int = 2) -> Brief:
    return brief(matrix(record, day(letters)), idle, quiet)


def test_what_was_voiced_and_not_closed_is_open_and_areas_are_not() -> None:
    found = told(story("t.e"), 3)
    assert [one.trace.commitment.slug for one in found.open] == ["mill"]
    assert found.closed == 0


def test_what_was_delivered_is_counted_as_closed() -> None:
    found = told(story("td."), 3)
    assert (found.open, found.closed) == ((), 1)


def test_what_was_never_voiced_is_no_part_of_it() -> None:
    assert told(story(".."), 2) == Brief((), (), (), (), (), 0)


def test_each_side_has_its_own_last_word_and_both_sides_count_for_each() -> None:
    record = added(story("???"), mentions=[mention("m0", cite(RUSSIA, party="russia", phrase="ours")), mention("m1", cite(PAKISTAN, phrase="theirs"))])
    words = {word.parties: word.citation.phrase for word in told(record, 3).open[0].last_words}
    assert words == {("pakistan",): "theirs", ("russia",): "ours"}
    together = added(record, mentions=[mention("m2", cite(PAKISTAN, party=None, both_sides=True, phrase="shared"))])
    assert [(frozenset(word.parties), word.citation.phrase) for word in told(together, 3).open[0].last_words] == [(BOTH, "shared")]


def test_a_passed_promise_is_overdue_and_asked_for() -> None:
    due = UncertainDate.on(day(1))
    promise = DeadlineFact("mill", "first", "contract", "A contract", due, UncertainDate.on(day(0)), "m0")
    found = told(added(story("u???"), deadlines=[promise]), 4)
    assert [(row.commitment.slug, track.target) for row, track in found.overdue] == [("mill", "contract")]
    met = told(added(story("u???"), deadlines=[replace(promise, outcome=Outcome.MET, resolved=due)]), 4)
    assert met.overdue == ()


def test_restating_and_quiet_are_asked_about_from_the_number_given_on() -> None:
    assert [row.measures.idle_restatements for row in told(story("uuu"), 3).idle] == [2]
    assert told(story("uuu"), 3, idle=3).idle == ()
    assert [row.measures.quiet_meetings for row in told(story("u.."), 3).quiet] == [2]
    assert told(story("u.."), 3, quiet=3).quiet == ()


def test_what_only_one_sides_text_has_is_asked_about() -> None:
    assert [one.meeting.slug for _row, one in told(story("ut"), 2).one_sided] == ["m1"]
    assert told(story("tu"), 2).one_sided == ()


def test_the_latest_voiced_comes_first() -> None:
    other = replace(story("?").commitments[-1], slug="wheat", name="Wheat")
    record = story("tt?")
    record = added(record, commitments=[other], mentions=[mention("m2", cite(PAKISTAN), commitment="wheat")])
    found = brief(matrix(replace(record, series=SERIES), LATER), 9, 9)
    assert [one.trace.commitment.slug for one in found.open] == ["wheat", "mill"]
