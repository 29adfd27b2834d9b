"""The form of an answer: JSON, whatever is asked for, so that a browser that opens an address sees it."""

from __future__ import annotations

from typing import Any

from rest_framework.negotiation import BaseContentNegotiation


class AlwaysJson(BaseContentNegotiation):
    def select_parser(self, request: Any, parsers: Any) -> Any:  # noqa: ARG002  the library's signature
        return next(iter(parsers), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:  # noqa: ARG002  the library's signature
        return renderers[0], renderers[0].media_type
