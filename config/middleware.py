"""What is refused before anything else looks at a request, and the policies that every answer carries."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse

from tracker.api.problems import MEDIA_TYPE, problem

PLAIN = "text/plain; charset=utf-8"
#: The longest address, in characters, and the largest body of a request, in bytes: a document that is taken in has less.
LONGEST_ADDRESS = 8_000
LARGEST_BODY = 30 * 1024 * 1024
#: For answers that say nothing else. Django's own middleware sets some of them, but not on every refusal.
POLICIES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
Get = Callable[[HttpRequest], HttpResponse]


def policies(get_response: Get) -> Get:
    """Return the middleware that sets the policies. Other sites may show what programs read, drawings among them, and the picture of a shared link."""
    shown_elsewhere = re.compile(settings.CORS_URLS_REGEX)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        anybody = shown_elsewhere.match(request.path_info) or request.path_info.endswith(".png")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if anybody else "same-origin")
        return response

    return middleware


def refuse_malformed(get_response: Get) -> Get:
    """Return the middleware that refuses TRACE and, on a node for readers, whatever could write (405), other hosts, and what no reader sends (400).

    PostgreSQL can't store or compare NUL, so it would be a server error; TRACE sends a reader's cookies back.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return _not_offered("GET, HEAD, OPTIONS, POST")
        if settings.READ_ONLY and request.method not in {"GET", "HEAD", "OPTIONS"}:
            return _not_offered("GET, HEAD, OPTIONS")
        request.get_host()  # raises for a host that is not this site's, static files included
        wrong = _wrong_address(request) or _wrong_headers(request)
        return _refused(request, wrong) if wrong else get_response(request)

    return middleware


def _wrong_address(request: HttpRequest) -> str:
    """Return what is wrong with the address, or nothing."""
    query = request.META.get("QUERY_STRING", "")
    if "\x00" in request.path or "\x00" in query or "%00" in query:
        return "The address holds a character that no address can hold."
    if len(request.path) + len(query) > LONGEST_ADDRESS:
        return f"The address is longer than {LONGEST_ADDRESS} characters."
    return ""


def _wrong_headers(request: HttpRequest) -> str:
    """Return what is wrong with the encoding, the size or the cookies of the request, or nothing.

    Django decodes an address by the encoding that the request names, so that an odd one would bring back what was refused above.
    """
    encoding = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    if encoding.strip("\"'").casefold() not in {"utf-8", "utf8", "us-ascii"}:
        return "Send everything in UTF-8."
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or int(length[:19]) > LARGEST_BODY:
        return f"Send {LARGEST_BODY // 1024 // 1024} megabytes at most, and say how many bytes they are."
    if "HTTP_COOKIE" in request.META and any("\x00" in value for value in request.COOKIES.values()):
        return "A cookie holds a character that no cookie can hold."
    return ""


def _not_offered(allowed: str) -> HttpResponse:
    return HttpResponse("This method is not offered.\n", status=405, content_type=PLAIN, headers={"Allow": allowed})


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """Return the refusal as programs read it, or as people do."""
    if request.path.startswith("/api/"):
        return JsonResponse(problem(400, sentence), status=400, content_type=MEDIA_TYPE)
    return HttpResponseBadRequest(f"{sentence}\n", content_type=PLAIN)
