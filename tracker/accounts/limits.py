"""How long somebody stays signed in, and what has to be set up before the desk opens."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from tracker.accounts.journal import note

#: What a session keeps of when somebody signed in.
BEGAN = "began"
#: Readers' pages ask nothing of sessions, whoever reads them.
_PUBLIC = {"tracker", "api"}
_SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
#: What the desk shows to somebody who has no second factor yet: the doors only.
_DOORS = {"login", "logout", "jsi18n"}


class Limits:
    """Ends sessions that are too old or were left alone, and leads who must have a second factor and has none to where it is set up.

    When a session was last used stands in a signed cookie beside it, not in its row: a look at a page must not wait for a load that holds the lock.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        # Who it is was asked for the answer; where it was not, nobody has to be kept signed in.
        user = request.user if hasattr(request, "_cached_user") else None
        place = request.resolver_match
        if user is not None and user.is_authenticated and place and not _PUBLIC & set(place.namespaces):
            secure = settings.SESSION_COOKIE_SECURE
            response.set_signed_cookie(settings.USED_COOKIE_NAME, "", salt=_salt(request), secure=secure, httponly=True, samesite="Lax")
        return response

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        place = request.resolver_match
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or _PUBLIC & set(place.namespaces) or not request.user.is_authenticated:
            return None
        at_the_desk = "admin" in place.namespaces and place.url_name not in _DOORS
        if over(request):
            note("session ended by its age", request, request.user.get_username())
            logout(request)
            return _out_of_time(request) if at_the_desk and request.method == "POST" else None
        if at_the_desk and settings.SECOND_FACTOR and request.user.is_staff and not is_mfa_enabled(request.user, _SECOND_FACTORS):
            return redirect("mfa_index")
        return None


def over(request: Any) -> bool:
    """Return whether the session is too old, or was left alone too long. One that was not begun at the door says neither, and ends with its row."""
    began = request.session.get(BEGAN)
    if began is None:
        return False
    used = request.get_signed_cookie(settings.USED_COOKIE_NAME, None, salt=_salt(request), max_age=settings.SESSION_IDLE_AGE)
    return used is None or time.time() - began > settings.SESSION_COOKIE_AGE


def _salt(request: Any) -> str:
    """Return what ties the cookie to its session."""
    return f"used:{request.session.session_key}"


def _out_of_time(request: HttpRequest) -> HttpResponse:
    """Return a page with what was typed into a form that came too late: the browser may not have it any more."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if value.strip()]
    shown = [(name, value) for name, value in sent if not name.startswith("_") and name != "csrfmiddlewaretoken" and "password" not in name]
    answer = render(request, "account/out_of_time.html", {"path": request.get_full_path(), "shown": shown}, status=403)
    add_never_cache_headers(answer)
    return answer
