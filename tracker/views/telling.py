"""What readers are told of an edit, in words: names with their links, dates as readers write them, long texts cut short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.dates import UncertainDate
from tracker.history.wording import COMPARABLE, Piece, likeness, word_diff
from tracker.history.wording import Edit as Went
from tracker.queries.changed import FieldChange, Link, Said, Text, Told
from tracker.queries.edits import Count, Made
from tracker.vocabulary import Shown

from .dates import in_words

#: Of a longer text its beginning says enough.
LONGEST_TEXT = 320
#: Of a long text that was changed in places, so many letters of what stayed are left on either side of a place.
AROUND = 120
#: Longer texts are not compared word by word: that takes time with the square of their length.
LONGEST_COMPARED = 6_000


@dataclass(frozen=True, slots=True)
class Word:
    """A value as it is printed, the address it leads to and the language it is in, where there are such."""

    text: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it is called, and its words before and after; ``pieces`` where a text was changed in places only, in the language ``language``."""

    label: str
    old: tuple[Word, ...]
    new: tuple[Word, ...]
    pieces: tuple[Piece, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record or one row beside it: what became of it, what it is called, why, and which fields changed."""

    kind: str
    what: str
    words: tuple[Word, ...]
    is_new: bool = False
    reason: str = ""
    lines: tuple[Line, ...] = ()
    beside: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """So many records of one kind."""

    text: str
    kind: str


def entry(told: Told, *, beside: bool = False) -> Entry:
    """Return what is told of one record."""
    lines = tuple(map(_line, told.fields))
    rows = tuple(entry(one, beside=True) for one in told.beside)
    return Entry(str(told.kind), _what(told.shown, beside=beside), words(told.about), told.shown == Shown.ADDED, told.reason, lines, rows)


def _what(shown: Shown, *, beside: bool) -> str:
    match shown:
        case Shown.ADDED:
            return _("added")
        case Shown.CORRECTED:
            return _("corrected")
    return _("taken away") if beside else _("withdrawn")


def _line(changed: FieldChange) -> Line:
    match changed.old, changed.new:
        case (Text(before, language),), (Text(after, same),) if language == same:
            return Line(str(changed.label), words(changed.old), words(changed.new), _pieces(before, after), language)
    return Line(str(changed.label), words(changed.old), words(changed.new))


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return what went and came between two texts; nothing where they have too little in common, or differ by more than their words."""
    if max(len(before), len(after)) > LONGEST_COMPARED or likeness(before, after) < COMPARABLE:
        return ()
    pieces = word_diff(before, after)
    stood = "".join(piece.text for piece in pieces if piece.edit != Went.ADDED)
    # A comparison by words takes no heed of capitals and spaces. Where these were corrected, both texts are told whole.
    told = any(piece.edit != Went.KEPT for piece in pieces) and "".join(stood.split()) == "".join(before.split())
    return tuple(_shortened(pieces)) if told else ()


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, and of what stayed only what is near a change."""
    for place, piece in enumerate(pieces):
        head, tail = AROUND if place else 0, AROUND if place < len(pieces) - 1 else 0
        if piece.edit != Went.KEPT or len(piece.text) <= head + tail + AROUND:
            yield piece
        else:
            yield replace(piece, text=f"{_up_to_a_space(piece.text, head)} … {_from_a_space(piece.text, tail)}".lstrip())


def _up_to_a_space(text: str, most: int) -> str:
    return text[:most].rpartition(" ")[0]


def _from_a_space(text: str, most: int) -> str:
    return text[len(text) - most :].partition(" ")[2]


def words(said: Said) -> tuple[Word, ...]:
    """Return the words of a value."""
    return tuple(_word(one) for one in said)


def _word(one: Any) -> Word:
    match one:
        case Link():
            text = f"{one.name}, {in_words(one.when)}" if one.when else one.name
            return Word(text, reverse(f"tracker:{one.kind}", args=[one.slug]), one.language)
        case Text():
            return Word(Truncator(one.words).chars(LONGEST_TEXT), language=one.language)
        case bool():
            return Word(_("yes") if one else _("no"))
        case UncertainDate() | date():
            return Word(in_words(one))
    raise TypeError(one)


def sums(edit: Made) -> list[tuple[str, list[Counted]]]:
    """Return how many records an edit added, corrected and withdrew: a sentence for each, and the numbers by kind."""
    found = []
    for shown in Shown:
        counts = [count for count in edit.counts if count.shown == shown]
        if counts:
            found.append((_sentence(shown, sum(count.number for count in counts), cut_off=any(count.is_cut_off for count in counts)), by_kind(counts)))
    return found


def _sentence(shown: Shown, number: int, *, cut_off: bool) -> str:
    match shown:
        case Shown.ADDED:
            told = ngettext("%(number)s record added", "%(number)s records added", number)
        case Shown.CORRECTED:
            told = ngettext("%(number)s record corrected", "%(number)s records corrected", number)
        case _:
            told = ngettext("%(number)s record withdrawn", "%(number)s records withdrawn", number)
    told %= {"number": f"{number:,}"}
    return _("More than %(told)s") % {"told": told} if cut_off else told


def by_kind(counts: Iterable[Count]) -> list[Counted]:
    """Return the numbers by kind."""
    return [Counted(_counted(count), str(count.model._meta.model_name)) for count in counts]


def _counted(count: Count) -> str:
    name = count.model._meta.verbose_name if count.number == 1 else count.model._meta.verbose_name_plural
    text = f"{count.number:,} {name}"
    return _("more than %(counted)s") % {"counted": text} if count.is_cut_off else text
