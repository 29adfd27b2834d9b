"""Mapping files: what is wrong in one is told with its line, and nothing of it is passed over."""
# ruff: noqa: E501  a case is read as one line

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import BASE_DIR
from tests.loading.foreign.tables import PARTIES, wrong
from tracker.loading.foreign import keys

GOOD = '[[record]]\nkind = "party"\nfields.slug = { column = "A" }\nfields.name = { column = "B" }\nfields.kind = { value = "state" }\n'


def test_a_good_mapping_has_nothing_wrong(tmp_path: Path) -> None:
    assert wrong(tmp_path, PARTIES) == wrong(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ('[tabel]\nformat = "csv"\n' + GOOD, "1: tabel: “tabel” is no key of a mapping here; did you mean “table”?"),
        ('[table]\n\ndelimitre = ";"\n' + GOOD, "3: table.delimitre: “delimitre” is no key of a mapping here; did you mean “delimiter”?"),
        ('[table]\ndelimiter = ";;"\n' + GOOD, "2: table.delimiter: “;;” does not fit; expected one character in quotes"),
        ('[table]\nencoding = "utf8"\n' + GOOD, "2: table.encoding: “utf8” does not fit; expected one of ascii, utf-8"),
        ('[table]\ndates = "dmy"\n' + GOOD, "2: table.dates: “dmy” does not fit; expected d/m/y, m/d/y, y/m/d, serial or serial-1904"),
        ('[table]\ndates = ["d/m/y", "m/d/y"]\n' + GOOD, "2: table.dates: what stands here does not fit"),
        ('[table]\nheader_row = [3, 2]\n' + GOOD, "2: table.header_row: what stands here does not fit"),
        ('[table]\nheader_row = 3\nfirst_row = 3\n' + GOOD, "3: table.first_row: comes before the header ends; the first row of data can be 4"),
        ('[table]\nlast_row = 1\n' + GOOD, "2: table.last_row: comes before the first row; rows begin with 2"),
        ('[table]\ndecimal = ","\nthousands = ","\n' + GOOD, "3: table.thousands: is the decimal sign as well"),
        ('[table]\ndelimiter = "|"\nquote = "|"\n' + GOOD, "3: table.quote: is the delimiter as well"),
        ('[table]\nsheet = "S"\n' + GOOD, "2: table.sheet: says nothing of a table in csv; leave it out"),
        ('[columns]\na = { at = "B", nth = 2 }\n' + GOOD, "2: columns.a.nth: says nothing beside at; leave it out"),
        ('[columns]\na = { nth = 2 }\n' + GOOD, "2: columns.a: does not say once which column is meant; write header (with nth) or at: one of the two"),
        ('[columns]\na = "B"\n' + GOOD, "2: columns.a: is no table; write { header"),
        ('[values]\na = { from = "b" }\nb = { template = "{a}" }\n' + GOOD, "2: values.a: the value “a” comes from itself; let it come from a column"),
        ('[values]\na = { template = "x" }\n' + GOOD, "2: values.a.template: names no column: it gives the same text in every row"),
        ('[values]\na = { template = "{x" }\n' + GOOD, "2: values.a.template: a { stands alone; write the name of a column or value in braces"),
        ('[values]\na = { template = "{ }" }\n' + GOOD, "2: values.a.template: “{ }” names no column"),
        ('[values]\na = { parts = { day = "D" } }\n' + GOOD, "2: values.a.parts: a date needs its year, and a day its month"),
        ('[values]\na = { value = "x", default = "y" }\n' + GOOD, "2: values.a.default: says nothing beside value; leave it out"),
        ('[values]\na = { column = "x", unmapped = "keep" }\n' + GOOD, "2: values.a.unmapped: says nothing without a map"),
        ('[values]\na = { template = "{x}", split = ";" }\n' + GOOD, "2: values.a.split: says nothing beside template"),
        ('[values]\na = { column = "x", value = "y" }\n' + GOOD, "2: values.a: comes from column and from value; write one of column"),
        ('[values]\na = { as = "date" }\n' + GOOD, "2: values.a: does not say where the value comes from; write one of column"),
        ('[values]\na = "Day"\n' + GOOD, "2: values.a: “Day” does not say where the value comes from; write one of column"),
        ('[values]\na = { value = "a\\u202eb" }\n' + GOOD, "2: values.a.value: holds the invisible character U+202E; take it out"),
        ('[[skip]]\ncolumn = "A"\n' + GOOD, "1: skip.1: asks nothing; write is, not or filled: one of the three"),
        ('[[skip]]\ncolumn = "A"\nis = "x"\nfilled = true\n' + GOOD, "1: skip.1: asks 2 things at once; write is, not or filled: one of the three"),
        ('[[skip]]\nis = "x"\n' + GOOD, "1: skip.1: does not say once which cell is asked; write column or from: one of the two"),
        (GOOD.replace("party", "prty"), "2: record.1.kind: “prty” is not a known kind of record; did you mean “party”?"),
        ("[[record]]\nfields.a = 1\n", "1: record.1.kind: does not say what kind of record it gives; known kinds: party, participant"),
        (GOOD.replace("fields.name", "fields.nam"), "4: record.1.fields.nam: a party has no field “nam”; did you mean “name”?"),
        (GOOD.replace('fields.name = { column = "B" }\n', ""), "1: record.1.name: a party needs “name”, and the mapping does not give it; give a text in quotes"),
        (GOOD.replace('"state"', '"sate"'), "5: record.1.fields.kind.value: “sate” is not a known word; did you mean “state”?"),
        (GOOD.replace('{ value = "state" }', '{ column = "C", map = { x = "sate" } }'), "5: record.1.fields.kind.map: “sate” is not a known word"),
        (GOOD.replace('{ column = "B" }', '{ column = "B", split = ";" }'), "4: record.1.fields.name.split: name holds one value, no list; leave it out"),
        (GOOD.replace('{ column = "B" }', '{ columns = ["B", "C"] }'), "4: record.1.fields.name.columns: name holds one value; join columns by template"),
        (GOOD.replace('{ column = "B" }', '{ parts = { year = "B" } }'), "4: record.1.fields.name.parts: name holds no date; join columns by template"),
        (GOOD + '[[record.children]]\nfield = "citations"\n', "7: record.1.children.1.field: a party has no children in “citations”; leave it out"),
        (GOOD.replace("party", "mention") + '[[record.children]]\nfield = "citation"\n', "7: record.1.children.1.field: a mention has no children in “citation”; did you mean “citations”?"),
        (GOOD.replace("fields.name", "fields.citations").replace("party", "mention"), "4: record.1.fields.citations: “citations” holds children; write [[record.children]]"),
        (GOOD.replace('kind = "party"', 'kind = "party"\nexisting = "leave"'), "3: record.1.existing: “leave” does not fit; expected one of change, keep"),
        ('skip = 3\n' + GOOD, "1: skip: “3” does not fit; expected a list of tables"),
        ("[table]\n", "1: says nothing of records; write [[record]] for each record that a row gives"),
        ("", "1: holds no record"),
        ("[table\n", "1: not valid TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(mapping: str, told: str, tmp_path: Path) -> None:
    assert [line for line in wrong(tmp_path, mapping) if line.startswith(told)], wrong(tmp_path, mapping)


def test_all_problems_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    assert len(wrong(tmp_path, '[table]\nencoding = "x"\ndates = "y"\n' + GOOD.replace("state", "sate"))) == 3


def test_the_ending_of_the_file_or_the_mapping_says_how_the_table_is_written(tmp_path: Path) -> None:
    assert wrong(tmp_path, GOOD, "table.dat") == [
        '1: table: the ending of “table.dat” does not say how the table is written; write format = "…", one of csv, tsv, xlsx'
    ]
    assert wrong(tmp_path, '[table]\nformat = "tsv"\n' + GOOD, "table.dat") == []


@pytest.mark.parametrize(
    "known", [keys.SECTIONS, keys.TABLE_KEYS, keys.ALIAS_KEYS, keys.ORIGIN_KEYS, keys.PARTS_KEYS, keys.CONDITION_KEYS, keys.CHILD_KEYS, keys.RECORD_KEYS]
)
def test_every_key_and_every_encoding_is_described(known: dict[str, object]) -> None:
    described = (BASE_DIR / "docs" / "importing.md").read_text("utf-8")
    assert [name for name in known if not any(form in described for form in (f"`{name}", f"[{name}]", f"{name} = "))] == []
    assert [name for name in keys.ENCODINGS if f"`{name}`" not in described] == []
