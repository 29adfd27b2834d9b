"""Addresses of a site on which something goes wrong."""

from __future__ import annotations

from typing import Never

from django.http import HttpRequest
from django.urls import path


def _break(_request: HttpRequest) -> Never:
    raise RuntimeError("nobody thought of this")


urlpatterns = [path("broken/", _break)]
handler500 = "config.unavailable.server_error"
