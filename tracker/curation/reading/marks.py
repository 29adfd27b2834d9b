"""Known names in a text: of commitments, participants and parties, in any script and, as far as a stemmer goes, in any ending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import ahocorasick

from .stems import Stems, Word

#: A name of fewer letters stands in too many words to say anything.
FEWEST_LETTERS = 3


class Sort(StrEnum):
    """What a name is of. Of names that stand at the same words the first sort is shown."""

    COMMITMENT = "commitment"
    PARTICIPANT = "participant"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Known:
    """A name that may stand in a text, and what it is of."""

    sort: Sort
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in line ``line`` of a text, at ``start`` to ``end`` of it. Several records may share the name."""

    line: int
    start: int
    end: int
    sort: Sort
    pks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line: with its hit, or between two."""

    text: str
    hit: Hit | None = None


class Names:
    """The known names, made ready to be found all at once."""

    def __init__(self, known: Iterable[Known], stems: Stems) -> None:
        self._stems = stems
        self._automaton = ahocorasick.Automaton()
        owners: dict[tuple[str, ...], set[tuple[Sort, int]]] = {}
        for one in known:
            words = stems.of_name(one.name)
            if len("".join(words)) >= FEWEST_LETTERS:
                owners.setdefault(words, set()).add((one.sort, one.pk))
        for words, whose in owners.items():
            self._automaton.add_word(f" {' '.join(words)} ", (len(words), whose))
        if owners:
            self._automaton.make_automaton()

    def hits(self, lines: Sequence[str]) -> list[Hit]:
        """Return where names stand in ``lines``, in their order. Where one stands within a longer one only the longer counts: a trade corridor is no trade."""
        return [hit for number, line in enumerate(lines, start=1) for hit in self._in_line(number, line)]

    def _in_line(self, number: int, line: str) -> list[Hit]:
        words = self._stems.of_text(line)
        found: list[tuple[int, int, set[tuple[Sort, int]]]] = []
        if words and len(self._automaton):
            text, word_at = _spelled(words)
            for end, (length, whose) in self._automaton.iter(text):
                last = word_at[end]
                found.append((last - length + 1, last, whose))
        chosen: list[Hit] = []
        taken: set[int] = set()
        for first, last, whose in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                sort = min((sort for sort, _pk in whose), key=list(Sort).index)
                pks = tuple(sorted(pk for its_sort, pk in whose if its_sort is sort))
                chosen.append(Hit(number, words[first].start, words[last].end, sort, pks))
        return sorted(chosen, key=lambda hit: hit.start)


def _spelled(words: Sequence[Word]) -> tuple[str, dict[int, int]]:
    """Return the stems with a space round each, and for the place of each space the word that ends there."""
    parts, word_at, length = [" "], {}, 1
    for number, word in enumerate(words):
        parts.append(f"{word.stem} ")
        length += len(word.stem) + 1
        word_at[length - 1] = number
    return "".join(parts), word_at


def pieces(line: str, hits: Sequence[Hit]) -> list[Piece]:
    """Return ``line`` cut at its ``hits``, which don't overlap: joined, the pieces are the line."""
    cut: list[Piece] = []
    place = 0
    for hit in hits:
        cut += [Piece(line[place : hit.start]), Piece(line[hit.start : hit.end], hit)]
        place = hit.end
    return [piece for piece in (*cut, Piece(line[place:])) if piece.text]


def by_record(hits: Iterable[Hit], sort: Sort) -> dict[int, list[Hit]]:
    """Return the hits of each record of a sort, by its key."""
    found: dict[Any, list[Hit]] = {}
    for hit in hits:
        for pk in hit.pks if hit.sort is sort else ():
            found.setdefault(pk, []).append(hit)
    return found
