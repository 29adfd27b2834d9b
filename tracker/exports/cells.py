"""The cells of a matrix as rows of a table: long, one for each commitment at each meeting, so that every filter and pivot works on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from tracker.charts.arrangement import Arranged
from tracker.charts.between import Between, between, line
from tracker.charts.score import is_area
from tracker.history.results import Cell, Column, Occasion, Trace

#: The address of one cell, of a commitment and a meeting by their slugs.
Address = Callable[[str, str], str]
HEADER = (
    "series", "as_of", "commitment", "name", "kind", "area", "stage", "meeting", "date", "place", "title", "level", "format", "general",
    "state", "rule", "grade", "counted", "named", "through", "voice", "both_sides", "one_sided", "moved", "acts", "strength",
    "moved_before", "dates_passed_before", "statements_before", "because", "reading_threshold", "address",
)  # fmt: skip


def cell_rows(drawn: Arranged, address: Address) -> Iterator[tuple[object, ...]]:
    """Yield the cells that are drawn, row by row, under ``HEADER``. Lists within a cell are parted by spaces, their order is that of the record."""
    time, columns = line(drawn), drawn.columns
    rooms = {meeting.slug: column.slug for column in columns for meeting in (column.meeting, *column.rooms)}
    for row in drawn.rows:
        events, heard = between(row, time), _heard(row, rooms)
        for number, (place, column) in enumerate(zip(drawn.places, columns, strict=True)):
            yield (
                *_commitment(row, drawn),
                *_meeting(column),
                *_cell(row.cells[place], heard.get(column.slug, ())),
                *_before(events.get(number, Between())),
                " ".join(f"{reason.kind}:{reason.ref}" for reason in row.cells[place].because),
                drawn.matrix.thresholds.reading.word,
                address(row.commitment.slug, column.slug),
            )


def _heard(row: Trace, rooms: Mapping[str, str]) -> Mapping[str, list[Occasion]]:
    """Return what counts as voicing the row, under the slugs of columns."""
    found: dict[str, list[Occasion]] = defaultdict(list)
    for one in row.occasions:
        if one.counts and one.meeting.slug in rooms:
            found[rooms[one.meeting.slug]].append(one)
    return found


def _commitment(row: Trace, drawn: Arranged) -> tuple[object, ...]:
    one = row.commitment
    return drawn.matrix.series.slug, drawn.matrix.as_of.isoformat(), one.slug, one.name, one.kind.value, one.parent, None if is_area(row) else row.stage.word


def _meeting(column: Column) -> tuple[object, ...]:
    one = column.meeting
    return one.slug, column.when.edtf(), one.place, one.title, one.level.word, one.format.value, column.general


def _cell(cell: Cell, heard: list[Occasion] | tuple[()]) -> tuple[object, ...]:
    strengths = [one.strength for one in heard if one.strength is not None]
    return (
        cell.state.value,
        cell.rule.value,
        cell.grade.word,
        cell.counted,
        cell.named,
        " ".join(cell.through),
        " ".join(sorted(cell.voice)),
        cell.both_sides,
        cell.one_sided,
        cell.moved,
        " ".join(dict.fromkeys(one.act.value for one in heard)),
        max(strengths).word if strengths else None,
    )


def _before(found: Between) -> tuple[object, ...]:
    moves = " ".join(f"{one.stage.word}:{one.happened.edtf()}" for one in found.moves if one.stage is not None)
    passed = " ".join(f"{one.target}:{one.due.edtf()}:{one.outcome.value}" for one in found.promises)
    return moves, passed, " ".join(one.meeting.slug for one in found.statements)
