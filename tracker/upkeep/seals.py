"""The chain of the history: each link seals what one edit left, and the link before it.

A version that was changed, added or taken away afterwards no longer gives its edit's link; a link that was made to fit no longer gives the next one.
Who can write every table can write the whole chain anew: against that stands the number and link that each backup writes down, kept where they can't write.
Edits are sealed some time after they were made, by one process at a time, so that no save has to wait for another's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec
from django.db import connection, models, transaction

from tracker.models import Edit, Load, Redirect, Seal
from tracker.models.edit import pairs_of, versions_of
from tracker.models.kinds import CHILDREN, RECORDS

from .findings import Tally

#: So many edits are read at a time.
SOME = 500
#: What the database may empty later: the accounts of people who are deleted.
UNSEALED = frozenset({"history_user", "history_user_id", "by", "by_id"})

_encode = msgspec.json.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the chain."""

    number: int
    link: str


#: Where no edit is sealed yet.
NOTHING = Head(0, "")


def head() -> Head:
    """Return the last link of the chain."""
    last = Seal.objects.order_by("number").last()
    return Head(last.number, last.link) if last else NOTHING


def seal() -> int:
    """Seal the edits that have no link yet, in the order in which they were begun; return how many. Those made meanwhile wait for the next time."""
    done = 0
    newest = Edit.objects.order_by("pk").last()
    unsealed = Edit.objects.filter(seal=None, pk__lte=newest.pk if newest else 0).order_by("pk")
    while some := list(unsealed[:SOME]):
        # Edits never change once they are committed, so nobody has to wait while they are read.
        digests = _digests(some)
        done += _append({edit.pk: digest for edit, digest in zip(some, digests, strict=True)})
    return done


def _append(digests: dict[int, bytes]) -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {Seal._meta.db_table} IN EXCLUSIVE MODE")
        last = head()
        sealed = set(Seal.objects.filter(edit__in=digests).values_list("edit_id", flat=True))
        links = []
        for pk, digest in digests.items():
            if pk not in sealed:
                last = Head(last.number + 1, _link(last.link, digest))
                links.append(Seal(number=last.number, edit_id=pk, link=last.link))
        Seal.objects.bulk_create(links)
    return len(links)


def broken(tally: Tally, witness: Head = NOTHING) -> Iterator[str]:
    """Yield what the chain says was changed; ``witness`` is a link as it was written down elsewhere."""
    before = NOTHING
    links = iter(Seal.objects.select_related("edit__load").order_by("number").iterator(chunk_size=SOME))
    while some := list(islice(links, SOME)):
        for one, digest in zip(some, _digests([one.edit for one in some]), strict=True):
            if one.number != before.number + 1:
                yield f"edit chain: links {before.number + 1} to {one.number - 1} were taken away"
            elif one.link != _link(before.link, digest):
                yield f"edit {one.edit.key}: the history that it left was changed after it was sealed as link {one.number}"
            if one.number == witness.number and one.link != witness.link:
                yield f"edit chain: link {one.number} is another than the backup wrote down; the history up to there was written anew"
            before = Head(one.number, one.link)
        tally.looked_at(len(some))
    if before.number < witness.number:
        yield f"edit chain: it ends at link {before.number}, and the backup knew {witness.number}"


def _link(before: str, digest: bytes) -> str:
    return hashlib.sha256(before.encode() + digest).hexdigest()


def _digests(edits: Sequence[Edit]) -> list[bytes]:
    """Return a checksum for each edit of what it says of itself, and of every version that it left."""
    sums = {edit.pk: hashlib.sha256(_encode([edit.key, edit.made, edit.public])) for edit in edits}
    for load in Load.objects.filter(edit__in=sums).order_by("edit_id"):
        sums[load.edit_id].update(_encode([load.by_account, load.reason, load.files, load.counts, load.reverts_id]))
    for name, edit, values in _versions(list(sums)):
        sums[edit].update(_encode([name, values]))
    return [sums[edit.pk].digest() for edit in edits]


def _versions(edits: list[int]) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """Yield every version of the edits and every pair that they keep, with the name of its table and its edit, always in the same order."""
    tables: tuple[type[models.Model], ...] = (*RECORDS, *CHILDREN, Redirect)
    for table in tables:
        kept: Any = versions_of(table)
        yield from _rows(kept, "edit_id", kept._default_manager.filter(edit__in=edits).order_by("edit_id", "history_id"))
        for pair in pairs_of(table):
            pairs = getattr(kept, pair.name).model
            yield from _rows(pairs, "history__edit_id", pairs._default_manager.filter(history__edit__in=edits).order_by("history__edit_id", "pk"))


def _rows(table: Any, edit: str, rows: models.QuerySet[Any]) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    names = [field.attname for field in table._meta.concrete_fields if field.attname not in UNSEALED]
    for key, *values in rows.values_list(edit, *names).iterator(chunk_size=SOME):
        yield table._meta.model_name, key, tuple(values)
