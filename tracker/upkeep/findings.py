"""What a check of the record counts and finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from tracker.loading.fields import label
from tracker.loading.tables import TABLES


@dataclass(slots=True)
class Tally:
    """How much a check has looked at."""

    number: int = 0

    def looked_at(self, number: int = 1) -> None:
        self.number += number


@dataclass(frozen=True, slots=True)
class Check:
    """One way to look at the record. ``look`` yields a sentence for each fault; ``mend``, where there is one, makes anew what follows from the rest."""

    name: str
    counted: str
    look: Callable[[Tally], Iterator[str]]
    mend: Callable[[], object] | None = None
    #: Whether all of it is read as it stands at one moment. What writes to look can't be.
    at_one_moment: bool = True


def named(model: type[models.Model], pk: int) -> str:
    """Return what a row is called: as a load calls it if it can still be found, otherwise by its table and number."""
    for table in (table for table in TABLES if table.model is model):
        rows: Any = model._default_manager.filter(pk=pk, **({f"{table.owner}__isnull": False} if table.owner else {}))
        if own := rows.values_list(*table.lookups).first():
            return label(table.name, tuple(map(str, own)))
    return f"{_spoken(model)} number {pk}"


@cache
def _spoken(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)
