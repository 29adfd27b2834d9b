"""The digest of a record: one number for all it says, its children with it, the same for a row and for a file."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec

from tracker.dates import UncertainDate

from .tables import TABLES, TOP

#: What tells two records apart, sixteen bytes of it: a million records have two alike by chance once in 10²⁶ times.
WIDTH = 16
Values = Mapping[str, Any]


def _spelled(value: Any) -> str:
    if isinstance(value, UncertainDate):
        return value.edtf()
    raise NotImplementedError(type(value))


_encode = msgspec.json.Encoder(enc_hook=_spelled).encode


def digest(values: Values, children: Iterable[tuple[str, str, Values]]) -> bytes:
    """Return the digest of a record's ``values`` and of its ``children``, each with its table and key. Fields that are empty count for nothing.

    So a field that a later version of the tables adds does not make every record look changed.
    """
    told = [_filled(values), *([table, key, _filled(each)] for table, key, each in sorted(children, key=lambda child: child[:2]))]
    return of_bytes(_encode(told))


def of_bytes(raw: bytes) -> bytes:
    """Return the digest of a text as it stands."""
    return hashlib.blake2b(raw, digest_size=WIDTH).digest()


class Valued(Protocol):
    """A row, or what a file wants of it."""

    @property
    def values(self) -> Values: ...


Tables = Mapping[str, Mapping[tuple[str, ...], Valued]]


def record_digest(top: tuple[str, tuple[str, ...]], rows: Tables) -> bytes:
    """Return the digest of one record among ``rows`` by table and identity."""
    kind, identity = top
    tables = (table.name for table in TABLES if table.owner_table == kind)
    return digest(rows[kind][identity].values, ((name, own[-1], row.values) for name in tables for own, row in rows[name].items() if own[:-1] == identity))


def record_digests(rows: Tables) -> dict[tuple[str, tuple[str, ...]], bytes]:
    """Return the digest of every record among ``rows``."""
    children: dict[tuple[str, tuple[str, ...]], list[tuple[str, str, Values]]] = defaultdict(list)
    for table in TABLES:
        if table.owner:
            for identity, row in rows[table.name].items():
                children[table.owner_table, identity[:-1]].append((table.name, identity[-1], row.values))
    return {(kind, identity): digest(row.values, children[kind, identity]) for kind in TOP for identity, row in rows[kind].items()}


def _filled(values: Values) -> dict[str, Any]:
    return {name: value for name, value in sorted(values.items()) if value not in ("", None, ())}
