"""What to know of a series before its next meeting: what is open, who said what last, what is overdue, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from tracker.vocabulary import CommitmentKind, Reach

from .facts import CitationFact
from .results import DeadlineTrack, Matrix, Occasion, Trace


class Asks(Enum):
    """What a question is about. The order of the members is the order of the questions."""

    OVERDUE = "a promised day has passed and nothing is known of it"
    ONE_SIDED = "one side's text has it, the other's has not"
    IDLE = "restated again and again since it last moved"
    QUIET = "not voiced at the meetings read since"


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last known wording of one party: the occasion and the passage."""

    party: str
    occasion: Occasion
    citation: CitationFact


@dataclass(frozen=True, slots=True)
class OpenCommitment:
    trace: Trace
    last_words: tuple[LastWord, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question that the record raises. ``track`` is set for an overdue promise, ``occasion`` for what is one-sided."""

    asks: Asks
    trace: Trace
    track: DeadlineTrack | None = None
    occasion: Occasion | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """``open`` is in the order of the last known voicing, latest first; ``closed`` counts what was left out as closed."""

    open: tuple[OpenCommitment, ...]
    overdue: tuple[tuple[Trace, DeadlineTrack], ...]
    questions: tuple[Question, ...]
    closed: int


def brief(matrix: Matrix, idle_at_least: int, quiet_at_least: int) -> Brief:
    """Return the brief of a series. A question of restating or of quiet is raised from so many meetings on."""
    concrete = [row for row in matrix.rows if row.commitment.kind != CommitmentKind.AREA and row.measures.last_voiced]
    still_open = [row for row in concrete if not row.condition.closed]
    newest = sorted(sorted(still_open, key=lambda row: row.commitment.name), key=lambda row: row.measures.last_voiced or row.until, reverse=True)
    overdue = [(row, track) for row in newest for track in row.deadlines if track.overdue]
    overdue.sort(key=lambda pair: pair[1].promises[-1].due)
    parties = sorted(matrix.series.parties)
    return Brief(
        open=tuple(OpenCommitment(row, _last_words(row, parties)) for row in newest),
        overdue=tuple(overdue),
        questions=tuple(_questions(newest, overdue, idle_at_least, quiet_at_least)),
        closed=len(concrete) - len(still_open),
    )


def _last_words(row: Trace, parties: Iterable[str]) -> tuple[LastWord, ...]:
    found = (_last_word(row, party) for party in parties)
    return tuple(word for word in found if word is not None)


def _last_word(row: Trace, party: str) -> LastWord | None:
    for one in reversed(row.occasions):
        if not one.counts:
            continue
        said = [citation for citation in one.mention.citations if citation.reach == Reach.VOICED and (citation.both_sides or citation.party == party)]
        if said:
            return LastWord(party, one, next((citation for citation in said if citation.phrase), said[0]))
    return None


def _questions(rows: list[Trace], overdue: list[tuple[Trace, DeadlineTrack]], idle: int, quiet: int) -> Iterable[Question]:
    """Return one question for each commitment that raises any, the most pressing of its kinds, in the order of the kinds."""
    asked: set[str] = set()
    for question in _raised(rows, overdue, idle, quiet):
        if question.trace.commitment.slug not in asked:
            asked.add(question.trace.commitment.slug)
            yield question


def _raised(rows: list[Trace], overdue: list[tuple[Trace, DeadlineTrack]], idle: int, quiet: int) -> Iterable[Question]:
    yield from (Question(Asks.OVERDUE, row, track=track) for row, track in overdue)
    for row in rows:
        last = next(one for one in reversed(row.occasions) if one.counts)
        if last.one_sided:
            yield Question(Asks.ONE_SIDED, row, occasion=last)
    yield from (Question(Asks.IDLE, row) for row in rows if row.measures.idle_restatements >= idle)
    yield from (Question(Asks.QUIET, row) for row in rows if row.measures.quiet_meetings >= quiet)
