"""What search engines read: every public record and no other, in files that the standard takes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_links import records
from tests.universe import Universe
from tracker.feeds import sitemaps
from tracker.models import Meeting
from tracker.vocabulary import PublicationState

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
HOST = "http://testserver"


def addresses(client: Client, where: str) -> list[str]:
    tree = ET.fromstring(client.get(where).content)
    return [str(one.text).removeprefix(HOST) for one in tree.findall(".//s:loc", NAMES)]


def everything(client: Client) -> list[str]:
    return [found for section in addresses(client, reverse("tracker:sitemap")) for found in addresses(client, section)]


def test_every_public_record_stands_in_it_once(universe: Universe, client: Client) -> None:
    found = everything(client)
    assert len(found) == len(set(found))
    assert set(found) == records() | {reverse(f"tracker:{name}") for name in sitemaps.PLACES}
    Meeting.objects.filter(slug="reed-24").update(state=PublicationState.DRAFT)
    assert set(found) - set(everything(client)) == {"/meetings/reed-24/"}


def test_many_records_are_several_files(universe: Universe, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps.Records, "limit", 4)
    sections = addresses(client, reverse("tracker:sitemap"))
    assert any(section.endswith("?p=2") for section in sections)
    assert set(everything(client)) >= records()


@pytest.mark.parametrize(
    "address", ["/sitemap-nothing.xml", "/sitemap-meeting.xml?p=99", "/sitemap-meeting.xml?p=x", "/sitemap-meeting.xml?p=-1", "/sitemap-meeting.xml?p=٣"]
)
def test_what_is_no_file_of_it_is_not_there(universe: Universe, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_robots_are_told_where_it_is_and_where_not_to_go(db: None, client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert re.findall(r"^(\S+): (\S+)$", answer.content.decode(), re.MULTILINE) == [
        ("User-agent", "*"), ("Disallow", "/admin/"), ("Sitemap", "http://testserver/sitemap.xml"),
    ]  # fmt: skip
