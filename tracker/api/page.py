"""The page that explains the interface to people, and lets them try it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.exports.lists.known import LISTINGS


def documentation(request: HttpRequest) -> HttpResponse:
    lists = [(f"api:{name}", one.filter.title, one.about) for name, one in LISTINGS.items()]
    return render(request, "tracker/api.html", {"lists": lists})
