"""Numbers that explain themselves: by a press without scripts, by pointer and keyboard with them, and never on paper."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Open, wait_until
from tests.universe import SERIES, Universe

MATRIX = f"/series/{SERIES}/"


def test_a_measure_explains_itself_when_pressed_without_scripts(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page(390, script=False)
    tab.goto(f"{live_server.url}/commitments/river-pipeline/")
    tab.get_by_role("button", name="Rung reached").click()
    note = tab.get_by_role("note", name="Rung reached")
    expect(note).to_contain_text("Here: 2, memorandum, reached 20 November 2024")
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    note.get_by_role("link", name="In the glossary").click()
    expect(tab).to_have_url(f"{live_server.url}/glossary/#measure-stage")
    assert complaints == []


def test_a_number_explains_itself_to_pointer_and_keyboard(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page()
    tab.goto(live_server.url + MATRIX)
    number = tab.locator(".score tbody tr", has_text="River pipeline").locator("td.n a").first
    note = tab.get_by_role("note", name="Meetings voiced")
    number.hover()
    expect(note).to_contain_text("River pipeline: 2 meetings, 1 of them called for it")
    tab.mouse.move(5, 5)
    expect(note).to_be_hidden()
    tab.keyboard.press("Tab")
    number.focus()
    expect(note).to_be_visible()
    tab.keyboard.press("Escape")
    expect(note).to_be_hidden()
    wait_until(tab, "document.activeElement.matches('td.n a')")
    assert complaints == []


def test_an_open_explanation_is_not_printed(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, _complaints = open_page()
    tab.goto(live_server.url + MATRIX)
    tab.get_by_role("button", name="Restated, not moved").click()
    expect(tab.get_by_role("note", name="Restated, not moved")).to_be_visible()
    tab.emulate_media(media="print")
    expect(tab.locator(".explanation:popover-open")).to_be_hidden()
