"""How long one statement of a public request may take. Editors and commands may take as long as they need."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .readers import is_nobody

#: PostgreSQL's word for a statement that was cancelled.
_CANCELLED = "57014"
#: SQLite asks after so many steps whether to go on: some thousand times a second.
_STEPS = 10_000


def took_too_long(error: BaseException) -> bool:
    """Return whether the database stopped a statement because its time was up."""
    cause = error.__cause__ or error
    return getattr(cause, "sqlstate", None) == _CANCELLED or str(cause) == "interrupted"


class StatementLimit:
    """The middleware that limits the statements of readers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.STATEMENT_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seconds = settings.STATEMENT_SECONDS if is_nobody(request) else 0
        with limited(seconds):
            response = self.get_response(request)
        if seconds and response.streaming:
            # A long list is sent for as long as somebody takes to read it.
            free()
        return response


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Within, let every statement be stopped after so many seconds; 0: never."""
    with ExitStack() as stack:
        for connection in _told_by_us():
            if connection.vendor == "postgresql":
                stack.enter_context(connection.execute_wrapper(_before_postgresql(seconds)))
            elif seconds:
                stack.callback(_let_go_on, connection)
                stack.enter_context(connection.execute_wrapper(_before_sqlite(seconds)))
        yield


def free() -> None:
    """Take the limit from what this thread is connected with."""
    for connection in _told_by_us():
        if connection.vendor == "postgresql" and connection.connection is not None:
            _tell(connection, 0)


def _told_by_us() -> list[Any]:
    """Return the databases that are told a limit here. In a pool nothing can be left on a connection: there the pool itself says it (deploy/pgbouncer)."""
    return [connections[alias] for alias in connections if not settings.DATABASE_POOLED]


def _before_postgresql(seconds: float) -> Callable[..., Any]:
    """Return what tells the server the limit before a statement, if the connection has another: once, and not with each statement."""

    def execute(run: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        _tell(context["connection"], seconds)
        return run(sql, params, many, context)

    return execute


def _tell(connection: Any, seconds: float) -> None:
    raw = connection.connection
    of_which, told = getattr(connection, "limit_told", (None, 0))
    if (told if of_which is raw else 0) == seconds or raw.info.transaction_status.name == "INERROR":
        return
    value = int(seconds * 1000) or "DEFAULT"
    if connection.in_atomic_block:
        # What is set within a transaction that is taken back is taken back, too.
        raw.execute(f"SET LOCAL statement_timeout TO {value}")
    else:
        raw.execute(f"SET statement_timeout TO {value}")
        connection.limit_told = (raw, seconds)


def _before_sqlite(seconds: float) -> Callable[..., Any]:
    """Return what sets the time at which SQLite stops the next statement."""

    def execute(run: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        until = time.monotonic() + seconds
        context["connection"].connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        return run(sql, params, many, context)

    return execute


def _let_go_on(connection: Any) -> None:
    if connection.connection is not None:
        connection.connection.set_progress_handler(None, _STEPS)
