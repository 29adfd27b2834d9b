"""What to know of a series before its next meeting: what is open, who said what last, what is overdue, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tracker.vocabulary import CommitmentKind, Reach

from .facts import CitationFact
from .results import DeadlineTrack, Matrix, Occasion, Trace


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last known wording of ``parties``: the occasion and the passage. Two stand together where one passage speaks for both."""

    parties: tuple[str, ...]
    occasion: Occasion
    citation: CitationFact


@dataclass(frozen=True, slots=True)
class OpenCommitment:
    trace: Trace
    last_words: tuple[LastWord, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What is open, and what the record asks about it. A commitment may stand under several questions.

    ``open`` is in the order of the last known voicing, latest first; ``overdue`` holds the promises whose day has passed with nothing known of
    them, latest first; ``one_sided`` what only one side's text had when it was last voiced; ``idle`` and ``quiet`` begin with the most restated
    and the longest unvoiced; ``closed`` counts what was left out as closed.
    """

    open: tuple[OpenCommitment, ...]
    overdue: tuple[tuple[Trace, DeadlineTrack], ...]
    one_sided: tuple[tuple[Trace, Occasion], ...]
    idle: tuple[Trace, ...]
    quiet: tuple[Trace, ...]
    closed: int


def brief(matrix: Matrix, idle_at_least: int, quiet_at_least: int) -> Brief:
    """Return the brief of a series. A question of restating or of quiet is raised from so many meetings on."""
    concrete = [row for row in matrix.rows if row.commitment.kind != CommitmentKind.AREA and row.measures.last_voiced]
    still_open = [row for row in concrete if not row.condition.closed]
    newest = sorted(sorted(still_open, key=lambda row: row.commitment.name), key=lambda row: row.measures.last_voiced or row.until, reverse=True)
    overdue = [(row, track) for row in newest for track in row.deadlines if track.overdue]
    lasts = [(row, next(one for one in reversed(row.occasions) if one.counts)) for row in newest]
    parties = sorted(matrix.series.parties)
    return Brief(
        open=tuple(OpenCommitment(row, _last_words(row, parties)) for row in newest),
        overdue=tuple(sorted(overdue, key=lambda pair: pair[1].promises[-1].due, reverse=True)),
        one_sided=tuple((row, last) for row, last in lasts if last.one_sided),
        idle=_most(newest, idle_at_least, lambda row: row.measures.idle_restatements),
        quiet=_most(newest, quiet_at_least, lambda row: row.measures.quiet_meetings),
        closed=len(concrete) - len(still_open),
    )


def _most(rows: Iterable[Trace], at_least: int, number: Callable[[Trace], int]) -> tuple[Trace, ...]:
    return tuple(sorted((row for row in rows if number(row) >= at_least), key=number, reverse=True))


def _last_words(row: Trace, parties: Iterable[str]) -> tuple[LastWord, ...]:
    found: list[LastWord] = []
    for word in (_last_word(row, party) for party in parties):
        if word and found and found[-1].citation == word.citation and found[-1].occasion == word.occasion:
            found[-1] = replace(word, parties=found[-1].parties + word.parties)
        elif word:
            found.append(word)
    return tuple(found)


def _last_word(row: Trace, party: str) -> LastWord | None:
    for one in reversed(row.occasions):
        if not one.counts:
            continue
        said = [citation for citation in one.mention.citations if citation.reach == Reach.VOICED and (citation.both_sides or citation.party == party)]
        if said:
            return LastWord((party,), one, next((citation for citation in said if citation.phrase), said[0]))
    return None
