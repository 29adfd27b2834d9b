"""What every public list can be asked: the kinds of fields, the columns it is sorted by, and what gives how many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key
from tracker.models import Commitment, CommitmentName, Participant, Party, Series
from tracker.vocabulary import Level

from .facets import MOST_COUNTED, Choice, Facet, Keys, counted

FIRST_YEAR, LAST_YEAR = 1900, 2100


def public_series(_request: HttpRequest | None) -> QuerySet[Any]:
    return Series.objects.published().in_order()


def public_areas(_request: HttpRequest | None) -> QuerySet[Any]:
    return Commitment.objects.published().areas().in_order()


def public_commitments(_request: HttpRequest | None) -> QuerySet[Any]:
    return Commitment.objects.published().in_order()


def public_parties(_request: HttpRequest | None) -> QuerySet[Any]:
    return Party.objects.published().in_order()


def public_participants(_request: HttpRequest | None) -> QuerySet[Any]:
    return Participant.objects.published().in_order()


def by_word(scale: Iterable[Any]) -> list[tuple[str, Any]]:
    """Return the choices of an ordered list by its words: addresses spell ``memorandum``, not 2."""
    return [(member.word, member.label) for member in scale]


def choice(label: Any, choices: Any, **more: Any) -> Any:
    return django_filters.ChoiceFilter(label=label, choices=choices, **more)


def among(label: Any, rows: Any, **more: Any) -> Any:
    """Return the filter for one record, by its slug. It is no list to choose from, which would grow with the data: a facet offers choices."""
    return django_filters.ModelChoiceFilter(label=label, queryset=rows, to_field_name="slug", widget=forms.HiddenInput, **more)


def text(label: Any, method: str = "with_text") -> Any:
    return django_filters.CharFilter(label=label, method=method, max_length=100)


class Whole(django_filters.NumberFilter):  # type: ignore[misc]  # ships no types
    field_class = forms.IntegerField

    def get_max_validator(self) -> None:
        """The field has limits of its own."""


def at_least(label: Any, **more: Any) -> Any:
    """Return the filter for rows that count at least so many."""
    return Whole(label=label, lookup_expr="gte", min_value=1, max_value=99_999, **more)


def year(label: Any, field: str, lookup: str) -> Any:
    """Return the filter for rows whose ``field`` lies in the year asked for or on one side of it."""
    return Whole(label=label, field_name=field, lookup_expr=lookup, min_value=FIRST_YEAR, max_value=LAST_YEAR)


LATEST = (_("earliest first"), _("latest first"))
MOST = (_("fewest first"), _("most first"))
HIGHEST = (_("lowest first"), _("highest first"))
LONGEST = (_("shortest first"), _("longest first"))
NAMES = (_("A to Z"), _("Z to A"))


@dataclass(frozen=True, slots=True)
class Column:
    """What a list can be sorted by: the fields, and what the two directions are called, rising first. Empty values come last in both."""

    label: Any
    directions: tuple[Any, Any]
    fields: tuple[str, ...]

    @property
    def falls_first(self) -> bool:
        """Return whether a reader who sorts by it wants the high end first."""
        return self.directions is not NAMES


def column(label: Any, directions: tuple[Any, Any], *fields: str) -> Column:
    return Column(label, directions, fields)


def sort_by(columns: Mapping[str, Column]) -> Any:
    """Return the filter that sorts: a column's word rises, with a minus before it falls."""
    choices = [
        (f"{sign}{word}", format_lazy("{label}: {direction}", label=one.label, direction=one.directions[sign == "-"]))
        for word, one in columns.items()
        for sign in (("-", "") if one.falls_first else ("", "-"))
    ]
    return choice(_("Sort by"), choices, method="sorted_by", widget=forms.HiddenInput)


