"""What an address answers whose record is not on view: moved (301), withdrawn (410) or unknown (404)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from tracker.models.publication import PublishedRecord
from tracker.queries.addresses import address


def elsewhere(request: HttpRequest, model: type[PublishedRecord], slug: str) -> HttpResponse:
    """Return the answer for a record that no page could be made of; raise ``Http404`` where nothing was ever public."""
    found = address(model, slug)
    if found.standing == "moved":
        return HttpResponsePermanentRedirect(reverse(f"tracker:{model._meta.model_name}", args=[found.new_slug]))
    if found.standing == "withdrawn":
        return render(request, "410.html", {"reason": found.reason}, status=410)
    raise Http404
