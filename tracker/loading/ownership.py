"""Who owns a record: what editors changed since it was loaded, and what becomes of a load that would write over it.

A record belongs to the files until an editor changes it. Then the load is refused, with both values of each field, unless it is told whose to take,
or the fields are locked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from django.db.models import Max, Q

from tracker.chronicle import among
from tracker.models import Edit, FieldLock, Loaded, Redirect
from tracker.models.edit import versions_of
from tracker.models.kinds import CHILDREN, RECORDS

from .digests import record_digest
from .fields import label
from .plan import Difference, Plan, Step, Top
from .problems import Problem, shown
from .runs import cancelled
from .tables import spelled

#: Whose values are taken where an editor changed a record: those of the site, or those of the files.
Side = Literal["ours", "theirs"]
Key = tuple[str, int]

RIGHT = "--ours keeps the site's, and locks it; --theirs takes the file's"


def settle(todo: Plan, side: Side | None, editors: Mapping[str, Collection[int]] | None = None) -> list[Problem]:
    """Take out of the plan what is locked, and what the site keeps; return a problem for each value that an editor changed and nobody decided on.

    ``editors``: the records last changed by editors, where they are known already.
    """
    standing = {step.top: row.pk for step in todo.steps if (row := todo.rows[step.top[0]].get(step.top[1]))}
    if not standing and not todo.gone:
        return []
    locks = _locks()
    steps = [left for step in todo.steps if (left := _unlocked(step, locks.get((step.top[0], standing.get(step.top, 0)), ()), todo))]
    editors = editors_records() if editors is None else editors
    kept, problems = set[Top](), list[Problem]()
    for top, pk in standing.items():
        if pk in editors.get(top[0], ()) and not _is_as_loaded(top, todo):
            if side == "ours":
                kept.add(top)
            elif side is None:
                problems += [problem for step in steps if step.top == top for problem in _conflict(step)]
    for step in steps:
        if step.top in kept:
            todo.locked.setdefault(step.top, {}).update(dict.fromkeys(_names(step), True))
    todo.steps = [step for step in steps if step.top not in kept and not _was_never_in_files(step, editors)]
    todo.gone = [step for step in todo.gone if not _was_never_in_files(step, editors)]
    todo.count_same()
    return problems


def editors_records() -> dict[str, set[int]]:
    """Return the records, by kind, that were last changed by an editor and not by a load: they themselves or what stands beside them."""
    by_editors = ~Q(pk__in=Edit.objects.filter(load__isnull=False).values("pk"))
    mine = Q(edit__in=Edit.objects.filter(by_editors).values("pk")) | Q(edit__isnull=True, history_type__in="~-")
    undone, _taken_back = cancelled()
    found: dict[str, set[int]] = defaultdict(set)
    tables: tuple[type[Any], ...] = (*RECORDS, Redirect, *CHILDREN)
    for model in tables:
        kept: Any = versions_of(model)._default_manager
        theirs = dict(kept.filter(mine).order_by().values_list("id").annotate(Max("history_id")))
        counted = kept.filter(id__in=among(theirs)).exclude(edit__in=undone)
        latest = dict(counted.order_by().values_list("id").annotate(Max("history_id"))) if theirs else {}
        last = [number for pk, number in theirs.items() if latest[pk] == number]
        owners = getattr(model, "beside", ()) or ("",)
        for owner in owners if last else ():
            kind = str((model._meta.get_field(owner).related_model if owner else model)._meta.model_name)
            numbers = kept.filter(history_id__in=among(last)).values_list(f"{owner}_id" if owner else "id", flat=True)
            found[kind].update(pk for pk in numbers if pk is not None)
    return found


def _locks() -> Mapping[Key, set[str]]:
    locks: dict[Key, set[str]] = defaultdict(set)
    for kind, row, name in FieldLock.objects.values_list("kind", "row", "field"):
        locks[kind, row].add(name)
    return locks


def _unlocked(step: Step, locked: Collection[str], todo: Plan) -> Step | None:
    """Return what is left of a step without the locked fields."""
    names = locked and [name for name in _names(step) if name in locked]
    if not names:
        return step
    todo.locked.setdefault(step.top, {}).update(dict.fromkeys(names, False))
    left = tuple(one for one in step.differences if one.field.name not in locked) if not step.table.owner else ()
    return replace(step, differences=left, values={**step.values, **_standing(step.differences, locked)}) if left else None


def _standing(differences: Iterable[Difference], locked: Collection[str]) -> dict[str, Any]:
    return {one.field.name: one.old for one in differences if one.field.name in locked}


def _names(step: Step) -> list[str]:
    """Return the fields of the record that a step changes: its own, or the one that holds the child."""
    if step.table.owner:
        return [step.table.field]
    return [one.field.name for one in step.differences]


def _is_as_loaded(top: Top, todo: Plan) -> bool:
    """Return whether the record stands as the last load left it, whatever was done to it in between."""
    kind, identity = top
    row = todo.rows[kind][identity]
    last = Loaded.objects.filter(kind=kind, row=row.pk).values_list("digest", "stood").first()
    return last is not None and bytes(last[1] or last[0]) == record_digest(top, todo.rows)


def _was_never_in_files(step: Step, editors: Mapping[str, Collection[int]]) -> bool:
    """Return whether a record that no file names was made by an editor: then it has left nothing."""
    return step.verb == "gone" and step.pk in editors.get(step.table.name, ()) and not Loaded.objects.filter(kind=step.table.name, row=step.pk).exists()


def _conflict(step: Step) -> Iterator[Problem]:
    if step.table.owner:
        name, what = _names(step)[0], label(step.table.name.rpartition(" ")[2], step.identity[-1:])
        done = {"new": "stands in the file only", "removed": "stands on the site only", "changed": "differs"}[step.verb]
        yield _told(step, name, f"an editor changed it since it was loaded: {what} {done}{_values(step)}")
        return
    for one in step.differences:
        site, file = (shown(spelled(one.field, value)) for value in (one.old, one.new))
        yield _told(step, one.field.name, f"an editor changed the record since it was loaded: the site says {site}, the file {file}")


def _values(step: Step) -> str:
    told = [f"{one.field.name}: the site says {shown(spelled(one.field, one.old))}, the file {shown(spelled(one.field, one.new))}" for one in step.differences]
    return f" ({'; '.join(told)})" if told else ""


def _told(step: Step, name: str, found: str) -> Problem:
    if step.entry is None:
        return Problem("", 1, label(*step.top), name, found.replace("the file", "--prune"), RIGHT.replace("the file's", "what --prune wants"))
    return Problem(step.entry.document.path, step.entry.line, label(*step.top), name, found, RIGHT)
