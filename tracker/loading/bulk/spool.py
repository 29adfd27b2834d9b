"""The first look at every line: those that were loaded as they stand are known by their digest, the others are put aside by kind, on disk."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from tracker.loading.digests import of_bytes
from tracker.loading.files import display
from tracker.loading.jsonlines import BadLineError, Lines, opened, record_of
from tracker.loading.problems import Problem
from tracker.models import Loaded

from .places import Places
from .rows import looked_up

BATCH = 5_000
#: Kinds of which there may be very many: their lines are looked into later, some thousand at a time.
STREAMED = ("mention", "milestone", "deadline")
_KIND = re.compile(rb'\{\s*"([a-z]+)"\s*:')
_SLUG = re.compile(rb'"slug"\s*:\s*"([^"]+)"')

Editors = Mapping[str, Collection[int]]
#: Told what is done, how much of it and of how much.
Tick = Callable[[str, int, int], None]


@dataclass(slots=True)
class Spool:
    """What stands in the files: how many lines of each kind were loaded before as they stand, and the others by kind."""

    places: Places = field(default_factory=Places)
    files: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    glimpsed: set[str] = field(default_factory=set)
    same: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    _aside: dict[str, IO[bytes]] = field(default_factory=dict)

    def kinds(self) -> Collection[str]:
        return self._aside.keys()

    def put(self, kind: str, number: int, raw: bytes) -> None:
        if kind not in self._aside:
            self._aside[kind] = tempfile.TemporaryFile(prefix="reaffirmed-load-")  # noqa: SIM115  closed by ``close``
        self.counts[kind] += 1
        self._aside[kind].write(b"%d\t%b\n" % (number, raw))

    def lines(self, kind: str) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of a kind that were put aside, with their numbers."""
        if (file := self._aside.get(kind)) is not None:
            file.seek(0)
            for line in file:
                number, _tab, raw = line.partition(b"\t")
                yield int(number), raw[:-1]

    def close(self) -> None:
        for file in self._aside.values():
            file.close()


def spooled(paths: Iterable[Path], editors: Editors, tick: Tick) -> Spool:
    """Return the lines of the files ``paths``. What an editor changed is put aside, whatever its line: it has to be compared."""
    spool = Spool()
    for path in paths:
        lines = Lines(display(path), spool.problems)
        spool.places.begin(lines.path)
        try:
            with opened(path) as file:
                _sort(lines, lines.read(file), spool, editors, tick)
        except OSError as error:
            lines.tell(f"can't be read: {error.strerror or error}", "")
        spool.files.append({"path": lines.path, "sha256": lines.sha256, "bytes": lines.size})
    return spool


def _sort(lines: Lines, raws: Iterator[bytes], spool: Spool, editors: Editors, tick: Tick) -> None:
    while some := [(spool.places.count(), raw) for raw in islice(raws, BATCH)]:
        digests = [of_bytes(raw) for _number, raw in some]
        known = looked_up(Loaded, ("line",), [(digest,) for digest in digests], ("kind", "row"))
        for (number, raw), digest in zip(some, digests, strict=True):
            stands = known.get((digest,))
            if stands and stands[1] not in editors.get(stands[0], ()):
                spool.same += 1
                if first := spool.places.mark(stands[0], stands[1], number):
                    _tell_twice(spool, number, first)
            else:
                _put_aside(spool, number, raw)
        tick("reading", lines.size, 0)


def _put_aside(spool: Spool, number: int, raw: bytes) -> None:
    kind = _KIND.match(raw)
    if kind is not None and (name := kind[1].decode()) in STREAMED:
        spool.put(name, number, raw)
        return
    try:
        spool.put(record_of(raw)[0], number, raw)
    except BadLineError as error:
        told(spool, number, error, raw)


def told(spool: Spool, number: int, error: BadLineError, raw: bytes) -> None:
    """Add the problem of a line that holds no record."""
    path, line = spool.places.where(number)
    spool.problems.append(Problem(path, line, "", "", error.found, error.right))
    spool.glimpsed.update(slug.decode(errors="replace") for slug in _SLUG.findall(raw))


def _tell_twice(spool: Spool, number: int, first: int) -> None:
    (path, line), (there, at) = spool.places.where(number), spool.places.where(first)
    spool.problems.append(Problem(path, line, "", "", "the record on this line stands twice", f"it stands first at {there}:{at}"))
