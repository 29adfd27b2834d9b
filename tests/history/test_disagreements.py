"""Where sources contradict each other, told in stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.stories import LATER, added, cite, mention, own_text, paper, run, story
from tracker.history.disagreements import Disagreement, contradictions
from tracker.history.facts import CitationFact
from tracker.history.trace import trace
from tracker.vocabulary import Act, Reach

PAKISTAN, RUSSIA = own_text("pakistan"), own_text("russia")
ACT, VOICE, ONE_SIDED, NOT_ACCEPTED = Disagreement.ACT, Disagreement.VOICE, Disagreement.ONE_SIDED, Disagreement.NOT_ACCEPTED


def kinds(*citations: CitationFact) -> list[tuple[Disagreement, ...]]:
    found = contradictions(trace(added(story("?"), mentions=[mention("m0", *citations)]), "mill", LATER))
    return [one.kinds for one in found]


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        pytest.param([cite(PAKISTAN), cite(paper())], [], id="two texts that say the same"),
        pytest.param([cite(PAKISTAN), cite(paper(), act=Act.SIGNED)], [(ACT,)], id="one text has it signed"),
        pytest.param([cite(PAKISTAN), cite(PAKISTAN, act=Act.SIGNED)], [], id="two passages of one text"),
        pytest.param([cite(PAKISTAN), cite(paper(), act=Act.SIGNED, reach=Reach.RECALLED)], [], id="one looks back, one does not"),
        pytest.param([cite(PAKISTAN), cite(paper(), party="russia")], [(VOICE,)], id="two voices"),
        pytest.param([cite(PAKISTAN), cite(paper(), party=None)], [], id="a text that names nobody contradicts nobody"),
        pytest.param([cite(PAKISTAN), cite(PAKISTAN, party="russia"), cite(paper(), party="russia")], [], id="one of the voices is shared"),
    ],
)
def test_texts_differ_that_have_nothing_in_common(citations: Sequence[CitationFact], expected: list[tuple[Disagreement, ...]]) -> None:
    assert kinds(*citations) == expected


def test_copies_of_one_text_cannot_contradict_it() -> None:
    copy = replace(paper(), root=PAKISTAN.root or PAKISTAN.slug)
    assert kinds(cite(PAKISTAN), cite(copy, act=Act.SIGNED)) == []


@pytest.mark.parametrize("letter", ["k", "x"])
def test_what_is_claimed_or_rejected_is_told(letter: str) -> None:
    found = contradictions(run(f"u{letter}u"))
    assert [(one.kinds, one.occasion.meeting.slug if one.occasion else "") for one in found] == [((NOT_ACCEPTED,), "m1")]


def test_what_one_side_says_alone_is_told_where_the_other_was_read() -> None:
    assert [one.kinds for one in contradictions(run("ut"))] == [(ONE_SIDED,)]


def test_agreement_is_not_told() -> None:
    assert contradictions(run("uuu")) == ()
