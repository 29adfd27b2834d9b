"""Withdrawing what left the files, of a load too large to be planned as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from tracker.loading.carrying import carry_out
from tracker.loading.ownership import settle
from tracker.loading.plan import Plan, Step, gone_of, rows_of
from tracker.loading.problems import FixtureError, Problem, shown
from tracker.loading.tables import BY_NAME, TABLES, TOP
from tracker.models.publication import PublishedRecord
from tracker.models.redirect import RECORD_KINDS

from .chunks import Ground
from .places import Places
from .totals import Totals
from .unread import on_its_line, referring

BATCH = 2_000


def prune(ground: Ground, totals: Totals) -> None:
    """Withdraw the published records that stand on no line. A record on a line must not refer to one of them."""
    places = ground.spool.places
    for kind in TOP:
        if issubclass(BY_NAME[kind].model, PublishedRecord):
            for some in _unseen(kind, places):
                rows = {table.name: rows_of(table, {kind: some}) for table in TABLES}
                gone = list(gone_of(BY_NAME[kind], rows[kind], {}))
                if kind in RECORD_KINDS:
                    totals.refuse([problem for step in gone for problem in _losing_ground(step, places)])
                _withdraw(Plan(rows=rows, wanted={table.name: {} for table in TABLES}, steps=gone), ground, totals)


def _unseen(kind: str, places: Places) -> Iterator[list[int]]:
    numbers: Iterable[int] = BY_NAME[kind].model._default_manager.order_by("pk").values_list("pk", flat=True).iterator()
    waiting = iter([pk for pk in numbers if not places.has(kind, pk)])
    while some := list(islice(waiting, BATCH)):
        yield some


def _withdraw(todo: Plan, ground: Ground, totals: Totals) -> None:
    if conflicts := settle(todo, ground.side, ground.editors):
        totals.refuse(conflicts)
        return
    try:
        keys = carry_out(todo, ground.keys, {}, ground.chronicle)
    except FixtureError as refused:
        totals.refuse(refused.problems)
        return
    totals.take(todo, keys)


def _losing_ground(step: Step, places: Places) -> Iterator[Problem]:
    """Yield a problem for each record on a line that refers to the one that the step withdraws."""
    kind, (slug,) = step.top
    told = f"the {kind} {shown(slug)} stands in no file, so --prune would withdraw it"
    for table, name, found in referring(kind, [step.pk]):
        for row in found:
            yield from on_its_line(table, row, name, told, "add it to the files", places)
