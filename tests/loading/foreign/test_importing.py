"""Imports: what rows give together, which rows are refused and why, and that a second import creates nothing."""
# ruff: noqa: E501  a message is read as one line

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.edits import edited
from tests.loading.foreign.tables import DATED, PARTIES, imported, refusals
from tests.loading.miniature import MINIATURE, load, number_of_rows, rows, written
from tracker.models import Citation, Commitment, Load, Meeting, Mention, Party, Source

pytestmark = pytest.mark.django_db

#: What the table of the tests says of the miniature: a meeting with its report, its source, and a mention with its passage.
MAPPING = """
[table]
encoding = "utf-8"
dates = "d/m/y"
empty = "n/a"

[values]
day = { column = "Date", as = "date" }
meeting = { template = "{Place}-{day}", as = "slug" }
source = { template = "note-{meeting}", as = "slug" }

[[record]]
kind = "meeting"
fields.slug = { from = "meeting" }
fields.title = { template = "Talks at {Place}" }
fields.series = { value = "north-south" }
fields.format = { value = "talks" }
fields.level = { value = "leaders" }
fields.starts = { from = "day" }
fields.remit = { column = "About", split = [";", "/"], as = "slug" }

[[record.children]]
field = "reports"
fields.source = { from = "source" }
fields.extent = { value = "full" }

[[record]]
kind = "source"
fields.slug = { from = "source" }
fields.title = { template = "Note of {day}" }
fields.publisher = { value = "Example Office" }
fields.kind = { value = "official" }
fields.may_publish_text = { column = "Open", map = { yes = true }, unmapped = "keep", ignore_case = true }

[[record]]
kind = "mention"
when = [{ column = "Said", filled = true }]
fields.meeting = { from = "meeting" }
fields.commitment = { column = "Topic", as = "slug" }
fields.act = { value = "discussed" }

[[record.children]]
field = "citations"
fields.key = { digest = ["Said"] }
fields.source = { from = "source" }
fields.locator = { column = "Line", default = 1 }
fields.paraphrase = { column = "Said" }
fields.reach = { value = "voiced" }
fields.act = { value = "discussed" }
fields.terms = { columns = ["What", "When"], map = { x = "object", y = "date" } }
"""
HEADER = "Date,Place,About,Topic,Said,Line,Open,What,When\n"
FIRST = "01/10/2024,Como,Steel mill; Industry,Steel mill,They will.,8-9,Yes,x,y\n"
SECOND = "01/10/2024,Como,Steel mill/Industry;,Steel mill,And soon.,n/a,yes,,y\n"
THIRD = "02/10/2024,Como,n/a,n/a,n/a,n/a,false,n/a,n/a\n"
TABLE = HEADER + FIRST + SECOND + THIRD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder, with the miniature loaded."""
    assert load(written(tmp_path, MINIATURE)).code == 0
    return tmp_path


def test_a_row_gives_several_records_and_several_rows_give_one(folder: Path) -> None:
    run = imported(folder, TABLE, MAPPING)
    assert run.out.endswith("5 new, 0 changed, 0 same, 13 others in the database.\n3 rows read.\n"), run
    meeting = Meeting.objects.get(slug="como-2024-10-01")
    assert {one.slug for one in meeting.remit.all()} == {"steel-mill", "industry"}
    assert meeting.reports.get().source == Source.objects.get(slug="note-como-2024-10-01", may_publish_text=True)
    mention = Mention.objects.get(meeting=meeting)
    assert sorted((one.paraphrase, one.locator, one.terms) for one in mention.citations.all()) == [
        ("And soon.", "1", "date"),
        ("They will.", "8-9", "object,date"),
    ]
    assert not Mention.objects.filter(meeting__slug="como-2024-10-02").exists()
    assert not Source.objects.get(slug="note-como-2024-10-02").may_publish_text


def test_a_second_import_writes_nothing_at_all(folder: Path) -> None:
    imported(folder, TABLE, MAPPING)
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        again = imported(folder, TABLE, MAPPING)
    assert again.out == "No change: 5 same, 13 others in the database.\n3 rows read.\n"
    assert [query["sql"] for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []
    assert rows() == before


def test_the_order_of_rows_changes_nothing(folder: Path) -> None:
    imported(folder, TABLE, MAPPING)
    assert imported(folder, HEADER + THIRD + SECOND + FIRST, MAPPING).out.startswith("No change: 5 same")


def test_a_dry_run_tells_and_writes_nothing(folder: Path) -> None:
    before = number_of_rows()
    run = imported(folder, TABLE, MAPPING, dry_run=True)
    assert run.out.endswith("3 rows read.\nDry run: nothing was written.\n")
    assert number_of_rows() == before


def test_the_history_of_loads_keeps_table_and_mapping(folder: Path) -> None:
    imported(folder, TABLE, MAPPING, reason="From the  office's list")
    last = Load.objects.latest("pk")
    assert last.reason == "From the office's list"
    assert [(one["path"].rpartition("/")[2], one["bytes"]) for one in last.files] == [("table.csv", len(TABLE)), ("map.toml", len(MAPPING))]


def test_every_refused_row_is_told_with_column_and_reason(folder: Path) -> None:
    bad = (
        "31/11/2024,Como,,Steel mill,They will.,1,yes,x,y\n"
        "01/10/2024,Como,Steel mill; Industry,Steel mill,Soon.,8-,maybe,x,y\n"
        "01/10/2024,Como,Steel mill; Industry,Iron mill,Soon.,1,yes,z,y\n"
        "03/10/2024,Комо,,Steel mill,Soon.,1,yes,x,y\n"
        "04/10/2024,Como,Roads,Steel mill,Soon.,1,yes,x,y\n"
    )
    before = rows()
    assert refusals(imported(folder, HEADER + FIRST + bad, MAPPING), folder) == [
        "table.csv:3: meeting ?: slug (column “Date”): “31/11/2024” is not a day of the calendar in the order d/m/y; expected a year (2024), a month (2024-07), a day (2024-07-03) or two of them (2024-07/2024-09)",
        "table.csv:4: mention steel-mill@como-2024-10-01, citation 2afed5b78d55: locator (column “Line”): “8-” is not a locator: write 8, 8-9 or 8,14, counting non-empty lines from 1",
        "table.csv:4: source note-como-2024-10-01: may_publish_text (column “Open”): “maybe” is neither true nor false; write a map, for example { yes = true, no = false }",
        "table.csv:5: mention iron-mill@como-2024-10-01: commitment (column “Topic”): there is no commitment “iron-mill”; add [[commitment]] or correct the slug",
        "table.csv:5: mention iron-mill@como-2024-10-01, citation 2afed5b78d55: terms (columns “What”, “When”): “z” does not stand in the map; add it to the map of the mapping",
        "table.csv:6: meeting ?: slug (column “Place”): no slug can be made of “Комо”: “к” is no Latin letter; give its spelling in a map, or take the slug from another column",
        "table.csv:7: meeting como-2024-10-04: remit (column “About”): there is no commitment “roads”; add [[commitment]] or correct the slug",
    ]  # fmt: skip
    assert rows() == before


def test_bad_rows_can_be_passed_over_and_are_told(folder: Path) -> None:
    table = HEADER + "31/11/2024,Como,,Steel mill,They will.,1,yes,x,y\n" + FIRST
    run = imported(folder, table, MAPPING, skip_refused=True)
    assert (run.code, run.err.partition(": ")[0]) == (0, f"{folder}/table.csv:2")
    assert run.out.endswith("3 new, 0 changed, 0 same, 13 others in the database.\n2 rows read, 1 refused and passed over.\n")
    again = imported(folder, table, MAPPING, skip_refused=True)
    assert (again.err, again.out) == (run.err, "No change: 3 same, 13 others in the database.\n2 rows read, 1 refused and passed over.\n")


def test_a_row_that_needs_a_refused_one_is_refused_with_it(tmp_path: Path) -> None:
    mapping = PARTIES + (
        '\n[[record]]\nkind = "series"\nwhen = [{ column = "With", filled = true }]\nfields.slug = { template = "with-{With}" }\nfields.title = { column = "Name" }\n'
        'fields.kind = { value = "forum" }\nfields.parties = { column = "With" }\nfields.covered_until = { value = "2024-12-31" }\n'
    )
    table = "Code,Name,Kind,With\na,A,S,\nb,B,x,\nc,C,S,b\nd,D,S,c\ne,E,S,a\n"
    assert len(refusals(imported(tmp_path, table, mapping), tmp_path)) == 1
    run = imported(tmp_path, table, mapping, skip_refused=True)
    assert [line.removeprefix(f"{tmp_path}/") for line in run.err.splitlines()] == [
        "table.csv:3: party b: kind (column “Kind”): “x” does not stand in the map; add it to the map of the mapping",
        "table.csv:4: series with-b: parties (column “With”): there is no party “b”; line 3, which gives it, is refused",
        "table.csv:5: series with-c: parties (column “With”): there is no party “c”; line 4, which gives it, is refused",
    ]
    assert list(Party.objects.order_by("slug").values_list("slug", flat=True)) == ["a", "e"]


def test_an_empty_cell_that_must_not_be_is_told(tmp_path: Path) -> None:
    assert refusals(imported(tmp_path, "Code,Name,Kind\na,,S\n"), tmp_path) == [
        "table.csv:2: party a: name (column “Name”): is empty; fill it, or write default or when in the mapping"
    ]


def test_no_good_row_is_a_failure(tmp_path: Path) -> None:
    assert len(refusals(imported(tmp_path, "Code,Name,Kind\na,A,x\n", skip_refused=True), tmp_path)) == 1


def test_what_the_mapping_leaves_open_is_told_with_all_lines_and_can_not_be_passed_over(tmp_path: Path) -> None:
    table = "Code,Day\na,03/07/2024\nb,13/07/2024\nc,04/07/2024\n"
    for skip in (False, True):
        assert refusals(imported(tmp_path, table, DATED, skip_refused=skip), tmp_path)[0] == (
            "map.toml:3: values.day: leaves open how to read column “Day”, in lines 2, 4: “03/07/2024” is 2024-07-03 (d/m/y) or 2024-03-07 (m/d/y); "
            'write dates = "d/m/y" or dates = "m/d/y" in the mapping'
        )
    assert len(refusals(imported(tmp_path, table, DATED), tmp_path)) == 3
    assert number_of_rows() == 0


def test_rows_that_disagree_on_a_record_are_refused(tmp_path: Path) -> None:
    table = "Code,Name,Kind\na,A,S\na,A,S\na,B,S\n"
    assert refusals(imported(tmp_path, table), tmp_path) == [
        'table.csv:4: party a: name (column “Name”): “B” here, “A” in line 2, for one party; one record holds one value: correct the table, or write repeated = "first"'
    ]
    assert imported(tmp_path, table, PARTIES.replace('"party"', '"party"\nrepeated = "first"')).code == 0
    assert Party.objects.get().name == "A"


def test_a_wrong_record_refuses_every_row_that_gives_it(tmp_path: Path) -> None:
    told = refusals(imported(tmp_path, "Code,Name,Kind\nA b,A,S\nc,C,S\nA b,A,S\n"), tmp_path)
    assert told == [
        f"table.csv:{line}: party A b: slug (column “Code”): “A b” is not a slug; expected a slug in quotes: small letters, digits and single hyphens"
        for line in (2, 4)
    ]


def test_what_stands_is_changed_or_kept(tmp_path: Path) -> None:
    imported(tmp_path, "Code,Name,Kind\na,A,S\n")
    table = "Code,Name,Kind\na,Other,S\nb,B,S\n"
    run = imported(tmp_path, table, PARTIES.replace('"party"', '"party"\nexisting = "keep"'))
    assert run.out.endswith("1 new, 0 changed, 0 same, 1 others in the database.\n2 rows read, 1 record kept as found.\n")
    assert Party.objects.get(slug="a").name == "A"
    assert imported(tmp_path, table).out.startswith("~ party a\n    ~ name: “A” → “Other”\n")


def test_what_an_editor_changed_is_kept_or_written_over_only_where_that_is_said(tmp_path: Path) -> None:
    imported(tmp_path, "Code,Name,Kind\na,A,S\n")
    edited(Party.objects.get(), name="Edited")
    table = "Code,Name,Kind\na,Other,S\nb,B,S\n"
    assert [(line, told.partition(";")[0]) for line, told in (one.split(": ", 1) for one in refusals(imported(tmp_path, table), tmp_path))] == [
        ("table.csv:2", "party a: name (column “Name”): an editor changed the record since it was loaded: the site says “Edited”, the file “Other”")
    ]
    passed = imported(tmp_path, table, skip_refused=True)
    assert passed.out.endswith("2 rows read, 1 refused and passed over.\n")
    assert imported(tmp_path, table, side="theirs").code == 0
    assert sorted(Party.objects.values_list("slug", "name")) == [("a", "Other"), ("b", "B")]
    edited(Party.objects.get(slug="a"), name="Edited")
    assert imported(tmp_path, table, side="ours").code == 0
    assert Party.objects.get(slug="a").name == "Edited"


def test_rows_are_left_out_by_a_rule_and_never_without_one(tmp_path: Path) -> None:
    table = "Code,Name,Kind\na,A,S\nTotal,1,\n,,\n"
    skip = '[[skip]]\ncolumn = "Code"\nis = ["Total", "Sum"]\n'
    assert imported(tmp_path, table, skip + PARTIES).out.endswith("2 rows read, 1 left out by [[skip]].\n")
    unlike = PARTIES.replace('"party"', '"party"\nwhen = [{ column = "Code", not = "Total" }]')
    assert refusals(imported(tmp_path, table, unlike), tmp_path) == [
        "table.csv:3: gives no record: no condition of the mapping holds; write [[skip]] for rows that are meant to give none"
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('{ from = "dy" }', "there is no value “dy”; did you mean “day”?"),
        ('{ column = "day" }', '“day” is a value of the mapping, no column; write from = "day"'),
    ],
)
def test_values_and_columns_are_not_taken_for_each_other(value: str, told: str, tmp_path: Path) -> None:
    mapping = DATED.replace('{ template = "Founded {day}" }', value)
    assert refusals(imported(tmp_path, "Code,Day\na,2024\n", mapping), tmp_path) == [f"map.toml:8: record.1.fields.name: {told}"]
    clash = refusals(imported(tmp_path, "Code,Day,day\na,2024,x\n", DATED), tmp_path)
    assert clash == ["map.toml:8: record.1.fields.name: “day” is a value of the mapping and a column of the table; give the value another name"]


def test_the_report_comes_as_json_too(tmp_path: Path) -> None:
    run = imported(tmp_path, "Code,Name,Kind\na,A,S\nb,B,x\n", skip_refused=True, format="json")
    assert (run.json["written"], run.json["rows"], run.json["counts"]["new"]) == (True, {"read": 2, "left_out": 0, "refused": 1}, 1)
    assert [(one["line"], one["field"]) for one in run.json["problems"]] == [(3, "kind (column “Kind”)")]
    assert imported(tmp_path, "Code\na\n", format="json").json["written"] is False


def test_what_the_database_refuses_is_told_by_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.loading.linking.twins", lambda *_: ())
    monkeypatch.setattr("tracker.loading.linking._BETWEEN_HEADS", ())
    mapping = PARTIES + 'fields.iso2 = { column = "ISO" }\n'
    run = imported(tmp_path, "Code,Name,Kind,ISO\na,A,S,NN\nb,B,S,NN\nc,C,S,SS\n", mapping, skip_refused=True)
    assert run.err.startswith(f"{tmp_path}/table.csv:3: party b: ")
    assert Party.objects.count() == 2


def test_the_miniature_is_only_read(folder: Path) -> None:
    imported(folder, TABLE, MAPPING)
    assert Commitment.objects.count() == 2
    assert Citation.objects.filter(mention__meeting__slug="como-2024-07-03").count() == 1
