"""The matrix under the hands of a reader: by keyboard, without scripts, with more meetings than a screen holds, on a phone."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Open, wait_until
from tests.browser.test_pages import barriers
from tests.universe import SERIES, Universe

MATRIX = f"/series/{SERIES}/"
MOST_TABS = 60
CELL_AS_OF = re.compile(r"/commitments/river-pipeline/at/quay-24/\?as_of=2025-12-31$")


def tab_to(tab: Tab, selector: str) -> int:
    """Press Tab until an element that matches ``selector`` has the focus; return how often."""
    for pressed in range(1, MOST_TABS + 1):
        tab.keyboard.press("Tab")
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return pressed
    raise AssertionError(f"{MOST_TABS} times Tab, and {selector} was not reached")


def focused(tab: Tab) -> list[str]:
    """Return commitment and meeting of the mark that has the focus."""
    return str(tab.evaluate("document.activeElement.getAttribute('href')")).strip("/").split("/")[1::2]


def test_a_matrix_is_one_stop_and_arrows_lead_from_mark_to_mark(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page()
    tab.goto(f"{live_server.url}{MATRIX}?meetings=all")
    tab_to(tab, ".score a")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert focused(tab) == ["energy", "oakport-25"]
    assert tab.locator(".score table [tabindex='0']").count() == 1
    steps = [
        ("ArrowDown", ["river-pipeline", "oakport-25"]),
        ("ArrowLeft", ["river-pipeline", "quay-24"]),
        ("Home", ["river-pipeline"]),
        ("ArrowLeft", ["river-pipeline"]),
        ("ArrowRight", ["river-pipeline", "oakport-21"]),
        ("PageDown", ["night-train", "oakport-21"]),
        ("ArrowUp", ["ferry-line", "oakport-21"]),
        ("End", ["ferry-line"]),
    ]
    for key, at in steps:
        tab.keyboard.press(key)
        assert focused(tab) == at, key
    tab.keyboard.press("Control+Home")
    assert tab.evaluate("document.activeElement.className") == "corner"
    tab.keyboard.press("ArrowRight")
    assert focused(tab) == ["oakport-21"]
    tab.keyboard.press("Control+End")
    assert tab.evaluate("document.activeElement.closest('td').className") == "stage"
    tab.keyboard.press("Tab")
    assert not tab.evaluate("document.querySelector('.score').contains(document.activeElement)")
    tab.keyboard.press("Shift+Tab")
    assert tab.evaluate("document.activeElement.closest('td').className") == "stage"
    assert complaints == []


def test_arrows_follow_the_eye_where_one_reads_from_right_to_left(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, _complaints = open_page()
    tab.goto(f"{live_server.url}{MATRIX}?meetings=all")
    tab.evaluate("document.documentElement.dir = 'rtl'")
    tab_to(tab, ".score a")
    for key, meeting in (("ArrowRight", "quay-24"), ("ArrowRight", "reed-24"), ("ArrowLeft", "quay-24")):
        before = tab.evaluate("document.activeElement.getBoundingClientRect().left")
        tab.keyboard.press(key)
        assert focused(tab) == ["energy", meeting]
        assert (tab.evaluate("document.activeElement.getBoundingClientRect().left") > before) == (key == "ArrowRight")


def test_a_mark_opens_beside_the_matrix_and_closes_to_where_it_was(live_server: Any, universe: Universe, open_page: Open) -> None:
    """The panel is the page of the cell: what decided, what was said, in which words, and from which source."""
    tab, complaints = open_page()
    tab.goto(f"{live_server.url}{MATRIX}?meetings=all&as_of=2025")
    tab_to(tab, ".score a")
    for key in ("ArrowDown", "ArrowLeft", "Enter"):
        tab.keyboard.press(key)
    panel = tab.get_by_role("dialog", name="What a mark says")
    expect(panel.get_by_role("heading", name="How do we know?")).to_be_visible()
    expect(panel.locator(".act")).to_contain_text("Signed")
    expect(panel.get_by_role("link", name="Open as a page")).to_have_attribute("href", CELL_AS_OF)
    assert barriers(tab) == []
    panel.get_by_role("link", name="Hillton").or_(panel.get_by_role("link", name="Reed")).first.click()
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Not known")
    assert tab.url.endswith(f"{MATRIX}?meetings=all&as_of=2025")
    tab.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert focused(tab) == ["river-pipeline", "quay-24"]
    assert complaints == []


def test_the_drawing_is_handed_over_as_a_picture(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page()
    tab.goto(f"{live_server.url}{MATRIX}?sort=idle")
    with tab.expect_download() as handed:
        tab.get_by_role("button", name="PNG").click()
    body = handed.value.path().read_bytes()
    assert handed.value.suggested_filename == f"{SERIES}.png"
    assert body.startswith(b"\x89PNG")
    assert int.from_bytes(body[16:20], "big") >= 1900
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
    expect(tab.get_by_role("button", name="PNG")).to_be_hidden()
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
