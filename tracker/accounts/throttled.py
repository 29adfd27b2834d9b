"""What is answered to somebody who tries too often."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

#: Seconds after which the oldest attempt is forgotten at the latest.
AGAIN_AFTER = 15 * 60


def too_many(request: HttpRequest) -> HttpResponse:
    """Return 429 and when to try again. Nothing is said of whether the name or the password was right."""
    answer = render(request, "429.html", {"minutes": AGAIN_AFTER // 60}, status=429)
    answer.headers["Retry-After"] = str(AGAIN_AFTER)
    add_never_cache_headers(answer)
    return answer
