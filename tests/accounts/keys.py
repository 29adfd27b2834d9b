"""What somebody who signs in has: an account, its password, the codes of an app."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

PASSWORD = "seven quiet herons wade"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def account(name: str = "editor", **more: Any) -> User:
    """Return a new account at the desk, and forget what was counted of earlier ones."""
    cache.clear()
    return User.objects.create_user(name, password=PASSWORD, **({"is_staff": True} | more))


def sign_in(client: Client, name: str = "editor", password: str = PASSWORD, onward: str = "", **headers: str) -> Any:
    """Return the answer to the form of the door."""
    return client.post(reverse("account_login"), {"login": name, "password": password} | ({"next": onward} if onward else {}), headers=headers)


def signed_in(name: str = "editor") -> Client:
    client = Client()
    assert sign_in(client, name).status_code == 302
    return client


def with_app(user: User) -> None:
    """Give the account an app that makes codes, and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def code(at: float | None = None) -> str:
    """Return what the app shows, by RFC 6238."""
    counter = int(time.time() if at is None else at) // 30
    digest = hmac.new(base64.b32decode(SECRET), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
