"""What is wrong in a fixture file: where it stands, what was found, what would be right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rapidfuzz import fuzz, process

#: A found value longer than this is cut in a message.
LONGEST_SHOWN = 80
#: From this likeness (0 to 100) a known word is offered for an unknown one.
LIKE_ENOUGH = 70
#: Persian and Urdu words are written with it.
_JOINER = "\u200c"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One refusal. ``line`` counts from 1; ``record`` and ``field`` are empty where a whole file is meant, and ``path`` where no file is. Orders by place."""

    path: str
    line: int
    record: str
    field: str
    found: str
    right: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.record, self.field) if part)
        what = f"{self.found}; {self.right}" if self.right else self.found
        return visible(": ".join(part for part in (f"{self.path}:{self.line}" if self.path else "", where, what) if part))

    def as_dict(self) -> dict[str, str | int]:
        """Return the problem as JSON writes it."""
        return asdict(self)


class FixtureError(Exception):
    """The files can't be loaded. Carries every problem that was found; of very many the first, and how many more are ``untold``."""

    def __init__(self, problems: Iterable[Problem], untold: int = 0) -> None:
        self.problems = sorted(set(problems))
        self.untold = untold
        super().__init__(f"{len(self.problems)} problems")


class ConflictError(FixtureError):
    """Nothing is wrong in the files, but editors changed what they would write over, and nobody said whose values to take."""


def shown(value: object) -> str:
    """Return ``value`` in quotation marks, cut to a readable length, with nothing in it that could disturb a terminal."""
    text = str(value)
    if len(text) > LONGEST_SHOWN:
        text = text[: LONGEST_SHOWN - 1] + "…"
    return f"“{visible(text)}”"


def visible(text: str) -> str:
    """Return ``text`` with control characters, marks of direction and lone surrogates spelled out."""
    return "".join(character if character == _JOINER or unicodedata.category(character)[0] != "C" else f"\\u{ord(character):04x}" for character in text)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return “did you mean …?” with the known word most like ``word``, or ``otherwise`` where none is like it."""
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return f"did you mean {shown(best[0])}?" if best else otherwise
