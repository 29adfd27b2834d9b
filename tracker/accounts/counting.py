"""Attempts to sign in, counted in the database: every process sees the same numbers, and the command line can take them back."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.core.cache import cache
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError
from django.http import HttpRequest

#: Seconds for which a name keeps its new start: longer than anything is counted.
_KEPT = 24 * 3600


class Counts(DatabaseCache):
    """Django's cache in the database, which tells a count that is there from a database that can't be written."""

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        for _attempt in range(2):  # between the two, somebody else may have finished counting
            if super().add(key, value, timeout, version):
                return True
            if self.has_key(key, version):
                return False
        raise OperationalError("attempts to sign in can't be counted: nothing can be written")


def counted_as(name: str, address: str) -> str:
    """Return the key under which attempts for ``name`` from ``address`` are counted."""
    return f"{name.casefold()}|{address}|{cache.get(_start_of(name), 0)}"


def start_again(name: str, pk: int) -> None:
    """Forget all attempts for the account ``name``, passwords from any address and codes of its second factor."""
    cache.set(_start_of(name), cache.get(_start_of(name), 0) + 1, _KEPT)
    _forget(HttpRequest(), f"mfa-auth-user-{pk}")


def forget_address(address: str) -> None:
    """Forget all attempts from ``address`` that are counted together."""
    _forget(HttpRequest(), "", address)


def _start_of(name: str) -> str:
    return f"start:{name.casefold().encode().hex()}"


def _forget(request: HttpRequest, key: str, address: str = "0.0.0.0") -> None:  # noqa: S104 - an address nobody comes from
    request.META["REMOTE_ADDR"] = address
    for action in ("login_failed", "login"):
        ratelimit.clear(request, action=action, key=key)
