"""Where the sources of one commitment contradict each other, or one of them stands alone against what is accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from tracker.vocabulary import Reach, Standing

from .facts import CitationFact, MilestoneFact
from .results import Occasion, Trace


class Disagreement(Enum):
    """In which way the sources differ."""

    NOT_ACCEPTED = "not accepted"
    ACT = "act"
    VOICE = "voice"
    ONE_SIDED = "one-sided"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One place of the record where sources differ: a milestone, or an occasion (the other is None).

    ``said`` holds the citations to be read against each other.
    """

    kinds: tuple[Disagreement, ...]
    occasion: Occasion | None
    milestone: MilestoneFact | None
    said: tuple[CitationFact, ...]


def contradictions(trace: Trace) -> tuple[Contradiction, ...]:
    """Return where the sources of the commitment's own mentions and milestones differ, latest first.

    A milestone or mention that is only claimed or was rejected; citations of one mention from different texts that code
    different acts, or name different voices (one side, the other, both); a mention that one side's text has and the other's, read too, has not.
    """
    steps = [(one.happened, one.key, _of_milestone(one)) for one in trace.milestones]
    heard = [(one.when, one.meeting.slug, _of_occasion(one)) for one in trace.occasions if one.mention.commitment == trace.commitment.slug]
    found = [(when, key, what) for when, key, what in (*steps, *heard) if what is not None]
    return tuple(what for _when, _key, what in sorted(found, key=lambda row: (row[0], row[1]), reverse=True))


def _of_milestone(one: MilestoneFact) -> Contradiction | None:
    if one.standing == Standing.ACCEPTED:
        return None
    return Contradiction((Disagreement.NOT_ACCEPTED,), None, one, one.citations)


def _of_occasion(one: Occasion) -> Contradiction | None:
    cited = tuple(citation for citation in one.mention.citations if citation.reach == Reach.VOICED)
    kinds = []
    if one.mention.standing != Standing.ACCEPTED:
        kinds.append(Disagreement.NOT_ACCEPTED)
    if _differ((citation.source.root or citation.source.slug, citation.act) for citation in cited):
        kinds.append(Disagreement.ACT)
    if _differ((citation.source.root or citation.source.slug, _voice(citation)) for citation in cited if _voice(citation)):
        kinds.append(Disagreement.VOICE)
    if one.one_sided:
        kinds.append(Disagreement.ONE_SIDED)
    return Contradiction(tuple(kinds), one, None, one.mention.citations) if kinds else None


def _voice(citation: CitationFact) -> str:
    return "both" if citation.both_sides else citation.party or ""


def _differ(coded: Iterable[tuple[str, object]]) -> bool:
    """Return whether two texts (told apart by their root) have nothing in common of what they are coded with."""
    by_text: dict[str, set[object]] = {}
    for text, value in coded:
        by_text.setdefault(text, set()).add(value)
    texts = list(by_text.values())
    return any(not first & second for place, first in enumerate(texts) for second in texts[place + 1 :])
