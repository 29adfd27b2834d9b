"""Participants in the admin, with the names they go by."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from tracker.models import Participant, ParticipantName

from .merging import MergingAdmin
from .records import PUBLICATION, ChildInline, RecordAdmin


class ParticipantNameInline(ChildInline):
    model = ParticipantName
    fields = (("key", "name", "language"), "note")


@admin.register(Participant)
class ParticipantAdmin(MergingAdmin, RecordAdmin):
    list_display = ("name", "home_party", "state")
    list_filter = ("home_party", "state")
    list_select_related = ("home_party",)
    search_fields = ("name_key", "names__name_key", "slug")
    ordering = ("name_key", "pk")
    autocomplete_fields = ("home_party",)
    inlines = (ParticipantNameInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "home_party", "wikidata_id")}),
        PUBLICATION,
    )

    def label(self, row: Any) -> str:
        return f"{row.name} ({row.home_party})"
