"""The doors: each is listed here, none is kept by a cache, none leads away from this site, and each can be read by everybody."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from tests.accounts.keys import PASSWORD, account, code, sign_in, signed_in, with_app
from tests.addresses import DOORS
from tests.pseudo import data, marked, unmarked
from tests.views.test_html import faults

pytestmark = pytest.mark.django_db
STRANGER = {"account_login", "account_inactive"}
#: Open to whoever has given the first of two proofs.
HALF_WAY = {"mfa_authenticate"}
#: Asked for once more before they open.
AGAIN = {"mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"}
#: A file and a JSON answer; the rest are pages.
NO_PAGE = {"mfa_download_recovery_codes", "mfa_login_webauthn"}
OPEN = {
    "account_logout", "account_reauthenticate", "account_change_password", "usersessions_list", "mfa_index", "mfa_reauthenticate", "mfa_view_recovery_codes",
    "mfa_list_webauthn", "mfa_reauthenticate_webauthn",
}  # fmt: skip
#: Nobody signs up, and nothing is sent by e-mail.
NOT_SERVED = ("signup", "email", "confirm-email", "password/reset", "password/set", "login/code", "3rdparty", "2fa")
ELSEWHERE = [
    "https://evil.example/", "http://evil.example", "//evil.example/", "///evil.example", "////evil.example/x", "\\\\evil.example", "/\\evil.example",
    "\\/evil.example/", "https:evil.example", "https:///evil.example", "javascript:alert(1)", "\tjavascript:alert(1)", "/\t/evil.example/", "https://testserver@evil.example/",
    "https://testserver:x@evil.example", "data:text/html,x", "//evil.example\\@testserver", "http:/\\evil.example", "\x0b//evil.example",
]  # fmt: skip


def door(name: str) -> str:
    return reverse(name, kwargs={"pk": 1} if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else {})


def test_every_door_is_listed_and_nothing_else_is_served() -> None:
    served = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(DOORS)}
    assert served == STRANGER | HALF_WAY | AGAIN | OPEN | NO_PAGE
    client = Client()
    assert {path: client.get(f"/account/{path}/").status_code for path in NOT_SERVED} == dict.fromkeys(NOT_SERVED, 404)


def test_a_stranger_stands_before_every_door_but_the_first() -> None:
    client = Client()
    for name in OPEN | AGAIN | HALF_WAY | {"mfa_download_recovery_codes"}:
        answer = client.get(door(name))
        away = reverse("tracker:home") if name == "account_logout" else reverse("account_login")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, away), name
        assert not answer.cookies, name
    assert {client.get(door(name)).status_code for name in STRANGER} == {200}


def test_every_page_behind_a_door_is_sound_and_can_be_translated() -> None:
    user = account()
    with_app(user)
    client = Client()
    pages = {name: client.get(door(name)) for name in STRANGER}
    sign_in(client)
    pages |= {name: client.get(door(name)) for name in HALF_WAY}
    client.post(door("mfa_authenticate"), {"code": code()})
    again = client.get(door("mfa_deactivate_totp"))
    assert again["Location"].startswith(door("account_reauthenticate"))
    client.post(again["Location"], {"password": PASSWORD})
    with marked():
        pages |= {
            name: client.get(door(name))
            for name in (OPEN | AGAIN) - {"mfa_activate_totp", "mfa_reauthenticate_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"}
        }
        codes = set(client.get(door("mfa_view_recovery_codes")).context["unused_codes"])
        texts = {name: unmarked(page.content, data("editor", "noindex", *codes)) for name, page in pages.items() if name not in STRANGER | HALF_WAY}
    assert {name: page.status_code for name, page in pages.items() if page.status_code != 200} == {}
    assert {name: faults(page.content) for name, page in pages.items() if faults(page.content)} == {}
    assert {name: left for name, left in texts.items() if left} == {}
    assert {name for name, page in pages.items() if "no-store" not in page["Cache-Control"]} == set()
    assert {name for name, page in pages.items() if 'content="noindex"' not in page.content.decode()} == set()
    client.post(door("mfa_deactivate_totp"), follow=True)
    with marked():
        page = client.get(door("mfa_activate_totp"))
        assert unmarked(page.content, data("noindex", page.context["form"].secret)) == []
    assert faults(page.content) == []


def test_no_door_leads_away_from_this_site() -> None:
    account()
    client, stranger, inside = Client(), Client(), "/admin/tracker/meeting/?q=a"
    for onward in [*ELSEWHERE, "https://reaffirmed.example.org/"]:
        assert stranger.get(f"{reverse('admin:login')}?next={quote(onward)}")["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2F", onward
        assert stranger.post(reverse("account_logout"), {"next": onward})["Location"] == reverse("tracker:home"), onward
        assert sign_in(Client(), onward=onward)["Location"] == reverse("admin:index"), onward
    assert sign_in(client, onward=inside)["Location"] == inside
    for where in ("admin:login", "account_login"):
        assert client.get(f"{reverse(where)}?next={quote(inside)}")["Location"] == inside
        assert {client.get(f"{reverse(where)}?next={quote(onward)}")["Location"] for onward in ELSEWHERE} == {reverse("admin:index")}


def test_the_desks_own_door_looks_at_no_password() -> None:
    account()
    answer = Client().post(reverse("admin:login"), {"username": "editor", "password": PASSWORD})
    assert answer["Location"].startswith(reverse("account_login"))
    assert signed_in().post(reverse("admin:login"), {"username": "editor", "password": PASSWORD})["Location"] == reverse("admin:index")


def test_who_has_no_work_at_the_desk_is_told_so() -> None:
    account("reader", is_staff=False)
    client = signed_in("reader")
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.status_code == 403
    assert "This account has no work at the desk." in answer.content.decode()
    assert faults(answer.content) == []


def test_a_form_that_this_site_did_not_give_out_is_not_taken() -> None:
    account()
    client = Client(enforce_csrf_checks=True)
    answer = sign_in(client)
    assert answer.status_code == 403
    assert faults(answer.content) == []


@override_settings(SECOND_FACTOR=True)
def test_where_a_second_factor_is_required_the_desk_opens_only_with_one() -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)
    client = signed_in("root")
    for name in ("admin:index", "admin:tracker_meeting_changelist", "admin:auth_user_add"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_index")
        assert client.post(reverse(name))["Location"] == reverse("mfa_index")
    assert client.get(reverse("admin:jsi18n")).status_code == 200
    with_app(root)
    assert client.get(reverse("admin:index")).status_code == 200
    other = Client()
    assert sign_in(other, "root")["Location"] == reverse("mfa_authenticate")
    assert other.get(reverse("admin:index"))["Location"].startswith(reverse("admin:login"))
    assert other.post(reverse("mfa_authenticate"), {"code": code()})["Location"] == reverse("admin:index")
    assert other.get(reverse("admin:index")).status_code == 200
    again = Client()
    sign_in(again, "root")
    assert again.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 200, "a code opens once"


def test_the_secrets_of_codes_cannot_be_read_in_the_database_nor_under_another_secret_of_the_site() -> None:
    user = account()
    with_app(user)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "JBSWY3DP" not in kept
    with override_settings(SECRET_KEY="another-secret-of-the-site"):
        client = Client()
        sign_in(client)
        assert client.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 200
    with override_settings(SECRET_KEY="another-secret-of-the-site", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        client = Client()
        sign_in(client)
        assert client.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 302
