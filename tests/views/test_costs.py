"""What each public page costs in queries: flat in the number of meetings, within the budget of design §4."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.costs import DOSSIER, MATRIX, OTHERS, assert_cost_is_flat
from tests.universe import SERIES, Universe
from tracker.exports.lists.known import LISTINGS
from tracker.models import Commitment, Mention, Participant, Party, Source

PLAIN = [
    "series_list",
    "commitment_list",
    "mention_list",
    "deadline_list",
    "meeting_list",
    "source_list",
    "participant_list",
    "party_list",
    "methods",
    "glossary",
    "guide",
    "data",
]


def fetch(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.getvalue()


def flat(client: Client, universe: Universe, address: str, budget: int) -> None:
    assert_cost_is_flat(lambda: fetch(client, address), universe.grow, budget=budget)


def project() -> Any:
    """Return a mention of something concrete."""
    return Mention.objects.exclude(commitment__kind="area").select_related("commitment", "meeting").order_by("pk")[0]


@pytest.mark.parametrize("name", PLAIN)
def test_lists_cost_the_same_with_more_rows(client: Client, universe: Universe, name: str) -> None:
    flat(client, universe, reverse(f"tracker:{name}"), OTHERS)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("commitment_list", "area=energy&party=northmark&participant=ada-vane&series=league&kind=project&days=1&since=2020&text=river&sort=-quiet"),
        (
            "mention_list",
            "commitment=river-pipeline&party=northmark&participant=ada-vane&area=energy&series=northmark-southland&act=agreed&said=line&sort=-evidence",
        ),
        ("meeting_list", "commitment=river-pipeline&party=northmark&participant=ada-vane&series=northmark-southland&what=meetings&since=2020&text=oakport"),
    ],
)
def test_lists_cost_the_same_with_every_filter_in_force(client: Client, universe: Universe, name: str, query: str) -> None:
    flat(client, universe, f"{reverse(f'tracker:{name}')}?{query}", OTHERS)


@pytest.mark.parametrize("rows", LISTINGS)
def test_files_of_lists_cost_the_same_with_more_rows(client: Client, universe: Universe, rows: str) -> None:
    flat(client, universe, reverse("tracker:list_file", args=[rows, "json"]), OTHERS)


@pytest.mark.parametrize("name", ["changes_feed", "came_back_feed", "missed_dates_feed", "calendar", "sitemap", "robots"])
def test_feeds_cost_the_same_with_more_rows(client: Client, universe: Universe, name: str) -> None:
    flat(client, universe, reverse(f"tracker:{name}"), OTHERS)


@pytest.mark.parametrize(
    ("name", "argument"), [("series_feed", SERIES), ("commitment_feed", "river-pipeline"), ("series_calendar", SERIES), ("sitemap_section", "meeting")]
)
def test_feeds_of_one_record_cost_the_same_with_more_rows(client: Client, universe: Universe, name: str, argument: str) -> None:
    flat(client, universe, reverse(f"tracker:{name}", args=[argument]), OTHERS)


@pytest.mark.parametrize(("name", "argument", "budget"), [("series_embed", SERIES, MATRIX), ("commitment_embed", "river-pipeline", DOSSIER)])
def test_frames_cost_the_same_with_more_meetings(client: Client, universe: Universe, name: str, argument: str, budget: int) -> None:
    flat(client, universe, reverse(f"tracker:{name}", args=[argument]), budget)


def test_home_costs_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    flat(client, universe, reverse("tracker:home"), MATRIX)


def test_matrix_costs_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    flat(client, universe, reverse("tracker:series", args=[SERIES]), MATRIX)


@pytest.mark.parametrize("name", ["series_matrix_csv", "series_matrix_svg"])
def test_files_of_the_matrix_cost_the_same_with_more_meetings(client: Client, universe: Universe, name: str) -> None:
    flat(client, universe, reverse(f"tracker:{name}", args=[SERIES]), MATRIX)


@pytest.mark.parametrize("name", ["series_brief", "series_brief_markdown"])
def test_brief_costs_the_same_with_more_meetings(client: Client, universe: Universe, name: str) -> None:
    flat(client, universe, reverse(f"tracker:{name}", args=[SERIES]), MATRIX)


def test_dossier_costs_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    flat(client, universe, reverse("tracker:commitment", args=[project().commitment.slug]), DOSSIER)


def test_citation_costs_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    flat(client, universe, reverse("tracker:commitment_citation", args=[project().commitment.slug, "bib"]), OTHERS)


@pytest.mark.parametrize("name", ["commitment_ladder", "commitment_ladder_rows"])
def test_chart_costs_the_same_with_more_meetings(client: Client, universe: Universe, name: str) -> None:
    flat(client, universe, reverse(f"tracker:{name}", args=[project().commitment.slug]), DOSSIER)


def test_area_costs_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    area = Commitment.objects.areas().order_by("pk")[0]
    flat(client, universe, reverse("tracker:commitment", args=[area.slug]), DOSSIER)


def test_cell_costs_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    flat(client, universe, reverse("tracker:cell", args=[project().commitment.slug, project().meeting.slug]), OTHERS)


def test_meeting_costs_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    flat(client, universe, reverse("tracker:meeting", args=[project().meeting.slug]), OTHERS)


@pytest.mark.parametrize(("name", "model"), [("source", Source), ("participant", Participant), ("party", Party)])
def test_record_costs_the_same_with_more_meetings(client: Client, universe: Universe, name: str, model: type[Source | Participant | Party]) -> None:
    row = model._default_manager.order_by("pk").first()
    if row is None:
        pytest.fail(f"the drawn world has no {name}")
    flat(client, universe, reverse(f"tracker:{name}", args=[row.slug]), OTHERS)


@pytest.mark.parametrize("name", ["compare", "compare_csv", "compare_svg"])
@pytest.mark.parametrize("asked", ["commitment=river-pipeline&commitment=energy&commitment=ferry-line", f"series={SERIES}&series=league"])
def test_comparing_costs_the_same_with_more_meetings(client: Client, universe: Universe, name: str, asked: str) -> None:
    flat(client, universe, f"{reverse(f'tracker:{name}')}?{asked}", OTHERS)


def test_choosing_what_to_compare_costs_the_same_with_more_names(client: Client, universe: Universe) -> None:
    flat(client, universe, f"{reverse('tracker:compare')}?commitment=thing&commitment=river", OTHERS)


def test_numbers_cost_the_same_with_more_meetings(client: Client, universe: Universe) -> None:
    flat(client, universe, reverse("tracker:numbers"), OTHERS)


@pytest.mark.parametrize("name", ["numbers_csv", "numbers_svg"])
def test_files_of_numbers_cost_the_same_with_more_meetings(client: Client, universe: Universe, name: str) -> None:
    flat(client, universe, reverse(f"tracker:{name}", args=["texts" if name == "numbers_csv" else "areas"]), OTHERS)


@pytest.mark.parametrize("typed", ["river", "came up", "grown", "rivre", "line -ferry"])
def test_search_costs_the_same_with_more_meetings(client: Client, universe: Universe, typed: str) -> None:
    flat(client, universe, f"{reverse('tracker:search')}?q={typed}", OTHERS)


@pytest.mark.parametrize("typed", ["r", "thing", "rivre", "nothing like it"])
def test_suggestions_cost_the_same_with_more_meetings(client: Client, universe: Universe, typed: str) -> None:
    flat(client, universe, f"{reverse('tracker:search_suggestions')}?q={typed}", DOSSIER)
