"""Values of a record → a row of its table, column by column, for rows that are written by the thousand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import models
from django.db.models.fields import NOT_PROVIDED

from tracker.loading.tables import Table
from tracker.models.named import search_fields

Keys = Mapping[str, Mapping[str, int]]
_Goes = list[tuple[int, str]]


@cache
def columns(table: Table) -> tuple[str, ...]:
    """Return the columns of a row that a ``Maker`` makes."""
    return tuple(str(field.column) for field in table.model._meta.concrete_fields)


@cache
def maker(table: Table) -> Maker:
    return Maker(table)


class Maker:
    """Makes rows of one table."""

    def __init__(self, table: Table) -> None:
        fields = table.model._meta.concrete_fields
        places = {str(field.column): place for place, field in enumerate(fields)}
        self.empty = [_default(field) for field in fields]
        self.owner = places[f"{table.owner}_id"] if table.owner else None
        self.dated = (places["created"], places["changed"])
        self.plain, self.spans, self.days, self.references = _sorted(table, places)
        self.folded = [(places[str(field.column)], field) for field in search_fields(table.model)]

    def row(self, pk: int, owner: int, values: Mapping[str, Any], now: str, keys: Keys) -> list[Any]:
        """Return the row under its number and its owner's, as both engines take it; ``keys`` are the numbers of what it refers to, by kind and slug."""
        row = self.empty.copy()
        row[0] = pk
        if self.owner is not None:
            row[self.owner] = owner
        for place in self.dated:
            row[place] = now
        for place, name in self.plain:
            row[place] = values[name]
        for place, name, kind in self.references:
            slug = values[name]
            row[place] = None if slug is None else keys[kind][slug]
        self._add(row, values)
        return row

    def _add(self, row: list[Any], values: Mapping[str, Any]) -> None:
        """Put in what takes two columns, and what is folded from others."""
        for place, name in self.spans:
            if (value := values[name]) is not None:
                row[place], row[place + 1] = str(value.earliest), str(value.latest)
        for place, name in self.days:
            row[place] = None if values[name] is None else str(values[name])
        for place, field in self.folded:
            row[place] = field.folded(values)


def _sorted(table: Table, places: Mapping[str, int]) -> tuple[_Goes, _Goes, _Goes, list[tuple[int, str, str]]]:
    """Return where each field goes: those kept as they are, those of two columns side by side, days, those that are keys."""
    plain, spans, days, references = [], [], [], []
    for about in table.own_columns:
        if about.matter.sort == "span":
            spans.append((places[f"{about.name}_earliest"], about.name))
            assert places[f"{about.name}_latest"] == places[f"{about.name}_earliest"] + 1
        elif about.matter.sort == "day":
            days.append((places[about.name], about.name))
        elif about.matter.sort == "reference":
            references.append((places[f"{about.name}_id"], about.name, about.matter.kind))
        else:
            plain.append((places[about.name], about.name))
    return plain, spans, days, references


def _default(field: models.Field[Any, Any]) -> Any:
    if field.null:
        return None
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return field.get_default() if isinstance(field, models.CharField | models.TextField) else None
