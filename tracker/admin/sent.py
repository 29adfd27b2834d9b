"""The form of a record as a browser would send it, without a browser: as it stands, and with the changes of a proposal typed over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from .stamps import differing, stood, typed, watched

#: By field what stood there and what was typed; of the rows beside a record with the key of the row, or without one for a new row.
Changes = Mapping[str, Any]


def forms_of(desk: Any, request: HttpRequest, row: Any, data: QueryDict | None = None) -> tuple[Any, list[Any]]:
    """Return the form of ``row`` and those of the rows beside it as its own admin makes them, with ``data`` typed in if there is any."""
    form = desk.get_form(request, row, change=True)(data, instance=row)
    made = desk.get_formsets_with_inlines(request, row)
    sets = [one(data, instance=form.instance, prefix=one.get_default_prefix(), queryset=inline.get_queryset(request)) for one, inline in made]
    return form, sets


def changes_of(form: Any, formsets: Iterable[Any]) -> dict[str, Any]:
    """Return what was typed into bound forms otherwise than it stands; nothing if that is nothing."""
    rows = {one.prefix: [*map(_of_row, (row for row in one.initial_forms if differing(row))), *map(_of_row, _new(one))] for one in formsets}
    found = {"record": _fields(form), "rows": {prefix: some for prefix, some in rows.items() if some}}
    return found if any(found.values()) else {}


def _new(formset: Any) -> Iterable[Any]:
    return (row for row in formset.extra_forms if row.has_changed())


def _fields(form: Any) -> dict[str, Any]:
    return {name: {"was": stood(form, name), "now": typed(form, name)} for name in differing(form)}


def _of_row(form: Any) -> dict[str, Any]:
    if form.instance.pk is None:
        return {"pk": None, "fields": {name: {"was": [], "now": typed(form, name)} for name in watched(form)}}
    return {"pk": form.instance.pk, "fields": _fields(form)}


def as_it_stands(form: Any, formsets: Iterable[Any]) -> QueryDict:
    """Return what a browser would send of unbound forms if nothing were typed."""
    sent = QueryDict(mutable=True)
    for one in (form, *(row for formset in formsets for row in formset.initial_forms)):
        for name, field in one.fields.items():
            if not field.disabled and name != getattr(getattr(one, "fk", None), "name", None):
                sent.setlist(one.add_prefix(name), stood(one, name))
    for formset in formsets:
        number = str(len(formset.initial_forms))
        for name, value in (("TOTAL", number), ("INITIAL", number), ("MIN_NUM", "0"), ("MAX_NUM", "1000")):
            sent[f"{formset.prefix}-{name}_FORMS"] = value
    return sent


def with_changes(sent: QueryDict, formsets: Iterable[Any], changes: Changes) -> QueryDict:
    """Return ``sent`` with ``changes`` typed over it. A row that is no longer there is left out."""
    for name, one in changes["record"].items():
        sent.setlist(name, one["now"])
    for formset in formsets:
        numbers = {row.instance.pk: number for number, row in enumerate(formset.initial_forms)}
        total = len(numbers)
        for row in changes["rows"].get(formset.prefix, ()):
            if row["pk"] is None:
                number, total = total, total + 1
            elif (number := numbers.get(row["pk"], -1)) < 0:
                continue
            for name, one in row["fields"].items():
                sent.setlist(f"{formset.prefix}-{number}-{name}", one["now"])
        sent[f"{formset.prefix}-TOTAL_FORMS"] = str(total)
    return sent
