"""Which commitment hangs under which: the areas above one, and everything under an area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.vocabulary import CommitmentKind

from .facts import CommitmentFact


@dataclass(frozen=True, slots=True)
class Families:
    """Commitments by slug. ``lineage`` holds one and all above it; ``members`` an area and all under it, others alone."""

    by_slug: Mapping[str, CommitmentFact]
    lineage: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]

    def area_above(self, commitment: CommitmentFact) -> str | None:
        """Return the area directly above ``commitment``, or None."""
        parent = self.by_slug.get(commitment.parent or "")
        return parent.slug if parent and parent.kind == CommitmentKind.AREA else None

    def in_order(self) -> tuple[CommitmentFact, ...]:
        """Return areas before what hangs under them, siblings in the order in which they were given."""
        children: dict[str | None, list[CommitmentFact]] = defaultdict(list)
        for one in self.by_slug.values():
            children[one.parent if one.parent in self.by_slug else None].append(one)
        rows: list[CommitmentFact] = []
        waiting = children[None][::-1]
        while waiting:
            one = waiting.pop()
            rows.append(one)
            waiting.extend(reversed(children[one.slug]))
        return tuple(rows)


def families(commitments: Iterable[CommitmentFact]) -> Families:
    """Return how ``commitments`` hang together. A parent that is not among them is left out."""
    by_slug = {commitment.slug: commitment for commitment in commitments}
    lineage = {slug: _lineage(slug, by_slug) for slug in by_slug}
    members: dict[str, list[str]] = {slug: [slug] for slug in by_slug}
    for slug, above in lineage.items():
        for ancestor in above[1:]:
            if by_slug[ancestor].kind == CommitmentKind.AREA:
                members[ancestor].append(slug)
    return Families(by_slug, lineage, {slug: tuple(found) for slug, found in members.items()})


def _lineage(slug: str, by_slug: Mapping[str, CommitmentFact]) -> tuple[str, ...]:
    found = [slug]
    while (parent := by_slug.get(by_slug[found[-1]].parent or "")) and parent.slug not in found:
        found.append(parent.slug)
    return tuple(found)
