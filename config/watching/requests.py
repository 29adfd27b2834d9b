"""A name for each request, by which its lines in the log, its answer and an error report are found again."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
#: What a proxy may call a request. Anything else could be written to deceive who reads the log.
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

_current: ContextVar[str] = ContextVar("request_id", default="")
_log = logging.getLogger("reaffirmed.request")


def current_request() -> str:
    """Return the name of the request that is being answered; empty outside of requests."""
    return _current.get()


def named_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that names each request, tells the name with the answer, and writes one line for it into the log."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
        # It is not taken away afterwards: an answer that is sent piece by piece is still being made then.
        _current.set(name)
        start = time.perf_counter()
        response = get_response(request)
        response.headers[HEADER] = name
        _log.info("%s %s %d", request.method, request.path, response.status_code, extra=_about(request, response, time.perf_counter() - start))
        return response

    return middleware


def _about(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, Any]:
    """Return what the log says of a request: neither its query, which tells what somebody was looking for, nor its cookies, nor what was sent."""
    # Who it is costs a query, and is looked at only if the answer has asked already.
    user = getattr(request, "_cached_user", None)
    return {
        "method": request.method,
        "path": request.path,
        "view": view_name(request),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "user": user.pk if user is not None and user.is_authenticated else None,
    }


def view_name(request: HttpRequest) -> str:
    """Return the name of the address that was asked for, the same for all records of a kind; empty where there is none."""
    match = request.resolver_match
    return match.view_name if match else ""
