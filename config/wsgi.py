"""Entry point of the web server."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_django = get_wsgi_application()


def application(sent: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a request.

    Django breaks on a request whose encoding is one of Python's, but none of texts, before anything can refuse it. So it gets every odd encoding under
    a name that it does not know and passes over, and config/middleware.py refuses it.
    """
    kind, parameters = parse_header_parameters(sent.get("CONTENT_TYPE", ""))
    if parameters.get("charset", "utf-8").casefold() not in {"utf-8", "utf8"}:
        sent["CONTENT_TYPE"] = f"{kind}; charset=odd"
    return _django(sent, start_response)
