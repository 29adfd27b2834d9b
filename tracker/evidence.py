"""Finding a key phrase in a document: its lines, its locators, and the folding that typography needs."""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: A key phrase is evidence, not a quotation: this many words at most.
LONGEST_PHRASE = 8

_LOCATOR = re.compile(r"\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*", re.ASCII)
_TYPOGRAPHY = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
        "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'", "`": "'", "′": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "\u00ad": None, "\u200b": None, "\ufeff": None,
    }
)  # fmt: skip


class LocatorError(ValueError):
    """The text is not a locator; the message says what would be right."""


def lines(text: str) -> list[str]:
    """Return the non-empty lines of ``text``; the first one is line 1 of a locator."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def checksum(document: bytes) -> str:
    """Return the SHA-256 of a document as 64 hexadecimal digits."""
    return hashlib.sha256(document).hexdigest()


def word_count(phrase: str) -> int:
    """Return the number of words of ``phrase``, separated by white space."""
    return len(phrase.split())


def parse_locator(locator: str) -> tuple[int, ...]:
    """Return the line numbers that ``locator`` names, in its order: ``8``, ``8-9`` or ``8,14``. Raise ``LocatorError`` otherwise."""
    if not _LOCATOR.fullmatch(locator):
        raise LocatorError(f"“{locator}” is not a locator: write 8, 8-9 or 8,14, counting non-empty lines from 1")
    numbers: list[int] = []
    for part in locator.split(","):
        first, _, last = part.partition("-")
        start, end = int(first), int(last or first)
        if start < 1 or end < start or end - start > 200:
            raise LocatorError(f"“{part}” is not a range of lines: lines count from 1, the lower one comes first")
        numbers.extend(range(start, end + 1))
    return tuple(numbers)


def folded(text: str) -> str:
    """Return ``text`` with white space and typographic marks made equal; letters and their case stay."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY).split())


def stands_at(text: str, locator: str, phrase: str) -> bool:
    """Return whether ``phrase`` stands, as whole words, in the lines of ``text`` that ``locator`` names (all lines if it names none)."""
    document = lines(text)
    if locator:
        document = [document[number - 1] for number in parse_locator(locator) if number <= len(document)]
    pattern = rf"(?<!\w){re.escape(folded(phrase))}(?!\w)"
    return re.search(pattern, folded(" ".join(document))) is not None


def lines_with(text: str, phrase: str) -> list[int]:
    """Return the numbers of the lines in which ``phrase`` stands, to say where it is when the locator is wrong."""
    return [number for number, line in enumerate(lines(text), start=1) if stands_at(line, "", phrase)]
