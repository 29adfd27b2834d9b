"""Every public page as HTML: it parses, its ids are unique, its headings are in order, its drawings have words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from html5lib.html5parser import ParseError

from tests.addresses import Page, fetch, html_pages
from tests.markup import Document
from tests.universe import COMMITMENTS, MEETINGS, SERIES, Universe, mention

HEAVIEST_HOME = 150_000
#: Further addresses in the drawn world that print what the examples do not.
MORE = [
    f"/series/{SERIES}/?sort=idle&meetings=all&as_of=2024",
    f"/series/{SERIES}/?sort=nonsense&as_of=2024-13-45",
    "/series/league/",
    "/commitments/?sort=idle&stage=memorandum&text=river",
    "/commitments/?series=nonsense&page=9",
    "/commitments/energy/",
    "/commitments/ferry-line/?as_of=2022",
    "/commitments/river-pipeline/?as_of=someday",
    *(f"/commitments/{commitment}/at/{meeting}/" for commitment, meeting in zip(COMMITMENTS, MEETINGS, strict=True)),
    "/meetings/quay-24/",
    "/meetings/studio-24/",
    "/meetings/salt-room-25/",
    "/sources/radio-24/",
    "/search/?q=pipelin",
    "/search/?q=shores",
    "/mentions/?sort=nonsense&commitment=salt-mill",
    "/deadlines/?series=nonsense",
    "/compare/?commitment=river-pipeline&commitment=energy&commitment=ferry-line&commitment=night-train&as_of=2025",
    f"/compare/?series={SERIES}&series=league",
    "/compare/?commitment=r&as_of=someday",
    "/compare/?series=nonsense",
    f"/embed/series/{SERIES}/?sort=nonsense&as_of=2024-13-45",
    "/embed/commitments/river-pipeline/?as_of=someday",
    f"/numbers/?series={SERIES}&as_of=2023",
    "/numbers/?series=league",
    "/numbers/?series=nonsense&as_of=someday",
]


def faults(body: bytes) -> list[str]:
    """Return what is wrong with one page; a page that does not parse raises."""
    page = Document(body)
    root = page.every("html")[0]
    titles = ["".join(one.itertext()).strip() for one in page.every("title") if page.parents[one].tag == "head"]
    found = [f"id {name} stands {times} times" for name, times in Counter(page.ids).items() if times > 1]
    found += [f"#{name} leads nowhere" for name in page.references() if name not in page.ids]
    found += [f"no words: {drawing}" for drawing in page.unnamed_drawings()]
    found += [f"h{below} under h{above}" for above, below in pairwise(page.levels) if below > above + 1]
    if page.levels.count(1) != 1 or page.levels[0] != 1:
        found.append(f"headings {page.levels}: one h1, and first")
    if len(titles) != 1 or not titles[0] or titles[0].startswith("·"):
        found.append(f"titles {titles}")
    if not root.attrib.get("lang"):
        found.append("no language")
    return found


@pytest.mark.parametrize("page", html_pages(), ids=lambda page: page.name)
def test_every_page_is_sound(universe: Universe, client: Client, page: Page) -> None:
    status, body = fetch(client, page.example)
    assert status == 200
    assert faults(body) == []


@pytest.mark.parametrize("address", MORE)
def test_every_face_of_a_page_is_sound(universe: Universe, client: Client, address: str) -> None:
    status, body = fetch(client, address)
    assert status == 200
    assert faults(body) == []


def test_a_page_of_a_long_series_is_sound(universe: Universe, client: Client) -> None:
    universe.grow(30)
    for address in (reverse("tracker:home"), reverse("tracker:series", args=[SERIES]), reverse("tracker:commitment", args=["river-pipeline"])):
        assert faults(fetch(client, address)[1]) == []


def test_the_page_that_says_nothing_is_here_is_sound(client: Client, db: None) -> None:
    status, body = fetch(client, "/nothing/")
    assert status == 404
    assert faults(body) == []


def test_a_world_without_records_has_a_sound_first_page(client: Client, db: None) -> None:
    status, body = fetch(client, reverse("tracker:home"))
    assert status == 200
    assert faults(body) == []


def test_the_first_page_stays_light_with_forty_commitments(universe: Universe, client: Client) -> None:
    universe.grow(34)
    universe.add("\n".join(mention(f"grown-thing-{number}", "oakport-25", "joint-25", party="northmark") for number in range(34)), "again")
    status, body = fetch(client, reverse("tracker:home"))
    assert status == 200
    assert body.count(b"<tr class=") >= 36
    assert len(body) < HEAVIEST_HOME


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<p id="a"></p><p id="a"></p>', "id a stands 2 times"),
        ('<svg><use href="#nothing"/></svg>', "#nothing leads nowhere"),
        ("<svg></svg>", "no words: <svg >"),
        ('<img src="x">', "no words: <img src=x>"),
        ("<h3>Deep</h3>", "h3 under h1"),
        ("<h1>Twice</h1>", "headings [1, 1]: one h1, and first"),
    ],
)
def test_what_is_unsound_is_found(body: str, fault: str) -> None:
    page = f"<!doctype html><html lang=en><head><title>Page</title></head><body><h1>Head</h1>{body}</body></html>"
    assert fault in faults(page.encode())


def test_what_does_not_parse_is_refused() -> None:
    with pytest.raises(ParseError, match="end tag"):
        faults(b"<!doctype html><html lang=en><head><title>Page</title></head><body><h1>Head</h1><p><div></p></body></html>")
