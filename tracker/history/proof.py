"""How well the citations of one mention prove it, and whether they speak for one side only."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.vocabulary import EvidenceGrade, Fidelity, Reach, SeriesKind

from .facts import CitationFact, MentionFact, SeriesFact
from .sources import is_joint, known_roots, own_sides

_RANK = {reach: reach.rank for reach in Reach}


def reach_of(mention: MentionFact) -> Reach:
    """Return the highest reach among the mention's citations; background where none is coded."""
    return max((citation.reach for citation in mention.citations if citation.reach), key=_RANK.__getitem__, default=Reach.BACKGROUND)


def cited_at(mention: MentionFact, reach: Reach) -> tuple[CitationFact, ...]:
    """Return the mention's citations that report it with ``reach``."""
    return tuple(citation for citation in mention.citations if (citation.reach or Reach.BACKGROUND) == reach)


def evidence_grade(citations: Sequence[CitationFact], series: SeriesFact, parties: frozenset[str]) -> EvidenceGrade:
    """Return how well ``citations`` prove what they report (design §2.4). ``parties`` are those whose own text is a side's.

    A machine translation proves nothing above the lowest grade, so it is set aside first.
    """
    usable = [citation for citation in citations if citation.source.fidelity != Fidelity.MACHINE_TRANSLATION]
    sources = [citation.source for citation in usable]
    sides = own_sides(sources, parties | series.parties)
    if any(is_joint(source) for source in sources) or (series.kind == SeriesKind.DYAD and sides >= series.parties):
        return EvidenceGrade.A
    if sides or len(known_roots(sources)) > 1:
        return EvidenceGrade.B
    return EvidenceGrade.C if any(citation.phrase for citation in usable) else EvidenceGrade.D


def is_one_sided(citations: Sequence[CitationFact], sides_read: frozenset[str]) -> bool:
    """Return whether one side's own text says it and another side's own text, read as well, does not.

    Needs own texts of two sides read. What neither side's text says (a newspaper alone has it) is not one-sided, nor is what a joint text says.
    """
    if len(sides_read) < 2 or any(is_joint(citation.source) for citation in citations):
        return False
    saying = own_sides((citation.source for citation in citations), sides_read)
    return bool(saying) and saying < sides_read


def is_single_side(citations: Sequence[CitationFact]) -> bool:
    """Return whether all evidence comes from one side: every source is one party's release, or one party's voice is all that is heard."""
    if not citations or any(is_joint(citation.source) for citation in citations):
        return False
    issuers = {citation.source.issued_by for citation in citations}
    voices = {citation.party for citation in citations}
    heard_together = any(citation.both_sides for citation in citations)
    return _is_one(issuers) or (_is_one(voices) and not heard_together)


def _is_one(parties: set[str | None]) -> bool:
    return len(parties) == 1 and None not in parties
