"""The public log: what was added to the record, corrected in it and withdrawn from it; and one edit by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.filters.changes import ChangesForm
from tracker.queries.changed import told_of
from tracker.queries.edits import EVERYTHING, NOTHING, Made, Scope, edit_by_key, edits, told

from .telling import Counted, Entry, entry, sums

#: Edits on one page.
EDITS = 15
#: An edit of more records is told in numbers, and has them on a page of its own.
MOST_ENTRIES = 12
#: Records on one page of an edit.
RECORDS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One edit as it is printed: each record, or for a large one the numbers."""

    edit: Made
    reason: str
    entries: tuple[Entry, ...]
    sums: list[tuple[str, list[Counted]]]


def changes(request: HttpRequest) -> HttpResponse:
    form = ChangesForm(request.GET)
    context: dict[str, Any] = {"form": form, "chips": form.in_force(), "newest": form.without("before"), "kept": form.kept()}
    if form.is_valid():
        found = edits(form.scope(), form.period(), EDITS + 1)
        context |= {"days": _days(_shown(found[:EDITS], form.scope())), "older": found[EDITS - 1].key if len(found) > EDITS else ""}
    return render(request, "tracker/changes.html", context)


def _shown(found: Sequence[Made], scope: Scope) -> Iterator[Shown]:
    """Yield the edits of which something can be told."""
    small = [edit.pk for edit in found if edit.total <= MOST_ENTRIES]
    entries: dict[int, list[Any]] = defaultdict(list)
    for one in told_of({model: told(model, rule).filter(edit__in=small) for model, rule in scope.rules().items()} if small else {}):
        entries[one.edit].append(one)
    for edit in found:
        if edit.total > MOST_ENTRIES:
            yield Shown(edit, edit.reason, (), sums(edit))
        elif records := entries[edit.pk]:
            yield _told_whole(edit, records)


def _told_whole(edit: Made, records: Sequence[Any]) -> Shown:
    reasons = {one.reason for one in records}
    together = edit.reason or (reasons.pop() if len(reasons) == 1 else "")
    return Shown(edit, together, tuple(_without(entry(one), together) for one in records), [])


def _without(one: Entry, reason: str) -> Entry:
    """Return the entry without a reason that stands above it already."""
    return replace(one, reason="") if one.reason == reason else one


def _days(shown: Iterable[Shown]) -> list[tuple[date, list[Shown]]]:
    return [(day, list(some)) for day, some in groupby(shown, key=lambda one: one.edit.made.date())]


def change(request: HttpRequest, key: str) -> HttpResponse:
    form = ChangesForm(request.GET)
    scope = form.scope() if form.is_valid() else EVERYTHING
    edit = edit_by_key(key, replace(scope, kind=None))
    if edit is None:
        raise Http404
    context: dict[str, Any] = {"form": form, "edit": edit, "sums": sums(edit), "reason": edit.reason, "kept": form.kept()}
    context["chips"] = [chip for chip in form.in_force() if chip.name in {"series", "record"}]
    if form.is_valid() and edit.counts:
        context |= _records(request, edit, scope, form.kept())
    return render(request, "tracker/change.html", context)


def _records(request: HttpRequest, edit: Made, scope: Scope, kept: str) -> dict[str, Any]:
    """Return the records of one edit: all, or those of one kind where they are many or a kind is asked for."""
    if scope.kind or edit.total > MOST_ENTRIES:
        return _one_kind(request, edit, scope.kind or edit.counts[0].model, scope, kept)
    one = _told_whole(edit, told_of({model: told(model, rule).filter(edit=edit.pk) for model, rule in scope.rules().items()}))
    return {"entries": one.entries, "reason": one.reason}


def _one_kind(request: HttpRequest, edit: Made, model: Any, scope: Scope, kept: str) -> dict[str, Any]:
    counts = [count for count in edit.counts if count.model is model]
    rows = told(model, scope.rules().get(model, NOTHING)).filter(edit=edit.pk).order_by("id")
    pages = Paginator(rows.values_list("pk", flat=True), RECORDS)
    pages.count = sum(count.number for count in counts)  # known already, and not counted beyond
    page: Page[Any] = pages.get_page(request.GET.get("page"))
    found = told_of({model: told(model).filter(pk__in=list(page.object_list))})
    kind = str(model._meta.model_name)
    query = f"?kind={kind}{kept}&page="
    return {
        "kind": kind,
        "kind_name": model._meta.verbose_name_plural,
        "page": page,
        "entries": [_without(entry(one), edit.reason) for one in found],
        "before": f"{query}{page.number - 1}" if page.has_previous() else "",
        "after": f"{query}{page.number + 1}" if page.has_next() else "",
        "is_cut_off": any(count.is_cut_off for count in counts),
    }
