"""Reporting errors to Sentry, or to a server that speaks its language, where somebody asks for it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .requests import current_request


def report_to(address: str, release: str, environment: str) -> None:
    """Report errors from now on. What was sent, cookies and who it is stay here; the name of the request goes along."""
    try:
        sentry: Any = import_module("sentry_sdk")
    except ImportError:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, and sentry-sdk is not installed: .venv/bin/python -m pip install --require-hashes -r requirements-sentry.txt"
        ) from None
    sentry.init(
        dsn=address,
        release=f"reaffirmed@{release}",
        environment=environment,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        before_send=_without_what_was_asked,
    )


def _without_what_was_asked(event: dict[str, Any], _hint: Any) -> dict[str, Any]:
    """Return the report with the name of the request, and without what of the request is nobody's business."""
    request = event.get("request", {})
    event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    event.setdefault("tags", {})["request_id"] = current_request()
    return event
