"""The matrix under the hands of a reader: by keyboard, without scripts, with more meetings than a screen holds, on a phone."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Open, wait_until
from tests.universe import SERIES, Universe

MATRIX = f"/series/{SERIES}/"
MOST_TABS = 60
CELL = re.compile(r"/commitments/[\w-]+/at/[\w-]+/$")


def tab_to(tab: Tab, selector: str) -> int:
    """Press Tab until an element that matches ``selector`` has the focus; return how often."""
    for pressed in range(1, MOST_TABS + 1):
        tab.keyboard.press("Tab")
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return pressed
    raise AssertionError(f"{MOST_TABS} times Tab, and {selector} was not reached")


def test_a_cell_opens_its_evidence_by_keyboard(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page()
    tab.goto(live_server.url + MATRIX)
    tab_to(tab, ".score tbody td > a[href*='/at/']")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab).to_have_url(CELL)
    expect(tab.get_by_role("heading", name="How do we know?")).to_be_visible()
    assert complaints == []


def test_the_first_stop_leads_past_the_masthead(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, _complaints = open_page()
    tab.goto(live_server.url + MATRIX)
    assert tab_to(tab, ".skip") == 1
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_a_cell_is_named_by_commitment_meeting_and_state(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, _complaints = open_page()
    tab.goto(live_server.url + MATRIX)
    named = tab.get_by_role("link", name="Night train Hillton 13 Apr 2023, leaders not in Northmark’s readout")
    expect(named).to_have_count(1)


def test_everything_works_without_scripts(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page(script=False)
    tab.goto(live_server.url + MATRIX)
    tab.get_by_label("Order").select_option("idle")
    tab.get_by_label("As of").fill("2024")
    tab.get_by_role("button", name="Show").click()
    expect(tab).to_have_url(re.compile(r"sort=idle.*as_of=2024"))
    tab.locator(".score tbody td > a[href*='/at/']").first.click()
    expect(tab).to_have_url(re.compile(r"/at/[\w-]+/\?as_of=2024-12-31$"))
    expect(tab.get_by_role("heading", name="How do we know?")).to_be_visible()
    tab.goto(f"{live_server.url}/commitments/")
    tab.get_by_label("Name").fill("river")
    tab.get_by_role("button", name="Show").click()
    expect(tab.get_by_role("rowheader")).to_have_text(["River pipeline"])
    assert complaints == []


def test_a_long_matrix_keeps_its_heads_in_view(live_server: Any, universe: Universe, open_page: Open) -> None:
    """It opens at its newest meetings; names and heads stay where they are while the rest moves under them."""
    universe.grow(40)
    tab, _complaints = open_page()
    tab.goto(f"{live_server.url}{MATRIX}?meetings=all")
    frame = tab.locator(".score")
    assert frame.get_attribute("tabindex") == "0"
    wide, seen, at = frame.evaluate("one => [one.scrollWidth, one.clientWidth, one.scrollLeft]")
    assert wide > seen
    assert at > 0
    assert wide - 30 < at + seen <= wide
    edge = frame.evaluate("one => one.getBoundingClientRect().left")
    for to in (wide, 0):
        frame.evaluate("(one, to) => { one.scrollLeft = to; one.scrollTop = 400; }", to)
        assert tab.locator(".score tbody th").first.evaluate("one => one.getBoundingClientRect().left") == edge
    top = frame.evaluate("one => one.getBoundingClientRect().top")
    assert tab.locator(".score .years").evaluate("one => one.firstElementChild.getBoundingClientRect().top") == top
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_has_the_focus_is_not_covered(live_server: Any, universe: Universe, open_page: Open) -> None:
    universe.grow(40)
    tab, _complaints = open_page()
    tab.goto(f"{live_server.url}{MATRIX}?meetings=all")
    covered = tab.evaluate(
        """() => {
            const row = document.querySelectorAll(".score tbody tr")[12];
            const edge = row.querySelector("th").getBoundingClientRect();
            const under = one => one.getBoundingClientRect().left >= edge.left && one.getBoundingClientRect().right <= edge.right;
            const cell = [...row.querySelectorAll("td > a")].find(under);
            const onTop = () => {
                const { left, top, width, height } = cell.getBoundingClientRect();
                return cell.contains(document.elementFromPoint(left + width / 2, top + height / 2));
            };
            const before = onTop();
            cell.focus();
            return [before, onTop()];
        }"""
    )
    assert covered == [False, True]


def test_the_frame_of_a_long_matrix_scrolls_by_keyboard(live_server: Any, universe: Universe, open_page: Open) -> None:
    universe.grow(40)
    tab, _complaints = open_page()
    tab.goto(f"{live_server.url}{MATRIX}?meetings=all")
    tab_to(tab, ".score")
    before = tab.locator(".score").evaluate("one => one.scrollLeft")
    tab.keyboard.press("ArrowLeft")
    wait_until(tab, "before => document.querySelector('.score').scrollLeft < before", before)


def test_on_a_phone_a_row_is_a_list_of_occasions_by_year(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, _complaints = open_page(390)
    tab.goto(f"{live_server.url}{MATRIX}?meetings=all")
    row = tab.locator(".score tbody tr", has_text="River pipeline")
    expect(tab.locator(".score thead")).to_be_hidden()
    tops = row.locator("td[data-y] > a").evaluate_all("marks => marks.map(one => one.getBoundingClientRect().top)")
    assert len(tops) == 5
    assert tops == sorted(set(tops))
    small = row.locator("td:not(.n, .stage) > a").evaluate_all("marks => marks.filter(one => one.offsetWidth < 24 || one.offsetHeight < 24).length")
    assert small == 0
    expect(tab.locator(".score tr", has_text="Salt mill").locator("td[data-y]")).to_have_count(1)
