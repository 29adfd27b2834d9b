"""Where this site differs from allauth: nobody signs up, attempts are counted by name and address, and what happens is written down."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.accounts.counting import counted_as
from tracker.accounts.journal import note
from tracker.accounts.limits import BEGAN
from tracker.accounts.throttled import too_many


class Entrance(DefaultAccountAdapter):  # type: ignore[misc]
    """Names and passwords."""

    error_messages = DefaultAccountAdapter.error_messages | {"username_password_mismatch": _("The name or the password is not right.")}

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Return whether ``url`` leads to this very site."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return counted_as(str(credentials.get("username", "")), get_ip(request))

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return what is said beside a field; who tries too often gets an answer of its own."""
        if code in {"too_many_login_attempts", "rate_limited"}:
            note("sign-in throttled", context.request, _typed(context.request), wrong=True)
            raise ImmediateHttpResponse(too_many(context.request))
        return cast(ValidationError, super().validation_error(code, *args))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note("sign-in failed", request, str(credentials.get("username", "")), wrong=True)

    def login(self, request: HttpRequest, user: Any) -> None:
        # Signing in makes the session anew, but how somebody proved who they are is kept in it.
        methods = "+".join(dict.fromkeys(record.get("type") or record["method"] for record in get_authentication_records(request, user)))
        super().login(request, user)
        request.session[BEGAN] = time.time()
        note(f"signed in ({methods or 'unknown'})", request, user.get_username())

    def logout(self, request: HttpRequest) -> None:
        note("signed out", request, request.user.get_username())
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        note("password changed", context.request, user.get_username())


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes and passkeys. The secrets of codes are kept encrypted: a copy of the database alone makes no codes."""

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - what allauth calls it
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _now("Passkey") if number == 1 else _now("Passkey %(number)s") % {"number": number}

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code == "incorrect_code":
            note("second factor failed", context.request, _typed(context.request), wrong=True)
        return cast(ValidationError, super().validation_error(code, *args))

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _keys().decrypt(encrypted_text).decode()
        except InvalidToken:
            # Kept under a secret of the site that is gone: no code is right until the account is given a new start.
            return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def _keys() -> MultiFernet:
    """Return the keys made of the site's secrets, the present one first."""
    made = (hashlib.sha256(b"second factor:" + str(secret).encode()).digest() for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])


def _typed(request: HttpRequest) -> str:
    """Return the name of who is signed in, is about to be, or said who they are."""
    if request.user.is_authenticated:
        return request.user.get_username()
    stage = getattr(request, "_login_stage", None)
    return stage.login.user.get_username() if stage and stage.login.user else request.POST.get("login", "")
