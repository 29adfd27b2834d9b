"""Answers kept as they were made: what took long to make is not made again until something that it shows has changed."""

from __future__ import annotations

import logging

from django.core.cache import caches
from django.http import HttpResponse
from django.http.response import HttpResponseBase

#: What is made faster is made again: a walk through all pages would otherwise push out those that take long.
WORTH_KEEPING_SECONDS = 0.05
#: A larger answer is made each time: a few of them would fill the store.
LARGEST = 8_000_000
KEPT = "kept"
log = logging.getLogger(__name__)


def answer(tag: str) -> HttpResponse | None:
    """Return the answer that was kept under the ETag ``tag``, or None.

    All that the answer depends on is in the tag: the version of the data, the code, the day, the language, the address with its ``as_of``.
    """
    try:
        found: HttpResponse | None = caches[KEPT].get(_key(tag))
    except Exception:  # a store that can't be read, or holds what an older Django wrote, costs time and no page
        log.warning("A kept answer could not be read.", exc_info=True)
        return None
    return found


def keep(tag: str, response: HttpResponseBase, seconds: float) -> None:
    """Keep the answer that took so many ``seconds`` to make, if that is worth it. What is sent while it is made is not kept, nor is what sets a cookie."""
    if seconds < WORTH_KEEPING_SECONDS or not isinstance(response, HttpResponse) or response.cookies or len(response.content) > LARGEST:
        return
    try:
        caches[KEPT].set(_key(tag), response)
    except OSError:
        log.warning("An answer could not be kept.", exc_info=True)


def _key(tag: str) -> str:
    return tag.removeprefix('W/"').rstrip('"')
