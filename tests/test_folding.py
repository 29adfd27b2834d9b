"""Folded text: signs that stand for themselves, and marks on the words that were asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.folding import apart, marked, search_key


@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=3))
def test_marking_words_never_changes_the_text(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _is_word in marked(text, words)) == text


@given(st.text(max_size=60))
def test_every_word_of_a_text_can_be_marked_in_it(text: str) -> None:
    for word in apart(search_key(text)).split():
        assert any(is_word for _piece, is_word in marked(text, [word]))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The Steel Mill", "steel mill", ["Steel Mill"]),
        ("The steelworks", "steel", ["steel"]),
        ("Stainless", "less", []),
        ("Ёлка и ёлка", "елка", ["Ёлка", "ёлка"]),
        ("naïve", "naive", ["naïve"]),
        ("cafe\u0301s", "cafe", ["cafe\u0301"]),
        ("a—b", "a b", ["a—b"]),
        ("پاکستان اسٹیل مِلز", "ملز", ["مِلز"]),
        ("پاكستان", "پاکستان", ["پاكستان"]),
        ("کراچی", "کرا", ["کرا"]),
        ("海边盐厂", "盐 厂", ["盐厂"]),
        ("nothing here", "mill", []),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, word: str, expected: list[str]) -> None:
    assert [piece for piece, is_word in marked(text, [word]) if is_word] == expected


@pytest.mark.parametrize(("key", "expected"), [("steel mill", "steel mill"), ("新能源gas", "新 能 源 gas"), ("ไทย", "ไ ท ย"), ("", "")])
def test_signs_without_spaces_stand_apart(key: str, expected: str) -> None:
    assert apart(key) == expected
