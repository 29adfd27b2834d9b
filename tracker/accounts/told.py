"""Where the messages of the desk are kept between two pages: in a cookie of this host, so that no save has to write a session afterwards."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class InCookie(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class Told(FallbackStorage):
    """The cookie, and the session for what is too long for it."""

    storage_classes = (InCookie, SessionStorage)
