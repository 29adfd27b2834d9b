"""Columns of a table that is published as CSV: their names, types and meanings, and their values from a record as a fixture spells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from tracker.dates import EDTF_HELP, UncertainDate, parse_edtf
from tracker.history.thresholds import THRESHOLDS
from tracker.loading.fields import Field, fields_of
from tracker.loading.shapes import Record
from tracker.loading.template import meaning
from tracker.vocabulary import Rule
from tracker.vocabulary.meanings import MEANINGS
from tracker.vocabulary.scales import Scale

Value = str | int | float | bool | None
#: What fields mean to who reads them, where fixtures tell those who write them what to do.
_FOR_READERS = {
    "phrase": "At most eight words, exactly as they stand in the document.",
    "paraphrase": "What the passage says, in the record's own words.",
    "source": "The document.",
    "speaker": "The person who said it. Empty where the document names nobody.",
    "act": "What was done by saying it.",
    "stage": "The rung reached. Empty where the milestone states a condition.",
    "condition": "The condition stated. Empty where the milestone states a rung.",
    "criteria": "What would count as delivered. An area has none.",
    "parent": "The area above.",
    "stated": "When it was stated, if not at a meeting of the record.",
    "stated_at": "The meeting at which it was stated.",
    "succeeds": "The commitment that it follows, after that was closed.",
    "read_by": "Who read the whole text against the list of commitments.",
}


@dataclass(frozen=True, slots=True)
class Column:
    """``words`` are all that can stand there, lowest first if ``ordered``; ``leads_to`` is the table whose slug it holds."""

    name: str
    about: str
    type: str = "string"
    words: tuple[str, ...] = ()
    ordered: bool = False
    required: bool = False
    leads_to: str = ""

    def as_field(self) -> dict[str, Any]:
        """Return the column as a field of a Table Schema, with what each of its words means."""
        told: dict[str, Any] = {"name": self.name, "type": self.type, "description": " ".join(filter(None, (self.about, _explained(self.words))))}
        if self.words:
            told |= {"categories": list(self.words), "categoriesOrdered": True} if self.ordered else {"categories": list(self.words)}
        constraints: dict[str, Any] = {"required": True} if self.required else {}
        constraints |= {"enum": list(self.words)} if self.words else {}
        return told | ({"constraints": constraints} if constraints else {})


def with_thresholds(text: object) -> str:
    """Return a text of the vocabulary with the thresholds in force."""
    return str(text) % {**asdict(THRESHOLDS), "reading": THRESHOLDS.reading.label}


@cache
def _explained(words: tuple[str, ...]) -> str:
    """Return what each of the words means, if they are a list of the vocabulary."""
    known: dict[Any, Mapping[Any, Any]] = {**MEANINGS, Rule: {rule: rule.label for rule in Rule}}
    for listed, meanings in known.items():
        if words and words == tuple(listed.words() if issubclass(listed, Scale) else listed.values):
            return " ".join(f"{word}: {with_thresholds(meanings[member])}" for word, member in zip(words, listed, strict=True))
    return ""


def columns_of(kind: str, shape: type[Record], names: Sequence[str]) -> Iterator[Column]:
    """Yield the columns of the fields ``names`` of a shape; a date that may be uncertain has three."""
    for name in names:
        about = fields_of(shape)[name]
        yield from _columns(about, _FOR_READERS.get(name) or meaning(kind, shape, about))


def values_of(shape: type[Record], names: Sequence[str], fields: Mapping[str, Any]) -> list[Value]:
    """Return the values of these columns for one record."""
    values: list[Value] = []
    for name in names:
        about = fields_of(shape)[name]
        value = fields.get(name, about.default if not about.required else None)
        values += _values(about, value)
    return values


def when(name: str, about: str, *, required: bool = False) -> tuple[Column, Column, Column]:
    """Return the columns of a date that may be uncertain: as it is known, its earliest and its latest day."""
    return (
        Column(name, f"{about} As finely as it is known: {EDTF_HELP}.", required=required),
        Column(f"{name}_earliest", f"The earliest day that “{name}” can mean.", "date", required=required),
        Column(f"{name}_latest", f"The latest day that “{name}” can mean.", "date", required=required),
    )


def dated(span: UncertainDate | None) -> list[Value]:
    """Return the values of the columns of such a date."""
    return [span.edtf(), span.earliest.isoformat(), span.latest.isoformat()] if span else [None, None, None]


def _columns(about: Field, told: str) -> tuple[Column, ...]:
    name, matter = about.name, about.matter
    match matter.sort:
        case "span":
            return when(name, told, required=about.required)
        case "day":
            return (Column(name, told, "date", required=about.required),)
        case "flag":
            return (Column(name, told, "boolean", required=True),)
        case "terms":
            return (Column(name, f"{told} Separated by commas: {', '.join(matter.words)}."),)
        case "reference":
            return (Column(name, told, required=about.required, leads_to=matter.kind),)
    return (Column(name, told, words=matter.words, ordered=matter.scale is not None, required=about.required),)


def _values(about: Field, value: Any) -> list[Value]:
    match about.matter.sort:
        case "span":
            return dated(parse_edtf(value) if value else None)
        case "terms":
            return [",".join(value)]
    return [value]
