"""The guide: its answers are made from the rows, lead to them in a few clicks, and change when the rows do."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urldefrag

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import fetch
from tests.markup import Document
from tests.universe import SERIES, Universe, mention, table
from tracker.models import Commitment
from tracker.views.guide import Finding

GUIDE = "/guide/"
MOST_CLICKS = 4


def findings(client: Client) -> dict[str, Finding]:
    """Return the findings of the page by their keys."""
    return {one.key: one for one in client.get(reverse("tracker:guide")).context["findings"]}


def test_an_empty_record_says_that_there_is_nothing_yet(client: Client, db: None) -> None:
    status, body = fetch(client, GUIDE)
    assert status == 200
    assert b"There is nothing to find yet." in body


def test_a_series_without_commitments_is_no_error(client: Client, db: None, universe: Universe) -> None:
    Commitment.objects.update(state="draft")
    status, body = fetch(client, GUIDE)
    assert status == 200
    assert b"Nothing: no concrete commitment" in body


def test_the_answers_are_what_the_rows_say(universe: Universe, client: Client) -> None:
    told = findings(client)
    assert told["missed"].answer == ("Of 1 promised date whose outcome is known, 1 was missed.",)
    assert [row.says for row in told["missed"].rows] == ["First water: promised for 2023 and June 2025"]
    assert told["read"].answer[0] == "Of 6 meetings 4 were read closely enough to say what was left out."
    assert [row.name for row in told["one-sided"].rows] == ["River pipeline", "Ferry line"]
    assert "in the voice of Northmark" in told["one-sided"].answer[0]
    assert [row.name for row in told["unheard"].rows] == ["Night train"]
    assert told["unheard"].rows[0].says == "2 of 3 meetings read since June 2022, voiced at none of them"


def test_an_answer_follows_its_rows(universe: Universe, client: Client) -> None:
    """The pipeline is said again after its paper, in weaker words: two answers change."""
    before = findings(client)
    universe.add(mention("river-pipeline", "oakport-25", "joint-25", both_sides=True, strength="noted", phrase="the line"), "again")
    after = findings(client)
    assert before["restated"].answer == ("Nothing: no concrete commitment is known to have been restated since it last moved.",)
    assert after["restated"].answer == ("River pipeline most of all: 1 meeting since it last moved, 20 November 2024.",)
    assert after["reworded"].answer != before["reworded"].answer
    assert [(quote.when, quote.strength) for quote in after["reworded"].quotes] == [("10 May 2021", "wished"), ("2 September 2025", "noted")]
    assert after["reworded"].quotes[1].phrase == "the line"


def test_another_series_is_read_when_it_has_more_commitments(universe: Universe, client: Client) -> None:
    listed: dict[str, Any] = {"series": "league", "kind": "area", "parties": ["northmark", "southland"], "listed_on": "2026-01-01"}
    universe.add("\n".join(table("commitment", slug=f"field-{number}", name=f"Field {number}", **listed) for number in range(9)), "league")
    page = client.get(reverse("tracker:guide"))
    assert page.context["matrix"].series.slug == "league"
    assert page.status_code == 200


def test_every_way_is_walked_in_four_clicks(universe: Universe, client: Client) -> None:
    """Each step is linked from the page before; what a form does instead is a list that is sorted or filtered."""
    universe.add(mention("river-pipeline", "oakport-25", "joint-25", both_sides=True, strength="noted"), "again")
    for finding in findings(client).values():
        addresses = [step.address for step in finding.way]
        assert 0 < len(addresses) <= MOST_CLICKS
        at = reverse("tracker:home")
        for address in addresses:
            page = Document(client.get(at).content)
            links = {urldefrag(link.attrib.get("href", ""))[0] for link in page.every("a")}
            target, fragment = urldefrag(address)
            assert target in links or "?" in target or target == urldefrag(at)[0], (finding.key, address)
            assert not fragment or fragment in Document(client.get(target).content).ids
            at = address


@pytest.mark.parametrize("key", ["restated", "unheard", "missed", "one-sided", "reworded"])
def test_a_finding_can_be_cited_as_of_the_day(universe: Universe, client: Client, key: str) -> None:
    universe.add(mention("river-pipeline", "oakport-25", "joint-25", both_sides=True, strength="noted"), "again")
    page = Document(client.get(GUIDE).content)
    section = next(one for one in page.every("section") if one.attrib.get("id") == key)
    links = [link.attrib["href"] for link in section.iter("a")]
    cited = [link for link in links if re.search(r"\?as_of=\d{4}-\d\d-\d\d$", link)]
    assert len(cited) == 4
    assert [client.get(link).status_code for link in cited] == [200] * 4


def test_the_matrix_is_cited_for_what_was_read(universe: Universe, client: Client) -> None:
    assert re.search(rf'href="/series/{SERIES}/\?as_of=\d{{4}}-\d\d-\d\d"', fetch(client, GUIDE)[1].decode())