class ListFilter(django_filters.FilterSet):  # type: ignore[misc]  # ships no types
    """One public list. What can't be understood finds nothing: the form says which word, and what would be right.

    Of a parameter given twice the last one counts; what the list does not know is not looked at, and not kept in its links.
    """

    #: What the list is called.
    title: ClassVar[Any] = ""
    columns: ClassVar[Mapping[str, Column]] = {}
    #: The order in which the rows come when none is asked for, as ``sort`` spells it.
    default: ClassVar[str] = ""
    #: What settles the order of rows that are equal in the column sorted by.
    ties: ClassVar[tuple[str, ...]] = ("pk",)
    #: Which rows are counted where there are too many: the first of this order, which an index gives.
    counted_by: ClassVar[tuple[str, ...]] = ("pk",)
    facets: ClassVar[tuple[Facet, ...]] = ()
    #: How a row leads to its commitment, for lists of what hangs on one.
    to_commitment: ClassVar[str] = "commitment__"
    #: How a row leads to its meeting, for lists of meetings and of what came up at one.
    to_meeting: ClassVar[str] = ""

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, *, today: date, request: HttpRequest | None = None) -> None:
        self.today = today
        super().__init__(QueryDict() if data is None else data, queryset, request=request)

    @cached_property
    def in_force(self) -> dict[str, Any]:
        """Return the value of every filter that was asked for and understood, by name; the order of the rows is none."""
        self.is_valid()
        values: dict[str, Any] = getattr(self.form, "cleaned_data", {})
        return {name: value for name, value in values.items() if value not in (None, "") and name != "sort"}

    @property
    def qs(self) -> QuerySet[Any]:
        """Return the rows asked for, in their order."""
        if not self.is_valid():
            found: QuerySet[Any] = self.queryset.none()
            return found
        rows: QuerySet[Any] = self.queryset.all()
        for name, value in self.in_force.items():
            rows = self.filters[name].filter(rows, value)
        return self.sorted_by(rows, "sort", self.order)

    @property
    def order(self) -> str:
        return str(getattr(self.form, "cleaned_data", {}).get("sort") or self.default)

    def described(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return ``rows`` with the columns that filters and facets ask for, as the rows of the list have them."""
        return rows

    @cached_property
    def everything(self) -> list[int]:
        """Return the key of every row of the list, of too many the first ones and one more; one query."""
        return self._first(self.queryset)

    def _first(self, rows: QuerySet[Any]) -> list[int]:
        return list(rows.order_by(*self.counted_by).values_list("pk", flat=True)[: MOST_COUNTED + 1])

    @cached_property
    def _found(self) -> dict[str, list[int]]:
        """Return the keys of what all filters in force find under an empty name, and of what all but one find under the name of that one; one query."""
        if not self.in_force:
            return {"": self.everything}
        return self._among_few() if len(self.everything) <= MOST_COUNTED else self._among_many()

    def _among_few(self) -> dict[str, list[int]]:
        """Look at every row of the list and at each filter once."""
        rows = self.described(self.queryset.model._default_manager.all())
        passed = [Q(pk__in=self.filters[name].filter(rows, value).order_by().values("pk")) for name, value in self.in_force.items()]
        columns = {f"passes_{number}": ExpressionWrapper(rule, BooleanField()) for number, rule in enumerate(passed)}
        told = list(self.queryset.order_by().values_list("pk", *columns.values()))

        def keys(without: str) -> list[int]:
            skipped = [name == without for name in self.in_force]
            return [pk for pk, *flags in told if all(flag or skip for flag, skip in zip(flags, skipped, strict=True))]

        return {name: keys(name) for name in ("", *self.in_force)}

    def _among_many(self) -> dict[str, list[int]]:
        """Look for the first rows that pass, whatever number there is."""

        def some(without: str) -> QuerySet[Any]:
            rows: QuerySet[Any] = self.queryset.all()
            for name, value in self.in_force.items():
                rows = rows if name == without else self.filters[name].filter(rows, value)
            first = rows.order_by(*self.counted_by).values("pk")[: MOST_COUNTED + 1]
            kept: QuerySet[Any] = self.queryset.model._default_manager.filter(pk__in=first).order_by()
            told: QuerySet[Any] = kept.annotate(without=Value(without, CharField())).values_list("without", "pk")
            return told

        views = [some(name) for name in ("", *self.in_force)]
        found: dict[str, list[int]] = {name: [] for name in ("", *self.in_force)}
        for name, pk in views[0].union(*views[1:], all=True):
            found[name].append(pk)
        return found

    def keys(self, *, without: str = "") -> list[int]:
        """Return the keys of the rows that all filters in force find, or all but one of them; of too many some, more than ``MOST_COUNTED``."""
        return self._found.get(without, self._found[""])

    @property
    def page_rows(self) -> QuerySet[Any]:
        """Return the rows of which pages are made: those asked for, in their order, and of too many the first ones."""
        keys = self.keys() if self.is_valid() else []
        if len(keys) <= MOST_COUNTED or self.order != self.default or self.counted_by == ListFilter.counted_by:
            return self.qs
        # They are known already, and only they are put in order.
        return self.sorted_by(self.queryset.filter(pk__in=Keys(keys)), "sort", self.order)

    def counts(self) -> dict[str, list[Choice]]:
        """Return the choices of each facet with the rows each would give, the other filters kept; one query beside that of ``everything``."""
        rows = self.described(self.queryset.model._default_manager.all())
        tallies: list[QuerySet[Any]] = []
        for facet in self.facets:
            keys = Keys(self.keys(without=facet.name))
            tallies += facet.tallies(rows.filter(pk__in=keys), keys)
        found = counted(tallies)
        return {facet.name: facet.choices(found.get(facet.name, [])) for facet in self.facets}

    def sorted_by(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        falls, name = word.startswith("-"), word.removeprefix("-")
        order = [F(one).desc(nulls_last=True) if falls else F(one).asc(nulls_last=True) for one in self.columns[name].fields]
        return rows.order_by(*order, *self.ties)

    def at_level(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(**{f"{self.to_meeting}level": Level.from_word(word)})

    def bearing(self, rows: QuerySet[Any], name: str, word: str) -> QuerySet[Any]:
        """Return the rows that bear the mark ``word`` of the facet of that name."""
        marks = next(facet for facet in self.facets if facet.name == name)
        return rows.filter(marks.marks[word][1])  # type: ignore[attr-defined]  # a facet of marks

    def in_area(self, rows: QuerySet[Any], _name: str, area: Commitment) -> QuerySet[Any]:
        """Return what belongs to the area or to anything under it."""
        way = self.to_commitment
        return rows.filter(Q(**{f"{way}pk": area.pk}) | Q(**{f"{way}parent": area.pk}) | Q(**{f"{way}parent__parent": area.pk}))

    def with_commitment_named(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        """Return what belongs to a commitment that has the text, in any script, in one of its names."""
        key = search_key(typed)
        if not key:
            return rows.none()
        other = CommitmentName.objects.filter(commitment=OuterRef("pk"), name_key__contains=key)
        found = Commitment.objects.filter(Q(name_key__contains=key) | Exists(other))
        return rows.filter(**{f"{self.to_commitment}pk__in": found.values("pk")})
