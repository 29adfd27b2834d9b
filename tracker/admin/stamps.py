"""What a form looked like when it was opened: how it is found out that somebody else has saved the record since.

One hidden input holds the revision of the record and of each row beside it, and a short digest of every field.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.forms import BaseForm, CheckboxInput
from django.forms.models import InlineForeignKeyField
from django.utils.translation import gettext_lazy as _

#: The name of the hidden input.
OPENED = "_opened"
OVERTAKEN = _("Somebody else has saved this since you opened it.")


@dataclass(frozen=True, slots=True)
class Stamp:
    """One row as it was opened: its revision, and the digest of each field."""

    revision: int = 0
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stamps:
    """A record as it was opened, and the rows beside it by the name of their inline and their key."""

    record: Stamp = field(default_factory=Stamp)
    rows: Mapping[tuple[str, str], Stamp] = field(default_factory=dict)


def stood(form: BaseForm, name: str) -> list[str]:
    """Return what a browser would send of a field that nobody has touched."""
    value = form.fields[name].prepare_value(form.get_initial_for_field(form.fields[name], name))
    if isinstance(form.fields[name].widget, CheckboxInput):
        return ["on"] if value else []
    values = value if isinstance(value, list | tuple | set) else [value]
    return ["" if one is None else str(getattr(one, "pk", one)) for one in values]


def typed(form: BaseForm, name: str) -> list[str]:
    """Return what was sent of a field, with the line ends that are kept."""
    data: Any = form.data
    return [value.replace("\r\n", "\n") for value in data.getlist(form.add_prefix(name))]


def watched(form: BaseForm) -> Iterator[str]:
    """Yield the fields that can be changed in the form of a record: those that its table holds."""
    own: Any = form
    table = own._meta.model._meta
    mine = ({one.name for one in table.get_fields()} | set(own.declared_fields)) - {table.pk.name}
    yield from (name for name, one in form.fields.items() if name in mine and not one.disabled and not isinstance(one, InlineForeignKeyField))


def digest(values: Iterable[str]) -> str:
    return blake2b("\0".join(sorted(values)).encode(), digest_size=6).hexdigest()


def stamped(form: BaseForm, formsets: Iterable[Any]) -> str:
    """Return the stamp of a form and of the rows beside it, as they stand now, to be sent with what is typed into them."""
    rows = {one.prefix: {str(row.instance.pk): _stamp(row) for row in one.initial_forms} for one in formsets}
    return json.dumps([_stamp(form), rows], separators=(",", ":"))


def _stamp(form: Any) -> list[Any]:
    return [form.instance.revision, {name: digest(stood(form, name)) for name in watched(form)}]


def read_stamps(text: str) -> Stamps:
    """Return the stamps that were sent; where there are none that can be read, nothing is known of how the form was opened."""
    try:
        record, rows = json.loads(text)
        return Stamps(_read(record), {(prefix, pk): _read(one) for prefix, some in rows.items() for pk, one in some.items()})
    except (AttributeError, TypeError, ValueError, RecursionError):
        return Stamps()


def _read(one: Any) -> Stamp:
    revision, digests = one
    return Stamp(int(revision), dict(digests))


def differing(form: Any) -> list[str]:
    """Return the fields that were typed otherwise than they stand now."""
    return [name for name in watched(form) if form.fields[name].has_changed(form.get_initial_for_field(form.fields[name], name), form[name].data)]


def changed_since(form: Any, stamp: Stamp) -> set[str]:
    """Return the fields of the form's row that somebody else has saved otherwise since it was opened."""
    if form.instance.pk is None:
        return set()
    return {name for name in watched(form) if digest(stood(form, name)) != stamp.digests.get(name)}


def is_overtaken(form: Any, stamp: Stamp) -> bool:
    """Return whether saving ``form`` would undo what somebody else has saved since it was opened."""
    since = changed_since(form, stamp)
    return bool(since) and not since.isdisjoint(differing(form))
