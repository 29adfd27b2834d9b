"""The search page and the names it offers, as a reader's browser gets them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.desk import change, save
from tests.markup import Document
from tests.universe import Universe
from tracker.models import Commitment
from tracker.search.asking import LONGEST, MOST_WORDS


def page(client: Client, **asked: str) -> str:
    response = client.get(reverse("tracker:search"), asked)
    assert response.status_code == 200
    return str(response.content.decode())


def lines(body: str) -> list[str]:
    """Return the text of every hit on a page."""
    found = Document(body.encode())
    return [" ".join("".join(item.itertext()).split()) for part in found.every("section") if part.attrib.get("class") == "hits" for item in part.iter("li")]


def test_the_page_says_when_nothing_is_found_and_when_nothing_was_asked(client: Client, universe: Universe) -> None:
    assert "Nothing was found" in page(client, q="zzzzqqqq")
    assert "no word in this" in page(client, q="!!!")
    assert "<mark>River</mark>" in page(client, q="river")
    assert "<mark>Ада</mark>" in page(client, q="ада")
    assert "<script>alert" not in page(client, q="<script>alert(1)</script>")
    assert "Nothing is written that way" in page(client, q="pipelime")


def test_what_is_more_than_a_box_should_hold_is_told(client: Client, universe: Universe) -> None:
    assert "more than is looked for" in page(client, q="river " * 100)
    assert "more than is looked for" in page(client, q=" ".join(f"w{number}" for number in range(MOST_WORDS + 1)))
    assert "more than is looked for" not in page(client, q="x" * LONGEST)
    assert f"{LONGEST} characters and {MOST_WORDS} words" in page(client)


def test_each_kind_shows_its_first_hits_and_leads_to_all_of_them(client: Client, universe: Universe) -> None:
    universe.grow(40)
    body = page(client, q="thing")
    assert len(lines(body)) == 12
    assert "Commitments: show all 40" in body
    assert "kind=commitment" in body
    first, second = page(client, q="thing", kind="commitment"), page(client, q="thing", kind="commitment", page="2")
    assert len(lines(first)) == 30
    assert len({*lines(first), *lines(second)}) == 40
    assert "What was said" in first


@pytest.mark.parametrize("asked", [{"kind": "nonsense"}, {"kind": "passage", "page": "99999999999999999999"}, {"kind": "party"}, {"kind": "\ud800"}])
def test_an_odd_choice_is_no_error(client: Client, universe: Universe, asked: dict[str, str]) -> None:
    body = page(client, q="river", **{name: value.encode("utf-8", "replace").decode() for name, value in asked.items()})
    assert ("no such kind" in body) == (asked["kind"] not in {"passage", "party"})
    assert bool(lines(body)) == (asked["kind"] in {"passage", "party"})


def test_a_kind_without_hits_leads_to_the_others(client: Client, universe: Universe) -> None:
    body = page(client, q="vane", kind="source")
    assert "Nothing of this kind" in body
    assert "kind=participant" in body


def test_the_names_offered_say_what_they_are_and_where_they_lead(client: Client, universe: Universe) -> None:
    def offered(typed: str) -> list[dict[str, object]]:
        return list(client.get(reverse("tracker:search_suggestions"), {"q": typed}).json()["suggestions"])

    assert offered("vane") == [{"pieces": [["Ada ", False], ["Vane", True]], "language": "", "about": "person", "address": "/participants/ada-vane/"}]
    assert offered("вей") == [
        {"pieces": [["Ада ", False], ["Вей", True], ["н", False]], "language": "ru", "about": "Ada Vane", "address": "/participants/ada-vane/"}
    ]
    assert offered("") == offered("zzzzqq") == []


def test_what_an_editor_saves_is_found(editor: Client, universe: Universe) -> None:
    row = Commitment.objects.get(slug="salt-mill")
    save(editor, change(row), name="Sugar works")
    own = 'href="/commitments/salt-mill/"'
    assert own in page(editor, q="sugar")
    assert own not in page(editor, q='"salt mill"')
