"""The matrix as its table prints it: bands, heads, groups of lines, and every sentence of a cell written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.charts import order, score
from tracker.charts.marks import cell_mark, reading_mark
from tracker.dates import UncertainDate
from tracker.history.results import Column, Matrix, Trace
from tracker.vocabulary import Level, Stage
from tracker.vocabulary.meanings import Measure

from .measured import numbers
from .words import Names, reading_in_words, state_in_words

LEVELS = {
    Level.TECHNICAL: gettext_lazy("technical"),
    Level.OFFICIALS: gettext_lazy("officials"),
    Level.MINISTERS: gettext_lazy("ministers"),
    Level.LEADERS: gettext_lazy("leaders"),
}
#: The measures of which a row shows its numbers, and says where they come from.
AT_THE_END = (Measure.VOICED, Measure.IDLE, Measure.QUIET_MEETINGS, Measure.QUIET_DAYS, Measure.STAGE)

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
    years: tuple[score.Year, ...]
    heads: tuple[Head, ...]
    groups: tuple[Group, ...]
    words: tuple[str, ...]
    density: str
    query: str
    hidden: int
    width: int


@dataclass(slots=True)
class Phrases:
    """Sentences in the order they first came up; a cell names its sentence by the id."""

    found: dict[str, int] = field(default_factory=dict)

    def id_of(self, sentence: str) -> str:
        return f"w{self.found.setdefault(sentence, len(self.found))}"


def grid(matrix: Matrix, names: Names, *, sort: str = "area", general_only: bool = True, latest: int | None = None, as_of: date | None = None) -> Grid:
    """Return the table of ``matrix``. ``as_of`` is set where the reader asked for a day: links then keep it."""
    places = score.shown_columns(matrix, general_only=general_only, latest=latest)
    columns = [matrix.columns[place] for place in places]
    query = f"?as_of={as_of.isoformat()}" if as_of else ""
    phrases = Phrases()
    drawn = {row.commitment.slug: line for row, line in _lines(matrix, places, columns, phrases, names, query)}
    return Grid(
        years=score.years(columns),
        heads=tuple(_heads(columns, matrix, names)),
        groups=_groups(matrix, drawn, sort),
        words=tuple(phrases.found),
        density=score.density(len(columns)),
        query=query,
        hidden=len(matrix.columns) - len(columns),
        width=len(columns) + 6,
    )


def _heads(columns: Sequence[Column], matrix: Matrix, names: Names) -> Iterator[Head]:
    opens = score.openings(columns)
    for place, column in enumerate(columns):
        meeting = column.meeting
        yield Head(
            id=f"c{place}",
            slug=meeting.slug,
            title=meeting.title,
            place=Truncator(meeting.place or str(meeting.format.label)).chars(LONGEST_PLACE),
            when=column.when,
            level=str(LEVELS[meeting.level]),
            general=column.general,
            opens=bool(opens[place]),
            read=column.grade >= matrix.thresholds.reading,
            reading=reading_mark(column),
            reading_words=reading_in_words(column, names),
        )


def _lines(matrix: Matrix, places: Sequence[int], columns: Sequence[Column], phrases: Phrases, names: Names, query: str) -> Iterator[tuple[Trace, Line]]:
    opens, depth = score.openings(columns), score.depths(matrix.rows)
    for number, row in enumerate(matrix.rows):
        before, after = reverse("tracker:cell", args=[row.commitment.slug, "-"]).rsplit("-", 1)
        cells = [row.cells[place] for place in places]
        marks = (
            score.Mark(f"{before}{cell.meeting}{after}{query}", phrases.id_of(state_in_words(cell, column, names)), cell_mark(cell), bool(opening), year)
            for cell, column, opening, year in zip(cells, columns, opens, score.told_years(columns, cells), strict=True)
        )
        # Escaped where it is written: addresses are slugs, marks and ids are ours.
        html = mark_safe(score.line(f"r{number}", marks))  # noqa: S308
        yield row, _line(f"r{number}", row, depth[row.commitment.slug], html)


def _line(id_: str, row: Trace, depth: int, marks: SafeString) -> Line:
    found, is_area = row.measures, score.is_area(row)
    return Line(
        id=id_,
        slug=row.commitment.slug,
        name=row.commitment.name,
        depth=depth,
        is_area=is_area,
        marks=marks,
        voiced=found.voiced_meetings,
        called_for=found.called_for,
        statements=found.statements,
        quiet_meetings=found.quiet_meetings,
        quiet_days=found.quiet_days,
        idle=found.idle_restatements,
        stage=None if is_area else row.stage,
        told={str(measure.value): numbers(measure, row) for measure in AT_THE_END},
    )


def _groups(matrix: Matrix, drawn: Mapping[str, Line], sort: str) -> tuple[Group, ...]:
    if sort in order.ORDERS:
        concrete = _drawn(order.in_order(order.concrete(matrix), sort), drawn)
        areas = _drawn(order.in_order((row for row in matrix.rows if score.is_area(row)), sort), drawn)
        return tuple(group for group in (Group(_("Projects, processes, visits and agreements"), concrete), Group(_("Areas"), areas)) if group.lines)
    groups: list[list[Line]] = []
    for row in matrix.rows:
        line = drawn[row.commitment.slug]
        if line.depth == 0:
            groups.append([])
        groups[-1].append(line)
    return tuple(Group("", tuple(lines)) for lines in groups)


def _drawn(rows: Iterable[Trace], drawn: Mapping[str, Line]) -> tuple[Line, ...]:
    return tuple(drawn[row.commitment.slug] for row in rows)
