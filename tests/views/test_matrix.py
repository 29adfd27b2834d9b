"""The matrix as it is asked for: what the query string leaves in, in which order, what is marked between meetings, and the files of the same."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.markup import Document
from tests.universe import COMMITMENTS, MEETINGS, SERIES, TODAY, Universe, drawing, table
from tracker.charts.shapes import BETWEEN, READINGS, STATES
from tracker.exports.lines import csv_text

PAGE, CSV, SVG = f"/series/{SERIES}/", f"/series/{SERIES}/matrix.csv", f"/series/{SERIES}/matrix.svg"
ADDRESS = re.compile(r"/commitments/([\w-]+)/at/([\w-]+)/")
#: The letters of the drawn world and the states they stand for.
STATE = {"V": "voiced", "v": "voiced", "M": "voiced", "e": "echoed", "s": "silent", "S": "silent", "?": "unobserved", ".": "before", "x": "ineligible"}
WRONG = [
    "sort=nonsense",
    "meetings=every",
    "area=nonsense",
    "area=river-pipeline",
    "level=kings",
    "format=interview",
    "since=soon",
    "since=99999999999999999999",
    "until=-1",
    "since=2024&until=2022",
    "as_of=2024-02-30",
    "as_of=2024-13",
    "as_of=%D9%A2%D9%A0%D9%A2%D9%A4",
    "as_of=" + "9" * 5000,
]


class Seen:
    """One matrix as its page draws it: ``marks`` under commitment and meeting, ``since`` under the commitment, ``rows`` and ``columns`` in order."""

    def __init__(self, client: Client, query: str = "") -> None:
        response = client.get(f"{PAGE}?{query}")
        assert response.status_code == 200
        self.page = Document(response.content)
        self.text = response.content.decode()
        self.marks: dict[tuple[str, str], list[str]] = {}
        self.words: dict[tuple[str, str], str] = {}
        self.since: dict[str, list[str]] = {}
        said = {one.attrib["id"]: "".join(one.itertext()) for one in self.page.root.iter() if "id" in one.attrib}
        for link in self.page.every("a"):
            uses = [one.attrib["href"].removeprefix("#") for one in link.iter() if str(one.tag).endswith("use")]
            if uses and (found := ADDRESS.search(link.attrib["href"])):
                self.marks[found[1], found[2]] = uses
                self.words[found[1], found[2]] = "; ".join(said[name] for name in link.attrib["aria-labelledby"].split()[2:])
            elif uses:
                self.since[link.attrib["href"].split("/")[2]] = uses
        self.rows = list(dict.fromkeys(commitment for commitment, _meeting in self.marks))
        self.columns = list(dict.fromkeys(meeting for _commitment, meeting in self.marks))

    def between(self, commitment: str, meeting: str) -> list[str]:
        return self.marks[commitment, meeting][1:]


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{CSV}?{query}")
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(response.content.decode())))


def test_the_page_draws_the_world_as_it_was_drawn(universe: Universe, client: Client) -> None:
    seen = Seen(client, "meetings=all")
    assert (sorted(seen.rows), seen.columns) == (sorted(COMMITMENTS), list(MEETINGS))
    first = {"V": "v", "v": "h", "M": "v", "e": "e", "s": "ss", "S": "sf", "?": "u", ".": "b", "x": "x"}
    assert {key: mark[0][: len(first[drawing()[key]])] for key, mark in seen.marks.items()} == {key: first[letter] for key, letter in drawing().items()}


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("", ["oakport-21", "ferry-22", "hillton-23", "reed-24", "oakport-25"]),
        ("level=ministers", ["ferry-22"]),
        ("format=signing&meetings=all", ["quay-24"]),
        ("since=2023&until=2024", ["hillton-23", "reed-24"]),
        ("as_of=2023", ["oakport-21", "ferry-22", "hillton-23"]),
    ],
)
def test_only_the_meetings_asked_for_are_drawn(universe: Universe, client: Client, query: str, columns: list[str]) -> None:
    assert Seen(client, query).columns == columns


def test_an_area_brings_what_hangs_under_it(universe: Universe, client: Client) -> None:
    assert Seen(client, "area=transport").rows == ["transport", "ferry-line", "night-train"]


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        ("area", ["energy", "river-pipeline", "salt-mill", "transport", "ferry-line", "night-train"]),
        ("name", ["ferry-line", "night-train", "river-pipeline", "salt-mill", "energy", "transport"]),
        ("mentions", ["river-pipeline", "ferry-line", "night-train", "salt-mill", "energy", "transport"]),
        ("stage", ["river-pipeline", "ferry-line", "salt-mill", "night-train", "energy", "transport"]),
        ("quiet", ["night-train", "ferry-line", "river-pipeline", "salt-mill", "transport", "energy"]),
        ("last", ["salt-mill", "river-pipeline", "ferry-line", "night-train", "energy", "transport"]),
    ],
)
def test_rows_stand_in_the_order_asked_for(universe: Universe, client: Client, sort: str, rows: list[str]) -> None:
    assert Seen(client, f"sort={sort}").rows == rows


def test_the_command_takes_the_filters_of_the_page(universe: Universe) -> None:
    def printed(**asked: str) -> dict[str, Any]:
        out = StringIO()
        call_command("matrix", SERIES, format="json", as_of=TODAY.isoformat(), stdout=out, **asked)
        found: dict[str, Any] = json.loads(out.getvalue())
        return found

    cut = printed(area="transport", since="2023", until="2024", sort="idle")
    assert [one["slug"] for one in cut["meetings"]] == ["hillton-23", "reed-24", "quay-24"]
    assert sorted(one["slug"] for one in cut["commitments"]) == ["ferry-line", "night-train", "transport"]
    assert {len(one["cells"]) for one in cut["commitments"]} == {3}
    assert len(printed()["meetings"]) == len(MEETINGS)
    for asked in ({"since": "2024", "until": "2023"}, {"area": "no-such-area"}, {"since": "soon"}):
        with pytest.raises(CommandError, match="--"):
            printed(**asked)


def test_what_was_asked_is_shown_and_can_be_taken_away(universe: Universe, client: Client) -> None:
    chips = [
        ("".join(one.itertext()).strip(), one.attrib["href"])
        for one in Seen(client, "sort=idle&area=energy&as_of=2024").page.every("a")
        if one.attrib.get("aria-label", "").startswith("Take away")
    ]
    assert chips == [("Area: Energy ×", f"{PAGE}?sort=idle&as_of=2024"), ("As of: 2024-12-31 ×", f"{PAGE}?sort=idle&area=energy")]


@pytest.mark.parametrize("query", WRONG)
def test_what_can_not_be_understood_is_told_beside_its_field(universe: Universe, client: Client, query: str) -> None:
    seen = Seen(client, query)
    assert seen.marks == {}
    described = {name for one in seen.page.every("input", "select") for name in one.attrib.get("aria-describedby", "").split()}
    problems = [one for one in seen.page.every("p") if one.attrib.get("class") == "problem"]
    assert [one.attrib["id"] in described for one in problems] == [True]
    assert ["open" in one.attrib for one in seen.page.every("details")] == [query.split("=")[0] in {"level", "format", "since", "until"}]


@pytest.mark.parametrize("address", [CSV, SVG])
@pytest.mark.parametrize("query", WRONG)
def test_a_file_refuses_what_can_not_be_understood(universe: Universe, client: Client, address: str, query: str) -> None:
    response = client.get(f"{address}?{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert response.content.decode().partition(":")[0] == query.split("&")[-1].partition("=")[0]


def test_nothing_that_matches_is_not_called_nothing_recorded(universe: Universe, client: Client) -> None:
    assert "Take one of the filters away" in Seen(client, "level=technical").text
    assert "Choose a later one" in Seen(client, "as_of=1999").text
    assert "No commitment is listed" not in Seen(client, "level=technical").text


def test_a_promised_date_is_marked_at_the_meeting_after_it_passed(universe: Universe, client: Client) -> None:
    seen = Seen(client)
    assert seen.between("river-pipeline", "reed-24") == ["dm"]
    assert "a promised date had passed: 2023, missed" in seen.words["river-pipeline", "reed-24"]
    assert "do" in seen.between("river-pipeline", "oakport-25")
    assert {key for key, marks in seen.marks.items() if {"dm", "do", "dk"} & set(marks)} == {("river-pipeline", "reed-24"), ("river-pipeline", "oakport-25")}


def test_a_promised_date_that_has_not_passed_is_not_marked(universe: Universe, client: Client) -> None:
    assert "do" not in [mark for marks in Seen(client, "as_of=2025-06-30").marks.values() for mark in marks]


def test_what_was_kept_is_marked_apart_from_what_was_missed(universe: Universe, client: Client) -> None:
    proof = {"citations": [{"key": "one", "source": "north-21", "paraphrase": "By summer", "proves": "promise"}]}
    kept: dict[str, Any] = {
        "target": "timetable",
        "what": "Timetable",
        "due": "2021-08",
        "stated_at": "oakport-21",
        "outcome": "met_late",
        "resolved": "2022-01",
    }
    universe.add(table("deadline", commitment="ferry-line", key="kept", children=proof, **kept), "kept")
    assert Seen(client).between("ferry-line", "ferry-22") == ["dk"]


def test_a_move_at_a_meeting_that_is_not_drawn_is_marked_at_the_next(universe: Universe, client: Client) -> None:
    general, every = Seen(client), Seen(client, "meetings=all")
    assert "am" in general.between("river-pipeline", "oakport-25")
    assert "moved before: Memorandum, 20 November 2024" in general.words["river-pipeline", "oakport-25"]
    assert every.marks["river-pipeline", "quay-24"][0].endswith("m")
    assert "am" not in [mark for marks in every.marks.values() for mark in marks]


def test_what_came_after_the_last_meeting_has_a_column_of_its_own(universe: Universe, client: Client) -> None:
    assert Seen(client).since == {}
    assert Seen(client, "as_of=2024-12").since == {"river-pipeline": ["am"]}
    assert Seen(client, "until=2022").since == {}


def test_statements_are_marked_on_request(universe: Universe, client: Client) -> None:
    assert "t1" not in [mark for marks in Seen(client).marks.values() for mark in marks]
    seen = Seen(client, "statements=on")
    assert {key for key, marks in seen.marks.items() if "t1" in marks} == {("ferry-line", "oakport-25"), ("transport", "oakport-25")}
    assert "voiced before in 1 statement" in seen.words["ferry-line", "oakport-25"]


def test_the_page_behind_a_mark_tells_what_happened_before(universe: Universe, client: Client) -> None:
    page = Document(client.get("/commitments/river-pipeline/at/oakport-25/").content)
    section = next(one for one in page.every("section") if one.attrib.get("aria-labelledby") == "since")
    links = [one.attrib["href"].partition("#")[2] for one in section.iter() if str(one.tag) == "a"]
    assert links == ["milestone-memorandum", "deadline-second"]


@pytest.mark.parametrize("query", ["", "meetings=all", "area=energy&since=2023", "sort=idle&as_of=2024"])
def test_the_table_holds_the_cells_of_the_page_in_its_order(universe: Universe, client: Client, query: str) -> None:
    seen = Seen(client, query)
    assert [(row["commitment"], row["meeting"]) for row in lines(client, query)] == list(seen.marks)


def test_the_table_says_what_each_cell_is(universe: Universe, client: Client) -> None:
    rows = {(row["commitment"], row["meeting"]): row for row in lines(client, "meetings=all&as_of=2026")}
    assert {key: row["state"] for key, row in rows.items()} == {key: STATE[letter] for key, letter in drawing().items()}
    moved = rows["river-pipeline", "quay-24"]
    assert [moved[name] for name in ("moved", "acts", "strength", "voice", "stage", "rule", "grade", "level", "general")] == [
        "true", "signed", "bound", "", "memorandum", "voiced", "firm", "leaders", "false",
    ]  # fmt: skip
    assert moved["because"].startswith("mention:river-pipeline/quay-24")
    assert rows["river-pipeline", "reed-24"]["dates_passed_before"] == "first-water:2023:missed"
    assert rows["ferry-line", "oakport-25"]["statements_before"] == ""
    assert moved["address"] == "http://testserver/commitments/river-pipeline/at/quay-24/?as_of=2026-12-31"
    assert {row["reading_threshold"] for row in rows.values()} == {"soft"}


def test_no_cell_of_a_table_is_a_formula() -> None:
    values = ["=1+1", "+1", "-1", "@x", "\tx", "a=b", 'say "x", y', None, True, 3, -3]
    read = next(csv.reader(StringIO(csv_text(["h"], [values]).partition("\r\n")[2], newline="")))
    assert read == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "a=b", 'say "x", y', "", "true", "3", "-3"]


def test_the_drawing_stands_alone(universe: Universe, client: Client) -> None:
    response = client.get(f"{SVG}?sort=idle&statements=on&as_of=2025")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{SERIES}-2025-12-31.svg"'
    root = ET.fromstring(response.content)
    every = list(root.iter())
    assert {str(one.tag).rpartition("}")[2] for one in every} <= {"svg", "title", "desc", "defs", "g", "rect", "path", "circle", "text", "tspan", "use"}
    assert {name for one in every for name in one.attrib} & {"style", "class", "onload"} == set()
    ids = {one.attrib["id"] for one in every if "id" in one.attrib}
    assert {one.attrib["href"] for one in every if "href" in one.attrib} <= {f"#{name}" for name in ids}
    text = " ".join("".join(one.itertext()) for one in every if str(one.tag).endswith("}text"))
    told = [
        "Northmark and Southland: each commitment at each meeting", "As of 31 December 2025", "River pipeline", "voiced in a statement",
        f"http://testserver{PAGE}?sort=idle&statements=on&as_of=2025-12-31", "Source: Reaffirmed",
    ]  # fmt: skip
    assert [sentence for sentence in told if sentence not in text] == []


def test_the_drawing_has_every_mark_of_the_page(universe: Universe, client: Client) -> None:
    def counted(names: list[str]) -> dict[str, int]:
        return {name: names.count(name) for name in {**STATES, **BETWEEN} if name in names}

    seen = Seen(client, "meetings=all&statements=on")
    root = ET.fromstring(client.get(f"{SVG}?meetings=all&statements=on").content)
    rows = [group for group in root.iter() if str(group.tag).endswith("}g") and "transform" in group.attrib]
    drawn = [use.attrib["href"].removeprefix("#") for group in rows for use in group]
    assert counted(drawn) == counted([mark for marks in seen.marks.values() for mark in marks])


def test_every_mark_has_its_own_name() -> None:
    assert len({**STATES, **BETWEEN, **READINGS}) == len(STATES) + len(BETWEEN) + len(READINGS)


def test_a_name_can_not_break_out_of_the_drawing(universe: Universe, client: Client) -> None:
    listed: dict[str, Any] = {"series": SERIES, "parties": ["northmark", "southland"], "listed_on": "2026-01-01", "criteria": "It stands."}
    universe.add(table("commitment", slug="odd", name='</text><script>"&', kind="project", parent="energy", **listed), "odd")
    root = ET.fromstring(client.get(SVG).content)
    assert [one.text for one in root.iter() if "script" in (one.text or "")] == ['</text><script>"&']
    assert not [one for one in root.iter() if str(one.tag).endswith("script")]
