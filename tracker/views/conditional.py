"""Pages that have not changed since they were last made: answered with 304, or from what was kept, with one query and without touching a record."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from tracker.models import DataVersion

from . import kept

#: Headers by which one address has several answers.
TOLD_APART = ("HX-Request", "HX-History-Restore-Request")
View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = {"tracker", "api"}


def changes_by_itself(view: View) -> View:
    """Mark a page that shows something which is neither record nor code, such as a file: it is made each time."""
    view.changes_by_itself = True  # type: ignore[attr-defined]
    return view


class Unchanged:
    """Gives each public answer an ETag, made of all that the answer depends on: the version of the data, the code, the day, the language and the address.

    The version is read before the page is made: if the data change in between, the page is newer than its ETag and is sent once more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        tag = getattr(request, "data_etag", "")
        if not tag or response.status_code != 200:
            return response
        begun = getattr(request, "making_since", None)
        if begun is not None and request.method == "GET":
            kept.keep(tag, response, time.perf_counter() - begun)
        return _tagged(response, tag)

    def process_view(self, request: Any, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Answer at once if the reader has the page already."""
        if request.method not in {"GET", "HEAD"} or getattr(view, "changes_by_itself", False) or not PUBLIC & set(request.resolver_match.namespaces):
            return None
        try:
            request.data_etag = _etag(request)
        except (DatabaseError, InterfaceError):
            # The page asks the database too, and answers for it.
            return None
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        if request.data_etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in asked}:
            return _tagged(HttpResponseNotModified(), request.data_etag)
        if (answer := kept.answer(request.data_etag)) is not None:
            return answer
        request.making_since = time.perf_counter()
        return None


def _etag(request: HttpRequest) -> str:
    parts = (
        DataVersion.mark(),
        str(settings.BUILD),
        timezone.now().date().isoformat(),
        get_language() or "",
        request.build_absolute_uri(),
        *(request.headers.get(name, "") for name in TOLD_APART),
    )
    # Weak: the same rows, though an answer may travel packed or not.
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def _tagged(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, TOLD_APART)
    return response
