"""What all public lists share: the filters in the address, what of them is in force, and one page of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.filters import ListFilter


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force: what it says, and the query string of the list without it."""

    label: str
    value: str
    without: str


def listed(request: HttpRequest, kind: type[ListFilter], rows: QuerySet[Any], size: int) -> dict[str, Any]:
    """Return what a list prints: ``filter`` (the bound FilterSet), ``chips`` and ``page`` (the rows asked for, ``size`` at a time).

    A page number that is none gives the first page, one too high the last.
    """
    found = kind(request.GET, queryset=rows, request=request)
    page: Page[Any] = Paginator(found.qs, size).get_page(request.GET.get("page"))
    return {"filter": found, "chips": list(_chips(request, found)), "page": page}


def _chips(request: HttpRequest, found: ListFilter) -> Iterator[Chip]:
    form = found.form
    if not found.is_bound or not found.is_valid():
        return
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value in (None, "") or name == "sort":
            continue
        rest = request.GET.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        yield Chip(str(field.label), _shown(field, value), f"?{rest.urlencode()}")


def _shown(field: Any, value: Any) -> str:
    labels = {str(word): str(label) for word, label in getattr(field, "choices", ())} if isinstance(value, str) else {}
    return labels.get(str(value), str(value))
