"""Whether a load would take records as they stand: the loader's own rules for one record, asked before there is a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from .kept import AT_ONCE, Kept
from .positions import Steps
from .problems import Problem
from .reading import Document, normal
from .records import records
from .rules import broken_rules


def checked(kept: Iterable[Kept], problems: list[Problem]) -> Iterator[Kept]:
    """Yield the records as they come, and add to ``problems`` what a load would refuse in each of them by itself."""
    coming = iter(kept)
    while some := list(islice(coming, AT_ONCE)):
        problems.extend(_faults(some))
        yield from some


def _faults(some: Iterable[Kept]) -> Iterator[Problem]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in some:
        tables[one.kind].append(one.fields)
    suspicious: list[tuple[Steps, str]] = []
    found = records([Document("", "", {kind: normal(rows, (kind,), suspicious) for kind, rows in tables.items()}, suspicious)])
    yield from found.problems
    for entry in found.entries:
        yield from broken_rules(entry)
