"""How well the citations of a mention prove it, and what an occasion takes from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.stories import AREA, LATER, MILL, SERIES, added, cite, day, joint_text, mention, own_text, paper, run, story
from tracker.history.facts import CitationFact
from tracker.history.proof import evidence_grade, is_single_side
from tracker.history.trace import trace
from tracker.vocabulary import Act, Carried, EvidenceGrade, Fidelity, Reach, SeriesKind, Standing, Strength, Term

PAKISTAN, RUSSIA = own_text("pakistan"), own_text("russia")
BARE = {"phrase": ""}
RUSSIAN_BY_MACHINE = replace(RUSSIA, fidelity=Fidelity.MACHINE_TRANSLATION)


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        pytest.param([cite(joint_text(), **BARE)], EvidenceGrade.A, id="a joint text"),
        pytest.param([cite(PAKISTAN), cite(RUSSIA)], EvidenceGrade.A, id="both sides' own texts"),
        pytest.param([cite(PAKISTAN, **BARE)], EvidenceGrade.B, id="one side's own text"),
        pytest.param([cite(own_text("china"))], EvidenceGrade.B, id="the own text of one of its parties outside the series"),
        pytest.param([cite(paper(root="a"), **BARE), cite(paper("b", root="b"), **BARE)], EvidenceGrade.B, id="two different roots"),
        pytest.param([cite(paper(root="a")), cite(paper("b", root="a"))], EvidenceGrade.C, id="two copies of one text"),
        pytest.param([cite(paper()), cite(paper("b"))], EvidenceGrade.C, id="unknown roots"),
        pytest.param([cite(paper())], EvidenceGrade.C, id="one paper with its wording"),
        pytest.param([cite(paper(), **BARE)], EvidenceGrade.D, id="one paper paraphrased"),
        pytest.param([cite(RUSSIAN_BY_MACHINE)], EvidenceGrade.D, id="machine translation only"),
        pytest.param([cite(RUSSIAN_BY_MACHINE), cite(PAKISTAN)], EvidenceGrade.B, id="machine translation beside an original"),
        pytest.param([], EvidenceGrade.D, id="nothing"),
    ],
)
def test_evidence_is_graded_by_whose_texts_they_are(citations: Sequence[CitationFact], expected: EvidenceGrade) -> None:
    assert evidence_grade(citations, SERIES, frozenset({"pakistan", "russia", "china"})) == expected


def test_in_a_forum_two_own_texts_are_one_step_below_a_joint_text() -> None:
    forum = replace(SERIES, kind=SeriesKind.FORUM)
    assert evidence_grade([cite(PAKISTAN), cite(RUSSIA)], forum, frozenset()) == EvidenceGrade.B


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        pytest.param([cite(PAKISTAN, both_sides=True, party=None)], True, id="one side's release, whatever it says of both"),
        pytest.param([cite(PAKISTAN), cite(replace(paper(), issued_by="pakistan", carried=Carried.EXTRACT))], True, id="two carriers of one side's release"),
        pytest.param([cite(PAKISTAN), cite(RUSSIA, party="russia")], False, id="both sides' releases"),
        pytest.param([cite(paper())], True, id="a paper in which one side is heard"),
        pytest.param([cite(paper()), cite(paper("b"), party="russia")], False, id="papers in which both are heard"),
        pytest.param([cite(paper(), party=None)], False, id="a paper that names nobody"),
        pytest.param([cite(paper(), both_sides=True, party=None)], False, id="a paper that heard both together"),
        pytest.param([cite(joint_text())], False, id="a joint text"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_single_side_is_what_rests_on_one_party_alone(citations: Sequence[CitationFact], expected: bool) -> None:
    assert is_single_side(citations) is expected


def test_an_occasion_takes_the_highest_strength_and_the_union_of_terms_of_what_was_voiced() -> None:
    citations = [
        cite(PAKISTAN, strength=Strength.WISHED, terms=(Term.DATE,)),
        cite(RUSSIA, strength=None, terms=(Term.OBJECT, Term.DATE), party="russia"),
        cite(paper(), strength=Strength.BOUND_WITH_TERMS, terms=(Term.AMOUNT,), reach=Reach.RECALLED, party="china"),
    ]
    (found,) = trace(added(story("?"), mentions=[mention("m0", *citations, act=Act.AGREED)]), "mill", LATER).occasions
    assert (found.reach, found.act, found.counts) == (Reach.VOICED, Act.AGREED, True)
    assert (found.strength, found.terms, found.specificity) == (Strength.WISHED, (Term.OBJECT, Term.DATE), 2)
    assert found.voice == {"pakistan", "russia"}
    assert found.grade == EvidenceGrade.A


@pytest.mark.parametrize(("letter", "reach"), [("b", Reach.BACKGROUND), ("r", Reach.RECALLED), ("k", Reach.VOICED), ("x", Reach.VOICED)])
def test_what_does_not_count_stays_in_the_history_without_a_voice(letter: str, reach: Reach) -> None:
    (found,) = run(letter).occasions
    assert (found.reach, found.counts, found.voice, found.strength, found.terms, found.changes) == (reach, False, frozenset(), None, (), ())


def test_a_mention_without_citations_is_background() -> None:
    bare = replace(mention("m0"), citations=())
    (found,) = trace(added(story("."), mentions=[bare]), "mill", LATER).occasions
    assert (found.reach, found.counts, found.grade) == (Reach.BACKGROUND, False, EvidenceGrade.D)


def test_occasions_hold_statements_and_guests_apart_from_columns() -> None:
    found = run("tSG.t")
    assert [one.meeting.slug for one in found.occasions] == ["m0", "m1", "m2", "m4"]
    assert [one.meeting.slug for one in found.statements] == ["m1"]
    assert [one.meeting.slug for one in found.guests] == ["m2"]


def test_an_areas_occasions_are_its_own_and_those_of_what_hangs_under_it() -> None:
    found = run("etS", of="industry")
    assert [(one.mention.commitment, one.meeting.slug) for one in found.occasions] == [("industry", "m0"), ("mill", "m1"), ("mill", "m2")]


def test_mentions_of_what_the_record_does_not_hold_are_left_out() -> None:
    record = added(story("t"), mentions=[mention("nowhere"), mention("m0", commitment="wheat")])
    assert len(trace(record, "mill", day(0)).occasions) == 1
    assert len(trace(record, AREA.slug, day(0)).occasions) == 1


def test_an_occasion_in_a_room_stands_at_its_journeys_place() -> None:
    assert MILL.parent == AREA.slug
    record = story("t.t")
    room = replace(record.meetings[2], slug="room", part_of="m1")
    found = trace(added(record, meetings=[room], mentions=[mention("room")]), "mill", LATER)
    assert [(one.meeting.slug, one.when.earliest) for one in found.occasions] == [("m0", day(0)), ("room", day(1)), ("m2", day(2))]


def test_a_claimed_mention_keeps_its_grade_for_the_page() -> None:
    record = added(story("."), mentions=[mention("m0", cite(paper(root="a")), cite(paper("b", root="b")), standing=Standing.CLAIMED)])
    assert trace(record, "mill", LATER).occasions[0].grade == EvidenceGrade.B
