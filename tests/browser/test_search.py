"""The search box in a browser: names are offered while one types, by mouse and by keyboard; without JavaScript the form is enough."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Open, wait_until
from tests.browser.test_pages import barriers
from tests.universe import Universe

pytestmark = pytest.mark.django_db(transaction=True)
CHOSEN = "() => document.querySelector('#q').getAttribute('aria-activedescendant')"
OFFERED = "() => [...document.querySelectorAll('#q-offered:not([hidden]) [role=option]')].map((one) => one.textContent)"


def typed(tab: Tab, text: str, first: str) -> list[str]:
    """Type over the box and return what is offered, once the first of it begins so."""
    tab.fill("#q", "")
    tab.type("#q", text)
    wait_until(tab, f"(first) => ({OFFERED})()[0]?.startsWith(first)", first)
    return list(tab.evaluate(OFFERED))


@pytest.mark.parametrize("page", ["/", "/search/"])
def test_names_are_offered_while_one_types_and_open_by_keyboard(universe: Universe, live_server: Any, open_page: Open, page: str) -> None:
    tab, complaints = open_page()
    tab.goto(f"{live_server}{page}")
    assert tab.get_attribute("#q", "role") == "combobox"
    assert typed(tab, "line", "Ferry line") == ["Ferry line commitment", "Blue Water Line River pipeline"]
    assert tab.get_attribute("#q", "aria-expanded") == "true"
    assert barriers(tab) == []
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate(CHOSEN) == "q-offered-1"
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate(CHOSEN) is None
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate(CHOSEN) == "q-offered-1"
    tab.keyboard.press("Escape")
    assert tab.evaluate(OFFERED) == []
    assert tab.input_value("#q") == "line"
    typed(tab, "вей", "Ада Вейн")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/participants/ada-vane/")
    assert complaints == []


def test_enter_alone_searches_with_and_without_script(universe: Universe, live_server: Any, open_page: Open) -> None:
    for script in (True, False):
        tab, complaints = open_page(390, script=script)
        tab.goto(f"{live_server}/")
        tab.fill("#q", "ferry")
        tab.press("#q", "Enter")
        tab.wait_for_url("**/search/?q=ferry")
        assert tab.locator(".hits mark").first.text_content() == "Ferry"
        assert complaints == []
