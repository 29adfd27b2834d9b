"""The door in a browser: a password, an app and a passkey, each page in every face without a barrier."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.accounts.keys import PASSWORD, account
from tests.browser.conftest import Open
from tests.browser.test_pages import PHONE, barriers, overflows, picture

#: A device with a finger on it.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def door(db: None, live_server: Any) -> str:
    """Return where the door of a site stands that asks for a second factor; passkeys know it by this name alone."""
    account("editor", is_superuser=True)
    return str(live_server.url).replace("127.0.0.1", "localhost")


def press(page: Page, word: str) -> None:
    page.get_by_role("button", name=word, exact=True).click()


def looked_at(page: Page, name: str) -> list[str]:
    """Return what is wrong with the page that is open, on a desk in the light and on a phone in the dark."""
    wrong: list[str] = []
    for width, scheme in ((1440, "light"), (PHONE, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        picture(page, f"{name}-{width}-{scheme}")
        wrong += [f"{name} {width}: scrolls sideways"] if overflows(page) else []
    return wrong + [f"{name}: {one}" for one in barriers(page)]


def test_a_passkey_is_made_and_opens_the_desk_without_a_password(door: str, open_page: Open, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    page, complaints = open_page()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(f"{door}{reverse('admin:tracker_meeting_changelist')}")
    page.fill("#id_login", "editor")
    page.fill("#id_password", "not this one")
    press(page, "Sign in")
    expect(page.locator(".errorlist")).to_have_text("The name or the password is not right.")
    wrong = looked_at(page, "door")
    page.fill("#id_password", PASSWORD)
    press(page, "Sign in")
    expect(page.locator("h1")).to_have_text("Second factor")
    wrong += looked_at(page, "second-factor")
    page.get_by_role("link", name="Add a passkey").click()
    page.fill("#id_password", PASSWORD)
    press(page, "Go on")
    expect(page.locator("h1")).to_have_text("Add a passkey")
    wrong += looked_at(page, "passkey")
    press(page, "Make it")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    wrong += looked_at(page, "recovery-codes")
    for where, name in ((reverse("mfa_activate_totp"), "app"), (reverse("mfa_list_webauthn"), "passkeys"), (reverse("usersessions_list"), "sessions")):
        page.goto(door + where)
        wrong += looked_at(page, name)
    page.goto(door + reverse("account_logout"))
    press(page, "Sign out")
    page.goto(f"{door}{reverse('admin:tracker_meeting_changelist')}")
    press(page, "Sign in with a passkey")
    expect(page.locator("#user-tools")).to_contain_text("editor")
    assert page.url.endswith(reverse("admin:tracker_meeting_changelist"))
    assert Authenticator.objects.count() == 2
    assert wrong == []
    assert complaints == []


def test_without_scripts_the_door_opens_with_a_password(door: str, open_page: Open) -> None:
    page, complaints = open_page(script=False)
    page.goto(f"{door}/admin/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.fill("#id_login", "editor")
    page.fill("#id_password", PASSWORD)
    press(page, "Sign in")
    expect(page.locator("#user-tools")).to_contain_text("editor")
    assert complaints == []
