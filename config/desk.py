"""The admin site: its name, and choices that can be told apart.

It stands outside the application because Django makes the site when the first record is registered, whoever's that is:
importing the application's own admin for it would register its records on a site that is then thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.accounts.journal import note


class LabelledChoices(AutocompleteJsonView):
    """Choices under the ``label`` of their own admin, where it has one."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "label", str)
        return super().serialize_result(obj, to_field_name) | {"text": str(label(obj))}


class Desk(admin.AdminSite):
    site_header = _("Reaffirmed: the editor's desk")
    site_title = _("Reaffirmed")
    index_title = _("Records")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._pages: list[tuple[str, Callable[..., HttpResponse], str]] = []
        self._first_page: list[Callable[[HttpRequest], dict[str, Any]]] = []

    def add_page(self, route: str, view: Callable[..., HttpResponse], name: str) -> None:
        """Let the desk have a page that belongs to no kind of record, for who has signed in; the view asks for more."""
        self._pages.append((route, view, name))

    def add_to_first_page(self, context: Callable[[HttpRequest], dict[str, Any]]) -> None:
        """Let the first page print more than Django's own."""
        self._first_page.append(context)

    def get_urls(self) -> Any:
        return [*(path(route, self.admin_view(view), name=name) for route, view, name in self._pages), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        more: dict[str, Any] = {}
        for context in self._first_page:
            more |= context(request)
        return super().index(request, more | (extra_context or {}))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]  # what a view returns
        return LabelledChoices.as_view(admin_site=self)(request)

    def login(self, request: HttpRequest, _extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the one door where attempts are counted and a second factor is asked for."""
        onward = get_next_redirect_url(request) or reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return redirect(onward)
        if request.user.is_authenticated:
            raise PermissionDenied(_now("This account has no work at the desk."))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method == "POST":
            note("signed out", request, request.user.get_username())
        return super().logout(request, extra_context)

    def password_change(self, _request: HttpRequest, _extra_context: dict[str, Any] | None = None) -> Any:
        """Lead to where passwords are changed."""
        return redirect("account_change_password")
