"""A browser for the tests of this folder, and pages that complain when they are wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Opened = tuple[Page, list[str]]
Open = Callable[..., Opened]


def browser_on_this_machine() -> str | None:
    """Return the path of a Chromium, as Debian and others call it, or None."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


def wait_until(tab: Page, expression: str, arg: object = None, seconds: float = 15) -> None:
    """Ask the page until ``expression`` is true. Playwright's own waiting evaluates text in the page later on, which the content policy forbids."""
    for _attempt in range(int(seconds * 20)):
        if tab.evaluate(expression, arg):
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"after {seconds} seconds still not: {expression}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return a running browser. In the gate a missing one is a failure: see tests/conftest.py."""
    path = browser_on_this_machine()
    if path is None:
        pytest.skip("no Chromium on this machine")
    # Playwright keeps an event loop in this thread, in which Django refuses to ask the database unless told that we mean it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield found
        found.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Return a function that opens an empty page of a size and a scheme, and the list into which the page puts its complaints."""
    contexts: list[BrowserContext] = []

    def opened(width: int = 1440, *, dark: bool = False, script: bool = True) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        return page, _listen(page)

    yield opened
    for context in contexts:
        context.close()


def _listen(page: Page) -> list[str]:
    """Return a list that grows by every error on the console (violated content policy included), every exception, every failed answer."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400:
            complaints.append(f"{response.status} {response.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", answered)
    return complaints
