"""Series in the admin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.curation.chains import Fault
from tracker.models import Series
from tracker.vocabulary import SeriesKind

from .forms import RecordForm
from .records import PUBLICATION, RecordAdmin


class SeriesForm(RecordForm):
    def faults(self, row: Any, typed: Mapping[str, Any]) -> Iterator[Fault]:  # noqa: ARG002  the form's signature
        if typed.get("kind") == SeriesKind.DYAD and len(typed.get("parties") or ()) != 2:
            yield ("parties", _("A dyad has two parties: name both."))


@admin.register(Series)
class SeriesAdmin(RecordAdmin):
    form = SeriesForm
    list_display = ("title", "kind", "covered_until", "state")
    list_filter = ("kind", "state")
    search_fields = ("title", "slug")
    ordering = ("title", "pk")
    autocomplete_fields = ("parties",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "parties", "covered_until")}),
        PUBLICATION,
    )
