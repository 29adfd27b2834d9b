"""Parties in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.models import Party

from .records import PUBLICATION, RecordAdmin


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    list_display = ("name", "kind", "iso2", "state")
    list_filter = ("kind", "state")
    search_fields = ("name", "slug", "iso2")
    ordering = ("name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind")}),
        (_("Codes"), {"fields": ("iso2", "wikidata_id")}),
        PUBLICATION,
    )
