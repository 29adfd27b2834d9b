"""The admin in a browser: under the strict content policy, with what its own scripts do."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.admin.desk import RECORDS, address, change, rows
from tests.browser.conftest import Open
from tests.universe import Universe
from tracker.models import Mention, Source

pytestmark = pytest.mark.usefixtures("universe")
PASSWORD = "not-a-secret"


@pytest.fixture
def desk(universe: Universe, live_server: Any, django_user_model: Any, open_page: Open) -> tuple[Page, list[str], str]:
    """Return a page in which an editor has signed in, its complaints, and where the server stands."""
    django_user_model.objects.create_superuser("editor", "editor@example.org", PASSWORD)
    page, complaints = open_page()
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_login", "editor")
    page.fill("#id_password", PASSWORD)
    page.click("button >> text='Sign in' >> nth=0")
    expect(page.locator("#user-tools")).to_be_visible()
    return page, complaints, live_server.url


def test_every_page_keeps_to_the_policy(desk: tuple[Page, list[str], str]) -> None:
    page, complaints, server = desk
    for model in RECORDS:
        for where in (address(model, "changelist"), address(model, "add"), change(rows(model)[0]), address(model, "history", rows(model)[0].pk)):
            page.goto(server + where)
            page.wait_for_timeout(100)  # the scripts of the page have run at its load; what they do a moment later is heard too
            assert complaints == [], where


def test_a_record_is_chosen_by_typing_and_a_row_is_added(desk: tuple[Page, list[str], str]) -> None:
    page, complaints, server = desk
    page.goto(server + address(Mention, "add"))
    for name, typed in (("commitment", "salt"), ("meeting", "hillton")):
        page.click(f".field-{name} .select2-selection")
        page.fill(".select2-search__field", typed)
        page.click(f".select2-results__option >> text=/{typed}/i")
    expect(page.locator(".field-meeting .select2-selection__rendered")).to_contain_text("Talks hillton-23, Hillton, 2023-04-13, Northmark and Southland")
    page.select_option("#id_act", "discussed")
    page.click("#citations-group .add-row a")
    page.fill("#id_citations-0-key", "north")
    page.click("#citations-0 .field-source .select2-selection")
    page.fill(".select2-search__field", "north-23")
    page.click(".select2-results__option >> text=/north-23/i")
    page.fill("#id_citations-0-paraphrase", "It came up.\nTwice.")
    page.select_option("#id_citations-0-reach", "voiced")
    page.select_option("#id_citations-0-act", "discussed")
    page.check("[name=citations-0-terms][value=place]")
    page.click("[name=_save] >> nth=0")
    expect(page.locator(".messagelist .success")).to_contain_text("Salt mill @ Talks hillton-23, 2023-04-13")
    assert complaints == []
    assert Mention.objects.get(commitment__slug="salt-mill", meeting__slug="hillton-23").citations.get().paraphrase == "It came up.\nTwice."


def test_a_folded_part_of_a_form_opens(desk: tuple[Page, list[str], str]) -> None:
    page, complaints, server = desk
    page.goto(server + change(Source.objects.get(slug="wire-24")))
    expect(page.locator("#id_text")).to_be_hidden()
    page.click("fieldset details summary")
    expect(page.locator("#id_text")).to_be_visible()
    assert complaints == []


def test_a_wrong_date_is_told_beside_its_field(desk: tuple[Page, list[str], str]) -> None:
    page, complaints, server = desk
    page.goto(server + change(Source.objects.get(slug="wire-24")))
    page.fill("#id_published", "July 2024")
    page.click("[name=_save] >> nth=0")
    expect(page.locator(".field-published .errorlist")).to_contain_text("write a year (2024), a month (2024-07)")
    assert complaints == []


def test_keys_lead_through_a_list_and_save_a_form(desk: tuple[Page, list[str], str]) -> None:
    page, complaints, server = desk
    page.goto(server + address(Mention, "changelist"))
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    for key in ("j", "j", "k", "x"):
        page.keyboard.press(key)
    expect(page.locator("#result_list tbody tr").first.locator(".action-select")).to_be_checked()
    page.keyboard.press("/")
    page.keyboard.type("jjx?")
    expect(page.locator("#searchbar")).to_have_value("jjx?")
    page.goto(server + change(rows(Source)[0]))
    page.fill("#id_publisher", "Another paper")
    page.fill("#id_reason_for_the_change", "Looked up.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"{server}/admin/guide/editing/")
    page.click("#show-keys")
    page.uncheck("#keys-on")
    page.click("#hide-keys")
    page.keyboard.press("h")
    page.keyboard.press("?")
    expect(page.locator("#desk-keys")).to_be_hidden()
    assert page.url == f"{server}/admin/guide/editing/"
    assert complaints == []
