"""Where an entry stands: one number that holds its kind and its rank, so that reading an index from the front gives the best first.

Names stand by their length: the name that holds all the words typed and least beside them comes first, and nothing comes before the name that is just those
words. Other names of a thing come after all first names. Meetings, sources and passages stand newest first.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

Kind = Literal["commitment", "party", "participant", "meeting", "source", "passage"]
KINDS: tuple[Kind, ...] = ("commitment", "party", "participant", "meeting", "source", "passage")
NAMED: tuple[Kind, ...] = ("commitment", "party", "participant")

#: Three bits for the kind, 22 for the rank (as many days as there are), 38 for the number of the row it is made of.
_KIND, _RANK = 60, 38
_LAST = (1 << _KIND - _RANK) - 1
_ALIAS = 1 << _KIND - _RANK - 1


def of_name(kind: Kind, key: str, row: int, *, alias: bool = False) -> int:
    """Return the place of a name; ``row`` is the number of the record, or of the row that keeps the other name."""
    return _place(kind, min(len(key), _ALIAS - 1) + (_ALIAS if alias else 0), row)


def of_day(kind: Kind, day: date | None, row: int) -> int:
    """Return the place of something that happened; what has no day comes last."""
    return _place(kind, _LAST - day.toordinal() if day else _LAST, row)


def _place(kind: Kind, rank: int, row: int) -> int:
    return KINDS.index(kind) << _KIND | rank << _RANK | row


def span(first: Kind, last: Kind | None = None) -> tuple[int, int]:
    """Return the first place of one kind and the last of the same or a later kind."""
    return KINDS.index(first) << _KIND, (KINDS.index(last or first) + 1 << _KIND) - 1


def kind_at(place: int) -> Kind:
    return KINDS[place >> _KIND]


def is_alias(place: int) -> bool:
    return kind_at(place) in NAMED and bool(place >> _RANK & _ALIAS)
