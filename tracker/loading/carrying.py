"""Carrying out a plan: rows taken away, added and changed, table by table, with what the database refuses told of the row that it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, models, transaction
from django.db.models import F

from tracker.chronicle import Chronicle
from tracker.models.named import search_fields

from .fields import Field, label
from .plan import Identity, Plan, Step
from .problems import FixtureError, Problem
from .tables import TABLES, Table, through, to_columns

BATCH = 500
#: Values that collide with nothing: columns that are unique take one before they take their new value, so that two rows can swap.
_ASIDE: Mapping[str, tuple[str, str | None]] = {
    "slug": ("slug", "~{}"),
    "name": ("name_key", "~{}"),
    "iso2": ("iso2", ""),
    "participant": ("participant_id", None),
}
REFUSALS = (IntegrityError, DataError)

Keys = dict[str, dict[Identity, int]]


def carry_out(todo: Plan, heads: Mapping[str, Mapping[str, int]], renames: Mapping[tuple[str, str], str], chronicle: Chronicle) -> Keys:
    """Do what was planned and return the numbers of all rows, the new ones with them. Of the versions only those of rows taken away are written.

    ``heads`` are the numbers of the records with an address that stand, by kind and slug.
    """
    keys: Keys = todo.keys()
    for kind, slugs in heads.items():
        keys[kind] |= {(renames.get((kind, slug), slug),): pk for slug, pk in slugs.items()}
    by_table: dict[str, list[Step]] = defaultdict(list)
    for step in todo.steps:
        by_table[step.table.name].append(step)
    for table in TABLES:
        if steps := by_table[table.name]:
            _carry_out_on(table, steps, keys, chronicle)
    return keys


def _carry_out_on(table: Table, steps: Sequence[Step], keys: Keys, chronicle: Chronicle) -> None:
    try:
        with transaction.atomic():
            _write(table, steps, keys, chronicle)
    except REFUSALS as error:
        raise FixtureError(list(_refusals(table, steps, keys, chronicle, error))) from error


def _write(table: Table, steps: Sequence[Step], keys: Keys, chronicle: Chronicle) -> None:
    """Bring one table to what the plan wants: take away, set aside, add, change, then its pairs."""
    removed = [step.pk for step in steps if step.verb == "removed"]
    new = [step for step in steps if step.verb == "new"]
    changed = [step for step in steps if step.verb in {"changed", "gone"}]
    chronicle.take_away(table.model, removed)
    for some in _batches(removed):
        # Nothing hangs on these rows, and their last versions are written: nobody has to be told of each.
        rows = table.model._default_manager.filter(pk__in=some)
        rows._raw_delete(rows.db)
    _set_aside(table, changed)
    for level in _levels(table, new):
        _add(table, level, keys)
    _change(table, changed, keys, chronicle)
    for about in table.pairs:
        _pair(table, about, steps, keys)


def _set_aside(table: Table, changed: Sequence[Step]) -> None:
    """Free the unique values that are about to change, so that two rows can swap them."""
    for name, (column, aside) in _ASIDE.items():
        pks = [step.pk for step in changed if any(difference.field.name == name for difference in step.differences)]
        if pks and column in {field.attname for field in table.model._meta.concrete_fields}:
            rows = [table.model(**{"pk": pk, column: aside and aside.format(pk)}) for pk in pks]
            table.model._default_manager.bulk_update(rows, [column], batch_size=BATCH)


def _add(table: Table, steps: Sequence[Step], keys: Keys) -> None:
    rows = [table.model(**_columns(table, step, step.values, keys)) for step in steps]
    for step, row in zip(steps, table.model._default_manager.bulk_create(rows, batch_size=BATCH), strict=True):
        keys[table.name][step.identity] = row.pk


def _columns(table: Table, step: Step, values: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    kept: dict[str, Any] = {f"{table.owner}_id": keys[table.owner_table][step.identity[:-1]]} if table.owner else {}
    for about in table.own_columns:
        if about.name in values:
            value = values[about.name]
            kept |= to_columns(about, keys[about.matter.kind][value,] if about.matter.sort == "reference" and value is not None else value)
    return kept


def _levels(table: Table, new: Sequence[Step]) -> list[list[Step]]:
    """Return the new rows so that a row which leads to another new row of its table comes in a later list."""
    waiting = {step.identity: step for step in new}
    levels: list[list[Step]] = []
    while waiting:
        ready = [step for step in waiting.values() if not any((step.values[name],) in waiting for name in table.links_to_itself)]
        levels.append(ready)
        for step in ready:
            del waiting[step.identity]
    return levels


def _change(table: Table, steps: Sequence[Step], keys: Keys, chronicle: Chronicle) -> None:
    together: dict[frozenset[str], list[models.Model]] = defaultdict(list)
    for step in steps:
        values = {difference.field.name: difference.new for difference in step.differences if difference.field.matter.sort != "references"}
        kept = _columns(table, step, values, keys) | {"changed": chronicle.edit.made, "revision": F("revision") + 1}
        kept.pop(f"{table.owner}_id", None)
        kept |= {field.attname: field.folded(step.values) for field in search_fields(table.model) if not values.keys().isdisjoint(field.sources)}
        together[frozenset(kept)].append(table.model(pk=step.pk, **kept))
    for names, rows in together.items():
        table.model._default_manager.bulk_update(rows, sorted(names), batch_size=BATCH)


def _pair(table: Table, about: Field, steps: Sequence[Step], keys: Keys) -> None:
    pairs = through(table, about)._default_manager
    own, other = f"{table.name}_id", f"{about.matter.kind}_id"
    add: list[models.Model] = []
    for step in steps:
        old, new = _sides(step, about)
        pk = step.pk or keys[table.name][step.identity]
        if old - new:
            pairs.filter(**{own: pk, f"{other}__in": [keys[about.matter.kind][slug,] for slug in old - new]}).delete()
        add += [pairs.model(**{own: pk, other: keys[about.matter.kind][slug,]}) for slug in sorted(new - old)]
    pairs.bulk_create(add, batch_size=BATCH)


def _sides(step: Step, about: Field) -> tuple[set[str], set[str]]:
    """Return the slugs that a many-to-many field holds before and after a step."""
    if step.verb == "new":
        return set(), set(step.values[about.name])
    changed = next((difference for difference in step.differences if difference.field.name == about.name), None)
    return (set(changed.old), set(changed.new)) if changed else (set(), set())


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))


def _refusals(table: Table, steps: Sequence[Step], keys: Keys, chronicle: Chronicle, error: DatabaseError) -> Iterator[Problem]:
    """Yield a problem for each row that the database refuses when it comes alone; for the first row if only all together are refused."""
    told = False
    for step in steps:
        try:
            with transaction.atomic():
                _write(table, [step], keys, chronicle)
        except REFUSALS as alone:
            told = True
            yield _refusal(step, alone)
    if not told:
        yield _refusal(steps[0], error)


def _refusal(step: Step, error: DatabaseError) -> Problem:
    broken = next((rule for rule in step.table.model._meta.constraints if rule.name in str(error)), None)
    found = str(broken.violation_error_message) if broken else f"the database refuses it: {' '.join(str(error).split())}"
    if step.entry is None:
        return Problem("", 1, label(*step.top), "", found, "")
    return step.entry.problem("", found, "")
