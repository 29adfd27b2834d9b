"""Whether a request is that of a reader who is nobody in particular: what may then be answered from elsewhere, and not take long."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

#: Seconds for which who wrote reads what was written, though they have signed out since: more than a replica is ever behind.
PINNED = 10
#: The cookie that says so. Only who was signed in ever gets it.
PIN = "reaffirmed_wrote"
_SAFE = {"GET", "HEAD", "OPTIONS"}


def is_nobody(request: HttpRequest) -> bool:
    """Return whether who asks is not signed in, did not write just now, and is not about to."""
    if request.method not in _SAFE or settings.SESSION_COOKIE_NAME in request.COOKIES or request.path_info.startswith(("/account/", "/admin/")):
        return False
    return PIN not in request.COOKIES or request.get_signed_cookie(PIN, None, max_age=PINNED) is None
