"""Rows into a table by the thousand: COPY on PostgreSQL, one prepared statement on SQLite.

Nothing is checked but what the database checks itself, and no model is built: for rows that were made from other rows, or were checked before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def quoted(name: str) -> str:
    """Return the name of a table or a column as SQL takes it."""
    return str(connection.ops.quote_name(name))


def write(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows, each a value for each of ``columns``."""
    if not rows:
        return
    names = ", ".join(map(quoted, columns))
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                copy.write("".join(map(_line, rows)))
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _line(row: Sequence[Any]) -> str:
    return "\t".join([_spelled(value) for value in row]) + "\n"


def _spelled(value: Any) -> str:
    if value is None:
        return "\\N"
    if type(value) is str:
        return value.translate(_ESCAPES) if "\\" in value or not value.isprintable() else value
    if type(value) is bool:
        return "t" if value else "f"
    if type(value) is bytes:
        return "\\\\x" + value.hex()
    return str(value)
