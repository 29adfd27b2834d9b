"""The cells of all matrices as a table of a package: the same columns as the file that stands under each matrix."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.charts.arrangement import Asked, arranged
from tracker.exports.cells import HEADER, Address, cell_rows
from tracker.history.results import Matrix
from tracker.vocabulary import CellState, Grade, Rule, Stage, Strength

from .columns import Column, Value
from .tables import Layout, references

_ABOUT = (
    "Computed: what each meeting of a series is to each of its commitments, with the rule and the rows that decided. "
    "“unobserved” means that nobody looked, and is not silence."
)
_OF_LISTS = "Separated by spaces."
_COLUMNS = (
    Column("series", "The slug of the series.", required=True, leads_to="series"),
    Column("as_of", "The day as of which the cell is computed: what happened later is left out.", "date", required=True),
    Column("commitment", "The slug of the commitment.", required=True, leads_to="commitment"),
    Column("name", "The name of the commitment.", required=True),
    Column("kind", "The kind of the commitment.", required=True),
    Column("area", "The slug of the area above it.", leads_to="commitment"),
    Column("stage", "The rung reached as of the day; an area has none.", words=Stage.words(), ordered=True),
    Column("meeting", "The slug of the meeting. Rooms of one journey are folded into it.", required=True, leads_to="meeting"),
    Column("date", "The date of the meeting as finely as it is known, bounded by its first report.", required=True),
    Column("place", "The place of the meeting."),
    Column("title", "The title of the meeting.", required=True),
    Column("level", "The level of the meeting.", required=True),
    Column("format", "The format of the meeting.", required=True),
    Column("general", "Whether the meeting was called for nothing in particular.", "boolean", required=True),
    Column("state", "What the meeting is to the commitment: the first rule that applies decides.", words=tuple(CellState.values), required=True),
    Column("rule", "The rule that decided.", words=tuple(Rule.values), required=True),
    Column("grade", "How firmly the readings that count show what was left out.", words=Grade.words(), ordered=True, required=True),
    Column("counted", "Whether the meeting is one of the n behind the recurrence.", "boolean", required=True),
    Column("named", "Whether it was voiced by its own name; false for an area voiced only through something under it.", "boolean", required=True),
    Column("through", f"The slugs of what an area was voiced through. {_OF_LISTS}"),
    Column("voice", f"The slugs of the parties that voiced it. {_OF_LISTS}"),
    Column("both_sides", "Whether both sides voiced it.", "boolean", required=True),
    Column("one_sided", "Whether both sides' own texts were read and only one of them has it.", "boolean", required=True),
    Column("moved", "Whether a rung was reached or a paper signed at the meeting.", "boolean", required=True),
    Column("acts", f"What was done in voicing it. {_OF_LISTS}"),
    Column("strength", "The highest strength of what was voiced.", words=Strength.words(), ordered=True),
    Column("moved_before", f"What moved since the meeting before, as stage:date. {_OF_LISTS}"),
    Column("dates_passed_before", f"Promised dates that passed since the meeting before, as target:due:outcome. {_OF_LISTS}"),
    Column("statements_before", f"The slugs of statements since the meeting before in which it was voiced. {_OF_LISTS}"),
    Column("because", f"The rows that decided, as kind:name. {_OF_LISTS}"),
    Column("reading_threshold", "The grade from which on a meeting counts as read.", words=Grade.words(), ordered=True, required=True),
    Column("address", "The page that explains the cell, on the site that holds the record.", required=True),
)


def cell_layout() -> Layout:
    """Return the layout of the cells, one row for each commitment at each meeting of its series."""
    assert tuple(column.name for column in _COLUMNS) == HEADER
    return Layout("cell", _ABOUT, _COLUMNS, ("commitment", "meeting"), tuple(references(_COLUMNS)))


def rows_of(matrix: Matrix, address: Address) -> Iterator[list[Value]]:
    """Yield the cells of a whole matrix, meetings called for one thing and statements among them."""
    for row in cell_rows(arranged(matrix, Asked(general_only=False, statements=True)), address):
        yield [value if isinstance(value, str | int | float | bool) or value is None else str(value) for value in row]
