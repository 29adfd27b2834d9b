"""What one record must hold by itself: its dates, texts, addresses and the fields that go together. Looks at no other record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from tracker.dates import EdtfError, parse_edtf
from tracker.evidence import LONGEST_PHRASE, LocatorError, parse_locator, word_count
from tracker.folding import search_key
from tracker.models.deadline import RESOLVED
from tracker.vocabulary import CommitmentKind, Extent, PartyKind, PublicationState, SeriesKind

from .fields import Field, fields_of
from .problems import Problem, shown
from .records import Entry
from .shapes import Record
from .tables import longest

#: What is wrong: field, found, right, then other fields without which the rule can't be asked.
Fault = tuple[str, ...]

LONGEST_ADDRESS = 2000
LONGEST_SEARCH_KEY = 600
_ADDRESS = URLValidator(schemes=["http", "https"])
#: How a field is written, and the same in words; the forms of the admin ask for it too.
FORMS = {
    "iso2": (r"[A-Z]{2}", "two capital letters, for example PK"),
    "country": (r"[A-Z]{2}", "two capital letters, for example PK"),
    "text_sha256": (r"[0-9a-f]{64}", "64 hexadecimal digits in small letters"),
    "wikidata_id": (r"Q[1-9][0-9]*", "Q and a number, for example Q843"),
    "language": (r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language tag, for example en, ru or ur"),
}


def broken_rules(entry: Entry) -> Iterator[Problem]:
    """Yield a problem for each rule that ``entry`` breaks; fields that could not be taken are passed over."""
    for name, found, right, *needed in (*_fields(entry), *_together(entry)):
        if not entry.faulty.intersection((name, *needed)):
            yield entry.problem(name, found, right)


def _fields(entry: Entry) -> Iterator[Fault]:
    record, faulty = entry.record, entry.faulty
    for name, about, default, check, most in _to_check(entry.shape):
        value = getattr(record, name)
        if value == default or name in faulty:
            continue
        if check:
            yield from ((name, *fault) for fault in check(value, about))
        if isinstance(value, str) and len(value) > most:
            yield (name, f"has {len(value)} characters", f"at most {most}")


@cache
def _to_check(shape: type[Record]) -> tuple[tuple[str, Field, Any, Callable[[Any, Field], Iterator[Fault]] | None, int], ...]:
    """Return the fields of a shape, each with its default, what checks its sort, and the most characters that it holds."""
    return tuple((name, about, about.default, _CHECKS.get(about.matter.sort), longest(shape, name)) for name, about in fields_of(shape).items())


def _text(value: str, about: Field) -> Iterator[Fault]:
    if not value and about.required:
        yield ("is empty", "write something")
    if value and (form := FORMS.get(about.name)) and not re.fullmatch(form[0], value):
        yield (shown(value), f"expected {form[1]}")
    if value and about.name in {"url", "archived_url"}:
        yield from _address(value)
    if value and about.name == "name":
        yield from _name(value)


def _name(value: str) -> Iterator[Fault]:
    key = search_key(value)
    if not key:
        yield (f"{shown(value)} holds no letter and no digit", "write the name")
    elif len(key) > LONGEST_SEARCH_KEY:
        yield ("is too long to be searched for", "shorten the name")


def _address(value: str) -> Iterator[Fault]:
    right = "an address begins with http:// or https://"
    try:
        _ADDRESS(value)
        parts = urlsplit(value)
    except (ValidationError, ValueError):
        yield (f"{shown(value)} is not an address of the web", right)
        return
    if not value.startswith(("http://", "https://")):
        yield (f"{shown(value)} is not an address of the web", right)
    if parts.username is not None or parts.password is not None:
        yield ("the address holds a user name or password", "take it out")


def _span(value: str, _about: Field) -> Iterator[Fault]:
    try:
        parse_edtf(value)
    except EdtfError as error:
        yield (str(error), "")


def _day(value: str, about: Field) -> Iterator[Fault]:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        yield (shown(value), f"expected {about.matter.expected}")
        return
    try:
        date.fromisoformat(value)
    except ValueError:
        yield (f"{shown(value)} is not a day of the calendar", "")


def _locator(value: str | int, _about: Field) -> Iterator[Fault]:
    if value != "":
        try:
            parse_locator(str(value))
        except LocatorError as error:
            yield (str(error), "")


def _no_repetition(value: list[str], _about: Field) -> Iterator[Fault]:
    for word in sorted({word for word in value if value.count(word) > 1}):
        yield (f"{shown(word)} stands twice", "write it once")


_CHECKS: dict[str, Callable[[Any, Field], Iterator[Fault]]] = {
    "text": _text,
    "span": _span,
    "day": _day,
    "locator": _locator,
    "terms": _no_repetition,
    "references": _no_repetition,
}


def _together(entry: Entry) -> Iterator[Fault]:
    record = entry.record
    if "state" in fields_of(entry.shape):
        yield from _publication(record)
    if "renamed_from" in fields_of(entry.shape) and record.renamed_from == record.slug:
        yield ("renamed_from", "a record can't be renamed to its own slug", "write the old slug, or leave it out", "slug")
    if rule := _RULES.get(entry.kind):
        yield from rule(record)
    # A mention that was withdrawn when two commitments were merged has given its citations to the one that stays.
    if "citations" in fields_of(entry.shape) and not record.citations and record.state != PublicationState.WITHDRAWN:
        yield ("citations", "no citation proves it", f"add [[{entry.kind}.citations]]")


def _publication(record: Any) -> Iterator[Fault]:
    if record.state == PublicationState.WITHDRAWN and not record.withdrawn_reason:
        yield ("withdrawn_reason", "a withdrawn record without a reason", "say why: its readers will be told", "state")


def _party(record: Any) -> Iterator[Fault]:
    if record.iso2 and record.kind != PartyKind.STATE:
        yield ("iso2", "only a state has a country code", "leave it out", "kind")


def _series(record: Any) -> Iterator[Fault]:
    if record.kind == SeriesKind.DYAD and len(record.parties) != 2:
        yield ("parties", f"a dyad has two parties, here stand {len(record.parties)}", "name both", "kind")
    elif not record.parties:
        yield ("parties", "names no party", "name the parties")


def _source(record: Any) -> Iterator[Fault]:
    if record.derived_from == record.slug:
        yield ("derived_from", "a document can't be a copy of itself", "name the document it copies", "slug")


def _commitment(record: Any) -> Iterator[Fault]:
    area = record.kind == CommitmentKind.AREA
    if not record.parties:
        yield ("parties", "names no party", "name the parties")
    if not area and not record.criteria:
        yield ("criteria", f"a {record.kind} without criteria", "say what would count as delivered; what cannot say it is an area", "kind")
    if not area and record.parent is None:
        yield ("parent", f"a {record.kind} under no area", "everything that is no area hangs under one", "kind")
    if record.slug == record.succeeds:
        yield ("succeeds", "a commitment can't succeed itself", "name the one before it", "slug")


def _meeting(record: Any) -> Iterator[Fault]:
    if record.part_of == record.slug:
        yield ("part_of", "a meeting can't be part of itself", "name the journey it belongs to", "slug")
    try:
        starts, ends = parse_edtf(record.starts), date.fromisoformat(record.ends)
    except (ValueError, TypeError, AttributeError):
        return  # without both days there is nothing to compare; a wrong one is told above
    if ends < starts.earliest:
        yield ("ends", f"{shown(record.ends)} is before the first day, {record.starts}", "a meeting can't end before it starts")


def _report(record: Any) -> Iterator[Fault]:
    if (record.read_on is None) != (not record.read_by):
        missing = "read_by" if record.read_on else "read_on"
        yield (missing, "a reading without a day or without a reader", "state both read_on and read_by, or neither", "read_on", "read_by")
    if record.read_on and record.extent != Extent.FULL:
        yield ("read_on", f"read in full, but the extent is {shown(record.extent)}", "only a source held in full can be read in full", "extent")


def _citation(record: Any) -> Iterator[Fault]:
    if record.both_sides and record.party is not None:
        yield ("both_sides", "one side is named and both are", "name the party, or say both_sides, not the two together", "party")
    if not record.phrase and not record.paraphrase:
        yield ("paraphrase", "says nothing", "give a paraphrase or a key phrase", "phrase")
    if word_count(record.phrase) > LONGEST_PHRASE:
        yield ("phrase", f"has {word_count(record.phrase)} words", f"a key phrase has at most {LONGEST_PHRASE} words")
    elif record.phrase != " ".join(record.phrase.split()):
        yield ("phrase", "its words are not separated by single spaces", "write one space between words")


def _milestone(record: Any) -> Iterator[Fault]:
    if (record.stage is None) == (record.condition is None):
        found = "states neither a rung nor a condition" if record.stage is None else "states a rung and a condition"
        yield ("stage", found, "write stage or condition: one of the two", "condition")


def _deadline(record: Any) -> Iterator[Fault]:
    if (record.stated_at is None) == (record.stated is None):
        found = "does not say when it was stated" if record.stated is None else "says twice when it was stated"
        yield ("stated", found, "write stated_at (a meeting) or stated (a date): one of the two", "stated_at")
    if record.resolved is not None and record.outcome not in RESOLVED:
        yield ("resolved", f"a day of resolution, but the outcome is {shown(record.outcome)}", f"the outcome is one of {', '.join(RESOLVED)}", "outcome")


def _redirect(record: Any) -> Iterator[Fault]:
    if record.old_slug == record.new_slug:
        yield ("new_slug", "an old address can't lead to itself", "name the record it leads to", "old_slug")


_RULES: dict[str, Callable[[Any], Iterator[Fault]]] = {
    "party": _party,
    "series": _series,
    "source": _source,
    "commitment": _commitment,
    "meeting": _meeting,
    "report": _report,
    "citation": _citation,
    "milestone": _milestone,
    "deadline": _deadline,
    "redirect": _redirect,
}
