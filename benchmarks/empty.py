"""The addresses of the application and one more, which answers with nothing: what Django itself costs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler404, handler500
from config.urls import urlpatterns as application

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("empty/", empty), *application]
