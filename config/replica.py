"""What is read from the replica: what readers ask for. Editors and every command read the primary.

Whether a request may read the replica is kept for the thread that serves it, and said anew with each request. Reasons: docs/decisions/0021-growing.md
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections, models
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .databases import DEFAULT, REPLICA
from .limits import took_too_long
from .readers import PIN, PINNED, is_nobody

#: Seconds for which the primary is asked for everything after the replica could not be reached.
AWAY = 10

#: Only what serves a request turns it on: commands, and whatever else runs, read where they write.
_may_lag: ContextVar[bool] = ContextVar("may_lag", default=False)
_wrote: ContextVar[bool] = ContextVar("wrote", default=False)
_log = logging.getLogger("reaffirmed.database")


class Reach:
    """Whether this process can reach the replica. One that is away is not asked again for some seconds: each try would be a reader's waiting."""

    def __init__(self) -> None:
        self.away_until = 0.0

    def lose(self, error: BaseException) -> None:
        """Note that the replica can't be read, and close what was open to it."""
        self.away_until = time.monotonic() + AWAY
        _log.error("The replica can't be read; for %d seconds the primary is: %s", AWAY, " ".join(str(error).split()))
        connections[REPLICA].close()

    def is_there(self) -> bool:
        """Return whether there is a connection to the replica, and make it if there is none."""
        if time.monotonic() < self.away_until:
            return False
        replica = connections[REPLICA]
        try:
            replica.close_if_health_check_failed()
            replica.ensure_connection()
        except (OperationalError, InterfaceError) as error:
            self.lose(error)
            return False
        return True


reach = Reach()


class Router:
    """Django asks it for the database of each query. Within a transaction all is read where it is written."""

    def db_for_read(self, _model: type[models.Model], **_hints: Any) -> str:
        may = _may_lag.get() and not connections[DEFAULT].in_atomic_block
        return REPLICA if may and reach.is_there() else DEFAULT

    def db_for_write(self, _model: type[models.Model], **_hints: Any) -> str:
        """Return the primary; from now on the request reads it, too."""
        _may_lag.set(False)
        _wrote.set(True)
        return DEFAULT

    def allow_relation(self, *_rows: Any, **_hints: Any) -> bool:
        """Return that rows of both may be tied: they are the same rows."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        return db == DEFAULT


class ReadFromReplica:
    """Lets readers read the replica, and lets who writes read what they wrote. What the replica can't answer the primary is asked before anybody is told."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _wrote.set(False)
        _may_lag.set(is_nobody(request))
        response = self.get_response(request)
        error = getattr(request, "database_error", None)
        if _may_lag.get() and error is not None and not took_too_long(error):
            reach.lose(error)
            _may_lag.set(False)
            response = self.get_response(request)
        if _wrote.get() and settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}:
            response.set_signed_cookie(PIN, "1", max_age=PINNED, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
        if not response.streaming:
            # What is sent bit by bit goes on reading after this; the next request says anew what holds for it.
            _may_lag.set(False)
        return response
