"""What is typed into the search box is understood, and never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.search.asking import LONGEST, MOST_WORDS, Term, understood, words


def quoted(key: str) -> Term:
    return Term(key, whole=True)


@pytest.mark.parametrize(
    ("typed", "terms", "without"),
    [
        ("steel mill", [Term("steel"), Term("mill")], []),
        ("  STEEL\tsteel ", [Term("steel")], []),
        ('"steel mill" karachi', [quoted("steel mill"), Term("karachi")], []),
        ("“steel mill”", [quoted("steel mill")], []),
        ("«стальной завод»", [quoted("стальнои завод")], []),
        ("steel -mill", [Term("steel")], [Term("mill")]),
        ('-"steel mill" gas', [Term("gas")], [quoted("steel mill")]),
        ("North-South", [Term("north"), Term("south")], []),
        ("Ёлка", [Term("елка")], []),
        ("新能源 gas", [Term("新 能 源"), Term("gas")], []),
        ("", [], []),
        ('- "" * ( AND NEAR/2', [Term("and"), Term("near"), Term("2")], []),
        ('"unclosed words', [Term("unclosed"), Term("words")], []),
    ],
)
def test_what_is_typed_is_understood(typed: str, terms: list[Term], without: list[Term]) -> None:
    found = understood(typed)
    assert (list(found.terms), list(found.without), found.cut) == (terms, without, False)


def test_no_more_is_read_than_a_box_should_hold_and_that_is_told() -> None:
    many = understood(" ".join(f"w{number}" for number in range(100)))
    assert (len(many.terms), many.cut) == (MOST_WORDS, True)
    long = understood("x" * 10_000)
    assert ([term.key for term in long.terms], long.cut) == (["x" * LONGEST], True)


@pytest.mark.parametrize(
    ("term", "key", "held"),
    [
        (Term("pipe"), "river pipeline", True),
        (Term("line"), "river pipeline", False),
        (quoted("pipe"), "river pipeline", False),
        (quoted("river pipeline"), "the river pipeline runs", True),
        (quoted("river pipe"), "the river pipeline runs", False),
        (Term("river pipe"), "the river pipeline runs", True),
    ],
)
def test_a_term_is_the_beginning_of_a_word_and_a_quoted_one_a_whole(term: Term, key: str, held: bool) -> None:
    assert term.is_in(key) is held


@given(st.text(max_size=300))
def test_what_is_understood_holds_letters_and_single_spaces_only(typed: str) -> None:
    for word in words(understood(typed)):
        assert word
        assert word.isprintable()
        assert not set(word) & set(" \"'\\:*()")
