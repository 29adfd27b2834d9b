"""The brief as a page and as Markdown."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from tests.universe import SERIES, Universe
from tracker.models import Commitment, Source


def page(client: Client, name: str) -> str:
    response = client.get(reverse(f"tracker:{name}", args=[SERIES]))
    assert response.status_code == 200
    return response.content.decode()


def test_every_footnote_is_named_and_every_name_leads_to_one(client: Client, universe: Universe) -> None:
    html = page(client, "series_brief")
    named, notes = set(re.findall(r'href="#note-(\d+)"', html)), set(re.findall(r'id="note-(\d+)"', html))
    assert named == notes != set()


def test_the_brief_names_what_is_open_and_what_each_side_said(client: Client, universe: Universe) -> None:
    html = page(client, "series_brief")
    assert "River pipeline" in html
    assert "a line for both shores" in html or "river-pipeline came up" in html
    assert "First water" in html


def test_markdown_says_the_same_with_the_same_notes(client: Client, universe: Universe) -> None:
    response = client.get(reverse("tracker:series_brief_markdown", args=[SERIES]))
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("# Northmark and Southland")
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"\[\^(\d+)\]:", text)) != set()
    assert "\n\n\n" not in text


def test_marks_in_a_name_mean_nothing_in_markdown(client: Client, universe: Universe) -> None:
    Commitment.objects.filter(slug="ferry-line").update(name="Ferry <script> [line](https://example.org) *now*")
    Source.objects.update(title="A *title*\nwith lines")
    text = page(client, "series_brief_markdown")
    assert r"Ferry \<script\> \[line\](https://example.org) \*now\*" in text
    assert r"A \*title\* with lines" in text


def test_there_is_no_brief_of_a_series_nobody_may_see(client: Client, universe: Universe) -> None:
    for name in ("series_brief", "series_brief_markdown"):
        assert client.get(reverse(f"tracker:{name}", args=["nowhere"])).status_code == 404
