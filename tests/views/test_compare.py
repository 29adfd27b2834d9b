"""Comparing: what is chosen, how it is told, and what is said of what cannot be found."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.universe import COMMITMENTS, MEETINGS, SERIES, TODAY, Universe, drawing
from tracker.exports.lines import csv_text
from tracker.history.trace import trace
from tracker.queries.compared import records_of_commitments
from tracker.views.beside import commitment_lines

PAIR = "commitment=river-pipeline&commitment=ferry-line"


def page(client: Client, query: str) -> Any:
    answer = client.get(f"/compare/?{query}")
    assert answer.status_code == 200
    return answer


def measured(client: Client, query: str) -> dict[str, list[str]]:
    return {line.name: [entry.text for entry in line.entries] for line in page(client, query).context["lines"]}


def test_the_measures_stand_side_by_side(universe: Universe, client: Client) -> None:
    found = measured(client, f"{PAIR}&commitment=energy&as_of={TODAY}")
    assert found["Meetings voiced"] == ["2 (1 called for it)", "1", "4"]
    assert found["Statements"] == ["0", "1", "0"]
    assert found["Recurrence"][0] == "voiced at 0 of 4 known meetings; 2 read in full"
    assert found["Rung reached"] == ["2 Memorandum", "1 Declared", "–"]
    assert found["Last moved"] == ["20 November 2024", "–", "–"]
    assert found["Promised dates"] == ["1 of 1 missed; 1 passed unresolved; slipped by up to 547 days", "–", "–"]
    assert found["One side only"] == ["1 of 2", "1 of 1", "1 of 2"]


def test_a_rate_is_told_only_where_enough_was_read(universe: Universe) -> None:
    universe.grow(8)
    record = records_of_commitments(["river-pipeline"])[SERIES]
    lines = {line.name: line.entries[0].text for line in commitment_lines([trace(record, "river-pipeline", TODAY)], "")}
    assert lines["Recurrence"] == "8 of 10 read (coverage 83 %)"


def test_every_measure_of_a_concrete_commitment_leads_to_its_rows(universe: Universe, client: Client) -> None:
    lines = page(client, f"{PAIR}&as_of=2025-12-31").context["lines"]
    for line in lines:
        for entry in line.entries:
            if entry.text != "–":
                assert entry.href, line.name
                assert "as_of=2025-12-31" in entry.href or entry.href == "/methods/#evidence"


def test_commitments_meet_where_they_were_voiced_together(universe: Universe, client: Client) -> None:
    answer = page(client, PAIR)
    assert [one.meeting.slug for one in answer.context["together"]] == ["oakport-21"]
    assert b"Voiced together on 1 known occasion." in answer.content


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("commitment=River+pipeline&commitment=&commitment=FERRY+LINE", PAIR),
        ("commitment=Blue+Water+Line&as_of=2025", "commitment=river-pipeline&as_of=2025-12-31"),
        ("commitment=ferry-line&commitment=ferry-line", "commitment=ferry-line"),
    ],
)
def test_what_was_typed_becomes_the_address_to_keep(universe: Universe, client: Client, typed: str, kept: str) -> None:
    answer = client.get(f"/compare/?{typed}")
    assert (answer.status_code, answer["Location"]) == (302, f"/compare/?{kept}")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("commitment=zzz", "No commitment on record goes by “zzz”."),
        ("commitment=l", "“l” is in the names of several commitments: choose one."),
        ("commitment=zzz&commitment=yyy", "Not found, or not by one name only: “zzz”, “yyy”."),
        ("&".join(f"commitment={slug}" for slug in COMMITMENTS), "At most 5 commitments fit beside each other."),
        ("series=nonsense", "“nonsense” is none of the choices."),
        (f"{PAIR}&series={SERIES}", "not both at once"),
        ("commitment=%01x&as_of=2025-02-30", "is not a day of the calendar"),
        (f"commitment={'x' * 5000}", "No commitment on record"),
        ("&".join(f"commitment=thing-{number}" for number in range(300)), "Not found, or not by one name only"),
    ],
)
def test_what_cannot_be_compared_is_told_beside_its_field_and_refused_for_a_file(universe: Universe, client: Client, asked: str, said: str) -> None:
    assert said in page(client, asked).content.decode()
    for ending in ("csv", "svg"):
        assert client.get(f"/compare.{ending}?{asked}").status_code == 400


def test_a_part_of_a_name_offers_what_may_be_meant_beside_what_is_chosen(universe: Universe, client: Client) -> None:
    offers = page(client, "commitment=energy&commitment=l").context["chosen"].meant
    assert [one.query for one in offers] == [f"commitment=energy&commitment={slug}" for slug in ("ferry-line", "river-pipeline", "salt-mill")]


def test_a_file_without_a_choice_says_what_to_ask(universe: Universe, client: Client) -> None:
    answer = client.get("/compare.csv")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "?commitment=" in answer.content.decode()


def test_the_file_holds_every_cell_of_the_drawing(universe: Universe, client: Client) -> None:
    answer = client.get(f"/compare.csv?{'&'.join(f'commitment={slug}' for slug in COMMITMENTS[:5])}&as_of={TODAY}")
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    cells = {(row["commitment"], row["slug"]): row for row in rows if row["where"] == "meeting"}
    assert set(cells) == {(commitment, meeting) for commitment in COMMITMENTS[:5] for meeting in MEETINGS}
    plain = {"S": "silent", "s": "silent", "?": "unobserved", ".": "before", "x": "ineligible", "e": "echoed", "V": "voiced", "v": "voiced", "M": "voiced"}
    assert {key: row["state"] for key, row in cells.items()} == {key: plain[letter] for key, letter in drawing().items() if key in cells}
    assert [(row["where"], row["slug"]) for row in rows if row["where"] != "meeting"].count(("statement", "studio-24")) == 2
    assert {row["moved"] for row in rows if row["where"] == "meeting"} == {"true", "false"}


def test_two_series_stand_on_one_axis(universe: Universe, client: Client) -> None:
    found = measured(client, f"series={SERIES}&series=league&as_of={TODAY}")
    assert found["Meetings held"] == ["6", "1"]
    assert found["Read closely"] == ["4 (67 %)", "0 (0 %)"]
    assert found["Commitments"] == ["4 and 2", "0 and 0"]
    assert found["Promised dates missed"] == ["1 of 1", "–"]
    rows = list(csv.DictReader(StringIO(client.get(f"/compare.csv?series={SERIES}&series=league").getvalue().decode())))
    assert [row["meeting"] for row in rows] == [*MEETINGS, "summit-23"]
    carried = {row["meeting"]: (row["compared_with"], row["kept"], row["dropped"], row["new"]) for row in rows if row["compared_with"]}
    assert carried == {"hillton-23": ("oakport-21", "1", "2", "0"), "oakport-25": ("hillton-23", "0", "1", "1")}


def test_a_drawing_to_keep_stands_alone(universe: Universe, client: Client) -> None:
    for asked in (PAIR, f"series={SERIES}&series=league"):
        root = ET.fromstring(client.get(f"/compare.svg?{asked}").getvalue())
        words = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]
        assert any(f"/compare/?{asked}" in one for one in words)


def test_no_cell_of_a_file_is_run_by_a_spreadsheet() -> None:
    assert csv_text(["=a"], [["=1+1", "-2", -2, None, "@x", 'say "x", y']]).splitlines() == ["'=a", '\'=1+1,\'-2,-2,,\'@x,"say ""x"", y"']
