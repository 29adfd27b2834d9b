"""The page of a meeting: each side's own text, the documents side by side, who was there."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from tests.universe import Universe, meeting, read
from tracker.models import Report


def page(client: Client, slug: str) -> str:
    return client.get(reverse("tracker:meeting", args=[slug])).content.decode()


def side(html: str, party: str) -> str:
    """Return what the page says of one side's own text."""
    readouts = html.partition('id="readouts"')[2].partition('id="sources"')[0]
    return next((part for part in readouts.split("<section>") if f"/parties/{party}/" in part), "")


def test_a_text_is_said_to_omit_what_the_other_sides_text_names(client: Client, universe: Universe) -> None:
    html = page(client, "oakport-21")
    assert "/commitments/river-pipeline/" in side(html, "northmark").partition("Does not name")[0]
    names, _title, omits = side(html, "southland").partition("Does not name")
    assert "/commitments/ferry-line/" in names
    assert "/commitments/river-pipeline/" in omits
    assert "/commitments/ferry-line/" not in omits


def test_a_text_that_nobody_read_is_not_said_to_omit_anything(client: Client, universe: Universe) -> None:
    Report.objects.filter(source__slug="south-21").update(read_on=None, read_by="")
    told = side(page(client, "oakport-21"), "southland")
    assert "Not read in full" in told
    assert "Does not name" not in told


def test_a_side_without_a_text_of_its_own_is_said_to_have_none(client: Client, universe: Universe) -> None:
    assert "No whole text of its own is held" in side(page(client, "hillton-23"), "southland")
    assert 'id="readouts"' not in page(client, "studio-24")


def test_a_document_that_was_read_says_what_is_not_in_it(client: Client, universe: Universe) -> None:
    table = page(client, "oakport-21").partition('class="by-document"')[2].partition("</table>")[0]
    rows = {re.findall(r"/commitments/([\w-]+)/", row)[0]: re.findall(r"<td>(.*?)</td>", row) for row in table.split("<tr>")[2:]}
    assert ["not in it" in cell for cell in rows["ferry-line"]] == [True, False]
    assert ["proposed" in cell for cell in rows["river-pipeline"]] == [True, False]


def test_a_room_is_named_beside_what_was_said_in_it_and_nobody_stands_twice(client: Client, universe: Universe) -> None:
    there = [{"key": "vane", "party": "northmark", "participant": "ada-vane", "office": "Chancellor"}]
    universe.add(meeting("salt-room-25", "2025-09-02", {"attendances": there, **read("joint-25")}, part_of="oakport-25", level="ministers"), "room")
    html = page(client, "oakport-25")
    assert "in the room" in html
    assert html.partition('class="people"')[2].count('/participants/ada-vane/"') == 1
