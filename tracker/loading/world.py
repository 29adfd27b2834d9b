"""The records with an address as they will stand after the load: those of the files over those of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.folding import search_key

from .records import Entry, Records, known_slugs
from .stored import FACTS, Facts, Stored


@dataclass(frozen=True, slots=True)
class World:
    """Facts by kind and slug, the entries of the files by kind and slug, and the new slugs of renamed records."""

    facts: Mapping[str, Facts]
    entries: Mapping[str, Mapping[str, Entry]]
    renamed: Mapping[tuple[str, str], str]

    def __getitem__(self, kind: str) -> Facts:
        return self.facts[kind]


def world(records: Records, stored: Stored, renames: Mapping[tuple[str, str], str]) -> World:
    """Return the world after the load, with old slugs replaced by new ones in what the database says."""
    entries = {kind: known_slugs(records, kind) for kind in FACTS}
    facts: dict[str, Facts] = {}
    for kind, names in FACTS.items():
        facts[kind] = {renames.get((kind, slug), slug): _renamed(about, renames) for slug, about in stored.facts[kind].items()}
        facts[kind].update({slug: _facts(entry, names) for slug, entry in entries[kind].items()})
    renamed = {(entry.kind, entry.record.renamed_from): slug for kind in FACTS for slug, entry in entries[kind].items() if entry.record.renamed_from}
    return World(facts, entries, renamed)


_KINDS = {"parent": "commitment", "succeeds": "commitment", "series": "series", "home_party": "party", "derived_from": "source", "part_of": "meeting"}


def _renamed(about: dict[str, Any], renames: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    if not renames:
        return about
    return {name: renames.get((_KINDS[name], value), value) if name in _KINDS else value for name, value in about.items()}


def _facts(entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    return {name: search_key(entry.record.name or "") if name == "name_key" else getattr(entry.record, name) for name in names}
