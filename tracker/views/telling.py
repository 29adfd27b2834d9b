"""What readers are told of an edit, in words: names with their links, dates as readers write them, long texts cut short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.dates import UncertainDate
from tracker.queries.changed import Link, Said, Text, Told
from tracker.queries.edits import Count, Made
from tracker.vocabulary import Shown

from .dates import in_words

#: Of a longer text its beginning says enough.
LONGEST_TEXT = 320


@dataclass(frozen=True, slots=True)
class Word:
    """A value as it is printed, the address it leads to and the language it is in, where there are such."""

    text: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what it is called, and its words before and after."""

    label: str
    old: tuple[Word, ...]
    new: tuple[Word, ...]


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
    lines = tuple(Line(str(one.label), words(one.old), words(one.new)) for one in told.fields)
    rows = tuple(entry(one, beside=True) for one in told.beside)
    return Entry(str(told.kind), _what(told.shown, beside=beside), words(told.about), told.shown == Shown.ADDED, told.reason, lines, rows)


def _what(shown: Shown, *, beside: bool) -> str:
    match shown:
        case Shown.ADDED:
            return _("added")
        case Shown.CORRECTED:
            return _("corrected")
    return _("taken away") if beside else _("withdrawn")


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
