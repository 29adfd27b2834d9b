"""The admin site: its name, and choices that can be told apart.

It stands outside the application because Django makes the site when the first record is registered, whoever's that is:
importing the application's own admin for it would register its records on a site that is then thrown away.
"""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _


class LabelledChoices(AutocompleteJsonView):
    """Choices under the ``label`` of their own admin, where it has one."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "label", str)
        return super().serialize_result(obj, to_field_name) | {"text": str(label(obj))}


class Desk(admin.AdminSite):
    site_header = _("Reaffirmed: the editor's desk")
    site_title = _("Reaffirmed")
    index_title = _("Records")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]  # what a view returns
        return LabelledChoices.as_view(admin_site=self)(request)
