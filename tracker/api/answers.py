"""The answers: lists and rows of them, and what is computed of series and commitments as of a day."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.exports.documents import cell_of, explanation, matrix_document
from tracker.exports.histories import history_document
from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.listing import Listing
from tracker.filters.keyset import CursorError, page_of
from tracker.history.matrix import matrix
from tracker.history.trace import trace
from tracker.models import Commitment, Series
from tracker.models.publication import PublishedRecord
from tracker.queries.addresses import address
from tracker.queries.facts import commitment_record, series_record

from . import asked
from .problems import BadRequest, Gone

#: How the parts of an address find a row.
LOOKUPS = {"slug": "slug", "commitment": "commitment__slug", "meeting": "meeting__slug", "promise": "key"}


class Answer(APIView):
    """What all answers share. ``operation`` is how the schema describes it (tracker/api/described.py)."""

    http_method_names = ["get", "head"]
    operation: Any = None


class Root(Answer):
    """Where everything is."""

    def get(self, request: Request) -> Response:
        asked.nothing_asked(request)
        site = asked.site_of(request)
        lists = {name: f"{site.origin}{reverse(f'api:{name}')}" for name in LISTINGS}
        return Response({"version": "v1", "licence": "CC-BY-4.0", "schema": f"{site.origin}{reverse('api:schema')}", "lists": lists})


class Rows(Answer):
    """Some rows of a list, and the address of those that follow."""

    listing: Listing = LISTINGS["commitments"]

    def get(self, request: Request) -> Response:
        site = asked.site_of(request)
        wanted = asked.page_asked(request, self.listing, site)
        try:
            rows, following = page_of(wanted.found, self.listing.unique, wanted.cursor, wanted.limit)
        except CursorError as error:
            raise BadRequest([{"parameter": "cursor", "detail": "This is no cursor of this list in this order. Begin without one."}]) from error
        results = [asked.only(one, wanted.columns) for one in self.listing.describe(rows, site)]
        after = f"{site.origin}{request.path}?{_with_cursor(request, following)}" if following else None
        return Response({"next": after, "results": results}, headers={"Link": f'<{after}>; rel="next"'} if after else None)


class Row(Answer):
    """One row of a list, under its own address."""

    listing: Listing = LISTINGS["commitments"]

    def get(self, request: Request, **key: str) -> HttpResponseBase:
        columns, site = asked.columns_asked(request, self.listing), asked.site_of(request)
        rows = self.listing.rows(site.today).filter(**{LOOKUPS[name]: value for name, value in key.items()})[:1]
        for document in self.listing.describe(list(rows), site):
            return Response(asked.only(document, columns))
        if "slug" in key:
            return elsewhere(request, rows.model, key["slug"])
        # What a commitment was told by moves with it.
        if address(Commitment, key["commitment"]).standing == "moved":
            return elsewhere(request, Commitment, key["commitment"], named="commitment")
        raise Http404


class History(Answer):
    """Everything known of one commitment up to a day."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        day, record = asked.day_asked(request), commitment_record(slug)
        return Response(history_document(trace(record, slug, day))) if record else elsewhere(request, Commitment, slug)


class OneCell(Answer):
    """What one meeting is to one commitment, with the rule and the rows that decided."""

    def get(self, request: Request, slug: str, meeting: str) -> HttpResponseBase:
        day, record = asked.day_asked(request), commitment_record(slug)
        if record is None:
            return elsewhere(request, Commitment, slug)
        found = trace(record, slug, day)
        cell = cell_of(found, meeting)
        if cell is None:
            raise Http404
        return Response(explanation(found, cell))


class WholeMatrix(Answer):
    """Every commitment of a series at every meeting of it."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        day, record = asked.day_asked(request), series_record(slug)
        return Response(matrix_document(matrix(record, day))) if record else elsewhere(request, Series, slug)


def elsewhere(request: Request, model: type[PublishedRecord], slug: str, *, named: str = "slug") -> HttpResponseBase:
    """Return the answer for a record that is not on view: moved (301), withdrawn (410, with the reason), or unknown (404).

    ``named`` is what the address calls its slug.
    """
    found = address(model, slug)
    match = request.resolver_match
    if found.standing == "moved" and match is not None:
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return HttpResponsePermanentRedirect(f"{reverse(match.view_name, kwargs={**match.kwargs, named: found.new_slug})}{query}")
    if found.standing == "withdrawn":
        raise Gone(f"This record was withdrawn: {found.reason}")
    raise Http404


def _with_cursor(request: Request, cursor: str) -> str:
    kept = {name: asked.fields_asked(request) if name == "fields" else value for name, value in request.GET.items() if name != "cursor"}
    return urlencode({**kept, "cursor": cursor})
