"""Cells: dates in the shapes of tables, numbers with their signs, slugs, and what can't be read without a word from the mapping."""
# ruff: noqa: DTZ001, E501  a cell of a workbook knows no time zone; a case is read as one line

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from tracker.loading.foreign.cells import FaultyCell, filled, number_of, text_of, unguarded
from tracker.loading.foreign.days import day_of, from_parts, interval
from tracker.loading.foreign.mapping import CellRules
from tracker.loading.foreign.refusal import RefusalError, UndecidedError
from tracker.loading.foreign.templates import slug

DMY, MDY, SERIAL = CellRules(dates=("d/m/y",)), CellRules(dates=("m/d/y",)), CellRules(dates=("serial",))
DROP, NONE = CellRules(times="drop"), CellRules()


@pytest.mark.parametrize(
    ("cell", "rules", "day"),
    [
        ("2024", NONE, "2024"), ("2024-07", NONE, "2024-07"), ("2024-07-03", NONE, "2024-07-03"), ("2024-07/2024-09", NONE, "2024-07/2024-09"),
        ("3/7/2024", DMY, "2024-07-03"), ("3/7/2024", MDY, "2024-03-07"), ("03.07.2024", DMY, "2024-07-03"), ("3-7-2024", DMY, "2024-07-03"), ("3 7 2024", DMY, "2024-07-03"),
        ("13/07/2024", NONE, "2024-07-13"), ("07/13/2024", NONE, "2024-07-13"), ("05/05/2024", NONE, "2024-05-05"),
        ("2024/7/3", NONE, "2024-07-03"), ("2024.07.03", NONE, "2024-07-03"), ("2024-7-3", NONE, "2024-07-03"), ("2024/07/03", DMY, "2024-07-03"),
        ("07/2024", NONE, "2024-07"), ("7.2024", NONE, "2024-07"), ("2024/07", NONE, "2024-07"),
        ("3 July 2024", NONE, "2024-07-03"), ("3-Jul-2024", NONE, "2024-07-03"), ("July 3, 2024", NONE, "2024-07-03"), ("Sept. 3rd, 2024", NONE, "2024-09-03"),
        ("July 2024", NONE, "2024-07"), ("JUL 2024", NONE, "2024-07"), ("3\u00a0July\u00a02024", NONE, "2024-07-03"),
        ("3 июля 2024 г.", CellRules(month_names={"июля": 7}), "2024-07-03"), ("۳ جولائی ۲۰۲۴", CellRules(month_names={"جولائی": 7}), "2024-07-03"), ("۲۰۲۴", NONE, "2024"),
        ("3/7/24", CellRules(dates=("d/m/y",), two_digit_years=2000), "2024-07-03"), ("3/7/49", CellRules(dates=("d/m/y",), two_digit_years=1950), "2049-07-03"),
        ("24-07-03", CellRules(dates=("y/m/d",), two_digit_years=2000), "2024-07-03"),
        ("2024-07-03 10:30", DROP, "2024-07-03"), ("2024-07-03T21:30:00Z", DROP, "2024-07-03"), ("2024-07-03 00:00:00", NONE, "2024-07-03"), ("3/7/2024 10:30 PM", CellRules(dates=("d/m/y",), times="drop"), "2024-07-03"),
        ("45476", SERIAL, "2024-07-03"), (45476, SERIAL, "2024-07-03"), (45476.0, SERIAL, "2024-07-03"), ("44014", CellRules(dates=("serial-1904",)), "2024-07-03"),
        (45476.75, CellRules(dates=("serial",), times="drop"), "2024-07-03"), (2024, NONE, "2024"), (2024.0, SERIAL, "2024"),
        (datetime(2024, 7, 3), NONE, "2024-07-03"), (date(2024, 7, 3), NONE, "2024-07-03"), (datetime(2024, 7, 3, 23, 59), DROP, "2024-07-03"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_the_shapes_of_tables(cell: Any, rules: CellRules, day: str) -> None:
    assert day_of(cell, rules) == day


@pytest.mark.parametrize(
    ("cell", "rules", "right"),
    [
        ("03/07/2024", NONE, 'write dates = "d/m/y" or dates = "m/d/y" in the mapping'),
        ("03.07.2024", SERIAL, 'write dates = "d/m/y" or dates = "m/d/y" in the mapping'),
        ("03/07/24", NONE, "write dates and two_digit_years in the mapping"),
        ("03/07/24", DMY, "write two_digit_years in the mapping"),
        ("45476", NONE, 'write dates = "serial" or "serial-1904" in the mapping'),
        (45476.0, DMY, 'write dates = "serial" or "serial-1904" in the mapping'),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_waits_for_the_mapping(cell: Any, rules: CellRules, right: str) -> None:
    with pytest.raises(UndecidedError) as refused:
        day_of(cell, rules)
    assert refused.value.right.startswith(right)


@pytest.mark.parametrize(
    ("cell", "rules", "found"),
    [
        ("31/11/2024", DMY, "“31/11/2024” is not a day of the calendar in the order d/m/y"),
        ("07/13/2024", DMY, "“07/13/2024” is not a day of the calendar in the order d/m/y"),
        ("40/40/2024", NONE, "“40/40/2024” is not a day of the calendar"),
        ("2024-02-30", NONE, "“2024-02-30” is not a day of the calendar"),
        ("30 February 2024", NONE, "“30 February 2024” is not a day of the calendar"),
        ("13/2024", NONE, "“13/2024” is not a day of the calendar"),
        ("2024-09/2024-07", NONE, "2024-07-31 is before 2024-09-01: the earlier date comes first"),
        ("soon", NONE, "“soon” is not a date"),
        ("3 июля 2024", NONE, "“3 июля 2024” is not a date"),
        ("123/1/1", NONE, "“123/1/1” is not a date"),
        ("9" * 500, NONE, f"“{'9' * 79}…” is not a date"),
        ("2024-07-03 10:30", NONE, "“2024-07-03 10:30” holds a time of day"),
        ("2024-07-03T00:00Z", NONE, "“2024-07-03T00:00Z” holds a time of day"),
        (datetime(2024, 7, 3, 1), NONE, "“2024-07-03 01:00:00” holds a time of day"),
        (45476.5, SERIAL, "the number 45476.5 is a day and a time of day"),
        (9999999, SERIAL, "the number 9999999 is not a date"),
        (1e300, SERIAL, "the number 1e+300 is not a date"),
        (float("inf"), SERIAL, "the number inf is not a date"),
        (3.5, NONE, "“3.5” is not a date"),
        (True, NONE, "“true” is not a date"),
        (time(10), NONE, "“10:00:00” is not a date"),
    ],
)
def test_what_is_no_date_is_refused(cell: Any, rules: CellRules, found: str) -> None:
    with pytest.raises(RefusalError) as refused:
        day_of(cell, rules)
    assert (refused.value.found, refused.value.undecided) == (found, False)


def test_a_date_is_put_together_from_its_parts_as_finely_as_they_are_filled() -> None:
    assert [from_parts("2024", month, day, NONE) for month, day in (("", ""), ("7", ""), ("July", "3"))] == ["2024", "2024-07", "2024-07-03"]
    for parts in (("", "7", ""), ("2024", "", "3"), ("24", "7", "3"), ("2024", "Jly", "3"), ("2024", "7", "x"), ("2024", "2", "30")):
        with pytest.raises(RefusalError):
            from_parts(*parts, NONE)


def test_two_dates_are_the_span_between_them() -> None:
    assert [interval("2024-07-03", "2024-07-05"), interval("2024-07", ""), interval("", "2024"), interval("2024-01/2024-02", "2024-05")] == [
        "2024-07-03/2024-07-05", "2024-07", "2024", "2024-01/2024-05",
    ]  # fmt: skip
    with pytest.raises(RefusalError, match="the earlier date comes first"):
        interval("2024-07-03", "2024-07-02")


@pytest.mark.parametrize(
    ("cell", "rules", "number"),
    [
        ("1500", NONE, "1500"), ("1.5", NONE, "1.5"), ("1,50", NONE, "1.5"), ("1,234,567", NONE, "1234567"), ("1.234,5", NONE, "1234.5"), ("-007", NONE, "-7"), ("−3", NONE, "-3"), ("-0", NONE, "0"),
        ("1,500", CellRules(thousands=","), "1500"), ("1,500", CellRules(decimal=","), "1.5"), ("1 500,25", CellRules(decimal=",", thousands=" "), "1500.25"), ("1\u202f500", CellRules(thousands=" "), "1500"),
        ("1'500.10", CellRules(decimal=".", thousands="'"), "1500.1"), ("12,34,567", CellRules(thousands=","), "1234567"), ("۱۵۰۰", NONE, "1500"), ("9" * 40, NONE, "9" * 40),
        (1500, NONE, "1500"), (1500.0, NONE, "1500"), (0.1, NONE, "0.1"), (1e-7, NONE, "0.0000001"),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_signs(cell: Any, rules: CellRules, number: str) -> None:
    assert number_of(cell, rules) == number


def test_a_number_that_can_be_read_in_two_ways_waits_for_the_mapping() -> None:
    with pytest.raises(UndecidedError, match=r"“1,500” is 1\.5 or 1500"):
        number_of("1,500", NONE)


@pytest.mark.parametrize("cell", ["", "x", "1,50", "1,5000", "1e5", "1.5.5", "12 34", True, "9" * 200, 1e16, FaultyCell("holds the error #REF!")])
def test_what_is_no_number_is_refused(cell: Any) -> None:
    with pytest.raises(RefusalError):
        number_of(cell, CellRules(decimal=".", thousands=","))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (True, "true"),
        (datetime(2024, 7, 3), "2024-07-03"),
        (datetime(2024, 7, 3, 1), "2024-07-03 01:00:00"),
        (time(10), "10:00:00"),
        (999999999999999.0, "999999999999999"),
    ],
)
def test_a_typed_cell_has_one_text(cell: Any, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize("cell", [1e15, -1e15, 1e300, float("nan"), "a\x00b", "a\u202eb", "a\x85b", FaultyCell("holds the error #REF!")])
def test_a_cell_that_no_text_can_hold_is_refused(cell: Any) -> None:
    with pytest.raises(RefusalError):
        text_of(cell)


def test_white_space_and_markers_are_empty() -> None:
    rules = CellRules(empty=("n/a", "not known"))
    assert [filled(cell, rules) for cell in ("", " \u00a0\t", "n/a", " n/a\u00a0", "not\n known", "N/A", None)] == [None] * 5 + ["N/A", None]
    assert filled("\u00a0é \r\n b\u00a0", rules) == "é \n b"


def test_one_apostrophe_is_taken_from_a_guarded_cell() -> None:
    assert [unguarded(cell) for cell in ("'=1", "''=1", "'-x", "'＝1", "'tis", "=1", "'")] == ["=1", "'=1", "-x", "＝1", "'tis", "=1", "'"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Lake Como", "lake-como"),
        ("Żółć – œuvre", "zolc-oeuvre"),
        ("St. John’s", "st-johns"),
        ("A/B_c", "a-b-c"),
        ("۲۰۲۴", "2024"),
        ("Straße", "strasse"),
        ("  x ", "x"),
    ],
)
def test_a_slug_keeps_every_letter(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize("text", ["Москва", "Moscow (Москва)", "پاکستان", "!!!", "北京"])
def test_no_slug_is_made_where_a_letter_would_be_lost(text: str) -> None:
    with pytest.raises(RefusalError, match="no slug can be made of"):
        slug(text)
