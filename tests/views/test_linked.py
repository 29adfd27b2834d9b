"""What pages tell to search engines and to those who show them elsewhere: shapes that the vocabularies know, and frames only where they are meant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import html_pages, pages
from tests.markup import Document
from tests.universe import SERIES, Universe
from tracker.models import Commitment, Meeting

HOST = "http://testserver"
#: What schema.org knows of the types that we use.
KNOWN = {
    "Event": {"name", "description", "startDate", "endDate", "eventStatus", "location", "superEvent", "attendee", "subjectOf"},
    "Claim": {"name", "description", "text", "about", "author", "appearance", "datePublished", "subjectOf"},
    "NewsArticle": {"headline", "archivedAt", "datePublished", "inLanguage", "publisher", "sourceOrganization", "isBasedOn", "about"},
    "Dataset": {"name", "description", "license", "isAccessibleForFree", "creator", "keywords", "dateModified", "version", "distribution"},
    "DataDownload": {"contentUrl", "encodingFormat", "contentSize", "sha256"},
    "Person": {"name"},
    "Organization": {"name"},
    "Place": {"name", "address"},
    "PostalAddress": {"addressLocality", "addressCountry"},
}
KNOWN["DigitalDocument"] = KNOWN["NewsArticle"]


def linked(client: Client, address: str) -> Any:
    """Return the linked data of a page: there is one such element."""
    page = Document(client.get(address).content)
    (found,) = [one for one in page.every("script") if one.attrib.get("type") == "application/ld+json"]
    document = json.loads(found.text or "")
    assert document["@context"] == "https://schema.org"
    return document


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)


@pytest.mark.parametrize(
    "address", ["/meetings/oakport-25/", "/meetings/salt-room-25/", "/commitments/river-pipeline/", "/sources/post-23/", "/sources/north-24/", "/data/"]
)
def test_every_shape_is_known_and_every_address_leads_somewhere(universe: Universe, client: Client, address: str) -> None:
    for node in nodes(linked(client, address)):
        if "@type" in node:
            assert {name for name in node if not name.startswith("@")} <= KNOWN[node["@type"]] | {"url"}, node
        if "@id" in node:
            assert client.get(node["@id"].removeprefix(HOST).partition("#")[0]).status_code == 200
        assert None not in node.values()


def test_a_meeting_is_an_event_with_a_date_as_fine_as_it_is_known(universe: Universe, client: Client) -> None:
    event = linked(client, "/meetings/oakport-25/")
    assert (event["@type"], event["startDate"], event["location"]["name"]) == ("Event", "2025-09-02", "Oakport")
    assert [person["name"] for person in event["attendee"]] == ["Ada Vane", "Bo Lind"]
    assert linked(client, "/meetings/ferry-22/")["startDate"] == "2022-06"
    Meeting.objects.filter(slug="reed-24").update(status="cancelled")
    assert linked(client, "/meetings/reed-24/")["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_commitment_and_what_counts_of_it_are_claims(universe: Universe, client: Client) -> None:
    whole, *said = linked(client, "/commitments/river-pipeline/")["@graph"]
    assert whole["name"] == "River pipeline"
    assert [one["@id"].partition("#")[2] for one in said] == ["at-oakport-21", "at-summit-23", "at-quay-24"]
    assert {one["about"]["@id"] for one in said} == {whole["@id"]}
    assert said[0]["author"][0]["name"] == "Northmark"
    assert {one["@id"] for claim in said for one in claim["appearance"]} == {one["@id"] for one in whole["appearance"]}


def test_press_is_told_apart_from_documents_of_governments(universe: Universe, client: Client) -> None:
    assert linked(client, "/sources/post-23/")["@type"] == "NewsArticle"
    assert linked(client, "/sources/post-23/")["isBasedOn"] == {"@id": f"{HOST}/sources/north-23/"}
    assert linked(client, "/sources/north-24/")["@type"] == "DigitalDocument"


def test_a_text_can_not_end_the_element(universe: Universe, client: Client) -> None:
    text = "</script><script>alert(1)</script><!-- &amp;"
    Commitment.objects.filter(slug="ferry-line").update(description=text)
    assert linked(client, "/commitments/ferry-line/")["@graph"][0]["description"] == text


@pytest.mark.parametrize("address", ["/", "/commitments/river-pipeline/", "/meetings/ferry-22/", "/methods/"])
def test_a_page_tells_its_title_and_picture_to_those_who_show_it(universe: Universe, client: Client, address: str) -> None:
    page = Document(client.get(address).content)
    told = {one.attrib["property"]: one.attrib["content"] for one in page.every("meta") if "property" in one.attrib}
    title = "".join(next(one for one in page.every("title") if page.parents[one].tag == "head").itertext())
    assert told["og:title"] == title.removesuffix(" · Reaffirmed")
    assert told["og:description"] == next(one.attrib["content"] for one in page.every("meta") if one.attrib.get("name") == "description").strip()
    assert told["og:url"] == HOST + address
    picture = client.get(told["og:image"].removeprefix(HOST))
    assert picture.getvalue().startswith(b"\x89PNG")


def test_only_frames_may_be_framed(universe: Universe, client: Client) -> None:
    answers = {page.name: client.get(page.example).headers for page in pages()}
    free = {name for name, headers in answers.items() if "frame-ancestors *" in headers["Content-Security-Policy"]}
    assert free == {name for name, headers in answers.items() if "X-Frame-Options" not in headers} == {"tracker:series_embed", "tracker:commitment_embed"}


def test_a_frame_shows_the_drawing_that_its_address_asks_for(universe: Universe, client: Client) -> None:
    for name, slug, query in (("series_embed", SERIES, "sort=idle&as_of=2024"), ("commitment_embed", "river-pipeline", "as_of=2024")):
        page = Document(client.get(f"{reverse(f'tracker:{name}', args=[slug])}?{query}").content)
        (picture,) = page.every("img")
        assert client.get(picture.attrib["src"]).headers["Content-Type"] == "image/svg+xml"
        assert picture.attrib["src"].endswith(f"?{query}")
        assert all(link.attrib["target"] == "_blank" for link in page.every("a"))


def test_a_frame_that_asks_for_nonsense_says_so_in_place_of_the_drawing(universe: Universe, client: Client) -> None:
    for address in (f"/embed/series/{SERIES}/?sort=nonsense", "/embed/commitments/river-pipeline/?as_of=someday"):
        page = Document(client.get(address).content)
        assert page.every("img") == []
        assert [one for one in page.every("p") if one.attrib.get("class") == "problem"]


def test_every_page_but_frames_tells_how_it_is_shown_elsewhere(universe: Universe, client: Client) -> None:
    silent = {page.name for page in html_pages() if b"og:title" not in client.get(page.example).content}
    assert silent == {"tracker:series_embed", "tracker:commitment_embed"}
