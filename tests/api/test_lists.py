"""The lists of the interface: the same rows as the files, some at a time, in any order, and never a row twice or not at all."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.universe import Universe
from tests.views.test_list_files import documents
from tracker.exports.lists.known import LISTINGS
from tracker.models import Commitment, Source


def get(client: Client, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:500]
    assert answer.headers["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
    return answer.json()


def rows(name: str, query: str = "") -> str:
    return f"{reverse(f'api:{name}')}{'?' if query else ''}{query}"


def walk(client: Client, address: str) -> Iterator[list[dict[str, Any]]]:
    """Yield the results of each answer, from the first address along “next”."""
    following: str | None = address
    while following:
        answer = get(client, following)
        yield answer["results"]
        following = answer["next"]


@pytest.mark.parametrize("name", LISTINGS)
def test_along_next_come_all_rows_of_the_file_each_once_in_every_order(universe: Universe, client: Client, name: str) -> None:
    for word in LISTINGS[name].filter.columns:
        for sort in (word, f"-{word}"):
            pages = list(walk(client, rows(name, f"sort={sort}&limit=2")))
            assert all(len(page) == 2 for page in pages[:-1])
            found = [row for page in pages for row in page]
            expected = documents(client, name, sort=sort)
            assert sorted(found, key=str) == sorted(expected, key=str), sort
            assert len(found) > 1


def test_the_order_along_next_is_that_of_the_file(universe: Universe, client: Client) -> None:
    """Where no two rows are alike in all that the order asks for, both tell them in the same order."""
    for name, sort in (("mentions", "-when"), ("commitments", "-days"), ("sources", "-published"), ("deadlines", "due"), ("mentions", "strength")):
        found = [row["url"] for page in walk(client, rows(name, f"sort={sort}&limit=3")) for row in page]
        assert found == [row["url"] for row in documents(client, name, sort=sort)], (name, sort)


def test_rows_that_come_in_between_move_nothing_that_follows(universe: Universe, client: Client) -> None:
    first = get(client, rows("commitments", "limit=2&sort=name"))
    expected = [row["slug"] for page in walk(client, first["next"]) for row in page]
    Commitment.objects.filter(slug=first["results"][0]["slug"]).update(name_key="aaaa")
    universe.add('[[party]]\nslug = "a"\nname = "A"\nkind = "state"\n', "a")
    assert [row["slug"] for page in walk(client, first["next"]) for row in page] == expected


def test_filters_are_those_of_the_page(universe: Universe, client: Client) -> None:
    found = get(client, rows("mentions", "act=reaffirmed&area=transport&party=southland"))
    assert found["results"] == documents(client, "mentions", act="reaffirmed", area="transport", party="southland")
    assert found["results"]
    assert found["next"] is None


def test_fields_leave_out_all_others(universe: Universe, client: Client) -> None:
    found = get(client, rows("meetings", "fields=title,slug&limit=1"))
    assert [list(row) for row in found["results"]] == [["slug", "title"]]
    assert [list(row) for row in get(client, found["next"])["results"]] == [["slug", "title"]]


def test_generated_clients_may_name_each_field_by_itself(universe: Universe, client: Client) -> None:
    found = get(client, rows("meetings", "fields=title&fields=slug&limit=1"))
    assert [list(row) for row in found["results"]] == [["slug", "title"]]
    assert [list(row) for row in get(client, found["next"])["results"]] == [["slug", "title"]]


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("colour=red", "colour", "series"),
        ("format=html", "format", "html"),
        ("act=nonsense", "act", "nonsense"),
        ("fields=slug,colour", "fields", "commitment_name"),
        ("fields=", "fields", "commitment_name"),
        ("limit=0", "limit", "200"),
        ("limit=201", "limit", "200"),
        ("limit=٣", "limit", "200"),
        ("limit=99999999999999999999", "limit", "200"),
        ("series=", "series", "leave the parameter out"),
        ("text=", "text", "leave the parameter out"),
        ("cursor=", "cursor", "leave the parameter out"),
        ("cursor=nonsense", "cursor", "Begin without one"),
        ("since=2025-13", "since", ""),
    ],
)
def test_what_can_not_be_understood_is_named_with_what_would_be_right(universe: Universe, client: Client, query: str, parameter: str, says: str) -> None:
    answer = get(client, rows("mentions", query), 400)
    assert (answer["status"], answer["title"], answer["type"]) == (400, "Bad Request", "about:blank")
    (error,) = answer["errors"]
    assert error["parameter"] == parameter
    assert says in error["detail"]


def test_all_that_is_wrong_is_told_at_once(universe: Universe, client: Client) -> None:
    answer = get(client, rows("mentions", "colour=red&act=x&limit=x&fields=x"), 400)
    assert {error["parameter"] for error in answer["errors"]} == {"colour", "act", "limit", "fields"}


def cursor(*told: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "forged",
    [
        cursor(),
        cursor("name"),
        cursor("-name", "a", "b"),
        cursor("name", "a\u0000", "b"),
        cursor("name", 1 << 70, "b"),
        cursor("name", {"day": "2025-02-30"}, "b"),
        cursor("name", {"days": 1 << 60}, "b"),
        cursor("name", [], {}),
        cursor("name", 1.5, "b"),
        "====",
        "W10",
        "é",
        "A" * 5_000,
    ],
)
def test_a_forged_cursor_is_refused(universe: Universe, client: Client, forged: str) -> None:
    assert get(client, rows("commitments", f"cursor={forged}"), 400)["errors"][0]["parameter"] == "cursor"


def test_a_cursor_of_another_order_is_refused(universe: Universe, client: Client) -> None:
    following = get(client, rows("commitments", "limit=1&sort=-name"))["next"]
    assert get(client, following.replace("sort=-name", "sort=mentions"), 400)["errors"][0]["parameter"] == "cursor"


def test_no_cursor_tells_a_running_number(universe: Universe, client: Client) -> None:
    """The number of a row would tell how many rows there are that nobody may see."""
    Source.objects.filter(slug="north-24").update(published_earliest=None, published_latest=None)
    for name in LISTINGS:
        following = get(client, rows(name, "limit=1"))["next"]
        told = json.loads(base64.urlsafe_b64decode(following.partition("cursor=")[2] + "==="))
        assert told[-1] == str(told[-1]), name


def test_a_page_of_another_site_may_ask_and_no_other_way(universe: Universe, client: Client) -> None:
    for address in (rows("mentions"), reverse("tracker:list_file", args=["mentions", "csv"])):
        assert client.get(address, headers={"Origin": "https://example.org"}).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/mentions/", headers={"Origin": "https://example.org"}).headers
    assert "access-control-allow-credentials" not in client.get(rows("mentions"), headers={"Origin": "https://example.org"}).headers
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert "POST" not in client.options(rows("mentions"), headers=asked).headers["access-control-allow-methods"]
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(rows("mentions")).status_code == 405


def test_a_browser_that_opens_an_address_sees_json(universe: Universe, client: Client) -> None:
    answer = client.get(rows("mentions"), headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
