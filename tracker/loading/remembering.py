"""Keeping what was loaded: the digest of each record, the locks that the load set, and what a revert will ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from tracker.chronicle import among
from tracker.models import Edit, FieldLock, Loaded, Replaced

from .digests import record_digest, record_digests
from .plan import Identity, Plan, Row, Step, Top
from .tables import BY_NAME

BATCH = 500
Keys = Mapping[str, Mapping[Identity, int]]
Key = tuple[str, int]
_Row = tuple[bytes, bytes | None, bytes | None]


def remember(todo: Plan, keys: Keys, edit: Edit, lines: Mapping[Top, bytes] = MappingProxyType({})) -> None:
    """Write down what the plan loaded, from which ``lines`` where it came from lines, and before it what that replaces."""
    now: dict[Key, _Row] = {}
    for top, file in record_digests(todo.wanted).items():
        now[top[0], keys[top[0]][top[1]]] = (*_digests(top, file, todo), lines.get(top))
    before = {(one.kind, one.row): one for one in _standing(now)}
    new = {key: row for key, row in now.items() if key not in before or not _is_same(before[key], row)}
    added = {(step.table.name, keys[step.table.name][step.identity]) for step in todo.steps if step.verb == "new" and not step.table.owner}
    replaced = [key for key, row in new.items() if key not in added and (key not in before or _kept(before[key])[:2] != row[:2])]
    _store_replaced(replaced, before, _texts(todo.steps), edit)
    rows = (Loaded(kind=kind, row=row, digest=digest, stood=stood, line=line) for (kind, row), (digest, stood, line) in new.items())
    while some := list(islice(rows, BATCH)):
        Loaded.objects.bulk_create(some, update_conflicts=True, unique_fields=["kind", "row"], update_fields=["digest", "stood", "line"])
    FieldLock.objects.bulk_create(
        FieldLock(kind=kind, row=keys[kind][identity], field=name, edit=edit)
        for (kind, identity), names in todo.locked.items()
        for name, by_this_load in names.items()
        if by_this_load
    )


def _standing(keys: Iterable[Key]) -> Iterator[Loaded]:
    rows: dict[str, list[int]] = defaultdict(list)
    for kind, row in keys:
        rows[kind].append(row)
    for kind, some in rows.items():
        yield from Loaded.objects.filter(kind=kind, row__in=among(some)).iterator()


def _is_same(before: Loaded, now: _Row) -> bool:
    """Return whether nothing has to be written; a record that comes from no line now can come from the same line again."""
    kept = _kept(before)
    return kept[:2] == now[:2] and now[2] in {None, kept[2]}


def _kept(one: Loaded) -> _Row:
    return bytes(one.digest), _bytes(one.stood), _bytes(one.line)


def _digests(top: Top, file: bytes, todo: Plan) -> tuple[bytes, bytes | None]:
    """Return the digest of what the file says and, where a lock kept something else, of what stands."""
    names = todo.locked.get(top)
    if not names:
        return file, None
    kind, identity = top
    kept: dict[str, Mapping[Identity, Row]] = {}
    for name, wanted in todo.wanted.items():
        kept[name] = {own: Row(0, dict(each.values)) for own, each in wanted.items() if own[: len(identity)] == identity}
    for table in todo.rows:
        if _field_of(table) in names:
            kept[table] = {own: row for own, row in todo.rows[table].items() if own[:-1] == identity}
    standing, own = todo.rows[kind][identity].values, dict(todo.wanted[kind][identity].values)
    kept[kind] = {identity: Row(0, own | {name: standing[name] for name in names if name in standing})}
    return file, record_digest(top, kept)


def _field_of(table: str) -> str:
    return BY_NAME[table].field if BY_NAME[table].owner else ""


def _texts(steps: list[Step]) -> Mapping[int, str]:
    """Return the private texts that the steps write over, by the number of their source."""
    return {step.pk: one.old for step in steps if step.table.name == "source" for one in step.differences if one.field.name == "text"}


def _store_replaced(keys: Iterable[Key], before: Mapping[Key, Loaded], texts: Mapping[int, str], edit: Edit) -> None:
    rows = []
    for kind, row in keys:
        was = before.get((kind, row))
        text = texts.get(row) if kind == "source" else None
        rows.append(Replaced(edit=edit, kind=kind, row=row, digest=was and was.digest, stood=was and was.stood, line=was and was.line, text=text))
    Replaced.objects.bulk_create(rows, batch_size=BATCH)


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
