"""Some thousand lines at a time: checked by the rules of every load, new records written straight into their tables, the others planned as in any load."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction

from tracker.chronicle import Chronicle
from tracker.loading.carrying import REFUSALS, carry_out
from tracker.loading.digests import of_bytes, record_digests
from tracker.loading.fields import fields_of
from tracker.loading.jsonlines import BadLineError, LinesDocument, record_of, tidied
from tracker.loading.linking import checked
from tracker.loading.ownership import Side, settle
from tracker.loading.plan import Identity, Wanted, plan, wanted_of
from tracker.loading.problems import FixtureError, Problem
from tracker.loading.reading import Document
from tracker.loading.records import Entry, Records, take, tell_suspicious
from tracker.loading.remembering import remember
from tracker.loading.shapes import SHAPES
from tracker.loading.stored import Stored
from tracker.loading.tables import BY_NAME, tables_of
from tracker.loading.world import World
from tracker.models import Loaded
from tracker.models.rows import write

from .makers import columns, maker
from .rows import looked_up, reserved
from .spool import Spool, Tick, told
from .totals import Totals

BATCH = 2_000
Numbers = dict[tuple[Document, Any], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the records of a chunk are looked at against: the world of records with an address, and their numbers by kind and slug."""

    spool: Spool
    everything: World
    stored: Stored
    keys: Mapping[str, Mapping[str, int]]
    side: Side | None
    editors: Mapping[str, Collection[int]]
    chronicle: Chronicle
    #: Records with an address were refused and not written: then the others are only checked.
    is_missing: bool = False


def load_kind(kind: str, ground: Ground, totals: Totals, tick: Tick) -> None:
    """Check and write all lines of a kind that were put aside."""
    lines, done = ground.spool.lines(kind), 0
    while some := list(islice(lines, BATCH)):
        found, numbers = records_of(kind, some, ground.spool)
        problems = found.problems + checked(found, ground.everything, ground.stored, ground.spool.glimpsed)
        totals.refuse(problems)
        if not (problems or ground.is_missing):
            _load(kind, found, numbers, ground, totals)
        done += len(some)
        tick(f"{kind}s", done, ground.spool.counts[kind])


def records_of(kind: str, some: Sequence[tuple[int, bytes]], spool: Spool) -> tuple[Records, Numbers]:
    """Return the records of some lines, and by their document and place the number and the digest of each line."""
    found, numbers = Records(), Numbers()
    for path, lines in _by_file(some, spool):
        places: array[int] = array("I")
        document = LinesDocument(path, "", {}, [], {kind: places})
        for number, line, raw in lines:
            try:
                _kind, table = record_of(raw)
            except BadLineError as error:
                told(spool, number, error, raw)
                continue
            place = len(places)
            places.append(line)
            take(kind, SHAPES[kind], tidied(raw, table, (kind, place), document.suspicious), document, (kind, place), None, found)
            numbers[document, place] = (number, of_bytes(raw))
        if document.suspicious:
            tell_suspicious(document, found)
    return found, numbers


def _by_file(some: Sequence[tuple[int, bytes]], spool: Spool) -> Iterator[tuple[str, list[tuple[int, int, bytes]]]]:
    lines: dict[str, list[tuple[int, int, bytes]]] = defaultdict(list)
    for number, raw in some:
        path, line = spool.places.where(number)
        lines[path].append((number, line, raw))
    yield from lines.items()


def _load(kind: str, found: Records, numbers: Numbers, ground: Ground, totals: Totals) -> None:
    """Write what some lines say."""
    tops = [entry for entry in found.entries if entry.owner is None]
    by, keys = _by(kind), [_key(kind, entry, ground.keys) for entry in tops]
    standing = {key: row[0] for key, row in looked_up(BY_NAME[kind].model, by, keys, ("id",)).items()}
    new = [entry for entry, key in zip(tops, keys, strict=True) if key not in standing]
    known = [(entry, standing[key]) for entry, key in zip(tops, keys, strict=True) if key in standing]
    if twice := [problem for entry, pk in known for problem in marked(entry, pk, numbers[entry.document, entry.steps[1]][0], ground.spool)]:
        totals.refuse(twice)
        return
    if new:
        _write_new(kind, only(found, new), numbers, ground, totals)
    if known:
        _write_known(kind, only(found, [entry for entry, _pk in known]), [pk for _entry, pk in known], numbers, ground, totals)


