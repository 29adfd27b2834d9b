"""Reading the shapes: which fields a kind of record has, what each holds, and what a record is called in a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from .shapes import Matter, NameRecord, Record

#: Fields every record of its own has: they come last where fields are listed.
_LAST = ("state", "withdrawn_reason", "renamed_from")
#: Fields that say which record it is: they come first.
_FIRST = ("slug", "key")


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    matter: Matter
    required: bool
    default: Any
    type: Any
    optional: bool


@cache
def fields_of(shape: type[Record]) -> Mapping[str, Field]:
    """Return the fields of a shape by name: its own in the order of the table, then what all records share, then its children."""
    hints = get_type_hints(shape, include_extras=True)
    own = [_field(field, hints[field.name]) for field in msgspec.structs.fields(shape)]
    return {field.name: field for field in sorted(own, key=_place)}


def _place(field: Field) -> int:
    if field.matter.sort == "children":
        return 3
    if field.name in _LAST:
        return 2
    return int(field.name not in _FIRST)


def _field(field: msgspec.structs.FieldInfo, hint: Any) -> Field:
    default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    return Field(field.name, _matter_of(hint), field.required, default, hint, type(None) in get_args(hint))


def _matter_of(hint: Any) -> Matter:
    for metadata in getattr(hint, "__metadata__", ()):
        if isinstance(metadata, msgspec.Meta) and metadata.extra:
            matter: Matter = metadata.extra["matter"]
            return matter
    if isinstance(hint, type) and issubclass(hint, Record):
        return Matter("children", "tables of their own", shape=hint)
    return _matter_of(next(part for part in get_args(hint) if part is not type(None)))


def child_name(field: str, shape: type[Record]) -> str:
    """Return what one of the children in ``field`` is called: “citation”, “name”."""
    return "name" if issubclass(shape, NameRecord) else field.removesuffix("s")


def identity(kind: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells a record of ``kind`` from others beside it: its slug, its key, the pair it joins. Works on tables that are wrong, too."""
    names = IDENTITY.get(kind, ("slug",))
    return tuple(str(table.get(name, "?")) for name in names)


IDENTITY: dict[str, tuple[str, ...]] = {
    "mention": ("commitment", "meeting"),
    "milestone": ("commitment", "key"),
    "deadline": ("commitment", "key"),
    "redirect": ("kind", "old_slug"),
    "name": ("key",),
    "attendance": ("key",),
    "report": ("source",),
    "citation": ("key",),
}


def label(kind: str, own: tuple[str, ...]) -> str:
    """Return what a message calls a record: “meeting beijing-2025-09-02”, “mention steel@beijing”, “milestone steel/memorandum”."""
    joint = {"mention": "@"}.get(kind, "/")
    return f"{kind} {joint.join(own)}"
