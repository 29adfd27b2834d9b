"""Files of tables: encodings, lines, headers and sheets as they come, each told apart or refused."""
# ruff: noqa: E501  a case is read as one line

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loading.foreign.tables import PARTIES, imported, refusals
from tracker.loading.foreign import grid, importing
from tracker.models import Party

pytestmark = pytest.mark.django_db
TABLE = "Code,Name,Kind\nan,Äñ Земля پاکستان,S\n"


def names() -> list[str]:
    return sorted(Party.objects.values_list("name", flat=True))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(encoding: str, tmp_path: Path) -> None:
    assert imported(tmp_path, TABLE.encode(encoding)).code == 0
    assert names() == ["Äñ Земля پاکستان"]


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Äñ – “x”"), ("cp1251", "Земля"), ("utf-16-le", "پاکستان"), ("utf-8", "پاکستان"), ("gb18030", "北京")]
)
def test_the_mapping_says_the_encoding(encoding: str, name: str, tmp_path: Path) -> None:
    raw = f"Code,Name,Kind\nan,{name},S\n".encode(encoding)
    assert imported(tmp_path, raw, f'table.encoding = "{encoding}"\n' + PARTIES).code == 0
    assert names() == [name]


def test_an_encoding_that_nothing_says_is_never_guessed(tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, b"Code,Name,Kind\na,plain,S\nb,\xc3\xa9t\xc3\xa9,S\nc,\xc3\xa9,S\n"), tmp_path) == [
        'table.csv:3: lines 3, 4 hold letters beyond ASCII, and nothing says their encoding; write encoding = "…" in the mapping; '
        "line 3: utf-8 reads “été”, cp1252 reads “Ã©tÃ©”, cp1251 reads “Г©tГ©”, cp1256 reads “أ©tأ©”"
    ]


@pytest.mark.parametrize(
    ("raw", "stated", "told"),
    [
        (TABLE.encode("utf-8-sig"), "cp1252", 'table.csv:1: begins with the byte order mark of utf-8, and the mapping says cp1252; write encoding = "utf-8", or leave it out'),
        (TABLE.encode("utf-16-le"), "utf-16", 'table.csv:1: utf-16 without a byte order mark; write encoding = "utf-16-le" or "utf-16-be" in the mapping'),
        (TABLE.encode("utf-16-le"), "", 'table.csv:1: holds NUL bytes, and nothing says its encoding; write encoding in the mapping: perhaps "utf-16-le" or "utf-16-be"'),
    ],
)  # fmt: skip
def test_an_encoding_that_does_not_fit_is_told(raw: bytes, stated: str, told: str, tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, raw, (f'table.encoding = "{stated}"\n' if stated else "") + PARTIES), tmp_path) == [told]


@pytest.mark.parametrize(
    ("raw", "encoding", "told"),
    [
        (b"a\x81", "cp1252", "holds the byte 0x81, which is no text in cp1252"),
        (b"a\xff", "utf-8", "holds the byte 0xFF, which is no text in utf-8"),
        (b"a\x00b", "utf-8", "holds the invisible character U+0000"),
        (b"a\x85b", "iso-8859-1", "holds the invisible character U+0085"),
    ],
)
def test_bytes_that_are_no_text_refuse_their_row_alone(raw: bytes, encoding: str, told: str, tmp_path: Path) -> None:
    run = imported(tmp_path, b"Code,Name,Kind\na,A,S\nb," + raw + b",S\nc,C,S\n", f'table.encoding = "{encoding}"\n' + PARTIES, skip_refused=True)
    assert run.err.startswith(f"{tmp_path}/table.csv:3: party b: name (column “Name”): {told}")
    assert names() == ["A", "C"]


def test_half_a_letter_at_the_end_is_told(tmp_path: Path) -> None:
    run = imported(tmp_path, TABLE.encode("utf-16-le") + b"x", 'table.encoding = "utf-16-le"\n' + PARTIES)
    assert refusals(run, tmp_path)[0].startswith("table.csv:3: has 1 cells, the header has 3")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_stay_right_after_line_breaks_in_cells(end: str, tmp_path: Path) -> None:
    table = end.join(["Code,Name,Kind", 'a,"one', "two", 'three",S', "", "b,B,x", 'c,"C', 'c",y', ""])
    assert [line.partition(": party")[0] for line in refusals(imported(tmp_path, table), tmp_path)] == ["table.csv:6", "table.csv:7"]


def test_rows_that_are_no_csv_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, 'Code,Name,Kind\na,"A"x,S\nb,B,S,\nc,C,S,more\nd,D\ne,E,x\nf,"never closed,S\ng,G,S\n'), tmp_path) == [
        'table.csv:2: is no row of CSV: a quotation mark closes and text follows it; double a quotation mark within a cell, or write quote = "" in the mapping if none means anything',
        "table.csv:4: has 4 cells, the header has 3; one cell for each column",
        'table.csv:5: has 2 cells, the header has 3; complete it, or write short_rows = "fill" in the mapping',
        "table.csv:6: party e: kind (column “Kind”): “x” does not stand in the map; add it to the map of the mapping",
        'table.csv:7: is no row of CSV: a quotation mark that opens here is never closed (lines 7 to 8 belong to it); double a quotation mark within a cell, or write quote = "" in the mapping if none means anything',
    ]  # fmt: skip


