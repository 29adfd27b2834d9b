"""Records that are two in the files and one to a reader: the same name in another spelling, the same country code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .problems import Problem, shown
from .records import Records
from .stored import Stored
from .world import World

#: Kind, the field that must differ, what it must differ within, and the field to name in the message.
_ONCE = (
    ("participant", "name_key", "home_party", "name"),
    ("commitment", "name_key", "series", "name"),
    ("party", "iso2", None, "iso2"),
)


def twins(_records: Records, everything: World, _stored: Stored) -> Iterator[Problem]:
    """Yield a problem for each record of the files that another record of the files or the database already is."""
    for kind, unique, within, name in _ONCE:
        holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        for slug, about in everything[kind].items():
            if about[unique]:
                holders[about[unique], about[within] or "" if within else ""].append(slug)
        for slugs in holders.values():
            entries = [everything.entries[kind][slug] for slug in slugs if slug in everything.entries[kind]]
            if len(slugs) > 1 and entries:
                last = entries[-1]
                others = ", ".join(shown(slug) for slug in slugs if slug != last.own[0])
                yield last.problem(
                    name, f"{shown(getattr(last.record, name))} is already there as {others}", "one record each: give it another name, or leave one out"
                )
