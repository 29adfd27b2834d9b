"""A large load from its first line to its last: one transaction, everything or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from tracker.chronicle import Changes, Chronicle
from tracker.loading.account import counts
from tracker.loading.edits import Loader, begin_load
from tracker.loading.linking import linked
from tracker.loading.ownership import Side, editors_records
from tracker.loading.plan import Plan
from tracker.loading.problems import FixtureError
from tracker.loading.stored import stored
from tracker.loading.tables import BY_NAME
from tracker.loading.turns import take_stock, take_turns
from tracker.models import Citation, Load
from tracker.models.edit import versions_of
from tracker.search import entries
from tracker.summaries import refresh

from .chunks import Ground, load_kind
from .heads import all_heads, load_heads, new_slugs
from .pruning import prune
from .spool import STREAMED, Spool, Tick, spooled
from .totals import Totals

#: More new passages than these are written before the index of the search is made of them.
MANY_PASSAGES = 5_000


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
        chronicle, totals = _written(paths, asked, tick, result)
        if asked.dry_run or result.is_empty:
            transaction.set_rollback(True)
        else:
            _finish(chronicle, totals, result, tick)
    return result


def _written(paths: Iterable[Path], asked: Asked, tick: Tick, result: Plan) -> tuple[Chronicle, Totals]:
    """Write the rows. What had to be known for it, most of the memory of a load, is let go before the rest is made of them."""
    editors = editors_records()
    with closing(spooled(paths, editors, tick)) as spool:
        return _load(spool, editors, asked, tick, result)


def _load(spool: Spool, editors: Mapping[str, set[int]], asked: Asked, tick: Tick, result: Plan) -> tuple[Chronicle, Totals]:
    standing = stored()
    found = all_heads(spool)
    links = linked(found, standing, spool.glimpsed, only_files=False)
    new, problems = new_slugs(found, standing), [*spool.problems, *found.problems, *links.problems]
    # What the rules had to see of all records together takes most of the memory of a load: the facts are enough from here on.
    del found
    links = replace(links, everything=replace(links.everything, entries={}), problems=[])
    chronicle = begin_load(asked.by, spool.files, result)
    totals = Totals(problems=problems)
    ground = Ground(spool, links.everything, standing, standing.keys, asked.side, editors, chronicle)
    if not problems:
        ground = replace(ground, keys=load_heads(new, links, standing, ground, totals))
    ground = replace(ground, is_missing=bool(totals.problems))
    for kind in STREAMED:
        load_kind(kind, ground, totals, tick)
    if asked.prune and not totals.problems:
        prune(ground, totals)
    if totals.problems:
        raise FixtureError(totals.problems, untold=totals.untold)
    _tell(result, totals, spool)
    return chronicle, totals


def _tell(result: Plan, totals: Totals, spool: Spool) -> None:
    """Fill the result from what the chunks came to."""
    result.steps, result.many, result.locked = totals.steps, dict(totals.new), totals.locked
    result.same, result.more = totals.same + spool.same, totals.more


def _finish(chronicle: Chronicle, totals: Totals, result: Plan, tick: Tick) -> None:
    """Write the history, the roll-ups and the search of what was written."""
    tick("history", 0, 0)
    chronicle.write(totals.done)
    totals.done = Changes()  # millions of numbers that nobody needs any more
    Load.objects.filter(edit=chronicle.edit).update(counts=counts(result))
    take_stock()
    tick("summaries", 0, 0)
    refresh()
    tick("search", 0, 0)
    added = versions_of(Citation)._default_manager.filter(edit=chronicle.edit, history_type="+", mention__isnull=False).order_by("id")
    with entries.many() if added[MANY_PASSAGES:].exists() else nullcontext():
        entries.follow(totals.records())
        for kind, pks in totals.added.items():
            entries.add(BY_NAME[kind].model, sorted(pks))
        entries.add(Citation, added.values_list("id", flat=True).iterator())
