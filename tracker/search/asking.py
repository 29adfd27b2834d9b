"""What a person typed into the search box, understood. Nothing is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from tracker.folding import apart, search_key

#: More is not read: a search box is no place for an essay.
LONGEST, MOST_WORDS = 200, 16
_PARTS = re.compile(r"""(?P<minus>(?:(?<=\s)|^)-)?(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))""")
_TYPOGRAPHY = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for: folded words that follow each other. ``whole``: exactly so; otherwise the last may be the beginning of a word."""

    key: str
    whole: bool = False

    def is_in(self, key: str) -> bool:
        """Return whether a folded text holds it."""
        return f" {self.key}{' ' if self.whole else ''}" in f" {key} "


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: terms that must all be there, and those that must not. ``cut`` says that more was typed than is read."""

    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __str__(self) -> str:
        return " ".join(term.key for term in self.terms)

    def is_in(self, key: str) -> bool:
        return all(term.is_in(key) for term in self.terms)


def understood(typed: str) -> Wanted:
    """Return what was typed as terms to find: quoted words stay together as they are, a minus before one leaves it out."""
    found: dict[bool, list[Term]] = {True: [], False: []}
    for part in _PARTS.finditer(typed[:LONGEST].translate(_TYPOGRAPHY)):
        found[bool(part["minus"])] += _terms(part)
    terms, without = (tuple(dict.fromkeys(some)) for some in (found[False], found[True]))
    cut = len(typed) > LONGEST or max(len(terms), len(without)) > MOST_WORDS
    return Wanted(terms[:MOST_WORDS], without[:MOST_WORDS], cut)


def _terms(part: re.Match[str]) -> list[Term]:
    if part["quoted"] is not None:
        key = apart(search_key(part["quoted"]))
        return [Term(key, whole=True)] if key else []
    return [Term(apart(word)) for word in search_key(part["plain"]).split()]


def words(wanted: Wanted) -> list[str]:
    """Return every single word that must be there, in the order typed."""
    return list(dict.fromkeys(chain.from_iterable(term.key.split() for term in wanted.terms)))
