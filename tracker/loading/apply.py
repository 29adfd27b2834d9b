"""Loading fixtures: read, check, plan and write in one transaction, or write nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, models, transaction

from tracker.chronicle import Chronicle
from tracker.models.named import search_fields
from tracker.search import entries
from tracker.summaries import refresh

from .documents import documents
from .edits import Loader, begin_load, changes
from .fields import Field, label
from .linking import linked
from .ownership import Side, settle
from .plan import Identity, Plan, Step, plan
from .problems import FixtureError, Problem
from .records import records
from .remembering import remember
from .stored import Stored, stored
from .tables import BY_NAME, TABLES, Table, through, to_columns
from .turns import take_turns

BATCH = 500
#: Values that collide with nothing: columns that are unique take one before they take their new value, so that two rows can swap.
_ASIDE: Mapping[str, tuple[str, str | None]] = {
    "slug": ("slug", "~{}"),
    "name": ("name_key", "~{}"),
    "iso2": ("iso2", ""),
    "participant": ("participant_id", None),
}
REFUSALS = (IntegrityError, DataError)

_Keys = dict[str, dict[Identity, int]]


def load(paths: Iterable[Path], *, by: Loader, complete: bool, prune: bool = False, dry_run: bool = False, side: Side | None = None) -> Plan:
    """Load the fixture files under ``paths`` and return what was done; with ``dry_run``, what would be done.

    ``complete``: the files are the whole data set. ``side``: whose values to take where an editor changed a record since it was loaded.
    A load that changes nothing leaves no trace in the history of edits.
    Raises ``FixtureError`` with every problem of every file, and then nothing is written.
    """
    reading = documents(paths)
    found = records(reading.documents)
    problems = reading.problems + found.problems
    with transaction.atomic():
        take_turns()
        standing = stored()
        links = linked(found, standing, reading.glimpsed, only_files=prune)
        if problems or links.problems:
            raise FixtureError([*problems, *links.problems])
        todo = plan(found, links.renames, complete=complete, prune=prune)
        if conflicts := settle(todo, side):
            raise FixtureError(conflicts)
        if not (dry_run or todo.is_empty):
            chronicle = begin_load(by, reading.documents, todo)
            keys = _carry_out(todo, standing, links.renames, chronicle)
            remember(todo, keys, chronicle.edit)
            refresh()
            entries.follow(_touched(todo.steps, keys))
    return todo


def _touched(steps: Iterable[Step], keys: _Keys) -> Iterator[tuple[type[models.Model], int]]:
    """Yield the records of their own that were written, or whose rows were."""
    for kind, identity in {step.top for step in steps}:
        yield BY_NAME[kind].model, keys[kind][identity]


def _carry_out(todo: Plan, standing: Stored, renames: Mapping[tuple[str, str], str], chronicle: Chronicle) -> _Keys:
    """Do what was planned; return the numbers of all rows, the new ones with them."""
    keys: _Keys = todo.keys()
    for kind, slugs in standing.keys.items():
        keys[kind] |= {(renames.get((kind, slug), slug),): pk for slug, pk in slugs.items()}
    by_table: dict[str, list[Step]] = defaultdict(list)
    for step in todo.steps:
        by_table[step.table.name].append(step)
    for table in TABLES:
        if steps := by_table[table.name]:
            _carry_out_on(table, steps, keys, chronicle)
    chronicle.write(changes(todo.steps, keys))
    return keys


def _carry_out_on(table: Table, steps: Sequence[Step], keys: _Keys, chronicle: Chronicle) -> None:
    try:
        with transaction.atomic():
            _write(table, steps, keys, chronicle)
    except REFUSALS as error:
        raise FixtureError(list(_refusals(table, steps, keys, chronicle, error))) from error


def _write(table: Table, steps: Sequence[Step], keys: _Keys, chronicle: Chronicle) -> None:
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


def _add(table: Table, steps: Sequence[Step], keys: _Keys) -> None:
    rows = [table.model(**_columns(table, step, step.values, keys)) for step in steps]
    for step, row in zip(steps, table.model._default_manager.bulk_create(rows, batch_size=BATCH), strict=True):
        keys[table.name][step.identity] = row.pk


def _columns(table: Table, step: Step, values: Mapping[str, Any], keys: _Keys) -> dict[str, Any]:
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


def _change(table: Table, steps: Sequence[Step], keys: _Keys, chronicle: Chronicle) -> None:
    together: dict[frozenset[str], list[models.Model]] = defaultdict(list)
    for step in steps:
        values = {difference.field.name: difference.new for difference in step.differences if difference.field.matter.sort != "references"}
        kept = _columns(table, step, values, keys) | {"changed": chronicle.edit.made}
        kept.pop(f"{table.owner}_id", None)
        kept |= {field.attname: field.folded(step.values) for field in search_fields(table.model) if not values.keys().isdisjoint(field.sources)}
        together[frozenset(kept)].append(table.model(pk=step.pk, **kept))
    for names, rows in together.items():
        table.model._default_manager.bulk_update(rows, sorted(names), batch_size=BATCH)


def _pair(table: Table, about: Field, steps: Sequence[Step], keys: _Keys) -> None:
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


def _refusals(table: Table, steps: Sequence[Step], keys: _Keys, chronicle: Chronicle, error: DatabaseError) -> Iterator[Problem]:
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
