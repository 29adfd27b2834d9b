"""Search keys: two spellings of one name, in any script, fold to the same key."""

from __future__ import annotations

import unicodedata

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
