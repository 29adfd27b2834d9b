"""Mentions in the admin, with the citations that prove them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from tracker.models import Mention

from .citations import CodedCitationInline
from .records import PUBLICATION, RecordAdmin


@admin.register(Mention)
class MentionAdmin(RecordAdmin):
    list_display = ("commitment", "meeting", "act", "standing", "state")
    list_filter = ("commitment__series", "act", "standing", "state")
    list_select_related = ("commitment", "meeting")
    search_fields = ("commitment__name_key", "meeting__title", "meeting__slug", "meeting__place")
    ordering = ("-meeting__starts_latest", "commitment__name_key", "pk")
    autocomplete_fields = ("commitment", "meeting")
    inlines = (CodedCitationInline,)
    carries = ("meeting",)
    fieldsets = (
        (None, {"fields": ("commitment", "meeting", "act", "standing", "summary")}),
        PUBLICATION,
    )

    def public_address(self, row: Any) -> str:
        return str(row.commitment.get_absolute_url())
