"""Answers for who watches the service: whether the process lives, and whether it can answer readers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.queries.readiness import readiness

from .conditional import changes_by_itself


@changes_by_itself
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer that the process lives. Nothing is asked of any database: a process is not restarted because that is away."""
    return JsonResponse({"alive": True})


@changes_by_itself
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer whether readers can be answered: 200, or 503 with the reasons."""
    found = readiness(timezone.now(), settings.READY_MAX_LAG)
    return JsonResponse(found.as_dict(), status=503 if found.reasons else 200)
