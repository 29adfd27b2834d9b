"""How long one stays signed in, and what ends all sessions of an account."""

from __future__ import annotations

import time

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.accounts.keys import PASSWORD, account, sign_in, signed_in
from tests.costs import cost
from tests.views.test_html import faults
from tracker.models import Party

pytestmark = pytest.mark.django_db
DESK, SESSIONS = reverse("admin:index"), "/account/sessions/"
HOUR = 3600


def inside(client: Client) -> bool:
    """Return whether the desk opens."""
    return bool(client.get(DESK).status_code == 200)


def test_a_session_ends_after_an_hour_without_use_and_after_twelve_in_any_case() -> None:
    account()
    start = time.time()
    with time_machine.travel(start, tick=False) as clock:
        left, busy = signed_in(), signed_in()
        for _quarter in range(47):
            clock.shift(HOUR / 4)
            assert inside(busy)
        assert not inside(left)
        clock.shift(HOUR / 4 + 1)
        assert not inside(busy)
        assert busy.get(DESK)["Location"].startswith(reverse("admin:login"))


def test_reading_public_pages_keeps_nobody_signed_in() -> None:
    account()
    with time_machine.travel(time.time(), tick=False) as clock:
        client = signed_in()
        clock.shift(HOUR * 0.7)
        assert client.get("/methods/").status_code == 200
        clock.shift(HOUR * 0.7)
        assert not inside(client)


def test_what_was_typed_into_a_form_that_comes_too_late_is_shown_and_not_stored() -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    where, typed = reverse("admin:tracker_party_add"), {"name": "Nörth <b>land</b>", "slug": "north", "kind": "state", "csrfmiddlewaretoken": "a-token"}
    with time_machine.travel(time.time(), tick=False) as clock:
        client = signed_in("root")
        clock.shift(HOUR + 1)
        answer = client.post(where, typed)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Nörth &lt;b&gt;land&lt;/b&gt;" in page
    assert "a-token" not in page
    assert faults(answer.content) == []
    assert not Party.objects.exists()
    assert client.get(where)["Location"].startswith(reverse("admin:login"))


def test_a_page_of_the_desk_that_is_only_looked_at_writes_nothing_and_a_session_alone_opens_nothing() -> None:
    account()
    client = signed_in()
    with time_machine.travel(time.time() + HOUR / 2, tick=False):
        assert [query for query in cost(lambda: client.get(DESK)) if query.startswith(("INSERT", "UPDATE", "DELETE"))] == []
    del client.cookies["used"]
    assert not inside(client)


def test_signing_in_begins_a_new_session_and_its_cookie_goes_with_the_browser() -> None:
    account()
    client = Client()
    client.get(reverse("account_login"))
    client.session["kept"] = 1
    before = client.session.session_key
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie.value != before
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Lax", "", "")


@pytest.mark.parametrize("end", ["password", "deactivated", "demoted", "signed out"])
def test_a_session_dies_with_what_it_stood_on(end: str) -> None:
    user = account()
    client = signed_in()
    assert inside(client)
    if end == "password":
        user.set_password("another one that is long")
    elif end == "signed out":
        client.post(reverse("account_logout"))
    else:
        setattr(user, "is_active" if end == "deactivated" else "is_staff", False)
    user.save()
    assert not inside(client)


def test_all_sessions_of_an_account_can_be_ended_at_the_desk_and_by_command(roles: None) -> None:
    user, keeper = account(), account("keeper")
    keeper.groups.add(Group.objects.get(name="Administrator"))
    root = User.objects.create_superuser("root", password=PASSWORD)
    admin, phone, laptop, above = signed_in("keeper"), signed_in(), signed_in(), signed_in("root")
    sent = {"action": "end_all_sessions", "_selected_action": [user.pk, root.pk]}
    said = admin.post(reverse("admin:auth_user_changelist"), sent, follow=True).content.decode()
    assert "2 sessions of editor ended." in said
    assert "Only a superuser ends the sessions of root." in said
    assert [inside(one) for one in (phone, laptop, admin, above)] == [False, False, True, True]
    call_command("end_sessions", "root")
    assert not inside(above)
    with pytest.raises(CommandError, match="no account"):
        call_command("end_sessions", "nobody")


def test_everybody_sees_their_own_sessions_and_ends_the_others() -> None:
    account(), account("other")
    here, elsewhere, others = signed_in(), Client(headers={"User-Agent": "A <b>phone</b>"}), signed_in("other")
    sign_in(elsewhere)
    page = here.get(SESSIONS).content.decode()
    assert page.count("127.0.0.1") == 2
    assert "A &lt;b&gt;phone&lt;/b&gt;" in page
    assert "this one" in page
    here.post(SESSIONS)
    assert [inside(one) for one in (here, elsewhere, others)] == [True, False, True]


def test_a_new_password_ends_the_other_sessions_and_is_no_word_of_the_project() -> None:
    user = account()
    here, elsewhere = signed_in(), signed_in()
    where = reverse("account_change_password")
    assert here.get(reverse("admin:password_change"))["Location"] == where
    for weak in ("short one", "password1234", "PakistanRussia2026!", "reaffirmed-editor-1", "314159265358979"):
        with pytest.raises(ValidationError):
            validate_password(weak, user)
    for strong in ("Pakistan herons wade at dusk", "x" * 64 + "пароль-длинный"):
        validate_password(strong, user)
    assert here.post(where, {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}).status_code == 200
    assert here.post(where, {"oldpassword": PASSWORD, "password1": strong, "password2": strong}).status_code == 302
    assert inside(here)
    assert not inside(elsewhere)
    assert "this one" in here.get(SESSIONS).content.decode()
