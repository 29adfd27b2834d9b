"""What took long to make is kept, and never shown when it is no longer true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.costs import cost
from tests.universe import SERIES, Universe, table
from tracker.models import DataVersion
from tracker.views import kept

MATRIX = reverse("tracker:series", args=[SERIES])


@pytest.fixture(autouse=True)
def everything_is_worth_keeping(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in ("default", "kept")}
    caches["kept"].clear()
    monkeypatch.setattr(kept, "WORTH_KEEPING_SECONDS", 0)


def told(answer: Any) -> dict[str, str]:
    """Return the headers of an answer but the name of its request, which each has for itself."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}


def test_a_matrix_asked_for_again_is_the_same_answer_and_costs_one_query(universe: Universe, client: Client) -> None:
    embedded = reverse("tracker:series_embed", args=[SERIES])
    for address in (MATRIX, f"{MATRIX}?as_of=2024", embedded, reverse("api:matrix", args=[SERIES])):
        made = client.get(address)
        found: list[HttpResponse] = []
        queries = cost(lambda address=address, found=found: found.append(client.get(address)))  # type: ignore[misc]
        assert len(queries) == 1, address
        assert (found[0].content, told(found[0])) == (made.content, told(made))
        assert client.head(address).status_code == 200


def test_another_day_another_address_or_a_change_is_made_anew(universe: Universe, client: Client) -> None:
    with time_machine.travel(datetime(2026, 1, 31, 23, 59, tzinfo=UTC), tick=False):
        today = client.get(MATRIX).content
        assert client.get(f"{MATRIX}?as_of=2024").content != today
    with time_machine.travel(datetime(2026, 2, 1, 0, 1, tzinfo=UTC), tick=False):
        assert len(cost(lambda: client.get(MATRIX))) > 1
    parties = reverse("tracker:party_list")
    assert b"Eastern" not in client.get(parties).content
    universe.add(table("party", slug="east", name="Eastern", kind="state"), "east")
    assert b"Eastern" in client.get(parties).content


def test_the_same_number_with_other_rows_is_another_state_of_the_data(universe: Universe, client: Client) -> None:
    """A backup was restored, and another change made since."""
    number = DataVersion.current()
    client.get(MATRIX)
    DataVersion.objects.update(number=number - 1)
    DataVersion.move_on()
    assert DataVersion.current() == number
    assert len(cost(lambda: client.get(MATRIX))) > 1


def test_what_is_made_fast_or_is_too_large_or_sets_a_cookie_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with_cookie = HttpResponse("page")
    with_cookie.set_cookie("name", "value")
    monkeypatch.setattr(kept, "WORTH_KEEPING_SECONDS", 0.05)
    monkeypatch.setattr(kept, "LARGEST", 10)
    for tag, answer, seconds in (("fast", HttpResponse("page"), 0.01), ("large", HttpResponse("a long page"), 1), ("cookie", with_cookie, 1)):
        kept.keep(f'W/"{tag}"', answer, seconds)
        assert kept.answer(f'W/"{tag}"') is None
    kept.keep('W/"slow"', HttpResponse("page"), 1)
    found = kept.answer('W/"slow"')
    assert found is not None
    assert found.content == b"page"


def test_a_store_that_fails_costs_no_page(universe: Universe, client: Client, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.CACHES = {**settings.CACHES, "kept": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/dev/null/kept"}}
    assert client.get(MATRIX).status_code == 200
    assert "could not be kept" in caplog.text
