"""The matrix as its table prints it: bands, heads, groups of lines, and every sentence of a cell written once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from tracker.charts import score
from tracker.charts.arrangement import Arranged
from tracker.charts.between import Between, between, line
from tracker.charts.marks import cell_mark, reading_mark
from tracker.dates import UncertainDate
from tracker.history.results import Cell, Column, Trace
from tracker.vocabulary import CellState, Level, Stage
from tracker.vocabulary.meanings import Measure

from .measured import numbers
from .words import Names, between_in_words, reading_in_words, state_in_words

LEVELS = {
    Level.TECHNICAL: _("technical"),
    Level.OFFICIALS: _("officials"),
    Level.MINISTERS: _("ministers"),
    Level.LEADERS: _("leaders"),
}
#: The measures of which a row shows its numbers, and says where they come from.
AT_THE_END = (Measure.VOICED, Measure.IDLE, Measure.QUIET_MEETINGS, Measure.QUIET_DAYS, Measure.STAGE)

#: What stands over rows that are not grouped by area.
TITLES = {"": "", "concrete": _("Projects, processes, visits and agreements"), "areas": _("Areas")}
#: A longer place name is cut in a column's head; the page of the meeting has it whole.
LONGEST_PLACE = 18


@dataclass(frozen=True, slots=True)
class Head:
    """One column head. ``opens`` says that a year begins here."""

    id: str
    slug: str
    title: str
    place: str
    when: UncertainDate
    level: str
    general: bool
    opens: bool
    read: bool
    reading: str
    reading_words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment: its marks as HTML, and the numbers at the end of the row. ``stage`` is None for an area."""

    id: str
    slug: str
    name: str
    depth: int
    is_area: bool
    marks: SafeString
    #: What happened after the last drawn column, as drawings and as ids of words.
    since: tuple[SafeString, str] | None
    voiced: int
    called_for: int
    statements: int
    quiet_meetings: int
    quiet_days: int | None
    idle: int
    stage: Stage | None
    #: What each number at the end of the row comes from, in words, under the names of the measures.
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand together; ``title`` is empty where the first line is the area itself."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """``tail`` says that a further column holds what happened after the last meeting that is drawn."""

    years: tuple[score.Year, ...]
    heads: tuple[Head, ...]
    groups: tuple[Group, ...]
    words: tuple[str, ...]
    density: str
    query: str
    hidden: int
    tail: bool

    @property
    def width(self) -> int:
        return len(self.heads) + self.tail + 6


@dataclass(slots=True)
class Phrases:
    """Sentences in the order they first came up; a cell names its sentence by the id. Cells that say the same are asked about once."""

    names: Names
    found: dict[str, int] = field(default_factory=dict)
    cells: dict[object, tuple[str, str]] = field(default_factory=dict)

    def id_of(self, sentence: str) -> str:
        return f"w{self.found.setdefault(sentence, len(self.found))}"

    def of(self, cell: Cell, column: Column) -> tuple[str, str]:
        """Return the drawing of ``cell`` and the id of the words that say it."""
        key: object = id(cell)
        if cell.state == CellState.VOICED:
            key = cell.voice, cell.both_sides, cell.named, bool(cell.through), cell.moved
        elif cell.state != CellState.SILENT:
            key = cell.rule
        if key not in self.cells:
            self.cells[key] = score.use(cell_mark(cell)), self.id_of(state_in_words(cell, column, self.names))
        return self.cells[key]

    def with_events(self, said: tuple[str, str], found: Between) -> tuple[str, str]:
        """Return drawing and words of a cell with what happened before it."""
        return said[0] + "".join(map(score.use, found.marks)), " ".join((said[1], *map(self.id_of, between_in_words(found)))).strip()


def grid(drawn: Arranged, names: Names, as_of: date | None = None) -> Grid:
    """Return the table of a matrix. ``as_of`` is set where the reader asked for a day: links then keep it."""
    query = f"?as_of={as_of.isoformat()}" if as_of else ""
    phrases = Phrases(names)
    lines = {one.slug: one for one in _lines(drawn, phrases, query)}
    return Grid(
        years=score.years(drawn.columns),
        heads=heads(drawn, names),
        groups=tuple(Group(str(TITLES[block.kind]), tuple(lines[row.commitment.slug] for row in block.rows)) for block in drawn.blocks),
        words=tuple(phrases.found),
        density=score.density(len(drawn.places)),
        query=query,
        hidden=drawn.hidden,
        tail=any(one.since for one in lines.values()),
    )


def heads(drawn: Arranged, names: Names) -> tuple[Head, ...]:
    """Return the heads of the drawn columns."""
    opens = score.openings(drawn.columns)
    return tuple(_head(place, column, bool(opens[place]), drawn, names) for place, column in enumerate(drawn.columns))


def _head(place: int, column: Column, opens: bool, drawn: Arranged, names: Names) -> Head:
    meeting = column.meeting
    return Head(
        id=f"c{place}",
        slug=meeting.slug,
        title=meeting.title,
        place=Truncator(meeting.place or str(meeting.format.label)).chars(LONGEST_PLACE),
        when=column.when,
        level=str(LEVELS[meeting.level]),
        general=column.general,
        opens=opens,
        read=column.grade >= drawn.matrix.thresholds.reading,
        reading=reading_mark(column),
        reading_words=reading_in_words(column, names),
    )


def _lines(drawn: Arranged, phrases: Phrases, query: str) -> Iterator[Line]:
    places, columns, time = score.places(drawn.columns), drawn.columns, line(drawn)
    depth = depths(drawn)
    for number, row in enumerate(drawn.rows):
        before, after = reverse("tracker:cell", args=[row.commitment.slug, "-"]).rsplit("-", 1)
        marks = [phrases.of(row.cells[place], column) for place, column in zip(drawn.places, columns, strict=True)]
        events = between(row, time)
        since = _with_events(marks, events, phrases)
        # Escaped where it is written: addresses are slugs, marks and ids are ours.
        html = mark_safe(score.line(f"r{number}", (before, after + query), places, marks))  # noqa: S308
        yield _line(f"r{number}", row, depth[row.commitment.slug], html, since)


def _with_events(marks: list[tuple[str, str]], events: Mapping[int, Between], phrases: Phrases) -> tuple[SafeString, str] | None:
    """Add to ``marks`` what happened before each; return what happened after the last of them."""
    for place, found in events.items():
        if place < len(marks):
            marks[place] = phrases.with_events(marks[place], found)
    if (found_last := events.get(len(marks))) is None:
        return None
    drawings, words = phrases.with_events(("", ""), found_last)
    return mark_safe(drawings), words  # noqa: S308  drawn by us


def depths(drawn: Arranged) -> Mapping[str, int]:
    """Return how far each row is set in: by the areas above it where they stand above it."""
    if any(block.kind for block in drawn.blocks):
        return {row.commitment.slug: 0 for row in drawn.rows}
    return score.depths(drawn.rows)


def _line(id_: str, row: Trace, depth: int, marks: SafeString, since: tuple[SafeString, str] | None) -> Line:
    found, is_area = row.measures, score.is_area(row)
    return Line(
        id=id_,
        slug=row.commitment.slug,
        name=row.commitment.name,
        depth=depth,
        is_area=is_area,
        marks=marks,
        since=since,
        voiced=found.voiced_meetings,
        called_for=found.called_for,
        statements=found.statements,
        quiet_meetings=found.quiet_meetings,
        quiet_days=found.quiet_days,
        idle=found.idle_restatements,
        stage=None if is_area else row.stage,
        told={str(measure.value): numbers(measure, row) for measure in AT_THE_END},
    )
