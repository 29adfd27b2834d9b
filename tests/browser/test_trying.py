"""The page on which requests are tried: the tool comes when it is asked for, and keeps to the policy that holds everywhere."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import Open, wait_until
from tests.universe import Universe


def test_a_request_can_be_tried_with_a_record_that_is_there(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page(1440)
    tab.goto(f"{live_server.url}/api/v1/docs/")
    assert tab.evaluate("typeof window.SwaggerUIBundle") == "undefined"
    tab.click(".trying button")
    tab.click("#operations-commitments-get_commitment .opblock-summary")
    tab.click("#operations-commitments-get_commitment .try-out__btn")
    tab.click("#operations-commitments-get_commitment .execute")
    wait_until(tab, "[...document.querySelectorAll('.live-responses-table .response-col_status')].some(one => one.textContent.startsWith('200'))")
    assert complaints == []


def test_without_scripts_the_page_says_the_same_in_words(live_server: Any, universe: Universe, open_page: Open) -> None:
    tab, complaints = open_page(390, script=False)
    tab.goto(f"{live_server.url}/api/v1/docs/")
    assert not tab.is_visible(".trying")
    assert tab.is_visible("a[href='/api/v1/schema/']")
    assert complaints == []
