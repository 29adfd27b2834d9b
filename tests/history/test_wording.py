"""How one phrasing differs from the one before it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories import LATER, added, cite, mention, own_text, story
from tracker.history.facts import CitationFact
from tracker.history.trace import trace
from tracker.history.wording import Edit, Phrasing, Reworded, rewordings, word_diff

PAKISTAN, RUSSIA = own_text("pakistan"), own_text("russia")
RUSSIAN = replace(RUSSIA, language="ru")
SIGNS = {Edit.KEPT: "", Edit.GONE: "-", Edit.ADDED: "+"}


def signs(before: str, after: str) -> str:
    """Return the pieces as one line: what went between minus signs, what came between plus signs."""
    return " ".join(f"{SIGNS[piece.edit]}{piece.text.strip()}{SIGNS[piece.edit]}" for piece in word_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("work on the mill", "work on the mill", "work on the mill", id="the same"),
        pytest.param("work on the mill", "Work on a mill", "Work on -the- +a+ mill", id="letter case does not matter"),
        pytest.param("early completion", "completion, soon", "-early- completion +, soon+", id="a comma is no part of a word"),
        pytest.param("скорейшее завершение", "завершение проекта", "-скорейшее- завершение +проекта+", id="Cyrillic"),
        pytest.param("گیس پائپ لائن", "گیس پائپ لائن منصوبہ", "گیس پائپ لائن +منصوبہ+", id="Urdu"),
        pytest.param("कि योजना", "की योजना", "-कि- +की+ योजना", id="a vowel sign belongs to its letter"),
        pytest.param("建设钢厂", "建设新钢厂", "建设 +新+ 钢厂", id="no spaces between words"),
        pytest.param("", "new", "+new+", id="nothing before"),
    ],
)
def test_words_that_went_and_came_are_told(before: str, after: str, expected: str) -> None:
    assert signs(before, after) == expected


@given(st.text(), st.text())
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    new = "".join(piece.text for piece in pieces if piece.edit != Edit.GONE)
    old = "".join(piece.text for piece in pieces if piece.edit != Edit.ADDED)
    assert "".join(new.split()) == "".join(after.split())
    assert "".join(old.casefold().split()) == "".join(before.casefold().split())


def reworded(*told: tuple[CitationFact, ...]) -> dict[str, Reworded]:
    record = added(story("?" * len(told)), mentions=[mention(f"m{number}", *citations) for number, citations in enumerate(told)])
    return dict(rewordings(trace(record, "mill", LATER).occasions))


def test_a_key_phrase_is_compared_with_the_one_before_it() -> None:
    found = reworded((cite(PAKISTAN, phrase="revive the mill"),), (cite(PAKISTAN, phrase="build the mill"),))
    assert [(meeting, one.kind, one.before.phrase, one.after.phrase) for meeting, one in found.items()] == [
        ("m1", Phrasing.PHRASE, "revive the mill", "build the mill")
    ]
    assert [piece.edit for piece in found["m1"].pieces] == [Edit.GONE, Edit.ADDED, Edit.KEPT]


def test_two_languages_are_never_compared() -> None:
    first, second, third = cite(PAKISTAN, phrase="the mill"), cite(RUSSIAN, phrase="завод"), cite(PAKISTAN, phrase="the new mill")
    found = reworded((first,), (second,), (third,))
    assert list(found) == ["m2"]
    assert found["m2"].earlier.meeting.slug == "m0"


def test_a_phrase_is_never_compared_with_a_paraphrase() -> None:
    phrase, words = cite(PAKISTAN, phrase="the mill"), cite(PAKISTAN, phrase="", paraphrase="the mill is wanted")
    assert reworded((phrase,), (words,)) == {}
    both = replace(phrase, paraphrase="the mill is needed")
    assert reworded((both,), (words,))["m1"].kind == Phrasing.PARAPHRASE


def test_the_same_voice_goes_before_another() -> None:
    ours, theirs = cite(PAKISTAN, phrase="ours one"), cite(RUSSIA, party="russia", phrase="theirs one")
    found = reworded((theirs, ours), (cite(PAKISTAN, phrase="ours two"),))
    assert found["m1"].before.phrase == "ours one"


def test_two_sentences_without_common_words_are_not_taken_apart() -> None:
    assert reworded((cite(PAKISTAN, phrase="early start"),), (cite(PAKISTAN, phrase="no money at all"),)) == {}


def test_what_does_not_count_is_compared_with_nothing() -> None:
    record = story("kt")
    assert dict(rewordings(trace(record, "mill", LATER).occasions)) == {}
