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

#: When the session was begun, and when it was last used (to the minute), as it keeps them itself.
BEGAN, USED = "began", "used"
_MINUTE = 60
#: Readers' pages ask nothing of sessions, whoever reads them.
_PUBLIC = {"tracker", "api"}
_SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
#: What the desk shows to somebody who has no second factor yet: the doors only.
_DOORS = {"login", "logout", "jsi18n"}


class Limits:
    """Ends sessions that are too old or were left alone, and leads who must have a second factor and has none to where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        place = request.resolver_match
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or _PUBLIC & set(place.namespaces) or not request.user.is_authenticated:
            return None
        at_the_desk = "admin" in place.namespaces and place.url_name not in _DOORS
        if over(request.session, time.time()):
            note("session ended by its age", request, request.user.get_username())
            logout(request)
            return _out_of_time(request) if at_the_desk and request.method == "POST" else None
        if at_the_desk and settings.SECOND_FACTOR and request.user.is_staff and not is_mfa_enabled(request.user, _SECOND_FACTORS):
            return redirect("mfa_index")
        return None


def _out_of_time(request: HttpRequest) -> HttpResponse:
    """Return a page with what was typed into a form that came too late: the browser may not have it any more."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if value.strip()]
    shown = [(name, value) for name, value in sent if not name.startswith("_") and name != "csrfmiddlewaretoken" and "password" not in name]
    answer = render(request, "account/out_of_time.html", {"path": request.get_full_path(), "shown": shown}, status=403)
    add_never_cache_headers(answer)
    return answer


def begin(session: Any, now: float) -> None:
    """Keep when somebody signed in."""
    session[BEGAN] = session[USED] = now


def over(session: Any, now: float) -> bool:
    """Return whether the session is too old or was left alone too long; if neither, keep that it was used."""
    if BEGAN not in session:  # it was begun before this was kept
        begin(session, now)
    began, used = session[BEGAN], session[USED]
    if now - began > settings.SESSION_COOKIE_AGE or now - used > settings.SESSION_IDLE_AGE:
        return True
    if now - used > _MINUTE:
        session[USED] = now
    return False
