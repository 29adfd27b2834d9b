"""Records with an address, in a load too large to be held: looked at together, as their rules demand, then written some thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from django.db import connection, transaction

from tracker.loading.carrying import REFUSALS, Keys, carry_out
from tracker.loading.digests import record_digests
from tracker.loading.linking import Linked
from tracker.loading.ownership import settle
from tracker.loading.plan import Identity, Top, Wanted, plan, wanted_of
from tracker.loading.problems import FixtureError
from tracker.loading.records import Records
from tracker.loading.remembering import remember
from tracker.loading.shapes import SHAPES
from tracker.loading.stored import FACTS, Stored
from tracker.loading.tables import BY_NAME, Table, tables_of, through
from tracker.models.rows import write

from .chunks import BATCH, Ground, Numbers, marked, only, records_of, remember_new
from .makers import columns, maker
from .rows import reserved
from .spool import STREAMED, Spool
from .totals import Totals
from .unread import lost_phrases, stale_references

#: The numbers of records by kind and slug.
BySlug = Mapping[str, Mapping[str, int]]
HEADS = tuple(kind for kind in SHAPES if kind not in STREAMED)


def all_heads(spool: Spool) -> Records:
    """Return the records that all lines beside mentions, milestones and deadlines hold."""
    found = Records()
    for kind in HEADS:
        for some, _numbers in _chunks(kind, spool):
            found.entries += some.entries
            found.problems += some.problems
    return found


def _chunks(kind: str, spool: Spool) -> Iterator[tuple[Records, Numbers]]:
    lines = spool.lines(kind)
    while some := list(islice(lines, BATCH)):
        yield records_of(kind, some, spool)


def new_slugs(found: Records, standing: Stored) -> dict[str, list[str]]:
    """Return the slugs of records that are only added, by kind. A record that takes another slug, or an old address, has to be planned."""
    new: dict[str, list[str]] = {kind: [] for kind in FACTS}
    for entry in found.entries:
        if entry.kind in new and entry.owner is None:
            slug = entry.own[0]
            moved = entry.record.renamed_from is not None or (entry.kind, slug) in standing.redirects
            if not (moved or standing.has(entry.kind, slug)):
                new[entry.kind].append(slug)
    return new


def load_heads(new: Mapping[str, list[str]], links: Linked, standing: Stored, ground: Ground, totals: Totals) -> BySlug:
    """Write the records with an address; return the numbers of all of them, by kind and slug."""
    totals.problems += stale_references(links.renames, standing.keys, ground.spool.places)
    added = {kind: dict(zip(slugs, reserved(BY_NAME[kind].model, len(slugs)), strict=True)) for kind, slugs in new.items()}
    heads = {kind: standing.keys[kind] | added[kind] for kind in added}
    keys = _load_known(added, heads, links, ground, totals)
    for kind in added:
        for some, numbers in _chunks(kind, ground.spool) if added[kind] and not totals.problems else ():
            tops = [entry for entry in some.entries if entry.owner is None and entry.own[0] in added[kind]]
            if tops:
                _add(kind, only(some, tops), numbers, keys, ground, totals)
    return keys


def _load_known(added: BySlug, heads: BySlug, links: Linked, ground: Ground, totals: Totals) -> BySlug:
    """Plan and write what stands already, or stands in the way; return the numbers of all records with an address."""
    found, numbers = Records(), Numbers()
    for kind in HEADS:
        all_new = ground.spool.counts[kind] == len(added.get(kind, ()))
        for some, where in () if all_new else _chunks(kind, ground.spool):
            tops = [entry for entry in some.entries if entry.owner is None and not (kind in added and entry.own[0] in added[kind])]
            found.entries += only(some, tops).entries
            numbers |= {(entry.document, entry.steps[1]): where[entry.document, entry.steps[1]] for entry in tops}
    if not found.entries:
        return heads
    todo = plan(found, links.renames)
    totals.problems += settle(todo, ground.side, ground.editors)
    keys: Keys = todo.keys()
    try:
        keys = carry_out(todo, heads, links.renames, ground.chronicle)
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
    return {kind: {identity[0]: pk for identity, pk in keys[kind].items()} for kind in heads}


def _add(kind: str, found: Records, numbers: Numbers, keys: BySlug, ground: Ground, totals: Totals) -> None:
    """Write some records that are new, under the numbers that were kept for them."""
    wanted = wanted_of(found)
    try:
        with transaction.atomic():
            for table in tables_of(kind):
                totals.done.added[table.model].update(_write(table, wanted[table.name], keys, ground))
    except REFUSALS:
        _refuse(found, keys, ground, totals)
        return
    pks = [keys[kind][slug] for (slug,) in wanted[kind]]
    remember_new(kind, wanted[kind], pks, record_digests(wanted), numbers, ground.spool)
    totals.add(kind, pks)


def _write(table: Table, wanted: Mapping[Identity, Wanted], keys: BySlug, ground: Ground) -> list[int]:
    """Write the rows of one table, and their pairs; return their numbers."""
    now = str(connection.ops.adapt_datetimefield_value(ground.chronicle.edit.made))
    owners = keys[table.owner_table or table.name]
    pks = list(reserved(table.model, len(wanted))) if table.owner else [owners[identity[0]] for identity in wanted]
    make = maker(table).row
    write(
        table.model, columns(table), [make(pk, owners[identity[0]], want.values, now, keys) for pk, (identity, want) in zip(pks, wanted.items(), strict=True)]
    )
    for about in table.pairs:
        other = keys[about.matter.kind]
        pairs = [(pk, other[slug]) for pk, want in zip(pks, wanted.values(), strict=True) for slug in want.values[about.name]]
        write(through(table, about), (f"{table.name}_id", f"{about.matter.kind}_id"), pairs)
    return pks


def _refuse(found: Records, keys: BySlug, ground: Ground, totals: Totals) -> None:
    """Find out row by row what the database refuses, and tell that."""
    try:
        carry_out(plan(found, {}, only=dict.fromkeys(BY_NAME, ())), keys, {}, ground.chronicle)
    except FixtureError as refused:
        totals.refuse(refused.problems)
    else:
        totals.refuse([found.entries[0].problem("", "the database refuses it, or one of those after it", "")])
