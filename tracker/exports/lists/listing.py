"""What one public list is to a program: its filters, its rows, its columns, and how a row becomes a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from tracker.dates import UncertainDate
from tracker.exports.package.columns import Column
from tracker.filters import ListFilter

Document = dict[str, Any]
#: So many rows are read at a time, and the rows beside them with one query more.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Nested:
    """Rows beside a row: a list of documents in JSON, left out where a row is a line."""

    name: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """From where and when a list is asked: the day on which ages and conditions are told, and the address of the site."""

    today: date
    origin: str

    def page(self, kind: str, *slugs: str) -> str:
        """Return the whole address of a page."""
        return f"{self.origin}{reverse(f'tracker:{kind}', args=slugs)}"


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. ``describe`` turns some rows at a time into documents whose keys are the names of ``columns``, in their order."""

    name: str
    about: str
    filter: type[ListFilter]
    rows: Callable[[date], QuerySet[Any]]
    columns: tuple[Column | Nested, ...]
    describe: Callable[[Sequence[Any], Site], Iterable[Document]]
    #: The fields that tell the rows apart.
    unique: tuple[str, ...] = ("slug",)

    def asked(self, query: QueryDict, site: Site, request: HttpRequest | None = None) -> ListFilter:
        """Return the filters of the page of the same name, with what ``query`` asks of them."""
        return self.filter(query, queryset=self.rows(site.today), today=site.today, request=request)

    @property
    def flat(self) -> tuple[Column, ...]:
        """Return the columns of a row that is a line."""
        return tuple(column for column in self.columns if isinstance(column, Column))

    def documents(self, rows: QuerySet[Any], site: Site) -> Iterator[list[Document]]:
        """Yield the documents of all ``rows``, some hundred at a time: memory does not grow with their number."""
        found = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            yield list(self.describe(chunk, site))


def many(name: str, about: str) -> Column:
    """Return a column of several words: a list in JSON, separated by spaces on a line."""
    return Column(name, about, "array", required=True)


def span_columns(name: str, about: str, *, required: bool = False) -> tuple[Column, Column, Column]:
    """Return the columns of a date that may be uncertain: as it is known, its earliest and its latest day."""
    return (
        Column(name, f"{about} As finely as it is known: 2024-07-03, 2024-07, 2024, or the two ends 2024-07/2024-09.", required=required),
        Column(f"{name}_earliest", f"The earliest day that “{name}” can mean.", "date", required=required),
        Column(f"{name}_latest", f"The latest day that “{name}” can mean.", "date", required=required),
    )


def span_values(name: str, span: UncertainDate | None) -> Document:
    """Return the values of such a date under the names of its columns."""
    if span is None:
        return {name: None, f"{name}_earliest": None, f"{name}_latest": None}
    return {name: span.edtf(), f"{name}_earliest": span.earliest.isoformat(), f"{name}_latest": span.latest.isoformat()}


def unknown(found: ListFilter, query: QueryDict, *more: str) -> list[str]:
    """Return the words of ``query`` that the list does not know, apart from ``more``."""
    return sorted(name for name in query if name not in found.filters and name not in more)
