"""Records that hang on records of their own kind: areas above areas, copies of copies, rooms of journeys, successors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.models.source import LONGEST_COPY_CHAIN
from tracker.vocabulary import CommitmentKind

from .problems import Problem, shown
from .records import Entry, Records
from .stored import Facts, Stored
from .world import World


def broken_chains(_records: Records, everything: World, _stored: Stored) -> Iterator[Problem]:
    """Yield what is wrong with the chains of the world, told of the record in the files that breaks them."""
    yield from _areas(everything)
    yield from _rooms(everything)
    yield from _copies(everything)
    yield from _successions(everything)


def _teller(everything: World, kind: str, *slugs: str) -> Entry | None:
    """Return the first of the records that stands in the files: only what is being loaded is told about."""
    return next((entry for slug in slugs if (entry := everything.entries[kind].get(slug))), None)


def _areas(everything: World) -> Iterator[Problem]:
    commitments = everything["commitment"]
    for slug, about in commitments.items():
        above = commitments.get(about["parent"] or "")
        entry = _teller(everything, "commitment", slug, about["parent"] or "")
        if above is None or entry is None or "parent" in entry.faulty:
            continue
        for found, right in _wrong_area(about, above, commitments):
            yield entry.problem("parent", f"{shown(slug)} hangs under {shown(about['parent'])}, {found}", right)


def _wrong_area(about: Mapping[str, Any], above: Mapping[str, Any], commitments: Facts) -> Iterator[tuple[str, str]]:
    if above["kind"] not in {CommitmentKind.AREA, None}:
        yield (f"which is a {above['kind']}", "only areas have anything under them")
    if None not in (above["series"], about["series"]) and above["series"] != about["series"]:
        yield (f"which belongs to {above['series']}", "an area and what hangs under it belong to one series")
    wider = commitments.get(above["parent"] or "")
    if about["kind"] == above["kind"] == CommitmentKind.AREA and wider is not None:
        yield ("which hangs under an area itself", "areas are nested two deep at most")


def _rooms(everything: World) -> Iterator[Problem]:
    meetings = everything["meeting"]
    for slug, about in meetings.items():
        journey = meetings.get(about["part_of"] or "")
        entry = _teller(everything, "meeting", slug, about["part_of"] or "")
        if journey is None or entry is None:
            continue
        if journey["part_of"]:
            yield entry.problem("part_of", f"{shown(slug)} is part of {shown(about['part_of'])}, which is a room itself", "name the journey")
        if None not in (journey["series"], about["series"]) and journey["series"] != about["series"]:
            yield entry.problem("part_of", f"{shown(about['part_of'])} belongs to another series", "a room and its journey belong to one series")


def _copies(everything: World) -> Iterator[Problem]:
    for slug in everything.entries["source"]:
        chain = _chain(everything["source"], slug, "derived_from")
        entry = everything.entries["source"][slug]
        if chain is None:
            yield entry.problem("derived_from", "the copies lead in a circle", "name the document that was there first")
        elif len(chain) - 1 > LONGEST_COPY_CHAIN:
            yield entry.problem(
                "derived_from", f"a chain of {len(chain) - 1} copies: {' → '.join(chain)}", f"at most {LONGEST_COPY_CHAIN}: leave out those between"
            )


def _successions(everything: World) -> Iterator[Problem]:
    for slug, entry in everything.entries["commitment"].items():
        for name in ("succeeds", "parent"):
            if _chain(everything["commitment"], slug, name) is None:
                yield entry.problem(name, "the commitments lead in a circle", "one of them comes first")


def _chain(facts: Facts, slug: str, name: str) -> list[str] | None:
    """Return the slugs from ``slug`` along ``name``, or None where they lead in a circle."""
    chain = [slug]
    while (further := facts.get(chain[-1], {}).get(name)) is not None:
        if further in chain:
            return None
        chain.append(further)
    return chain
