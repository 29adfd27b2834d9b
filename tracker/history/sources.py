"""What one document is worth as proof: whose own text it is, whether it is a joint text, which text it was copied from."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.vocabulary import Carried, SourceKind

from .facts import SourceFact


def is_joint(source: SourceFact) -> bool:
    """Return whether ``source`` holds a joint text of the parties whole: the text itself, or a paper that carries all of it."""
    return source.joint and (source.carried == Carried.WHOLE or source.kind == SourceKind.JOINT_TEXT)


def own_side(source: SourceFact, parties: frozenset[str]) -> str | None:
    """Return which of ``parties`` speaks in ``source`` in its own whole text, or None if none does."""
    if source.carried == Carried.WHOLE and source.issued_by in parties:
        return source.issued_by
    return None


def own_sides(sources: Iterable[SourceFact], parties: frozenset[str]) -> frozenset[str]:
    """Return those of ``parties`` whose own whole text is among ``sources``."""
    return frozenset(side for source in sources if (side := own_side(source, parties)) is not None)


def known_roots(sources: Iterable[SourceFact]) -> frozenset[str]:
    """Return the texts that ``sources`` were copied from in the end. An unknown root proves no independence, so it is left out."""
    return frozenset(source.root for source in sources if source.root is not None)
