"""A large load from its first line to its last: one transaction, everything or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from tracker.chronicle import Chronicle
from tracker.loading.account import counts
from tracker.loading.carrying import Keys, carry_out
from tracker.loading.edits import Loader, begin_load
from tracker.loading.linking import Linked, linked
from tracker.loading.ownership import Side, editors_records, settle
from tracker.loading.plan import Plan, Top, plan
from tracker.loading.problems import FixtureError
from tracker.loading.records import Records
from tracker.loading.remembering import remember
from tracker.loading.shapes import SHAPES
from tracker.loading.stored import Stored, stored
from tracker.loading.tables import BY_NAME
from tracker.loading.turns import take_stock, take_turns
from tracker.models import Citation, Load
from tracker.models.edit import versions_of
from tracker.search import entries
from tracker.summaries import refresh

from .chunks import Ground, Numbers, load_kind, marked, records_of
from .pruning import prune
from .spool import STREAMED, Spool, Tick, spooled
from .totals import Totals
from .unread import lost_phrases, stale_references


@dataclass(frozen=True, slots=True)
class Asked:
    """What a load was asked to do."""

    by: Loader
    side: Side | None = None
    dry_run: bool = False
    prune: bool = False


def load_lines(paths: Iterable[Path], asked: Asked, tick: Tick) -> Plan:
    """Load files of JSON Lines and return what was done, the first of the steps in full and the others as numbers.

    Raises ``FixtureError`` with the problems, the first of them if they are very many, and then nothing is written.
    """
    result = Plan()
    with transaction.atomic():
        take_turns()
        editors = editors_records()
        with closing(spooled(paths, editors, tick)) as spool:
            _load(spool, editors, asked, tick, result)
        if asked.dry_run or result.is_empty:
            transaction.set_rollback(True)
    return result


def _load(spool: Spool, editors: Mapping[str, set[int]], asked: Asked, tick: Tick, result: Plan) -> None:
    standing = stored()
    found, numbers = _heads(spool)
    links = linked(found, standing, spool.glimpsed, only_files=False)
    chronicle = begin_load(asked.by, spool.files, result)
    totals = Totals(problems=[*spool.problems, *found.problems, *links.problems])
    keys: Mapping[str, Mapping[Any, int]] = {kind: dict(rows) for kind, rows in standing.keys.items()}
    if not totals.problems:
        keys = _load_heads(found, numbers, links, standing, Ground(spool, links.everything, standing, {}, asked.side, editors, chronicle), totals)
    ground = Ground(spool, links.everything, standing, keys, asked.side, editors, chronicle, is_missing=bool(totals.problems))
    for kind in STREAMED:
        load_kind(kind, ground, totals, tick)
    if asked.prune and not totals.problems:
        prune(ground, totals)
    if totals.problems:
        raise FixtureError(totals.problems, untold=totals.untold)
    _tell(result, totals, spool)
    if not (asked.dry_run or result.is_empty):
        _finish(chronicle, totals, result, tick)


def _heads(spool: Spool) -> tuple[Records, Numbers]:
    """Return the records that all lines beside mentions, milestones and deadlines hold."""
    found, numbers = Records(), Numbers()
    for kind in SHAPES:
        if kind not in STREAMED:
            some, where = records_of(kind, list(spool.lines(kind)), spool)
            found.entries += some.entries
            found.problems += some.problems
            numbers |= where
    return found, numbers


def _load_heads(found: Records, numbers: Numbers, links: Linked, standing: Stored, ground: Ground, totals: Totals) -> Mapping[str, Mapping[str, int]]:
    """Write the records of ``found``; return the numbers of all records with an address, by kind and slug."""
    totals.problems += stale_references(links.renames, standing.keys, ground.spool.places)
    todo = plan(found, links.renames)
    totals.problems += settle(todo, ground.side, ground.editors)
    keys: Keys = todo.keys()
    try:
        keys = carry_out(todo, standing.keys, links.renames, ground.chronicle)
    except FixtureError as refused:
        totals.problems += refused.problems
    lines: dict[Top, bytes] = {}
    for entry in found.entries:
        if entry.owner is None and entry.identity in keys[entry.kind]:
            number, lines[entry.kind, entry.identity] = numbers[entry.document, entry.steps[1]]
            totals.problems += marked(entry, keys[entry.kind][entry.identity], number, ground.spool)
    remember(todo, keys, ground.chronicle.edit, lines)
    totals.problems += lost_phrases(todo.steps, ground.spool.places)
    totals.take(todo, keys)
    return {kind: {identity[0]: pk for identity, pk in keys[kind].items()} for kind in standing.keys}


def _tell(result: Plan, totals: Totals, spool: Spool) -> None:
    """Fill the result from what the chunks came to."""
    result.steps, result.many, result.locked = totals.steps, dict(totals.new), totals.locked
    result.same, result.more = totals.same + spool.same, totals.more


def _finish(chronicle: Chronicle, totals: Totals, result: Plan, tick: Tick) -> None:
    """Write the history, the roll-ups and the search of what was written."""
    tick("history", 0, 0)
    chronicle.write(totals.done)
    Load.objects.filter(edit=chronicle.edit).update(counts=counts(result))
    take_stock()
    tick("summaries", 0, 0)
    refresh()
    tick("search", 0, 0)
    entries.follow(totals.records())
    for kind, pks in totals.added.items():
        entries.add(BY_NAME[kind].model, sorted(pks))
    added = versions_of(Citation)._default_manager.filter(edit=chronicle.edit, history_type="+", mention__isnull=False)
    entries.add(Citation, added.order_by("id").values_list("id", flat=True).iterator())
