"""Numbers for new rows, and rows that are there, by the thousand."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, models

from tracker.models.rows import quoted


def reserved(model: type[models.Model], number: int) -> Sequence[int]:
    """Return so many numbers for new rows, in their order, that nobody else gets."""
    if not number:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number])
            return sorted(pk for (pk,) in cursor.fetchall())
        # The transaction holds the one lock for writing. SQLite keeps the last number of each table in a table, where it may be moved on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = next((seq for (seq,) in cursor.fetchall()), None)
        if last is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + number, table])
    return range((last or 0) + 1, (last or 0) + number + 1)


def looked_up(model: type[models.Model], by: Sequence[str], keys: Collection[Sequence[Any]], wanted: Sequence[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return the ``wanted`` columns of those rows whose columns ``by`` are one of ``keys``, by the key."""
    if not keys:
        return {}
    table = quoted(model._meta.db_table)
    types = [_type(model, column) for column in by]
    with connection.cursor() as cursor:
        chosen = ", ".join(f"t.{quoted(column)}" for column in (*by, *wanted))
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            joined = " AND ".join(f"t.{quoted(column)} = k.k{place}" for place, column in enumerate(by))
            named = ", ".join(f"k{place}" for place in range(len(by)))
            cursor.execute(f"SELECT {chosen} FROM unnest({arrays}) AS k({named}) JOIN {table} t ON {joined}", [[*part] for part in zip(*keys, strict=True)])
        elif types == ["bytea"]:
            marks = ", ".join(["%s"] * len(keys))
            cursor.execute(f"SELECT {chosen} FROM {table} t WHERE t.{quoted(by[0])} IN ({marks})", [key[0] for key in keys])
        else:
            joined = " AND ".join(f"t.{quoted(column)} = json_extract(k.value, '$[{place}]')" for place, column in enumerate(by))
            cursor.execute(f"SELECT {chosen} FROM json_each(%s) k CROSS JOIN {table} t ON {joined}", [json.dumps(list(keys))])
        return {tuple(map(_value, row[: len(by)])): tuple(row[len(by) :]) for row in cursor.fetchall()}


def _value(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _type(model: type[models.Model], column: str) -> str:
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    return "bytea" if isinstance(field, models.BinaryField) else "text" if isinstance(field, models.CharField) else "bigint"
