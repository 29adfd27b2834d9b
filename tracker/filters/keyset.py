"""Walking through a list by the place of the last row seen: no page is counted from the beginning, and none moves when rows are added before it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import F, Q

from .asked import ListFilter

LONGEST_CURSOR = 2_000


class CursorError(ValueError):
    """The cursor is none that this list gave."""


@dataclass(frozen=True, slots=True)
class Key:
    """One field that the rows are ordered by. Empty values come last, whatever the direction."""

    field: str
    falls: bool


def keys_of(found: ListFilter, unique: Sequence[str]) -> list[Key]:
    """Return all that the rows asked for are ordered by; ``unique`` settles the order. Running numbers would tell how many rows nobody may see."""
    falls, word = found.order.startswith("-"), found.order.removeprefix("-")
    sorted_by = [Key(field, falls) for field in found.columns[word].fields]
    ties = [Key(field.removeprefix("-"), field.startswith("-")) for field in (*found.ties, *unique) if field != "pk"]
    keys: dict[str, Key] = {}
    for key in (*sorted_by, *ties):
        keys.setdefault(key.field, key)
    return list(keys.values())


def page_of(found: ListFilter, unique: Sequence[str], cursor: str, size: int) -> tuple[list[Any], str]:
    """Return ``size`` rows after the ``cursor``, in their order, and the cursor of what follows, empty where nothing does. Raise ``CursorError``.

    ``unique`` names the fields that tell the rows apart.
    """
    keys = keys_of(found, unique)
    rows = found.qs.order_by(*(F(key.field).desc(nulls_last=True) if key.falls else F(key.field).asc(nulls_last=True) for key in keys))
    try:
        rows = rows.filter(_after(keys, _read(cursor, found.order, len(keys)))) if cursor else rows
        page = list(rows[: size + 1])
    except (TypeError, ValueError, OverflowError, ValidationError) as error:
        raise CursorError from error
    following = _written(found.order, [_value(page[size - 1], key.field) for key in keys]) if len(page) > size else ""
    return page[:size], following


def _after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """Return the condition of all rows after the one with these values: equal in the first keys, further on in the next."""
    rule, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        if value is not None:
            rule |= equal & (Q(**{f"{key.field}__{'lt' if key.falls else 'gt'}": value}) | Q(**{f"{key.field}__isnull": True}))
        equal &= Q(**{f"{key.field}__isnull": True}) if value is None else Q(**{key.field: value})
    return rule


def _value(row: Any, field: str) -> Any:
    """Return the value of a row under a field that may lead to other rows; None where a step of the way is missing."""
    for step in field.split("__"):
        try:
            row = getattr(row, step)
        except ObjectDoesNotExist:
            return None
        if row is None:
            return None
    return row


def _written(order: str, values: Sequence[Any]) -> str:
    told = json.dumps([order, *map(_spelled, values)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _spelled(value: Any) -> Any:
    match value:
        case date():
            return {"day": value.isoformat()}
        case timedelta():
            return {"days": value.days}
    return value


def _read(cursor: str, order: str, length: int) -> list[Any]:
    try:
        told = json.loads(base64.urlsafe_b64decode(cursor[:LONGEST_CURSOR] + "=" * (-len(cursor) % 4)))
        first, *values = told
    except (binascii.Error, ValueError, TypeError) as error:
        raise CursorError from error
    if first != order or len(values) != length:
        raise CursorError
    return list(_understood(values))


def _understood(values: Sequence[Any]) -> Iterator[Any]:
    for value in values:
        match value:
            case {"day": str(day)}:
                yield date.fromisoformat(day)
            case {"days": int(days)}:
                yield timedelta(days=days)
            case None | bool() | str():
                if isinstance(value, str) and "\x00" in value:
                    raise CursorError
                yield value
            case int() if abs(value) < 1 << 63:
                yield value
            case _:
                raise CursorError
