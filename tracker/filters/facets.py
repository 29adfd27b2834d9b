"""Facets: the choices of a list with the number of rows each would give, the other filters kept. One query for all of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

#: A facet of records shows this many at most, those with the most rows; the others are found by typing their name.
MOST_CHOICES = 14
#: A list of more rows is not counted to its end: its numbers then say “at least”, and its pages end there.
MOST_COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary under another label than its own."""

    value: str
    label: Any


class Keys(Func):
    """Keys found before, as one value: counting starts from them, and what is public is not asked anew for each facet."""

    template = "(SELECT value FROM json_each(%(expressions)s))"
    output_field = BigIntegerField()

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(Value(json.dumps(list(keys)), TextField()))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="(SELECT jsonb_array_elements_text((%(expressions)s)::jsonb)::bigint)")


def of_these(rows: QuerySet[Any], owner: str, keys: Keys) -> QuerySet[Any]:
    """Return those of ``rows`` whose ``owner`` is among ``keys``, of which there are never so many that an index does not lead to them soonest."""
    found: QuerySet[Any] = rows.filter(**{f"{owner}__in": keys})
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet: the word its address spells, what a reader reads, and how many rows it would give."""

    word: str
    label: Any
    rows: int


#: What one row of the counting query holds: the key of a choice, its label where the database knows it, the rows.
Found = tuple[str, str, int]


def tally(name: str, rows: QuerySet[Any], key: Any, label: Any = "", owner: str = "pk") -> QuerySet[Any]:
    """Return, under ``name``, each key with its label and how many different ``owner`` it has among ``rows``; columns fit those of any other tally."""
    keyed = rows.order_by().annotate(facet_=Value(name, CharField()), key_=_text(key), label_=_text(label) if label else Value("", CharField()))
    found: QuerySet[Any] = keyed.values("facet_", "key_", "label_").annotate(rows_=Count(owner, distinct=True)).values_list("facet_", "key_", "label_", "rows_")
    return found


def _text(value: Any) -> Cast:
    return Cast(F(value) if isinstance(value, str) else value, CharField())


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow by: ``name`` is the parameter of the list's filter that a choice sets."""

    name: str
    label: Any

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:
        """Yield the tallies that count its choices among ``rows``, which have these ``keys``."""
        raise NotImplementedError

    def choices(self, found: Sequence[Found]) -> list[Choice]:
        """Return its choices in the order shown, from what its tallies gave."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Words(Facet):
    """The words of a vocabulary, in its order. ``way`` leads from a row to the column; only rows that ``among`` is true of count."""

    way: str
    words: Any
    among: Q = field(default_factory=Q)

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  some facets count from the keys
        yield tally(self.name, rows.filter(self.among), self.way)

    def choices(self, found: Sequence[Found]) -> list[Choice]:
        rows = summed(found)
        return [Choice(_word(one), one.label, rows.get(str(one.value), 0)) for one in self.words]


@dataclass(frozen=True, slots=True)
class AtLeast(Words):
    """The steps of a scale, each with the rows that stand on it or above. The lowest step narrows nothing and is left out."""

    def choices(self, found: Sequence[Found]) -> list[Choice]:
        exact = summed(found)
        steps = list(self.words)
        above = list(accumulate(exact.get(str(one.value), 0) for one in reversed(steps)))[::-1]
        return [Choice(_word(one), one.label, rows) for one, rows in zip(steps, above, strict=True)][1:]


@dataclass(frozen=True, slots=True)
class Records(Facet):
    """The records that rows lead to by a key, those with the most rows first. ``among`` says which of the ways count."""

    way: str
    named: str = "name"
    among: Q = field(default_factory=Q)

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  some facets count from the keys
        yield tally(self.name, rows.filter(self.among, **{f"{self.way}__isnull": False}), f"{self.way}__slug", f"{self.way}__{self.named}")

    def choices(self, found: Sequence[Found]) -> list[Choice]:
        labels, rows = {key: label for key, label, _number in found}, summed(found)
        return sorted((Choice(key, labels[key] or key, number) for key, number in rows.items() if number), key=lambda one: (-one.rows, str(one.label)))


@dataclass(frozen=True, slots=True)
class Areas(Records):
    """The areas: each counts what belongs to it and to anything under it. ``way`` leads to the commitment (empty, or ending in two underscores)."""

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  some facets count from the keys
        way = self.way
        yield tally(self.name, rows.filter(**{f"{way}kind": "area"}), f"{way}slug", f"{way}name")
        for above in (f"{way}parent", f"{way}parent__parent"):
            yield tally(self.name, rows.filter(**{f"{above}__isnull": False}), f"{above}__slug", f"{above}__name")


@dataclass(frozen=True, slots=True)
class Through(Records):
    """Records that hang on a row through another table. ``hanging`` gives its public rows, ``owner`` leads from them to the row of the list."""

    hanging: Callable[[], QuerySet[Any]] = field(kw_only=True)
    owner: str = field(kw_only=True)

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  some facets count from the keys
        own = of_these(self.hanging(), self.owner, keys).filter(self.among, **{f"{self.way}__isnull": False})
        yield tally(self.name, own, f"{self.way}__slug", f"{self.way}__{self.named}", self.owner)


@dataclass(frozen=True, slots=True)
class WordsThrough(Words):
    """The words of a vocabulary that stand in another table, whose rows hang on a row of the list."""

    hanging: Callable[[], QuerySet[Any]] = field(kw_only=True)
    owner: str = field(kw_only=True)

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  some facets count from the keys
        own = of_these(self.hanging(), self.owner, keys).filter(self.among)
        yield tally(self.name, own, self.way, "", self.owner)


@dataclass(frozen=True, slots=True)
class Marks(Facet):
    """Marks a row can bear, several at once: each word with its label and the condition under which a row bears it."""

    marks: Mapping[str, tuple[Any, Q]]

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  some facets count from the keys
        for word, (_label, condition) in self.marks.items():
            yield tally(self.name, rows.filter(condition), Value(word))

    def choices(self, found: Sequence[Found]) -> list[Choice]:
        rows = summed(found)
        return [Choice(word, label, rows.get(word, 0)) for word, (label, _condition) in self.marks.items()]


@dataclass(frozen=True, slots=True)
class Values(Facet):
    """Whatever stands in a column, the most frequent first. ``called`` gives the label of a value."""

    way: str
    called: Callable[[str], str]

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  some facets count from the keys
        yield tally(self.name, rows, self.way)

    def choices(self, found: Sequence[Found]) -> list[Choice]:
        return sorted((Choice(key, self.called(key), number) for key, number in summed(found).items()), key=lambda one: (-one.rows, one.label))


def summed(found: Iterable[Found]) -> dict[str, int]:
    rows: dict[str, int] = defaultdict(int)
    for key, _label, number in found:
        if key:
            rows[key] += number
    return rows


def counted(tallies: Sequence[QuerySet[Any]]) -> dict[str, list[Found]]:
    """Return what all of ``tallies`` give, under their names; one query, however many there are."""
    found: dict[str, list[Found]] = defaultdict(list)
    if tallies:
        first, *rest = tallies
        for name, key, label, rows in first.union(*rest, all=True) if rest else first:
            found[name].append((key, label, rows))
    return found


def _word(member: Any) -> str:
    return str(getattr(member, "word", member.value))
