"""What is written down about signing in: one line for each event, whatever name was typed, and never a password."""

from __future__ import annotations

import logging

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

_log = logging.getLogger("reaffirmed.security")
_LONGEST = 150


def note(event: str, request: HttpRequest | None, account: str, *, wrong: bool = False) -> None:
    """Write down that ``event`` happened to the ``account`` of that name, and from which address it came."""
    address = (get_client_ip(request) if request is not None else None) or "-"
    name = spelled(account)
    level = logging.WARNING if wrong else logging.INFO
    _log.log(level, "%s: account=%s address=%s", event, name, address, extra={"event": event, "account": name, "address": address})


def spelled(name: str) -> str:
    """Return ``name`` on one line: what a terminal or a reader of logs would take for an order stands as its code."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in name[:_LONGEST])
