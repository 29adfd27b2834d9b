"""Workbooks: typed cells, results of formulas, sheets and merged cells as they come, and files that are none or too much."""
# ruff: noqa: DTZ001, E501  a cell of a workbook knows no time zone; a case is read as one line

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.loading.foreign.tables import DATED, PARTIES, book, imported, refusals
from tracker.loading.foreign import workbook
from tracker.models import Party

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return sorted(Party.objects.values_list("name", flat=True))


def test_a_workbook_gives_its_typed_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Code", "Day"],
        ["a", datetime(2024, 7, 3)],
        ["b", date(2024, 7, 4)],
        ["c", 2024],
        ["d", "2024-07"],
        [None, None],
        ["e", " 5 July\u00a02024 "],
    ]
    assert imported(tmp_path, book(tmp_path, *rows), DATED).code == 0
    assert names() == ["Founded 2024", "Founded 2024-07", "Founded 2024-07-03", "Founded 2024-07-04", "Founded 2024-07-05"]


def test_a_row_of_a_workbook_goes_by_its_number_in_the_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["A title"],
        [],
        ["Code", "Day"],
        [],
        ["a", datetime(2024, 7, 3, 10, 30)],
        [],
        ["b", "x"],
        ["c", 123456789012345678],
        ["d", True],
    ]
    told = refusals(imported(tmp_path, book(tmp_path, *rows), "table.header_row = 3\n" + DATED), tmp_path)
    assert [line.partition(";")[0] for line in told] == [
        "table.xlsx:5: party a: name (column “Day”): “2024-07-03 10:30:00” holds a time of day",
        "table.xlsx:7: party b: name (column “Day”): “x” is not a date",
        "table.xlsx:8: party c: name (column “Day”): 1.234567890123457e+17 is too large to be kept exactly",
        "table.xlsx:9: party d: name (column “Day”): “true” is not a date",
    ]


def test_a_count_of_days_waits_for_the_mapping(tmp_path: Path) -> None:
    path = book(tmp_path, ["Code", "Day"], ["a", 45476], ["b", 45477])
    assert refusals(imported(tmp_path, path, DATED, skip_refused=True), tmp_path)[0] == (
        "map.toml:3: values.day: leaves open how to read column “Day”, in lines 2, 3: the number 45476 may be a spreadsheet’s count of days: 2024-07-03, or 2028-07-04 counted from 1904; "
        'write dates = "serial" or "serial-1904" in the mapping'
    )  # fmt: skip
    assert imported(tmp_path, path, 'table.dates = "serial"\n' + DATED).code == 0
    assert names() == ["Founded 2024-07-03", "Founded 2024-07-04"]


def test_the_kept_result_of_a_formula_is_read_and_no_other(tmp_path: Path) -> None:
    path = book(tmp_path, ["Code", "Name", "Kind"], ["a", "=1+1", "S"], ["b", "=1+2", "S"], ["c", "#REF!", "S"])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    with zipfile.ZipFile(path, "w") as new:
        for name, raw in parts.items():
            new.writestr(name, raw)
    assert refusals(imported(tmp_path, path), tmp_path) == [
        "table.xlsx:3: party b: name (column “Name”): holds a formula whose result was not kept; mend it in the table",
        "table.xlsx:4: party c: name (column “Name”): holds the error #REF!; mend it in the table",
    ]


def test_one_sheet_is_meant_or_named(tmp_path: Path) -> None:
    made = Workbook()
    for title, state in (("First", "visible"), ("Second", "visible"), ("Third", "hidden")):
        sheet = made.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(["Code", "Name", "Kind"])
        sheet.append([title.lower(), title, "S"])
    del made["Sheet"]
    path = tmp_path / "table.xlsx"
    made.save(path)
    assert refusals(imported(tmp_path, path), tmp_path) == [
        'table.xlsx:1: has 2 sheets that are not hidden: “First”, “Second”; write sheet = "…" in the mapping'
    ]
    assert refusals(imported(tmp_path, path, 'table.sheet = "Forth"\n' + PARTIES), tmp_path) == [
        "table.xlsx:1: there is no sheet “Forth”; its sheets: “First”, “Second”"
    ]
    assert imported(tmp_path, path, 'table.sheet = "Third"\n' + PARTIES).code == 0
    assert names() == ["Third"]


def test_merged_cells_are_filled_down_and_to_the_right_of_the_header(tmp_path: Path) -> None:
    path = book(tmp_path, ["Code", "Party", None], [None, "Kind", "Name"], ["a", "S", "A"], ["b", None, "B"], ["c", "O", "C"])
    made = load_workbook(path)
    for cells in ("B1:C1", "B3:B4"):
        made.active.merge_cells(cells)
    made.save(path)
    mapping = PARTIES.replace('"Name"', '"Party / Name"').replace('"Kind"', '"Party / Kind"')
    assert imported(tmp_path, path, '[table]\nheader_row = [1, 2]\nfill_down = "Party / Kind"\n' + mapping).code == 0
    assert list(Party.objects.order_by("slug").values_list("kind", flat=True)) == ["state", "state", "organization"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "is not a workbook"),
        (b"PK\x03\x04 and no more", "is not a workbook"),
        (b"Code,Name,Kind\n", "is not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook of the old format, or locked by a password"),
    ],
)
def test_what_is_no_workbook_is_refused(raw: bytes, told: str, tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, raw, name="table.xlsx"), tmp_path)[0].startswith(f"table.xlsx:1: {told}")


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "table.xlsx", "w") as made:
        made.writestr("hello.xml", "<x/>")
    assert "table.xlsx:1: is a damaged workbook" in imported(tmp_path, tmp_path / "table.xlsx").err


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path, ["Code", "Name", "Kind"], ["a", "A", "S"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/bomb.xml", b" " * 5_000_000)
    assert imported(tmp_path, path, dry_run=True).code == 0
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 4 << 20)
    assert refusals(imported(tmp_path, path), tmp_path) == [
        "table.xlsx:1: unpacks to more than a table can be; at most 4 MB in 2000 parts: save the sheet alone"
    ]


def test_a_workbook_that_defines_entities_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, ["Code", "Name", "Kind"], ["a", "A", "S"])
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("xl/extra.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert "defines entities" in imported(tmp_path, path).err


def test_a_cell_far_away_is_read_without_room_for_all_between(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["Code", "Name", "Kind"], ["a", "A", "S"]):
        sheet.append(row)
    sheet.cell(1_048_576, 16_384, "far")
    made.save(tmp_path / "table.xlsx")
    assert refusals(imported(tmp_path, tmp_path / "table.xlsx"), tmp_path) == [
        "table.xlsx:1048576: has 16384 cells, the header has 3; one cell for each column"
    ]
