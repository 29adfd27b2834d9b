"""The addresses of signing in that this site has, of all that allauth could serve. None of their answers is kept by a browser or a proxy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.account import views as account
from allauth.core.internal import ratelimit
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache


def _place(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(view), name=name)


def _counted(request: HttpRequest) -> HttpResponseBase:
    """Ask a stranger for a passkey; who asks too often fills the table of sessions and is turned away."""
    busy = ratelimit.consume_or_429(request, app="allauth.mfa", action="webauthn_login", limit_get=True) if request.method == "GET" else None
    return cast(HttpResponseBase, busy or passkeys.login_webauthn(request))


urlpatterns = [
    _place("login/", account.login, "account_login"),
    _place("logout/", account.logout, "account_logout"),
    _place("inactive/", account.account_inactive, "account_inactive"),
    _place("again/", account.reauthenticate, "account_reauthenticate"),
    _place("password/", account.password_change, "account_change_password"),
    _place("sessions/", sessions.list_usersessions, "usersessions_list"),
    _place("second/", second.index, "mfa_index"),
    _place("second/code/", second.authenticate, "mfa_authenticate"),
    _place("second/again/", second.reauthenticate, "mfa_reauthenticate"),
    _place("second/app/add/", totp.activate_totp, "mfa_activate_totp"),
    _place("second/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _place("second/recovery/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _place("second/recovery/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _place("second/recovery/file/", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
    _place("second/passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    _place("second/passkeys/add/", passkeys.add_webauthn, "mfa_add_webauthn"),
    _place("second/passkeys/again/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _place("second/passkeys/<int:pk>/rename/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    _place("second/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    _place("passkey/", _counted, "mfa_login_webauthn"),
]
