"""Occasions: every mention of a commitment with what its citations amount to, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.vocabulary import STATEMENT_FORMATS, Reach, Standing, Strength, Term

from .columns import OrderKey
from .facts import CitationFact, CommitmentFact, MentionFact, SeriesFact
from .proof import cited_at, evidence_grade, is_one_sided, is_single_side, reach_of
from .results import Occasion
from .timeline import Timeline

_TERM_RANK = {term: term.rank for term in Term}


def occasions(mentions: Iterable[MentionFact], commitment: CommitmentFact, series: SeriesFact, line: Timeline) -> tuple[Occasion, ...]:
    """Return the ``mentions`` of ``commitment`` that lie on the timeline, in the order of time, not yet compared with each other."""
    found = (occasion(mention, commitment, series, line) for mention in mentions if mention.meeting in line.times)
    return in_order(found, line)


def in_order(found: Iterable[Occasion], line: Timeline) -> tuple[Occasion, ...]:
    """Return ``found`` in the order of time; a room's mention stands at its journey's place."""

    def key(one: Occasion) -> tuple[OrderKey, str, str]:
        return line.key(one.meeting.slug), one.mention.commitment, one.meeting.slug

    return tuple(sorted(found, key=key))


def occasion(mention: MentionFact, commitment: CommitmentFact, series: SeriesFact, line: Timeline) -> Occasion:
    """Return what ``mention`` amounts to. Only an accepted, voiced one counts and has a voice, a strength and terms (design §2.2)."""
    meeting = line.meetings[mention.meeting]
    reach = reach_of(mention)
    cited = cited_at(mention, reach)
    counts = mention.standing == Standing.ACCEPTED and reach == Reach.VOICED
    heard = cited if counts else ()
    return Occasion(
        mention=mention,
        meeting=meeting,
        when=line.times[meeting.slug],
        reach=reach,
        counts=counts,
        statement=meeting.format in STATEMENT_FORMATS,
        guest=meeting.series != series.slug,
        act=mention.act,
        voice=frozenset(citation.party for citation in heard if citation.party),
        both_sides=any(citation.both_sides for citation in heard),
        strength=_strength(heard),
        terms=_terms(heard),
        changes=(),
        grade=evidence_grade(cited, series, commitment.parties),
        one_sided=is_one_sided(heard, sides_read(meeting.slug, commitment, line)),
        single_side=is_single_side(heard),
    )


def sides_read(meeting: str, commitment: CommitmentFact, line: Timeline) -> frozenset[str]:
    """Return the sides whose own text of ``meeting`` was read for ``commitment``; none where the meeting is no column."""
    position = line.position_of(meeting)
    return frozenset() if position is None else line.logs[position].since(commitment.listed_on).sides


def _strength(citations: Iterable[CitationFact]) -> Strength | None:
    return max((citation.strength for citation in citations if citation.strength is not None), default=None)


def _terms(citations: Iterable[CitationFact]) -> tuple[Term, ...]:
    named = {term for citation in citations for term in citation.terms}
    return tuple(sorted(named, key=_TERM_RANK.__getitem__))
