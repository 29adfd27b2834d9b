"""How much of one text stands in another: two papers that carry one release share nearly all of its runs of words."""

from __future__ import annotations

from tracker.folding import search_key

#: Runs of this many words: shorter ones are shared by any two texts on a meeting, longer ones break at each slip of a copyist.
RUN = 5
#: From here on a document copies the other; an article of its own shares the odd quotation.
COPY = 0.5
#: From here on the two are one text.
SAME = 0.9
#: A text shorter than this says too little to be recognized.
FEWEST_RUNS = 12


def runs_of(text: str) -> frozenset[int]:
    """Return the runs of words of ``text``, each as a number: spelling, case and punctuation play no part."""
    words = search_key(text).split()
    return frozenset(hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def shared(first: frozenset[int], second: frozenset[int]) -> float:
    """Return how much of the shorter text stands in the other, from 0 to 1."""
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer >= FEWEST_RUNS else 0.0
