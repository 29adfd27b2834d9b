"""How people sign in: the settings of allauth, of sessions and of passwords. Reasons: docs/decisions/0019-sign-in.md"""

from __future__ import annotations

from typing import Any

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "tracker:home"

AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "tracker.accounts.passwords.WordsAnybodyWouldTry"},
]

#: Seconds for which a session lives at most, and without being used.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_AGE = 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "tracker.accounts.told.Told"

#: Attempts are counted where every process of the server sees them: the cache “default”, which nothing else uses.
ATTEMPTS: dict[str, Any] = {
    "BACKEND": "tracker.accounts.counting.Counts",
    "LOCATION": "signin_counts",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}

ACCOUNT_ADAPTER = "tracker.accounts.adapters.Entrance"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
#: “key” is a name together with an address: nobody can lock somebody else out from afar.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,20/15m/ip", "login": "60/m/ip"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

MFA_ADAPTER = "tracker.accounts.adapters.SecondFactor"
MFA_FORMS = {"add_webauthn": "tracker.accounts.forms.AddPasskey"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Reaffirmed"
#: A telephone may be half a minute off; no code opens twice all the same.
MFA_TOTP_TOLERANCE = 1
#: Questions for a passkey, each of which is remembered in a session, and answers to them.
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_ALLOW_UNVERIFIED_EMAIL = True
