"""The lines of the log: JSON for programs, plain text for people. One record is one line, whatever is in it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from .requests import current_request

#: What may stand beside the message. Nothing else that a library hangs on a record gets into the log: Django hangs whole requests on it.
_KNOWN = ("method", "path", "view", "status", "milliseconds", "user", "event", "account", "address")
#: Characters that end a line, move the cursor or colour the terminal.
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {0x2028: "\\u2028", 0x2029: "\\u2029"}


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": _when(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": current_request() or None,
            **{name: getattr(record, name, None) for name in _KNOWN},
            "exception": self.formatException(record.exc_info) if record.exc_info else None,
        }
        # Letters beyond ASCII are written out too: with them go all line ends that Unicode has.
        return json.dumps({name: value for name, value in told.items() if value is not None}, default=str)


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and below it the traceback of an error, for who sits in front of it."""
        request = f" [{current_request()}]" if current_request() else ""
        line = f"{_when(record)} {record.levelname} {record.name}{request}: {record.getMessage()}".translate(_CONTROL)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def logging_in(form: str, level: str) -> dict[str, Any]:
    """Return the configuration of the log: ``form`` is “json” or “lines”."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": Json if form == "json" else Lines}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django would otherwise send errors by post to nobody, and say them twice on the console while debugging.
            "django": {"handlers": [], "propagate": True},
            # What the server of “runserver” says of each request is said already.
            "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        },
    }
