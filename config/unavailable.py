"""What is answered while the database can't be used: 503, with what was typed, so that nothing has to be typed again."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from tracker.api.problems import MEDIA_TYPE, problem

from .limits import took_too_long
from .watching.requests import current_request

#: A locked or full database, one that does not answer, one that is being prepared: it passes, or somebody sees to it.
TROUBLE = (OperationalError, InterfaceError)
#: Seconds after which trying again makes sense: a large load holds SQLite's only lock for a minute or more.
AGAIN_AFTER = 30
#: What no page may repeat.
_SECRET = ("password", "csrfmiddlewaretoken")

_log = logging.getLogger("reaffirmed.database")


class DatabaseUnavailable:
    """The middleware that answers for the database while views can't use it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a view that could not use the database; of other errors nothing is said here."""
        return unavailable(request, exception) if isinstance(exception, TROUBLE) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for an error that no view answered for: sessions are read and written outside of views."""
    error = sys.exc_info()[1]
    if isinstance(error, TROUBLE):
        return unavailable(request, error)
    name = current_request()
    if request.path_info.startswith("/api/"):
        sentence = f"The answer could not be made. Who tells us of it helps us by naming this request: {name}."
        return JsonResponse(problem(500, sentence), status=500, content_type=MEDIA_TYPE)
    answer = HttpResponse(render_to_string("500.html", {"request_id": name}), status=500)
    add_never_cache_headers(answer)
    return answer


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Return 503 with a form that sends once more what was sent. Nothing is asked of the database, not even who is signed in."""
    _log.error("%s %s: the database can't be used: %s", request.method, request.path, " ".join(str(error).split()))
    request.database_error = error  # type: ignore[attr-defined]  # for who may ask another database
    slow = took_too_long(error)
    if request.path_info.startswith("/api/"):
        sentence = "This takes too long to look up. Ask for less of it." if slow else "The record can't be reached right now. Try again in a minute."
        answer: HttpResponse = JsonResponse(problem(503, sentence), status=503, content_type=MEDIA_TYPE)
        answer.headers["Retry-After"] = str(AGAIN_AFTER)
        return answer
    typed, files, token = _sent(request)
    shown = [(name, value) for name, value in typed if value.strip() and not name.startswith("_")]
    page = render_to_string("503.html", {"path": request.get_full_path(), "typed": typed, "shown": shown, "files": files, "token": token, "slow": slow})
    answer = HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN_AFTER)})
    add_never_cache_headers(answer)
    return answer


def _sent(request: HttpRequest) -> tuple[list[tuple[str, str]], bool, str]:
    """Return the fields of a form that was sent, whether files came with it, and its token. A form with a password is not repeated."""
    try:
        sent: Any = request.POST
        pairs = [(name, value) for name, values in sent.lists() for value in values]
        files = bool(request.FILES)
    except (OSError, RawPostDataException):
        return [], False, ""
    if any(_SECRET[0] in name for name, _value in pairs):
        return [], False, ""
    return [pair for pair in pairs if pair[0] != _SECRET[1]], files, sent.get(_SECRET[1], "")
