"""Words with a wrong letter: the nearest words of public names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.models import Commitment, Meeting, Participant, Party, SearchEntry, SearchWord
from tracker.models.publication import publication_rule

from .asking import Term, Wanted

#: A word of so many letters may have so many wrong ones, swapped neighbours counted once.
WRONG_LETTERS = {3: 1, 4: 1, 5: 1}
MOST_WRONG_LETTERS = 2
#: So many of the nearest words are asked whether a public name holds them.
NEAREST = 20

_Near = dict[str, list[str]]


def nearest(wanted: Wanted) -> Wanted | None:
    """Return the same with each word that begins no public name's word exchanged for the nearest one; None where there is nothing to exchange.

    Two queries. What is quoted stays as it is, and so does a word that is like no other.
    """
    typed = [term.key for term in wanted.terms if _can_be_wrong(term)]
    likes = _likes(typed, _words_about_as_long(typed)) if typed else {}
    public = _public_among({word for words in likes.values() for word in words}) if likes else set()
    better = {word: next((like for like in words if like in public), word) for word, words in likes.items()}
    terms = tuple(dict.fromkeys(term if term.whole else Term(better.get(term.key, term.key)) for term in wanted.terms))
    return replace(wanted, terms=terms) if terms != wanted.terms else None


def _can_be_wrong(term: Term) -> bool:
    return not term.whole and " " not in term.key and len(term.key) >= min(WRONG_LETTERS)


def _wrong_letters(word: str) -> int:
    return WRONG_LETTERS.get(len(word), MOST_WRONG_LETTERS)


def _words_about_as_long(typed: Sequence[str]) -> list[str]:
    """Return the words of names that are long enough, and short enough, to be one of those typed; and those that begin with one."""
    lengths = {length for word in typed for length in range(len(word) - _wrong_letters(word), len(word) + _wrong_letters(word) + 1)}
    return list(SearchWord.objects.filter(letters__in=lengths).order_by("word").values_list("word", flat=True).distinct())


def _likes(typed: Sequence[str], known: Sequence[str]) -> _Near:
    """Return for each word typed those known that are like it, the likest first; the word itself, where it is known, is likest."""
    found: _Near = {}
    for word in typed:
        near = process.extract(word, known, scorer=OSA.distance, score_cutoff=_wrong_letters(word), limit=NEAREST)
        if near:
            found[word] = [like for like, _wrong, _place in near]
    return found


def _public_among(words: set[str]) -> set[str]:
    """Return those of ``words`` that a public name, or a public meeting's title, holds."""
    kinds = {"commitment": Commitment, "party": Party, "participant": Participant, "meeting": Meeting}
    held = Q()
    for name, model in kinds.items():
        held |= Q(Exists(SearchEntry.objects.filter(publication_rule(model, f"{name}__"), place=OuterRef("entry"), **{f"{name}__isnull": False})))
    return set(SearchWord.objects.filter(held, word__in=words).order_by("word").values_list("word", flat=True).distinct())
