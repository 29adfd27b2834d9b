"""Single records, and what is computed: the same as the command line tells, as of any day."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.addresses import SLUGS
from tests.api.test_lists import get, rows
from tests.universe import COMMITMENTS, MEETINGS, SERIES, Universe, drawing
from tracker.exports.lists.known import LISTINGS
from tracker.models import Commitment, Meeting
from tracker.vocabulary import PublicationState

STATES = {"V": "voiced", "M": "voiced", "v": "voiced", "e": "echoed", "S": "silent", "s": "silent", "?": "unobserved", ".": "before", "x": "ineligible"}


def said(command: str, *words: str) -> Any:
    out = io.StringIO()
    call_command(command, *words, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def keys(name: str, row: dict[str, Any]) -> list[str]:
    return [row[part] for part in {"mentions": ("commitment", "meeting"), "deadlines": ("commitment", "key")}.get(name, ("slug",))]


@pytest.mark.parametrize("name", LISTINGS)
def test_a_row_of_a_list_is_found_under_its_own_address(universe: Universe, client: Client, name: str) -> None:
    for row in get(client, rows(name, "limit=200"))["results"]:
        address = reverse(f"api:{name}_one", args=keys(name, row))
        assert get(client, address) == row
        assert get(client, f"{address}?fields=url") == {"url": row["url"]}
    assert get(client, f"{address}?colour=red", 400)["errors"][0]["parameter"] == "colour"


@pytest.mark.parametrize("name", [*SLUGS, "history", "matrix"])
def test_what_is_not_there_is_a_problem(universe: Universe, client: Client, name: str) -> None:
    address = reverse(f"api:{name}" if name not in SLUGS else f"api:{name}_one", args=["nothing-here"])
    assert get(client, address, 404)["detail"] == "There is no such public record."
    assert get(client, "/api/v1/nothing/", 404)["status"] == 404


def test_a_renamed_record_leads_to_its_new_address_and_a_withdrawn_one_says_why(universe: Universe, client: Client) -> None:
    for name in ("commitments_one", "history"):
        answer = client.get(f"{reverse(f'api:{name}', args=['water-pipe'])}?x=1".removesuffix("?x=1"))
        assert (answer.status_code, answer.headers["Location"]) == (301, reverse(f"api:{name}", args=["river-pipeline"]))
    assert client.get("/api/v1/commitments/water-pipe/history/?as_of=2024").headers["Location"] == "/api/v1/commitments/river-pipeline/history/?as_of=2024"
    Commitment.objects.filter(slug="ferry-line").update(state=PublicationState.WITHDRAWN, withdrawn_reason="Listed twice.")
    for name in ("commitments_one", "history"):
        assert get(client, reverse(f"api:{name}", args=["ferry-line"]), 410)["detail"].endswith("Listed twice.")


@pytest.mark.parametrize("as_of", ["", "2024", "2022-07"])
def test_a_cell_is_explained_as_on_the_command_line(universe: Universe, client: Client, as_of: str) -> None:
    for meeting in ("oakport-21", "ferry-22"):
        words = ["--as-of", as_of] if as_of else []
        expected = said("explain", "river-pipeline", meeting, *words)
        assert get(client, reverse("api:cell", args=["river-pipeline", meeting]) + (f"?as_of={as_of}" if as_of else "")) == expected
    assert get(client, reverse("api:cell", args=["river-pipeline", "studio-24"]), 404)


def test_a_room_is_answered_by_the_cell_of_its_journey(universe: Universe, client: Client) -> None:
    assert get(client, reverse("api:cell", args=["salt-mill", "salt-room-25"]))["meeting"] == "oakport-25"


@pytest.mark.parametrize("as_of", ["", "2024"])
def test_the_matrix_is_that_of_the_command_line(universe: Universe, client: Client, as_of: str) -> None:
    words = ["--as-of", as_of] if as_of else []
    found = get(client, reverse("api:matrix", args=[SERIES]) + (f"?as_of={as_of}" if as_of else ""))
    assert found == said("matrix", SERIES, *words)
    if not as_of:
        cells = {(row["slug"], cell["meeting"]): cell["state"] for row in found["commitments"] for cell in row["cells"]}
        assert cells == {key: STATES[letter] for key, letter in drawing().items()}
        assert len(cells) == len(COMMITMENTS) * len(MEETINGS)


def test_a_history_tells_what_the_dossier_tells(universe: Universe, client: Client) -> None:
    found = get(client, reverse("api:history", args=["river-pipeline"]))
    assert (found["stage"], found["stage_by"], found["condition"], found["condition_inferred"]) == ("memorandum", "memorandum", "active", True)
    assert [(one["meeting"], one["counts"], one["guest"]) for one in found["mentions"]] == [
        ("oakport-21", True, False),
        ("hillton-23", False, False),
        ("summit-23", True, True),
        ("quay-24", True, False),
    ]
    assert found["mentions"][0]["citations"][0]["phrase"] == "a line for both shores"
    assert [one["key"] for one in found["milestones"]] == ["memorandum"]
    assert [(track["target"], [one["key"] for one in track["promises"]], track["missed"]) for track in found["deadlines"]] == [
        ("first-water", ["first", "second"], 1)
    ]
    assert found["names"][0]["name"] == "Blue Water Line"
    assert len(found["cells"]) == len(MEETINGS)


def test_a_history_leaves_out_what_happened_after_the_day(universe: Universe, client: Client) -> None:
    found = get(client, f"{reverse('api:history', args=['river-pipeline'])}?as_of=2023-06")
    assert [one["meeting"] for one in found["mentions"]] == ["oakport-21", "hillton-23"]
    assert (found["as_of"], found["stage"], found["milestones"]) == ("2023-06-30", "floated", [])


@pytest.mark.parametrize("typed", ["", "someday", "2025-02-30", "9" * 30, "2024-7", "\x7f"])
@pytest.mark.parametrize("name", ["history", "matrix"])
def test_a_day_that_is_none_is_refused(universe: Universe, client: Client, name: str, typed: str) -> None:
    slug = SERIES if name == "matrix" else "river-pipeline"
    assert get(client, f"{reverse(f'api:{name}', args=[slug])}?as_of={typed}", 400)["errors"][0]["parameter"] == "as_of"


def test_the_first_address_names_all_lists(universe: Universe, client: Client) -> None:
    root = get(client, reverse("api:root"))
    assert list(root["lists"]) == list(LISTINGS)
    assert all(get(client, address)["results"] for address in root["lists"].values())
    assert get(client, root["schema"])["openapi"].startswith("3.1")


def test_a_draft_is_no_row(universe: Universe, client: Client) -> None:
    before = len(get(client, rows("meetings"))["results"])
    Meeting.objects.filter(slug="reed-24").update(state=PublicationState.DRAFT)
    assert len(get(client, rows("meetings"))["results"]) == before - 1
    assert get(client, reverse("api:meetings_one", args=["reed-24"]), 404)
