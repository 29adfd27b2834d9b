"""The history of a load: which files it came from, and which rows it added and changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.chronicle import Changes, Chronicle, begin
from tracker.models import Load

from .account import counts
from .plan import Identity, Plan, Step
from .reading import Document


@dataclass(frozen=True, slots=True)
class Loader:
    """Who loads, when and why: ``account`` is the account on the machine, ``reason`` is shown to readers. ``user`` is who loads at the desk."""

    now: datetime
    account: str = ""
    reason: str = ""
    user: Any = None


def begin_load(loader: Loader, files: Iterable[dict[str, Any]], todo: Plan) -> Chronicle:
    """Write down that these files are loaded and what becomes of the records; return the chronicle of it."""
    edit = begin(loader.now, loader.user)
    Load.objects.create(edit=edit, by_account=loader.account, reason=loader.reason, files=list(files), counts=counts(todo))
    return Chronicle(edit)


def file_of(document: Document) -> dict[str, Any]:
    """Return what is kept of a file: its path, checksum and size."""
    return {"path": document.path, "sha256": document.sha256, "bytes": document.size}


def changes(steps: Iterable[Step], keys: Mapping[str, Mapping[Identity, int]]) -> Changes:
    """Return what carried-out steps did to the rows, by table."""
    done = Changes()
    for step in steps:
        if step.verb == "new":
            done.added[step.table.model].add(keys[step.table.name][step.identity])
        elif step.verb != "removed":
            done.change(step.table.model, step.pk, [difference.field.name for difference in step.differences])
    return done
