"""What a queue is made of: who asks, the rows, and counting them without looking at all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from tracker.history.unread import Due

#: Nobody counts further than this: a longer queue has “more than” so many rows.
MANY = 1000


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, on which day, and whether two people are needed to publish."""

    user: Any
    today: date
    four_eyes: bool = True

    def may(self, *actions: str) -> bool:
        """Return whether this person may do all of these, for example ``change_mention``."""
        return bool(self.user.has_perms([f"tracker.{action}" for action in actions]))


@dataclass(frozen=True, slots=True)
class Item:
    """One row: the record to open by its kind and key, its name, and why it is there. With a ``meeting`` it is a source to be read for that meeting."""

    kind: str
    pk: int
    name: str
    why: str
    meeting: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table in the order in which they come up, and what is said of each."""

    rows: QuerySet[Any]
    told: Callable[[Any], Item]


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue. Its rows are those of its ``parts``, or, where it is about reading, those of what is due that ``picks`` takes."""

    key: str
    title: Any
    about: Any
    may: Callable[[Asker], bool]
    parts: Callable[[Asker], Sequence[Part]] = lambda _asker: ()
    picks: Callable[[Due], bool] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """How many rows a queue has; ``more``: at least one more than that."""

    rows: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.rows:,}+" if self.more else f"{self.rows:,}"


def up_to_many(rows: int) -> Number:
    return Number(min(rows, MANY), rows > MANY)


def counted(sets: Sequence[QuerySet[Any]]) -> list[int]:
    """Return how many rows each of ``sets`` has, looking at ``MANY`` and one more at most; one query for all of them."""
    if not sets:
        return []
    told, values = [], list[Any]()
    for one in sets:
        sql, parameters = one.order_by().values("pk")[: MANY + 1].query.sql_with_params()
        told.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608  written by Django, and its values go apart
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(told)}", values)
        return [*cursor.fetchone()]
