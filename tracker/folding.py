"""Search keys: two spellings of one name, in any script, fold to the same key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

#: Letter forms that Arabic, Persian and Urdu keyboards write differently for the same letter.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ة": "ه", "ۃ": "ه", "ٱ": "ا", "ـ": None, "ё": "е", "ı": "i"})
#: Chinese and Japanese signs, and the letters of Thai, Lao, Burmese and Khmer.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def search_key(text: str) -> str:
    """Return ``text`` folded for comparing: no case, no accents, one form per letter, single spaces for everything else.

    NFKD, casefold, combining marks dropped, Arabic and Urdu letter forms unified, zero-width characters removed.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = unicodedata.normalize("NFKD", decomposed).translate(_LETTERS)
    return " ".join(letters.translate(_FOLDS).split())


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    return character if category[0] in "LN" or category == "Mc" else " "


class _Folds(dict[int, str]):
    """What becomes of each character, found out when it is first met."""

    def __missing__(self, ordinal: int) -> str:
        self[ordinal] = folded = _folded(chr(ordinal))
        return folded


_FOLDS = _Folds()


def apart(key: str) -> str:
    """Return a folded text with the signs of scripts that put no space between words standing apart: each can then be found."""
    return " ".join(_UNSPACED.sub(r" \g<0> ", key).split())


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Return ``text`` in pieces, each with whether a word in it begins with one of the folded ``words``: joined, the pieces are ``text``.

    Of a word only what was asked for is marked; what hangs on its last letter goes with it.
    """
    keys, places = folded_with_places(text)
    inside = [False] * len(text)
    for word in words:
        start = keys.find(f" {word}") if word else -1
        while start >= 0:
            first, last = places[start + 1], with_signs(text, places[start + len(word)])
            inside[first : last + 1] = [True] * (last + 1 - first)
            start = keys.find(f" {word}", start + 1)
    return [("".join(text[place] for place in run), is_word) for is_word, run in groupby(range(len(text)), key=inside.__getitem__)]


def with_signs(text: str, last: int) -> int:
    """Return the place of the last accent or sign that hangs on the letter at ``last``."""
    while last + 1 < len(text) and not _folded(text[last + 1]):
        last += 1
    return last


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded words of ``text`` with a space before each, and for each character the place in ``text`` it came from."""
    keys, places = [" "], [0]
    for place, character in enumerate(text):
        key = search_key(character)
        if not key and not _folded(character):
            continue
        for part in f" {key} " if _UNSPACED.search(key) else key or " ":
            if part != " " or keys[-1] != " ":
                keys.append(part)
                places.append(place)
    return "".join(keys), places
