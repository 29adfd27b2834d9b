"""Feeds as an independent reader takes them: valid, telling what was changed, with names that last."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.desk import change, save
from tests.universe import SERIES, Universe, meeting, mention, read, release, table
from tracker.models import Commitment
from tracker.vocabulary import PublicationState

FEEDS = ["changes_feed", "series_feed", "commitment_feed", "came_back_feed", "missed_dates_feed"]
SLUGS = {"series_feed": SERIES, "commitment_feed": "river-pipeline"}


def address(name: str) -> str:
    return reverse(f"tracker:{name}", args=[SLUGS[name]] if name in SLUGS else [])


def feed(client: Client, name: str) -> Any:
    answer = client.get(address(name))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.fixture
def told(universe: Universe) -> Universe:
    """Return the drawn world after a meeting at which the night train came back."""
    north = release("north-25", "northmark", "2025-11-03")
    at = meeting("reed-25", "2025-11-02", read("north-25"))
    universe.add("\n".join([north, at, mention("night-train", "reed-25", "north-25", party="northmark")]), "later")
    return universe


@pytest.mark.parametrize("name", FEEDS)
def test_a_reader_of_feeds_accepts_it(told: Universe, client: Client, name: str) -> None:
    found = feed(client, name)
    assert found.feed.title.startswith("Reaffirmed: ")
    assert found.entries
    ids = [entry.id for entry in found.entries]
    assert len(ids) == len(set(ids))
    for entry in found.entries:
        assert entry.id.startswith("tag:reaffirmed,2026:")
        assert entry.updated_parsed
        assert client.get(entry.link.removeprefix("http://testserver").partition("#")[0]).status_code == 200
        assert 'href="/' not in entry.summary
    assert feed(client, name) == found


def test_an_editors_correction_is_told_with_its_reason(universe: Universe, editor: Client, client: Client) -> None:
    row = Commitment.objects.get(slug="river-pipeline")
    save(editor, change(row), description="It crosses <two> rivers.", reason_for_the_change="The release says so.")
    for name in ("changes_feed", "series_feed", "commitment_feed"):
        newest = feed(client, name).entries[0]
        assert newest.title == "Commitment corrected: River pipeline"
        assert "The release says so." in newest.summary
        assert "description" in newest.summary
        assert "http://testserver/commitments/river-pipeline/" in newest.summary


def test_a_feed_of_one_record_is_silent_about_others(universe: Universe, editor: Client, client: Client) -> None:
    before = {name: len(feed(client, name).entries) for name in FEEDS}
    save(editor, change(Commitment.objects.get(slug="ferry-line")), description="It runs at night.")
    after = {name: len(feed(client, name).entries) for name in FEEDS}
    assert {name for name in FEEDS if after[name] != before[name]} == {"changes_feed", "series_feed"}


def test_a_large_load_is_one_entry_with_its_numbers(universe: Universe, client: Client) -> None:
    universe.grow(20)
    newest = feed(client, "changes_feed").entries[0]
    assert newest.title.endswith("records added")
    assert "<li>" not in newest.summary


def test_what_came_back_is_told_with_its_days(told: Universe, client: Client) -> None:
    (entry,) = [entry for entry in feed(client, "came_back_feed").entries if entry.title.startswith("Night train")]
    assert entry.title == "Night train came back after 1,221 days"
    assert entry.link == "http://testserver/commitments/night-train/#at-reed-25"
    assert "2022-06" in entry.summary


def test_dates_that_were_missed_or_passed_are_told_apart(universe: Universe, client: Client) -> None:
    titles = {entry.title for entry in feed(client, "missed_dates_feed").entries}
    assert titles == {"Missed: First water, promised for 2023", "Passed: First water, promised for 2025-06"}


@pytest.mark.parametrize("name", ["series_feed", "commitment_feed", "series_calendar"])
def test_there_is_no_feed_of_what_is_not_on_view(universe: Universe, client: Client, name: str) -> None:
    assert client.get(reverse(f"tracker:{name}", args=["nothing-here"])).status_code == 404
    Commitment.objects.filter(slug="ferry-line").update(state=PublicationState.DRAFT)
    assert client.get(reverse("tracker:commitment_feed", args=["ferry-line"])).status_code == 404
    assert client.get(reverse("tracker:commitment_feed", args=["water-pipe"])).headers["Location"] == reverse(
        "tracker:commitment_feed", args=["river-pipeline"]
    )


@pytest.mark.parametrize("name", FEEDS[:1] + FEEDS[3:])
def test_a_feed_of_an_empty_record_is_a_feed(db: None, client: Client, name: str) -> None:
    assert feed(client, name).entries == []


def test_pages_lead_to_their_feeds(universe: Universe, client: Client) -> None:
    for page, name in (("/changes/", "changes_feed"), (f"/series/{SERIES}/", "series_feed"), ("/commitments/river-pipeline/", "commitment_feed")):
        assert f'<link rel="alternate" type="application/atom+xml" href="{address(name)}"' in client.get(page).content.decode()


def test_names_of_entries_do_not_change_with_the_host(universe: Universe, client: Client) -> None:
    universe.add(table("party", slug="east", name="East", kind="state"), "east")
    here, there = (feedparser.parse(client.get(address("changes_feed"), headers={"Host": host}).content) for host in ("testserver", "localhost"))
    assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries]
    assert here.entries[0].link != there.entries[0].link
