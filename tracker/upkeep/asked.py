"""What is asked of a database about itself, whichever engine answers and whoever opened it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from tracker.models import DataVersion, Seal

from .seals import NOTHING, Head

#: Runs one statement and returns its rows.
Ask = Callable[[str], Sequence[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Held:
    """How much a database holds, and how far its data and its history have come."""

    rows: Mapping[str, int]
    data_version: int
    head: Head

    @property
    def is_empty(self) -> bool:
        return not any(self.rows.values())


def held(ask: Ask) -> Held:
    """Return what the database holds that ``ask`` asks."""
    rows = {name: int(ask(f"SELECT count(*) FROM {name}")[0][0]) for name in tables()}
    version = ask(f"SELECT number FROM {DataVersion._meta.db_table}")
    last = ask(f"SELECT number, link FROM {Seal._meta.db_table} ORDER BY number DESC LIMIT 1")
    return Held(rows, version[0][0] if version else 0, Head(*last[0]) if last else NOTHING)


def tables() -> list[str]:
    """Return the tables of which a backup says how many rows they hold: those of the application, and the accounts."""
    own = apps.get_app_config("tracker").get_models(include_auto_created=True)
    return sorted([*(model._meta.db_table for model in own), "auth_user"])


def ask_here(statement: str) -> Sequence[tuple[Any, ...]]:
    """Ask the database that the application is connected with."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return rows
