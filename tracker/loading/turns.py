"""Loaders take turns, and nobody changes a row between its comparison and its writing."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

#: Any number will do, as long as every loader asks for the same one.
_LOADERS_TURN = 7_261_105


def take_turns() -> None:
    """Wait until no other loader is at work. SQLite's transactions do that by themselves: settings make them IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADERS_TURN])


def take_stock() -> None:
    """Let the database count the tables at once. PostgreSQL would do so minutes later, SQLite never, and until then plan for what they held before."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # All rows of each index: told less, SQLite takes “published” for a rare word and reads every row that is.
            cursor.execute("ANALYZE")
    else:
        filled = apps.get_app_config("tracker").get_models(include_auto_created=True)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(model._meta.db_table) for model in filled)}")


def hold(rows: QuerySet[Any]) -> None:
    """Let nobody change these rows until the load is done: what an editor saves meanwhile comes after it, and not between its comparison and its writing."""
    if connection.vendor == "postgresql":
        rows = rows.order_by().select_for_update(no_key=True)
        for _pk in rows.values_list("pk", flat=True).iterator():
            pass
