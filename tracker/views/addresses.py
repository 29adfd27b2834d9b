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
    match = request.resolver_match
    if found.standing == "moved" and match is not None:
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        # A file, a drawing or a mark of the record stands under the new address, too.
        return HttpResponsePermanentRedirect(f"{reverse(match.view_name, kwargs={**match.kwargs, 'slug': found.new_slug})}{query}")
    if found.standing == "withdrawn":
        return render(request, "410.html", {"reason": found.reason}, status=410)
    raise Http404
