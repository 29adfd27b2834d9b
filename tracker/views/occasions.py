"""The timeline of a dossier and its row of marks, as the template prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest

from tracker.charts import score
from tracker.charts.marks import NOT_COUNTED, cell_mark, voiced_mark
from tracker.dates import UncertainDate
from tracker.history.facts import CitationFact, MentionFact
from tracker.history.proof import cited_at
from tracker.history.results import Cell, Column, Occasion, Trace
from tracker.history.wording import Reworded, rewordings
from tracker.vocabulary import Change, Reach

from .corrections import anchor, report_of
from .words import Names, state_in_words

#: Up to so many columns each mark of a dossier has its words beside it; of more, the marks stand alone.
WITH_WORDS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One occasion of the timeline. ``through`` says that it is a mention of something under the area.

    ``wording`` holds the passages that stand for all its citations, ``anchor`` is the id under which it keeps its place on the page,
    ``report`` the prepared e-mail about an error in it.
    """

    occasion: Occasion
    mark: str
    through: bool
    wording: tuple[CitationFact, ...]
    anchor: str
    reworded: Reworded | None
    report: str


@dataclass(frozen=True, slots=True)
class Note:
    """One column beside the commitment: its mark and what the mark says."""

    column: Column
    cell: Cell
    mark: str
    words: str
    when: UncertainDate


def entries(found: Trace, request: HttpRequest, called: Names) -> tuple[Entry, ...]:
    """Return the occasions of a trace, newest first, with the marks they go by in the matrix."""
    own = found.commitment.slug
    reworded = rewordings(one for one in found.occasions if one.mention.commitment == own)
    return tuple(_entry(own, one, reworded, request, called) for one in reversed(found.occasions))


def row_of_marks(found: Trace, names: Names, as_of: date | None) -> dict[str, object]:
    """Return the columns of a trace with mark and words, year by year, and whether they are few enough for the words to be printed."""
    notes = (
        Note(column, cell, cell_mark(cell), state_in_words(cell, column, names), column.when) for column, cell in zip(found.columns, found.cells, strict=True)
    )
    years = [(label, list(same)) for label, same in groupby(notes, key=lambda note: score.year_of(note.column))]
    return {"years": years, "few": len(found.columns) <= WITH_WORDS, "query": f"?as_of={as_of.isoformat()}" if as_of else ""}


def _entry(own: str, one: Occasion, reworded: Mapping[str, Reworded], request: HttpRequest, called: Names) -> Entry:
    through = one.mention.commitment != own
    mark = voiced_mark(named=not through, both_sides=one.both_sides, moved=Change.MOVED in one.changes) if one.counts else NOT_COUNTED
    return Entry(
        occasion=one,
        mark=mark,
        through=through,
        wording=_wording(one),
        anchor=anchor(one, own),
        reworded=None if through else reworded.get(one.meeting.slug),
        report=report_of(request, one, called.get(one.mention.commitment, one.mention.commitment)),
    )


def said_by(found: Trace, sides: frozenset[str]) -> list[tuple[str, int]]:
    """Return the parties that voiced the commitment itself and at how many occasions, as the list of mentions counts: claimed ones too. Most first.

    A passage that reports it of both sides speaks for all the ``sides`` of the series.
    """
    own = (one.mention for one in found.occasions if one.mention.commitment == found.commitment.slug)
    heard = Counter(party for mention in own for party in _sides_of(mention, sides))
    return sorted(heard.items(), key=lambda pair: (-pair[1], pair[0]))


def _sides_of(mention: MentionFact, sides: frozenset[str]) -> frozenset[str]:
    voiced = [citation for citation in mention.citations if citation.reach == Reach.VOICED]
    both = sides if any(citation.both_sides for citation in voiced) else frozenset()
    return both | {citation.party for citation in voiced if citation.party}


def _wording(one: Occasion) -> tuple[CitationFact, ...]:
    """Return the citations of the mention's own reach with a key phrase, each phrase once; where there is none and no summary, the first paraphrase."""
    cited = cited_at(one.mention, one.reach)
    phrases = {citation.phrase.casefold(): citation for citation in reversed(cited) if citation.phrase}
    if phrases or one.mention.summary:
        return tuple(reversed(phrases.values()))
    return cited[:1]
