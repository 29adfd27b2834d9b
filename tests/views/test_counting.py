"""A list of very many rows is counted as far as readers can take in, and says where it stopped."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.universe import Universe
from tracker.filters import asked
from tracker.views import lists

MOST = 3
FILTERED = "/mentions/?act=reaffirmed"


@pytest.fixture
def few_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (asked, lists):
        monkeypatch.setattr(module, "MOST_COUNTED", MOST)


def offers(context: Any) -> dict[tuple[str, str], Any]:
    return {(facet.name, offer.label): offer for facet in context["facets"] for offer in facet.offers}


@pytest.mark.parametrize("address", ["/mentions/", FILTERED, "/meetings/", "/commitments/", "/sources/", "/commitments/?kind=project"])
def test_beyond_what_is_counted_every_number_is_a_least_one(universe: Universe, client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    exact = client.get(address).context
    for module in (asked, lists):
        monkeypatch.setattr(module, "MOST_COUNTED", MOST)
    answer = client.get(address)
    assert exact["found"].number > MOST
    assert not exact["found"].more
    assert (answer.context["found"].number, answer.context["found"].more) == (MOST, True)
    assert f"<b>{MOST}+</b>" in answer.content.decode()
    assert "More than" in answer.content.decode()
    true = offers(exact)
    for name, offer in offers(answer.context).items():
        assert 0 < offer.rows <= true[name].rows
        assert offer.more or offer.rows == true[name].rows
    if address != "/sources/":
        assert [row.pk for row in answer.context["page"]] == [row.pk for row in exact["page"]][:MOST]


@pytest.mark.usefixtures("few_are_counted")
def test_pages_end_where_counting_ends_and_other_orders_still_begin_with_the_first(universe: Universe, client: Client) -> None:
    page = client.get("/mentions/?page=99").context["page"]
    assert (page.number, page.paginator.num_pages, len(page)) == (1, 1, MOST)
    strongest = client.get("/mentions/?sort=-strength").context["page"]
    assert strongest[0].roll_up.strength == max(
        row.roll_up.strength or 0 for row in type(strongest[0]).objects.select_related("roll_up") if hasattr(row, "roll_up")
    )
    assert re.search(rf"\b{MOST}\+", client.get(FILTERED).context["citation"])


@pytest.mark.usefixtures("few_are_counted")
def test_files_hold_every_row_however_many_are_counted(universe: Universe, client: Client) -> None:
    lines = client.get("/mentions.jsonl").getvalue().decode().splitlines()
    assert len(lines) > MOST
