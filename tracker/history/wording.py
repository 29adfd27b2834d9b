"""Wording: how one phrasing differs from the one before it, word by word, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from tracker.vocabulary import Reach

from .facts import CitationFact
from .results import Occasion

#: Scripts written without spaces between words: each character is compared for itself.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
#: A run of anything but space and punctuation, so that marks written over or under a letter stay with it; or one other character.
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}!-/:-@\[-`{{-~«»“”„‘’‚‹›…–—،؛؟۔]+|\S")
#: Below this share of common words the two are different sentences, and a comparison would only strike out one and print the other.
COMPARABLE = 0.5


class Edit(Enum):
    KEPT = "kept"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that stayed, went or came. ``text`` holds the space behind them."""

    edit: Edit
    text: str


class Phrasing(Enum):
    """What is compared with what: never one with the other."""

    PHRASE = "key phrase"
    PARAPHRASE = "paraphrase"


@dataclass(frozen=True, slots=True)
class Reworded:
    """One phrasing beside the one before it in the same language."""

    kind: Phrasing
    before: CitationFact
    after: CitationFact
    earlier: Occasion
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return all(piece.edit == Edit.KEPT for piece in self.pieces)


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return ``after`` against ``before`` in pieces of whole words: what is kept and added makes ``after``, but for spaces. Letter case does not matter."""
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, [_key(one) for one in old], [_key(one) for one in new], autojunk=False)
    return tuple(_pieces(old, new, matcher.get_opcodes()))


def likeness(before: str, after: str) -> float:
    """Return the share of words that two phrasings have in common, in the same order, from 0 to 1."""
    return SequenceMatcher(None, [_key(one) for one in _tokens(before)], [_key(one) for one in _tokens(after)], autojunk=False).ratio()


def rewordings(occasions: Iterable[Occasion]) -> Mapping[str, Reworded]:
    """Return under the slug of each meeting how the wording differs from the one before it; nothing where there is none to compare it with.

    ``occasions`` are those of one commitment's own mentions in the order of time. A key phrase is compared with the latest earlier
    key phrase in its language, of the same voice if there is one. Only a mention without such a phrase is compared by paraphrase,
    and those are all in the language of this collection. Two that have too few words in common are not taken apart.
    """
    earlier: list[Occasion] = []
    found: dict[str, Reworded] = {}
    for one in occasions:
        if one.counts:
            kind = Phrasing.PHRASE if _has_predecessor(one, earlier) else Phrasing.PARAPHRASE
            if reworded := _against(one, earlier, kind):
                found[one.meeting.slug] = reworded
            earlier.append(one)
    return found


def _has_predecessor(one: Occasion, earlier: Iterable[Occasion]) -> bool:
    """Return whether an earlier key phrase stands in the language of one of its own."""
    spoken = {citation.source.language for previous in earlier for citation in _said(previous, Phrasing.PHRASE)}
    return any(citation.source.language in spoken for citation in _said(one, Phrasing.PHRASE))


def _against(one: Occasion, earlier: Sequence[Occasion], kind: Phrasing) -> Reworded | None:
    for previous in reversed(earlier):
        pairs = [(old, new) for new in _said(one, kind) for old in _said(previous, kind) if _same_language(old, new, kind)]
        if pairs:
            before, after = next((pair for pair in pairs if _voice(pair[0]) == _voice(pair[1])), pairs[0])
            texts = _text(before, kind), _text(after, kind)
            return Reworded(kind, before, after, previous, word_diff(*texts)) if likeness(*texts) >= COMPARABLE else None
    return None


def _said(one: Occasion, kind: Phrasing) -> list[CitationFact]:
    return [citation for citation in one.mention.citations if citation.reach == Reach.VOICED and _text(citation, kind)]


def _text(citation: CitationFact, kind: Phrasing) -> str:
    return citation.phrase if kind == Phrasing.PHRASE else citation.paraphrase


def _same_language(old: CitationFact, new: CitationFact, kind: Phrasing) -> bool:
    return kind == Phrasing.PARAPHRASE or old.source.language == new.source.language


def _voice(citation: CitationFact) -> str:
    return "both" if citation.both_sides else citation.party or ""


def _tokens(text: str) -> list[str]:
    """Return the words and marks of ``text``, each with the space behind it."""
    starts = [found.start() for found in _TOKEN.finditer(text)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=False)]


def _key(token: str) -> str:
    return token.strip().casefold()


def _space(token: str) -> str:
    return token[len(token.rstrip()) :]


def _pieces(old: Sequence[str], new: Sequence[str], steps: Iterable[tuple[str, int, int, int, int]]) -> Iterator[Piece]:
    for step, old_start, old_end, new_start, new_end in steps:
        if step == "equal":
            # Where the old wording went on after these words, so does the space behind them.
            kept, space = "".join(new[new_start:new_end]), _space(old[old_end - 1])
            yield Piece(Edit.KEPT, kept if _space(kept) else kept + space)
            continue
        if old_end > old_start:
            yield Piece(Edit.GONE, "".join(old[old_start:old_end]))
        if new_end > new_start:
            yield Piece(Edit.ADDED, "".join(new[new_start:new_end]))
