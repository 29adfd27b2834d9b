"""Words as they are compared: folded, and without their endings as far as a stemmer goes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import snowballstemmer

from tracker.folding import folded_with_places, search_key, with_signs

#: Urdu has no stemmer: of longer words the endings of the plural fall away, straight and oblique. The letters are those that folding leaves.
_URDU_ENDINGS = re.compile(r"(?<=\w{3})(?:یوں|یاں|وں|یں|ات)$")
#: Some write the parts of an Urdu word with a sign that keeps their letters apart, some with a space: “pipe line” is both.
_JOINED = str.maketrans({"\u200c": " "})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its stem, and where it stands."""

    stem: str
    start: int
    end: int


class Stems:
    """Stems of words in any script. One for each request: the stemmers keep a state while they work."""

    def __init__(self) -> None:
        self._russian = snowballstemmer.stemmer("russian")
        self._english = snowballstemmer.stemmer("english")
        self._known: dict[str, str] = {}

    def of_word(self, word: str) -> str:
        """Return the stem of a folded word."""
        if word not in self._known:
            self._known[word] = self._stem(word)
        return self._known[word]

    def of_name(self, name: str) -> tuple[str, ...]:
        """Return the stems of the words of a name."""
        return tuple(self.of_word(word) for word in search_key(name.translate(_JOINED)).split())

    def of_text(self, text: str) -> list[Word]:
        """Return the words of ``text`` with their places in it."""
        return [Word(self.of_word(key), start, end) for key, start, end in _words(text)]

    def _stem(self, word: str) -> str:
        script = unicodedata.name(word[0], "").partition(" ")[0]
        if script == "CYRILLIC":
            return str(self._russian.stemWord(word))
        if script == "ARABIC":
            return _URDU_ENDINGS.sub("", word)
        return str(self._english.stemWord(word)) if word.isascii() else word


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word of ``text`` with its first place in it and the one after its last."""
    keys, places = folded_with_places(text.translate(_JOINED))
    for found in re.finditer(r"\S+", keys):
        yield found[0], places[found.start()], with_signs(text, places[found.end() - 1]) + 1
