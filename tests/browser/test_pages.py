"""Every public page in a browser, light and dark, on a desk and on a phone, from the left and from the right: no complaint, no barrier, nothing cut off."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import groupby, product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from config.settings import BASE_DIR
from tests.addresses import Page, html_pages
from tests.browser.conftest import Open, wait_until
from tests.universe import SERIES, Universe

PICTURES = BASE_DIR / "test-output"
#: What `gradually.js` lays out in idle moments on a phone.
GRADUAL = ".score tbody tr, .listed tbody tr, .timeline > li"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FACES = list(product((1440, 390), (False, True)))
PHONE = 390


def barriers(tab: Tab) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA, with the first element concerned.

    A frame that scrolls is looked at from its start: axe does not clip, and takes what has moved out under the names for half covered.
    What is laid out in idle moments is laid out first: axe measures rows that nobody sees yet where they will never stand, over one another.
    """
    tab.evaluate(f"document.querySelectorAll('{GRADUAL}').forEach(row => row.classList.add('laid-out'))")
    tab.evaluate("document.querySelectorAll('.score').forEach(frame => { frame.scrollLeft = 0; })")
    results: Any = Axe().run(tab, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}" for one in results.response["violations"]]


def overflows(tab: Tab) -> bool:
    """Return whether the page is wider than the window, to either side."""
    return bool(tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def picture(tab: Tab, name: str) -> None:
    """Keep a picture of the page for people to look at. In the gate nobody does."""
    if os.environ.get("CI") != "true":
        PICTURES.mkdir(exist_ok=True)
        tab.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def from_the_right(tab: Tab) -> list[str]:
    """Turn the page that is open as a language from the right does; return what is wrong with it then. Colours do not turn: one scheme tells."""
    tab.evaluate("document.documentElement.dir = 'rtl'")
    return [*barriers(tab), *(["the page scrolls sideways"] if overflows(tab) else [])]


def look(open_page: Open, address: str, name: str, faces: Iterable[tuple[int, bool]] = FACES) -> list[str]:
    """Return what is wrong with one page in any of its faces. It is opened once for each width."""
    wrong: list[str] = []
    for width, some in groupby(faces, key=lambda face: face[0]):
        schemes = [dark for _width, dark in some]
        tab, complaints = open_page(width, dark=schemes[0])
        tab.goto(address)
        for dark in schemes:
            tab.emulate_media(color_scheme="dark" if dark else "light")
            wrong += _faults(tab, f"{width}-{'dark' if dark else 'light'}", name)
            if not dark:
                wrong += [f"{width}-from-the-right: {one}" for one in from_the_right(tab)]
                picture(tab, f"{name}-{width}-from-the-right")
                tab.evaluate("document.documentElement.dir = 'ltr'")
        wrong += [f"{width}: {one}" for one in complaints]
        tab.context.close()
    return wrong


def _faults(tab: Tab, face: str, name: str) -> list[str]:
    picture(tab, f"{name}-{face}")
    return [f"{face}: {one}" for one in (*barriers(tab), *(["the page scrolls sideways"] if overflows(tab) else []))]


@pytest.mark.parametrize("page", html_pages(), ids=lambda page: page.name)
def test_every_page_works_in_every_face(live_server: Any, universe: Universe, open_page: Open, page: Page) -> None:
    assert look(open_page, live_server.url + page.example, page.name.partition(":")[2]) == []


def test_a_long_series_works_on_a_desk_and_on_a_phone(live_server: Any, universe: Universe, open_page: Open) -> None:
    universe.grow(26)
    for name, address in (("long-series", f"/series/{SERIES}/?meetings=all"), ("long-home", "/"), ("long-dossier", "/commitments/river-pipeline/")):
        assert look(open_page, live_server.url + address, name, [(1440, False), (PHONE, True)]) == [], name


def test_what_is_not_there_is_told_in_every_face(live_server: Any, universe: Universe, open_page: Open) -> None:
    answer = f"404 {live_server.url}/nothing/"
    wrong = [one.partition(": ")[2] for one in look(open_page, f"{live_server.url}/nothing/", "not-found")]
    assert [one for one in wrong if one != answer and not one.startswith("Failed to load resource")] == []
    assert wrong.count(answer) == len({width for width, _dark in FACES})


def test_a_barrier_a_broken_policy_and_an_overflow_are_found(live_server: Any, universe: Universe, open_page: Open, tmp_path: Path) -> None:
    tab, complaints = open_page(PHONE)
    tab.goto(f"{live_server.url}/methods/")
    assert (complaints, barriers(tab), overflows(tab)) == ([], [], False)
    tab.evaluate("document.querySelector('main').innerHTML = '<img src=\"/icon\"><p style=\"color: red\">x</p><pre>' + 'wide '.repeat(200) + '</pre>'")
    wait_until(tab, "document.images[0].complete")
    assert any("style" in one for one in complaints)
    assert any(one.startswith("404") for one in complaints)
    assert [one for one in barriers(tab) if one.startswith("image-alt")] != []
    assert overflows(tab)
