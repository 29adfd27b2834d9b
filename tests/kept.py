"""Rows that were loaded once and are put back as they were: many tests begin with the same world, and reading it anew took most of their time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from tracker.loading.apply import MANY
from tracker.loading.turns import take_stock

_Rows = tuple[str, list[Any]]
_kept: dict[str, list[_Rows]] = {}


def once(name: str, make: Callable[[], object]) -> None:
    """Fill the empty tables of the application: by ``make`` the first time in this process, later with the rows that it left."""
    if name not in _kept:
        make()
        _kept[name] = [_rows(model) for model in _tables()]
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for insert, rows in _kept[name]:
            if rows:
                cursor.executemany(insert, rows)
        for sql in connection.ops.sequence_reset_sql(no_style(), list(_tables())):
            cursor.execute(sql)
    if sum(len(rows) for _insert, rows in _kept[name]) >= MANY:
        # As after a load: what was counted in an earlier test was forgotten with its rows.
        take_stock()


def _tables() -> list[type[models.Model]]:
    return list(apps.get_app_config("tracker").get_models(include_auto_created=True))


def _rows(model: type[models.Model]) -> _Rows:
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in model._meta.local_concrete_fields if not field.generated]
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {table}")
        rows = list(cursor.fetchall())
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})", rows
