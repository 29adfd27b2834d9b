"""The timeline of a dossier and its row of marks, as the template prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.charts import score
from tracker.charts.marks import NOT_COUNTED, cell_mark, voiced_mark
from tracker.dates import UncertainDate
from tracker.history.results import Cell, Column, Occasion, Trace
from tracker.vocabulary import Change

from .words import Names, state_in_words

#: Up to so many columns each mark of a dossier has its words beside it; of more, the marks stand alone.
WITH_WORDS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One occasion of the timeline. ``through`` says that it is a mention of something under the area."""

    occasion: Occasion
    mark: str
    through: bool


@dataclass(frozen=True, slots=True)
class Note:
    """One column beside the commitment: its mark and what the mark says."""

    column: Column
    cell: Cell
    mark: str
    words: str
    when: UncertainDate


def entries(found: Trace) -> tuple[Entry, ...]:
    """Return the occasions of a trace, newest first, with the marks they go by in the matrix."""
    return tuple(_entry(found, one) for one in reversed(found.occasions))


def row_of_marks(found: Trace, names: Names, as_of: date | None) -> dict[str, object]:
    """Return the columns of a trace with mark and words, year by year, and whether they are few enough for the words to be printed."""
    notes = (
        Note(column, cell, cell_mark(cell), state_in_words(cell, column, names), column.when) for column, cell in zip(found.columns, found.cells, strict=True)
    )
    years = [(label, list(same)) for label, same in groupby(notes, key=lambda note: score.year_of(note.column))]
    return {"years": years, "few": len(found.columns) <= WITH_WORDS, "query": f"?as_of={as_of.isoformat()}" if as_of else ""}


def _entry(found: Trace, one: Occasion) -> Entry:
    through = one.mention.commitment != found.commitment.slug
    if not one.counts:
        return Entry(one, NOT_COUNTED, through)
    return Entry(one, voiced_mark(named=not through, both_sides=one.both_sides, moved=Change.MOVED in one.changes), through)
