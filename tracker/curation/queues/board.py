"""All queues with their counts, and the rows of one, page by page: few queries, however much there is to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.history.unread import Due
from tracker.queries.unread import Unread, unread

from . import claims, drafts, reading
from .rows import Asker, Item, Number, Part, Queue, counted, up_to_many

#: In the order in which they are shown: what others wait for, what can be read, what can be better proved.
QUEUES: tuple[Queue, ...] = (*drafts.QUEUES, *reading.QUEUES, *claims.QUEUES)
BY_KEY = {queue.key: queue for queue in QUEUES}


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a queue, and how many it has. ``looked_at``: so many of the latest meetings were looked at, older ones were not; 0 where all were."""

    items: list[Item]
    number: Number
    looked_at: int = 0


def counts(asker: Asker) -> list[tuple[Queue, Number]]:
    """Return the queues that ``asker`` can do something about, each with its count."""
    open_to = [queue for queue in QUEUES if queue.may(asker)]
    parts = {queue.key: queue.parts(asker) for queue in open_to}
    numbers = iter(counted([part.rows for some in parts.values() for part in some]))
    in_rows = {key: sum(next(numbers) for _part in some) for key, some in parts.items()}
    due = unread(asker.today) if any(queue.picks for queue in open_to) else None
    return [(queue, up_to_many(len(_picked(queue, due)) if due and queue.picks else in_rows[queue.key])) for queue in open_to]


def page(queue: Queue, asker: Asker, start: int, size: int) -> Page:
    """Return ``size`` rows of ``queue`` from the row ``start`` on."""
    if queue.picks:
        due = unread(asker.today)
        rows = _picked(queue, due)
        return Page(reading.items(rows[start : start + size], due), up_to_many(len(rows)), due.looked_at)
    parts = queue.parts(asker)
    numbers = counted([part.rows for part in parts])
    return Page(list(_rows(parts, numbers, start, size)), up_to_many(sum(numbers)))


def _picked(queue: Queue, due: Unread) -> list[Due]:
    assert queue.picks is not None
    return [one for one in due.rows if queue.picks(one)]


def _rows(parts: Sequence[Part], numbers: Sequence[int], start: int, size: int) -> Iterator[Item]:
    """Yield the rows of several tables as if they stood one after the other."""
    for part, number in zip(parts, numbers, strict=True):
        if start < number and size > 0:
            found = [part.told(row) for row in part.rows[start : start + size]]
            size -= len(found)
            yield from found
        start = max(0, start - number)
