"""Sources in the admin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.curation.chains import Fault, misplaced_source
from tracker.models import Source

from .fields import EdtfField
from .forms import RecordForm
from .intake import IntakeAdmin
from .merging import MergingAdmin
from .reading import ReadingAdmin
from .records import PUBLICATION, RecordAdmin


class SourceForm(RecordForm):
    published = EdtfField(label=_("published"), required=False)

    def faults(self, row: Any, typed: Mapping[str, Any]) -> Iterator[Fault]:
        return misplaced_source(row, typed)


@admin.register(Source)
class SourceAdmin(MergingAdmin, IntakeAdmin, ReadingAdmin, RecordAdmin):
    form = SourceForm
    called = "title"
    list_display = ("title", "publisher", "published_on", "kind", "issued_by", "carried", "state")
    list_filter = ("kind", "carried", "fidelity", "issued_by", "language", "state")
    list_select_related = ("issued_by",)
    search_fields = ("title", "publisher", "slug", "url")
    ordering = ("-published_latest", "slug", "pk")
    autocomplete_fields = ("issued_by", "derived_from")
    fieldsets = (
        (None, {"fields": ("title", "slug", "publisher", "kind", "language", "fidelity")}),
        (_("Date"), {"fields": ("published", "date_basis")}),
        (_("Where it stands"), {"fields": ("url", "archived_url")}),
        (_("Whose text it is"), {"fields": ("issued_by", "carried", "derived_from")}),
        (_("The text"), {"fields": ("note", "text", "text_sha256", "may_publish_text"), "classes": ("collapse",)}),
        PUBLICATION,
    )

    def with_labels(self, rows: Any) -> Any:
        # A text may be long, and no list or label prints it.
        return super().with_labels(rows).defer("text")

    def label(self, row: Any) -> str:
        day = row.published.edtf() if row.published else _("no date")
        return f"{row.title} ({row.publisher}, {day})"

    @admin.display(description=_("published"), ordering="published_latest")
    def published_on(self, row: Any) -> str | None:
        return row.published.edtf() if row.published else None
