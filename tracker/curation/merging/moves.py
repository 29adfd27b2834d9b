"""What a merge does to the tables, row by row, and what of it is told beforehand. Plain values: nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Table = type[models.Model]


class How(TextChoices):
    """What becomes of rows that belong to the record that goes."""

    MOVE = "move", _("moved, otherwise as before")
    REKEY = "rekey", _("moved under another key, because the key is taken there")
    JOIN = "join", _("withdrawn, after giving the wordings to the mention that is there already")
    REPLACE = "replace", _("given the number of the line in the text that stays")
    SETTLE = "settle", _("read later or held more fully: taken over in place of the reading that is there")
    LEAVE = "leave", _("taken away, because the same stands there already; the history keeps it")
    STAY = "stay", _("left with the record that goes, because it says nothing new")


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows of a table of which the same columns change in the same way."""

    table: Table
    pks: tuple[int, ...]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One row of which the pairs of a many-to-many field change."""

    table: Table
    name: str
    pk: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table, and what becomes of them."""

    table: Table
    pks: tuple[int, ...]
    how: How


@dataclass(slots=True)
class Moves:
    """All that a merge does. ``refusals`` are sentences: while there is one, nothing is done. ``notes`` are worth knowing.

    ``told`` is what the withdrawn rows say. ``adding`` holds rows that are new, ``leaving`` those that are taken away.
    """

    told: str = ""
    shifts: list[Shift] = field(default_factory=list)
    pairs: list[Pairs] = field(default_factory=list)
    adding: list[models.Model] = field(default_factory=list)
    leaving: list[tuple[Table, int]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def shift(self, table: Table, pks: Collection[int], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        if pks:
            self.shifts.append(Shift(table, tuple(pks), dict(before), dict(after)))

    def pair(self, table: Table, name: str, pk: int, before: Collection[int], after: Collection[int]) -> None:
        self.pairs.append(Pairs(table, name, pk, tuple(sorted(before)), tuple(sorted(after))))

    def tell(self, table: Table, pks: Collection[int], how: How) -> None:
        """Note what becomes of these rows; of the same table and way they are told together."""
        same = next((place for place, one in enumerate(self.parts) if one.table is table and one.how == how), None)
        if same is not None:
            pks = (*self.parts.pop(same).pks, *pks)
        if pks:
            self.parts.append(Part(table, tuple(pks), how))

    @property
    def stamp(self) -> str:
        """Return what two looks at the same rows have in common, and looks at others do not."""
        seen = (self.shifts, self.pairs, self.leaving, self.refusals, [_values(row) for row in self.adding])
        return blake2b(repr(seen).encode(), digest_size=8).hexdigest()


def _values(row: models.Model) -> list[Any]:
    return list(_columns(row))


def _columns(row: models.Model) -> Iterator[Any]:
    yield type(row).__name__
    yield from (getattr(row, one.attname) for one in row._meta.concrete_fields if one.name not in {"created", "changed"})
