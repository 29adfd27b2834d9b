"""Who tries too often is turned away before a password is looked at, and only there."""

from __future__ import annotations

import json
import logging
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from config.watching.logs import Json
from tests.accounts.keys import PASSWORD, SECRET, account, code, sign_in, with_app
from tracker.accounts.counting import Counts

pytestmark = pytest.mark.django_db
AFAR = {"X-Forwarded-For": "203.0.113.9"}


def tried(times: int, name: str = "editor") -> list[int]:
    """Return the answers to as many wrong passwords."""
    return [sign_in(Client(), name, f"wrong {number}").status_code for number in range(times)]


def test_after_ten_wrong_passwords_none_is_looked_at_not_even_the_right_one() -> None:
    account()
    assert tried(10) == [200] * 10
    with patch.object(User, "check_password", side_effect=AssertionError("a password was looked at")):
        answer = sign_in(Client())
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "Nothing was tried" in answer.content.decode()


def test_an_account_is_not_locked_for_those_who_come_from_elsewhere() -> None:
    account()
    assert tried(11)[-1] == 429
    with patch("allauth.app_settings.AppSettings.TRUSTED_PROXY_COUNT", 1):
        assert sign_in(Client(), **AFAR).status_code == 302


def test_a_header_that_no_trusted_proxy_set_makes_nobody_come_from_elsewhere() -> None:
    account()
    assert tried(10)[-1] == 200
    assert sign_in(Client(), **AFAR).status_code == 429


def test_an_address_that_tries_many_names_is_turned_away() -> None:
    account()
    passwords = [sign_in(Client(), f"somebody-{number}", "wrong").status_code for number in range(25)]
    assert passwords == [200] * 20 + [429] * 5
    assert sign_in(Client()).status_code == 429


def test_right_passwords_count_for_nothing() -> None:
    account()
    assert {sign_in(Client()).status_code for _number in range(12)} == {302}


def test_codes_are_counted_like_passwords() -> None:
    with_app(account())
    client = Client()
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    where = reverse("mfa_authenticate")
    answers = [client.post(where, {"code": f"{number:06d}"}).status_code for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert client.post(where, {"code": code()}).status_code == 429


def test_strangers_who_ask_for_passkeys_cannot_fill_the_table_of_sessions() -> None:
    account()
    codes = [Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).status_code for _number in range(32)]
    assert codes == [200] * 30 + [429] * 2
    assert Session.objects.count() == 30


def test_unlocking_lets_a_name_or_an_address_try_again(capsys: pytest.CaptureFixture[str]) -> None:
    user = account()
    assert tried(11)[-1] == 429
    call_command("unlock", "editor")
    assert sign_in(Client()).status_code == 302
    assert tried(12, "nobody")[-1] == 429
    assert tried(12, "nobody-else")[-1] == 429
    assert sign_in(Client()).status_code == 429
    call_command("unlock", "--address", "127.0.0.1")
    assert sign_in(Client()).status_code == 302
    with_app(user)
    client = Client()
    sign_in(client)
    call_command("unlock", "editor", "--forget-second-factor")
    assert sign_in(Client())["Location"] == reverse("admin:index")
    for wrong in (["nobody"], [], ["--forget-second-factor"]):
        with pytest.raises(CommandError):
            call_command("unlock", *wrong)
    assert "forgotten" in capsys.readouterr().out


def test_what_happens_at_the_door_is_written_down_on_one_line_and_no_secret_with_it(caplog: pytest.LogCaptureFixture) -> None:
    user, client = account(), Client()
    with caplog.at_level(logging.INFO, "reaffirmed.security"):
        sign_in(Client(), "x\r\nFORGED \x1b[2K\u202e", "not this one")
        sign_in(client)
        client.post(reverse("account_logout"))
        tried(10)
        sign_in(Client())
        with_app(user)
        cache.clear()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        client.post(reverse("mfa_authenticate"), {"code": code()})
    lines = [record.getMessage() for record in caplog.records if record.name == "reaffirmed.security"]
    heads = [line.partition(":")[0] for line in lines]
    assert heads[:3] == ["sign-in failed", "signed in (password)", "signed out"]
    assert heads[-3:] == ["sign-in throttled", "second factor failed", "signed in (password+totp)"]
    assert all(line.isprintable() for line in lines)
    assert "account=x\\r\\nFORGED \\x1b[2K\\u202e address=127.0.0.1" in lines[0]
    assert not [line for line in lines for secret in (PASSWORD, "not this one", SECRET) if secret in line]
    first = next(one for one in caplog.records if one.name == "reaffirmed.security")
    assert {"event": "sign-in failed", "address": "127.0.0.1"}.items() <= json.loads(Json().format(first)).items()


def test_counts_that_cannot_be_written_are_trouble_with_the_database_and_no_verdict() -> None:
    counts = Counts("signin_counts", {})
    with patch("django.core.cache.backends.db.DatabaseCache.add", return_value=False), pytest.raises(OperationalError):
        counts.add("nothing-here", 1)