def _by(kind: str) -> tuple[str, str]:
    return ("commitment_id", "meeting_id") if kind == "mention" else ("commitment_id", "key")


def _key(kind: str, entry: Entry, keys: Mapping[str, Mapping[str, int]]) -> tuple[int, Any]:
    first, second = entry.own
    return keys["commitment"][first], keys["meeting"][second] if kind == "mention" else second


def marked(entry: Entry, pk: int, number: int, spool: Spool) -> Iterator[Problem]:
    """Write down on which line the record stands; yield a problem if it stood on one before."""
    if first := spool.places.mark(entry.kind, pk, number):
        path, line = spool.places.where(first)
        name = next(iter(fields_of(entry.shape)))
        yield entry.problem(name, f"{entry.label} stands twice", f"it stands first at {path}:{line}")


def only(found: Records, tops: Collection[Entry]) -> Records:
    """Return these records of their own, and what stands beside them."""
    chosen = set(map(id, tops))
    return Records([entry for entry in found.entries if id(entry.owner or entry) in chosen])


def _write_new(kind: str, found: Records, numbers: Numbers, ground: Ground, totals: Totals) -> None:
    wanted = wanted_of(found)
    owners: dict[Identity, int] = {}
    now = str(connection.ops.adapt_datetimefield_value(ground.chronicle.edit.made))
    try:
        with transaction.atomic():
            for table in tables_of(kind):
                pks = reserved(table.model, len(wanted[table.name]))
                make = maker(table).row
                rows = [
                    make(pk, owners[identity[:-1]] if table.owner else 0, want.values, now, ground.keys)
                    for pk, (identity, want) in zip(pks, wanted[table.name].items(), strict=True)
                ]
                write(table.model, columns(table), rows)
                if not table.owner:
                    owners = dict(zip(wanted[kind], pks, strict=True))
                ground.chronicle.add(table.model, pks)
    except REFUSALS:
        # Row by row it is found out which of them the database refuses, and that is told.
        _write_known(kind, found, (), numbers, ground, totals)
        return
    remember_new(kind, wanted[kind], owners.values(), record_digests(wanted), numbers, ground.spool)
    totals.new[kind] += len(owners)


def remember_new(
    kind: str, wanted: Mapping[Identity, Wanted], pks: Iterable[int], digests: Mapping[tuple[str, Identity], bytes], numbers: Numbers, spool: Spool
) -> None:
    """Write down what was loaded of new records, and on which line each of them stands; ``pks`` are their numbers in the order of ``wanted``."""
    loaded = []
    for pk, (identity, want) in zip(pks, wanted.items(), strict=True):
        number, line = numbers[want.entry.document, want.entry.steps[1]]
        spool.places.mark(kind, pk, number)
        loaded.append((kind, pk, digests[kind, identity], None, line))
    write(Loaded, ("kind", "row", "digest", "stood", "line"), loaded)


def _write_known(kind: str, found: Records, pks: Collection[int], numbers: Numbers, ground: Ground, totals: Totals) -> None:
    lines = {(kind, entry.identity): numbers[entry.document, entry.steps[1]][1] for entry in found.of(kind)}
    todo = plan(found, {}, only={kind: pks})
    if conflicts := settle(todo, ground.side, ground.editors):
        totals.refuse(conflicts)
        return
    try:
        keys = carry_out(todo, ground.keys, {}, ground.chronicle) if todo.steps else todo.keys()
    except FixtureError as refused:
        totals.refuse(refused.problems)
        return
    remember(todo, keys, ground.chronicle.edit, lines)
    totals.take(todo, keys)
