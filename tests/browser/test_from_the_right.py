"""The matrix in a language that is written from the right. What every page must hold then is in test_pages.py."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Route

from tests.browser.conftest import Open
from tests.universe import SERIES, Universe


def turned(route: Route) -> None:
    """Answer with the page as a language from the right has it."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('dir="ltr"', 'dir="rtl"', 1))


def test_a_long_matrix_opens_at_its_newest_meetings_from_the_right_too(live_server: Any, universe: Universe, open_page: Open) -> None:
    universe.grow(40)
    tab, complaints = open_page()
    tab.route("**/series/**", turned)
    tab.goto(f"{live_server.url}/series/{SERIES}/?meetings=all")
    wide, seen, at = tab.locator(".score").evaluate("one => [one.scrollWidth, one.clientWidth, one.scrollLeft]")
    assert wide > seen
    assert -at <= wide - seen < 30 - at
    names, newest = (tab.locator(one).evaluate("one => one.getBoundingClientRect().right") for one in (".score .corner", ".score .heads [id] >> nth=-1"))
    assert newest < names
    assert complaints == []
