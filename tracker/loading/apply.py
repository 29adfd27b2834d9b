"""Loading fixtures: read, check, plan and write in one transaction, or write nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import models, transaction

from tracker.search import entries
from tracker.summaries import refresh

from .account import fingerprint
from .carrying import Keys, carry_out
from .documents import documents
from .edits import Loader, begin_load, changes, file_of
from .linking import linked
from .ownership import Side, settle
from .plan import Plan, Step, plan
from .problems import ConflictError, FixtureError
from .reading import Reading
from .records import records
from .remembering import remember
from .stored import stored
from .tables import BY_NAME
from .turns import take_stock, take_turns


class PlanChangedError(Exception):
    """The plan is not the one that was agreed to: the record has changed since. Nothing was written."""


#: From so many rows on, what the database remembers of its tables' sizes is out of date.
MANY = 500


def load(paths: Iterable[Path], *, by: Loader, complete: bool, prune: bool = False, dry_run: bool = False, side: Side | None = None) -> Plan:
    """Load the fixture files under ``paths`` and return what was done; with ``dry_run``, what would be done.

    ``complete``: the files are the whole data set. ``side``: whose values to take where an editor changed a record since it was loaded.
    A load that changes nothing leaves no trace in the history of edits.
    Raises ``FixtureError`` with every problem of every file, and then nothing is written.
    """
    return load_documents(documents(paths), by=by, complete=complete, prune=prune, dry_run=dry_run, side=side)


def load_documents(
    reading: Reading, *, by: Loader, complete: bool, prune: bool = False, dry_run: bool = False, side: Side | None = None, agreed: str = ""
) -> Plan:
    """Load what was read, whatever it was read from, as ``load`` does; problems met while reading refuse it all.

    ``agreed`` is the fingerprint of the plan that somebody agreed to: any other raises ``PlanChangedError``.
    """
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
            raise ConflictError(conflicts)
        if agreed and fingerprint(todo) != agreed:
            raise PlanChangedError
        if not (dry_run or todo.is_empty):
            chronicle = begin_load(by, map(file_of, reading.documents), todo)
            keys = carry_out(todo, standing.keys, links.renames, chronicle)
            chronicle.write(changes(todo.steps, keys))
            remember(todo, keys, chronicle.edit)
            if len(todo.steps) >= MANY:
                take_stock()
            refresh()
            entries.follow(_touched(todo.steps, keys))
    return todo


def _touched(steps: Iterable[Step], keys: Keys) -> Iterator[tuple[type[models.Model], int]]:
    """Yield the records of their own that were written, or whose rows were."""
    for kind, identity in {step.top for step in steps}:
        yield BY_NAME[kind].model, keys[kind][identity]
