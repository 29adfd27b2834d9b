"""The record in numbers: every linked number is the number of the rows it leads to, and every chart can be kept."""

from __future__ import annotations

import csv
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.universe import SERIES, TODAY, Universe, mention
from tracker.queries.compared import every_series
from tracker.views.figures import FIGURES, Scope

LISTS = ("/mentions/", "/deadlines/")


@pytest.mark.parametrize("series", ["", SERIES])
def test_every_number_is_that_of_the_rows_it_leads_to(universe: Universe, client: Client, series: str) -> None:
    universe.add(mention("ferry-line", "hillton-23", "north-23"), "more")
    scope, followed = Scope(TODAY, series, every_series()), 0
    for draw in FIGURES.values():
        for row in draw(scope).table.rows:
            for entry in row:
                if isinstance(entry.value, int) and entry.href.startswith(LISTS):
                    assert client.get(entry.href).context["page"].paginator.count == entry.value, entry.href
                    followed += 1
    assert followed > 20


def test_meetings_lead_to_the_list_of_that_year_with_their_rooms(universe: Universe, client: Client) -> None:
    table = FIGURES["reading"](Scope(TODAY, SERIES, every_series())).table
    held = {str(row[0].value): (row[-1].value, client.get(row[-1].href).context["page"].paginator.count) for row in table.rows}
    assert held == {"2021": (1, 1), "2022": (1, 1), "2023": (1, 1), "2024": (2, 2), "2025": (1, 2)}


@pytest.mark.parametrize(
    ("figure", "finding"),
    [
        ("areas", "Energy came up most, in 6 of 9 mentions; the fullest year on record is 2021, with 3"),
        ("reading", "Of 7 meetings, 4 were read closely enough to say what was left out; of 2 no report was read in full"),
        ("voices", "Both or several sides voiced 1 of 9 mentions; Northmark alone 3 and Southland alone 2"),
        ("texts", "Where two sides’ own texts were read, 3 of 4 mentions stand in one side’s text only: 2 in that of Northmark and 1 in that of Southland"),
        ("deadlines", "1 of 1 promised dates with a known outcome was missed, 0 met late; 1 more has no known outcome"),
        ("waits", "None of the 4 concrete commitments voiced is known to have reached a binding paper"),
    ],
)
def test_a_finding_says_what_the_rows_say(universe: Universe, figure: str, finding: str) -> None:
    assert FIGURES[figure](Scope(TODAY, "", every_series())).finding == finding


@pytest.mark.parametrize("figure", FIGURES)
def test_a_chart_without_rows_says_so_and_draws_nothing(db: None, client: Client, figure: str) -> None:
    found = FIGURES[figure](Scope(TODAY, "", ()))
    assert found.draw is None
    assert found.table.rows == ()
    assert found.finding
    assert client.get(f"/numbers/{figure}.svg").status_code == 404
    assert client.get("/numbers/").status_code == 200


@pytest.mark.parametrize("figure", FIGURES)
def test_a_file_holds_what_the_page_holds(universe: Universe, client: Client, figure: str) -> None:
    table = FIGURES[figure](Scope(TODAY, SERIES, every_series())).table
    answer = client.get(f"/numbers/{figure}.csv?series={SERIES}&as_of={TODAY}")
    rows = list(csv.reader(StringIO(answer.getvalue().decode())))
    assert answer["Content-Disposition"] == f'attachment; filename="reaffirmed-{figure}-{SERIES}-{TODAY}.csv"'
    assert rows[0] == list(table.heads)
    assert rows[1:] == [["" if entry.value is None else str(entry.value) for entry in row] for row in table.rows]


def test_a_drawing_to_keep_says_what_it_shows_and_where_it_is_from(universe: Universe, client: Client) -> None:
    answer = client.get("/numbers/areas.svg?as_of=2024")
    root = ET.fromstring(answer.getvalue())
    words = " ".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "Energy came up most" in words
    assert "/numbers/?as_of=2024-12-31#areas" in words


@pytest.mark.parametrize("asked", ["series=nonsense", "as_of=2025-02-30", "series=%01x&as_of=%02", f"as_of={'9' * 30}"])
def test_what_cannot_be_understood_is_told_beside_its_field_and_refused_for_a_file(universe: Universe, client: Client, asked: str) -> None:
    page = client.get(f"/numbers/?{asked}")
    assert page.status_code == 200
    assert b'class="problem"' in page.content
    assert client.get(f"/numbers/areas.csv?{asked}").status_code == 400


def test_an_unknown_chart_is_not_found(universe: Universe, client: Client) -> None:
    assert client.get("/numbers/nothing.csv").status_code == 404
    assert client.get("/numbers/nothing.svg").status_code == 404
