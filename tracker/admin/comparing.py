"""Two people saved one form: what stands now beside what was typed, field by field, and the choice between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import CheckboxInput, ModelChoiceField
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from tracker.models.edit import versions_of

from .fields import KEY
from .stamps import OPENED, Stamp, Stamps, changed_since, differing, digest, stood, typed

#: Names of inputs: that it was chosen, what there was to choose, what was chosen, what stands, and the stamp that was overtaken.
CHOSEN, ASKED, CHOICE, THEIRS, BEFORE = "_chosen", "_asked", "_choice-", "_theirs-", "_opened_before"
MINE, NOW, AGAIN, LEAVE = "mine", "now", "again", "leave"


@dataclass(frozen=True, slots=True)
class Line:
    """One choice: what stands now, and what was typed. ``fields`` are the inputs that follow from it, with what stands in each."""

    key: str
    label: str
    now: str
    mine: str
    chosen: str
    fields: Mapping[str, list[str]]
    values: tuple[str, str] = (NOW, MINE)


@dataclass(frozen=True, slots=True)
class Part:
    """The choices of one row."""

    title: str
    lines: list[Line]


def compared(form: Any, formsets: Iterable[Any], stamps: Stamps) -> list[Part]:
    """Return what somebody else has saved since the form was opened, beside what was typed."""
    parts = [Part(str(form.instance._meta.verbose_name), _lines(form, stamps.record))] if form.is_overtaken else []
    for formset in formsets:
        for number, row in enumerate(formset.initial_forms):
            title = f"{formset.model._meta.verbose_name} {number + 1}"
            if row.is_gone:
                parts.append(Part(title, [_gone(row)]))
            elif row.is_overtaken:
                stamp = stamps.rows.get((formset.prefix, str(row.instance.pk)), Stamp())
                parts.append(Part(title, [_kept(row)] if formset.takes_away(row) else _lines(row, stamp)))
    return parts


def _lines(form: Any, stamp: Stamp) -> list[Line]:
    return [_line(form, name, stamp, theirs=name in changed_since(form, stamp)) for name in differing(form)]


def _line(form: Any, name: str, stamp: Stamp, *, theirs: bool) -> Line:
    now, mine = stood(form, name), typed(form, name)
    both = theirs and digest(mine) != stamp.digests.get(name)
    html = form.add_prefix(name)
    return Line(html, str(form.fields[name].label), shown(form, name, now), shown(form, name, mine), "" if both else NOW if theirs else MINE, {html: now})


def _gone(row: Any) -> Line:
    """Return the choice to leave a row away, or to add it again under what it was known by, which no form lets anybody type."""
    mine = "; ".join(f"{row.fields[name].label}: {shown(row, name, typed(row, name))}" for name in differing(row))
    last: Any = versions_of(row._meta.model)._default_manager.filter(id=row["id"].value()).order_by("-history_id").first()
    names = [name for name in ("key",) if name in row.fields and last is not None]
    known = {row.add_prefix(name): [str(getattr(last, name))] for name in names}
    return Line(row.prefix, _("Row"), _("taken away"), mine, "", known, (LEAVE, AGAIN))


def _kept(row: Any) -> Line:
    names = differing(row)
    now = "; ".join(f"{row.fields[name].label}: {shown(row, name, stood(row, name))}" for name in names)
    fields = {row.add_prefix("DELETE"): [], **{row.add_prefix(name): stood(row, name) for name in names}}
    return Line(row.prefix, _("Row"), now or _("changed"), _("taken away"), "", fields)


def shown(form: Any, name: str, values: Iterable[str]) -> str:
    """Return the values of a field as people read them."""
    return ", ".join(_labels(form.fields[name], [value for value in values if value])) or "–"


def _labels(field: Any, values: list[str]) -> Iterable[str]:
    if isinstance(field, ModelChoiceField):
        rows = field.queryset.filter(pk__in=[value for value in values if KEY.fullmatch(value)])  # type: ignore[union-attr]  # a choice has rows
        return sorted(field.label_from_instance(row) for row in rows)
    if isinstance(field.widget, CheckboxInput):
        return [_("yes")] if values else []
    choices: Any = flatten_choices(getattr(field, "choices", ()))
    labels = {str(key): str(label) for key, label in choices}
    return [labels.get(value, value) for value in values]


def carried(data: QueryDict) -> Iterator[tuple[str, str]]:
    """Yield every input that was typed, so that nothing of it is lost while its author chooses."""
    for name, values in data.lists():
        if name not in {"csrfmiddlewaretoken", OPENED, CHOSEN, BEFORE} and not name.startswith((ASKED, CHOICE, THEIRS)):
            yield from ((name, str(value)) for value in values)


def as_new(data: QueryDict, owners: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what was typed into the form of a record that is gone as the form of a new one would send it.

    ``owners`` names for each inline the key that leads to the record.
    """
    old = {f"{prefix}-{name}": pattern for prefix, fk in owners.items() for name, pattern in (("INITIAL_FORMS", "0"), *((part, None) for part in ("id", fk)))}
    sent = []
    for name, value in carried(data):
        plain = re.sub(r"-[0-9]+-", "-", name, count=1)
        if plain not in old:
            sent.append((name, value))
        elif (put := old[plain]) is not None:
            sent.append((name, put))
    return sent


def resolved(data: QueryDict) -> QueryDict:
    """Return what would have been sent if the author had typed what was chosen. As long as a choice is missing, it is overtaken as before."""
    sent = QueryDict(mutable=True)
    for name, value in carried(data):
        sent.appendlist(name, value)
    sent["csrfmiddlewaretoken"] = data.get("csrfmiddlewaretoken", "")
    choices = {key: data.get(CHOICE + key, "") for key in data.getlist(ASKED)}
    sent[OPENED] = data.get(OPENED if all(choices.values()) else BEFORE, "")
    if all(choices.values()):
        for name in (name for key, choice in choices.items() if choice in {NOW, AGAIN} for name in data.getlist(f"{ASKED}-{key}")):
            sent.setlist(name, data.getlist(THEIRS + name))
        for prefix in {key.rpartition("-")[0] for key, choice in choices.items() if choice in {AGAIN, LEAVE}}:
            _renumber(sent, prefix, choices)
    return sent


def _renumber(sent: QueryDict, prefix: str, choices: Mapping[str, str]) -> None:
    """Take the rows that are gone out of those that were there: away, or to the end as new ones."""
    total, initial = (_number(sent.get(f"{prefix}-{name}_FORMS", "")) for name in ("TOTAL", "INITIAL"))
    rows = [_take(sent, f"{prefix}-{number}-") for number in range(max(total, initial))]
    gone = {number: choices.get(f"{prefix}-{number}") for number in range(initial)}
    stay = [rows[number] for number in range(initial) if gone[number] not in {AGAIN, LEAVE}]
    again = [{name: values for name, values in rows[number].items() if name != "id"} for number in range(initial) if gone[number] == AGAIN]
    for number, row in enumerate([*stay, *rows[initial:], *again]):
        for name, values in row.items():
            sent.setlist(f"{prefix}-{number}-{name}", values)
    sent[f"{prefix}-INITIAL_FORMS"] = str(len(stay))
    sent[f"{prefix}-TOTAL_FORMS"] = str(len(stay) + len(rows[initial:]) + len(again))


def _number(value: str) -> int:
    """Return how many rows there are said to be. Django takes no more of them than this."""
    return min(int(value), 1000) if KEY.fullmatch(value) else 0


def _take(sent: QueryDict, start: str) -> dict[str, list[str]]:
    return {name.removeprefix(start): sent.pop(name) for name in [*sent] if name.startswith(start)}
