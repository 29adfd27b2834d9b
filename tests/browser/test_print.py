"""What is printed: the brief on one page, a dossier with everything that it folds on the screen."""

from __future__ import annotations

import re
from typing import Any

from tests.browser.conftest import Open, wait_until
from tests.universe import Universe


def sheets(document: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", document))


def test_the_brief_of_the_shipped_record_prints_on_one_page(live_server: Any, shipped: None, open_page: Open) -> None:
    tab, complaints = open_page()
    tab.goto(f"{live_server.url}/series/pakistan-russia/brief/")
    printed = tab.pdf(prefer_css_page_size=True)
    assert (sheets(printed), complaints) == (1, [])
    assert b"/MediaBox [0 0 594.9" in printed
    tab.goto(f"{live_server.url}/methods/")
    assert sheets(tab.pdf(prefer_css_page_size=True)) > 1


def test_what_is_folded_opens_where_an_address_leads_and_on_paper(live_server: Any, universe: Universe, open_page: Open) -> None:
    for script in (True, False):
        tab, complaints = open_page(script=script)
        tab.goto(f"{live_server.url}/commitments/river-pipeline/#at-quay-24")
        opened = tab.locator("#at-quay-24 .citation").first
        folded = tab.locator("#at-oakport-21 .citation").first
        assert (opened.is_visible(), folded.is_visible()) == (True, False)
        tab.emulate_media(media="print")
        assert folded.is_visible()
        assert complaints == []
    tab, _complaints = open_page()
    tab.goto(f"{live_server.url}/commitments/river-pipeline/")
    tab.locator('a[href="#milestone-memorandum"]').first.evaluate("link => { link.closest('details').open = true; link.click(); }")
    wait_until(tab, "document.querySelector('#milestone-memorandum details').open")
