"""What a reader asks for in an address: read, or answered with a sentence beside the field. Never an error page."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.dates import EdtfError, parse_edtf

LONGEST_ANSWER = 40


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day asked for. ``asked`` is None and ``day`` is today where none was, or none that can be read; ``problem`` then says why."""

    day: date
    asked: date | None = None
    typed: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    problem: str = ""


def as_of(request: HttpRequest) -> AsOf:
    """Return the day asked for with ``as_of``: a day, or the last day of a month or a year."""
    typed, today = plain(request.GET.get("as_of", "")), timezone.now().date()
    if not typed:
        return AsOf(today)
    try:
        day = parse_edtf(typed).latest
    except EdtfError:
        problem = _("“%(typed)s” is not a day of the calendar. Write a day (2024-07-03), a month (2024-07) or a year (2024).")
        return AsOf(today, typed=typed, problem=problem % {"typed": typed})
    return AsOf(day, asked=day, typed=typed)


def refusal(asked: AsOf) -> HttpResponse | None:
    """Return the answer of a file that was asked for as of a day that is none, or None: a file has no place for a message beside a field."""
    return HttpResponse(asked.problem, content_type="text/plain; charset=utf-8", status=400) if asked.problem else None


def choice(request: HttpRequest, name: str, allowed: Collection[str], default: str) -> Choice:
    """Return one of the ``allowed`` words asked for with ``name``, or the default with a sentence if another was asked for."""
    typed = plain(request.GET.get(name, ""))
    if not typed or typed in allowed:
        return Choice(typed or default)
    return Choice(default, _("“%(typed)s” is none of the choices.") % {"typed": typed})


def plain(text: str, longest: int = LONGEST_ANSWER) -> str:
    """Return what was typed without control characters, cut to a length worth repeating."""
    return "".join(character for character in text if unicodedata.category(character)[0] != "C").strip()[:longest]
