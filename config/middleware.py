"""What is refused before anything else looks at a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse

from tracker.api.problems import MEDIA_TYPE, problem

PLAIN = "text/plain; charset=utf-8"


def refuse_malformed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that refuses TRACE (405) and NUL in the path or the query (400).

    PostgreSQL can't store or compare NUL, so it would be a server error; TRACE sends a reader's cookies back.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return HttpResponse("This method is not offered.\n", status=405, content_type=PLAIN, headers={"Allow": "GET, HEAD, OPTIONS, POST"})
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "\x00" in query or "%00" in query:
            return _refused(request, "The address holds a character that no address can hold.")
        return get_response(request)

    return middleware


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """Return the refusal as programs read it, or as people do."""
    if request.path.startswith("/api/"):
        return JsonResponse(problem(400, sentence), status=400, content_type=MEDIA_TYPE)
    return HttpResponseBadRequest(f"{sentence}\n", content_type=PLAIN)
