"""Lists in a browser: rows are swapped in place, the address is the state, and without scripts the same is found."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.universe import Universe


def rows(tab: Tab) -> list[str]:
    return tab.locator("#list tbody th").all_inner_texts()


def narrow(tab: Tab, facet: str, choice: str) -> None:
    tab.locator(".facets summary", has_text=facet).first.click()
    tab.get_by_role("link", name=re.compile(choice)).click()


def back(tab: Tab) -> None:
    """Go back as a reader does, and wait for the page that is then fetched anew."""
    tab.evaluate("document.body.id = 'left'; setTimeout(() => history.back())")
    expect(tab.locator("#left")).to_have_count(0)
    tab.wait_for_load_state()


def test_rows_are_swapped_in_place_and_back_leads_back(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page()
    tab.goto(f"{live_server.url}/commitments/")
    tab.evaluate("window.stays = true")
    whole = rows(tab)
    narrow(tab, "Kind", "^Project")
    expect(tab).to_have_url(re.compile(r"\?kind=project$"))
    expect(tab.locator("#told")).to_have_text("4 of 6")
    assert tab.evaluate("document.activeElement.id") == "rows"
    tab.locator("#by-mentions").click()
    expect(tab).to_have_url(re.compile(r"\?kind=project&sort=-mentions$"))
    expect(tab.locator("th[aria-sort=descending]")).to_have_count(1)
    assert tab.evaluate("document.activeElement.id") == "by-mentions"
    assert rows(tab)[0] == "River pipeline"
    tab.get_by_label("Name").fill("line")
    tab.get_by_role("button", name="Show").click()
    expect(tab).to_have_url(re.compile(r"\?kind=project&text=line&sort=-mentions$"))
    assert tab.evaluate("window.stays")
    tab.get_by_label("Sort by").select_option("-last")
    expect(tab).to_have_url(re.compile(r"sort=-last$"))
    for address, count in (
        (r"text=line&sort=-mentions$", "2 of 6"),
        (r"project&sort=-mentions$", "4 of 6"),
        (r"\?kind=project$", "4 of 6"),
        ("commitments/$", "6 in all"),
    ):
        back(tab)
        expect(tab).to_have_url(re.compile(address))
        expect(tab.locator("#list .count")).to_have_text(count)
    assert rows(tab) == whole
    assert complaints == []


def test_a_menu_closes_by_key_and_by_a_click_elsewhere(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, _complaints = open_page(390)
    tab.goto(f"{live_server.url}/mentions/")
    summary = tab.locator("#facet-act summary")
    for by_key in (True, False):
        summary.click()
        expect(tab.locator("#facet-act .offers")).to_be_visible()
        if by_key:
            tab.keyboard.press("Escape")
        else:
            tab.get_by_role("heading", level=1).click()
        expect(tab.locator("#facet-act .offers")).to_be_hidden()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_same_is_found(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page(script=False)
    tab.goto(f"{live_server.url}/commitments/")
    narrow(tab, "Kind", "^Project")
    tab.get_by_label("Name").fill("line")
    tab.get_by_label("Sort by").select_option("-mentions")
    tab.get_by_role("button", name="Show").click()
    assert "kind=project" in tab.url
    assert "sort=-mentions" in tab.url
    assert sorted(rows(tab)) == ["Ferry line", "River pipeline"]
    tab.get_by_role("link", name=re.compile("^Take away Kind")).click()
    assert "kind=" not in tab.url
    assert complaints == []
