"""Which meetings are columns, in which order, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.stories import LATER, SERIES, added, day, meeting, on, own_text, paper, read, story
from tracker.dates import UncertainDate, parse_edtf
from tracker.history.columns import bounded, columns
from tracker.history.facts import Record
from tracker.vocabulary import STATEMENT_FORMATS, Format, Grade, MeetingStatus


def slugs(record: Record, as_of: date = LATER) -> list[str]:
    return [column.slug for column in columns(record, as_of)]


def test_columns_lie_in_the_order_of_earliest_day_latest_day_and_slug() -> None:
    dates = {"c": "2024-01-01/2024-03-01", "b": "2024-01-01", "d": "2024-01-01", "a": "2024-02"}
    record = added(story(""), meetings=[meeting(slug, parse_edtf(when)) for slug, when in dates.items()])
    assert slugs(record) == ["b", "d", "c", "a"]


@pytest.mark.parametrize("status", [MeetingStatus.PLANNED, MeetingStatus.POSTPONED, MeetingStatus.CANCELLED])
def test_a_meeting_that_was_not_held_is_no_column(status: MeetingStatus) -> None:
    assert slugs(added(story("t"), meetings=[meeting("planned", on(1), status=status)])) == ["m0"]


@pytest.mark.parametrize("form", sorted(STATEMENT_FORMATS))
def test_a_statement_is_no_column(form: Format) -> None:
    assert slugs(added(story("t"), meetings=[meeting("speech", on(1), format=form)])) == ["m0"]


def test_a_meeting_of_another_series_is_no_column() -> None:
    assert slugs(story("tGt")) == ["m0", "m2"]


def test_rooms_are_folded_into_their_journey_with_their_reports() -> None:
    room = meeting("room", on(0), part_of="m0")
    inner = meeting("inner", on(0), part_of="room")
    record = added(story("?"), meetings=[room, inner], reports=[read("inner", paper())])
    (column,) = columns(record, LATER)
    assert [one.slug for one in column.rooms] == ["inner", "room"]
    assert [report.meeting for report in column.reports] == ["inner"]
    assert column.grade == Grade.NONE, "one side room is not the journey"


def test_a_room_whose_journey_is_no_column_stands_for_itself() -> None:
    record = added(story("G"), meetings=[meeting("room", on(0), part_of="m0"), meeting("other", on(1), part_of="nowhere")])
    assert slugs(record) == ["room", "other"]


def test_rooms_that_name_each_other_do_not_hang_the_engine() -> None:
    record = added(story("t"), meetings=[meeting("a", on(1), part_of="b"), meeting("b", on(1), part_of="a")])
    assert "m0" in slugs(record)


def test_as_of_cuts_columns_and_rooms_by_their_latest_day() -> None:
    record = added(story("tt"), meetings=[meeting("year", parse_edtf("2020")), meeting("room", on(1), part_of="m0")])
    assert slugs(record, day(1)) == ["m0", "m1"]
    assert slugs(record, date(2020, 12, 31)) == ["m0", "year", "m1"]
    assert columns(record, day(0))[0].rooms == ()


@pytest.mark.parametrize(
    ("starts", "published", "expected"),
    [
        pytest.param("2024", "2024-03-05", "2024-01-01/2024-03-05", id="bounded by the first report"),
        pytest.param("2024-03-01", "2024-03-05", "2024-03-01", id="a known day stays"),
        pytest.param("2024-03", "2024-02-01", "2024-03", id="a report from before bounds nothing"),
        pytest.param("2024", "2024-03", "2024-01-01/2024-03-31", id="a report known to the month bounds by its last day"),
    ],
)
def test_latest_day_is_bounded_by_the_first_report(starts: str, published: str, expected: str) -> None:
    first = replace(paper("first"), published=parse_edtf(published))
    undated, later = paper("undated"), replace(paper("later"), published=UncertainDate.on(date(2025, 6, 1)))
    reports = [read("m", source) for source in (later, undated, first)]
    assert bounded(parse_edtf(starts), reports) == parse_edtf(expected)


def test_a_column_knows_whose_own_text_was_read() -> None:
    (column,) = columns(story("s"), LATER)
    assert column.sides_read == {"pakistan"}
    assert column.grade == Grade.SOFT
    assert column.general


def test_a_report_that_was_not_read_is_held_but_gives_no_grade() -> None:
    record = added(story("?"), reports=[read("m0", own_text("pakistan"), read_on=None)])
    (column,) = columns(record, LATER)
    assert (len(column.reports), column.grade, SERIES.slug) == (1, Grade.NONE, column.meeting.series)
