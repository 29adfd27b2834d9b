"""What is answered to a request that can't be met: problem details (RFC 9457), which say what was wrong and what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import page_not_found
from rest_framework.exceptions import APIException
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
Errors = Sequence[Mapping[str, str]]


class BadRequest(APIException):
    """A request with parameters that can't be understood; ``errors`` names each of them."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: Errors) -> None:
        super().__init__("The query string can’t be understood. Each entry of “errors” names a parameter and says what would be right.")
        self.errors = errors


class Gone(APIException):
    status_code = HTTPStatus.GONE


def problem(status: int, detail: str, errors: Errors = ()) -> dict[str, Any]:
    """Return the document of a problem."""
    found: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return found | ({"errors": list(errors)} if errors else {})


def answer(exception: Exception, _context: Any) -> Response | None:
    """Return the answer to an exception that a view raised; None leaves it to Django, as an error of the server."""
    if isinstance(exception, Http404):
        return _response(404, "There is no such public record.")
    if not isinstance(exception, APIException):
        return None
    return _response(exception.status_code, str(exception.detail), getattr(exception, "errors", ()))


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the answer to an address that is none: a problem for programs, a page for readers."""
    if request.path_info.startswith("/api/"):
        return JsonResponse(problem(404, "There is nothing at this address. /api/v1/ names all there is."), status=404, content_type=MEDIA_TYPE)
    return page_not_found(request, exception)


def _response(status: int, detail: str, errors: Errors = ()) -> Response:
    return Response(problem(status, detail, errors), status=status, content_type=MEDIA_TYPE)