def test_quotation_marks_may_mean_nothing(tmp_path: Path) -> None:
    assert imported(tmp_path, 'Code\tName\tKind\na\t"A" he said\tS\n', 'table.quote = ""\n' + PARTIES, name="table.tsv").code == 0
    assert names() == ['"A" he said']


def test_short_rows_may_be_filled(tmp_path: Path) -> None:
    assert imported(tmp_path, "Code,Kind,Name,Note\na,S,A\n", 'table.short_rows = "fill"\n' + PARTIES).code == 0


def test_the_header_may_stand_below_a_title_and_the_data_end_before_a_footer(tmp_path: Path) -> None:
    table = "Synthetic,,\n,,\nCode ,\u00a0Name,Kind\n(text),(text),(word)\na,A,S\n,,\nSource: nobody,,\n"
    mapping = "[table]\nencoding = 'utf-8'\nheader_row = 3\nfirst_row = 5\nlast_row = 6\n" + PARTIES
    assert imported(tmp_path, table, mapping).out.endswith("1 new, 0 changed, 0 same.\n1 row read.\n")


def test_two_lines_of_header_name_a_column_together(tmp_path: Path) -> None:
    mapping = "[table]\nheader_row = [1, 2]\n" + PARTIES.replace('"Name"', '"Party / Name"').replace('"Kind"', '"Party / Kind"')
    assert imported(tmp_path, ",Party,\nCode,Name,Kind\na,A,S\n", mapping).code == 0
    assert names() == ["A"]


def test_columns_of_one_name_must_be_told_apart(tmp_path: Path) -> None:
    table = "Code,Name,Name,Kind\na,A,Long A,S\n"
    assert refusals(imported(tmp_path, table), tmp_path) == [
        'map.toml:5: record.1.fields.name: “Name” names 2 columns, B and C; name one under [columns], for example second = { header = "Name", nth = 2 }'
    ]
    assert imported(tmp_path, table, '[columns]\nsecond = { header = "Name", nth = 2 }\n' + PARTIES.replace('"Name"', '"second"')).code == 0
    assert names() == ["Long A"]


def test_columns_without_a_header_go_by_their_place(tmp_path: Path) -> None:
    mapping = '[table]\nheader_row = 0\n[columns]\nCode = { at = 1 }\nName = { at = "B" }\nKind = { at = "C" }\n' + PARTIES
    assert imported(tmp_path, "a,A,S\nb,B,S\n", mapping).code == 0
    assert names() == ["A", "B"]
    assert refusals(imported(tmp_path, "a,A\n", mapping), tmp_path) == ["map.toml:6: columns.Kind: the table has 2 columns; name one of them"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ('x = { header = "Nam" }', "map.toml:2: columns.x: the table has no column “Nam”; the nearest: “Name”"),
        ('x = { header = "Name", nth = 2 }', "map.toml:2: columns.x: “Name” names 1 column, not 2; nth counts from 1"),
        ('Kind = { header = "Name" }', "map.toml:2: columns.Kind: the table has a column “Kind” of its own; choose another name"),
    ],
)
def test_a_name_for_a_column_that_is_not_there_is_told(columns: str, told: str, tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, "Code,Name,Kind\na,A,S\n", f"[columns]\n{columns}\n" + PARTIES), tmp_path) == [told]


def test_a_renamed_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, "Codes,Full name,Name (ru),Type\na,A,A,S\n"), tmp_path) == [
        "map.toml:4: record.1.fields.slug: the table has no column “Code”; the nearest: “Codes”",
        "map.toml:5: record.1.fields.name: the table has no column “Name”; the nearest: “Name (ru)”, “Full name”",
        "map.toml:6: record.1.fields.kind: the table has no column “Kind”; its columns: “Codes”, “Full name”, “Name (ru)”, “Type”",
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [("", "table.csv:1: there is no header in line 1"), ("Code,Name,Kind\n\n", "table.csv:2: holds no row of data; rows are looked for from line 2 on")],
)
def test_a_table_without_rows_is_refused(table: str, told: str, tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, table), tmp_path)[0].startswith(told)


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, tmp_path / "no.csv"), tmp_path) == ["no.csv:1: there is no such file"]
    (tmp_path / "folder.csv").mkdir()
    assert refusals(imported(tmp_path, tmp_path / "folder.csv"), tmp_path) == ["folder.csv:1: not an ordinary file"]


def test_a_table_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 2)
    assert refusals(imported(tmp_path, "Code,Name,Kind\n" + "a,A,S\n" * 3), tmp_path) == ["table.csv:4: more than 2 rows; split the table"]
    monkeypatch.setattr(importing, "LARGEST_TABLE", 20)
    assert "larger than" in imported(tmp_path, "Code,Name,Kind\n" + "a,A,S\n" * 3).err
