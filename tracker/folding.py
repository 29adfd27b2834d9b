"""Search keys: two spellings of one name, in any script, fold to the same key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

#: Letter forms that Arabic, Persian and Urdu keyboards write differently for the same letter.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ة": "ه", "ۃ": "ه", "ٱ": "ا", "ـ": None, "ё": "е", "ı": "i"})


def search_key(text: str) -> str:
    """Return ``text`` folded for comparing: no case, no accents, one form per letter, single spaces for everything else.

    NFKD, casefold, combining marks dropped, Arabic and Urdu letter forms unified, zero-width characters removed.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = unicodedata.normalize("NFKD", decomposed).translate(_LETTERS)
    kept = (_folded(character) for character in letters)
    return " ".join("".join(kept).split())


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    return character if category[0] in "LN" or category == "Mc" else " "


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Return ``text`` in pieces, each with whether it is one of the folded ``words``: joined, the pieces are ``text``."""
    keys, places = _folded_with_places(text)
    inside = [False] * len(text)
    for word in words:
        start = keys.find(word)
        while word and start >= 0:
            first, last = places[start], places[start + len(word) - 1]
            inside[first : last + 1] = [True] * (last + 1 - first)
            start = keys.find(word, start + len(word))
    return [("".join(text[place] for place in run), is_word) for is_word, run in groupby(range(len(text)), key=inside.__getitem__)]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded characters of ``text``, white space kept single, and for each the place in ``text`` it came from."""
    keys: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        key = search_key(character) or (" " if not _folded(character).strip() and _folded(character) else "")
        if key == " " and (not keys or keys[-1] == " "):
            continue
        keys.extend(key)
        places.extend([place] * len(key))
    return "".join(keys), places
