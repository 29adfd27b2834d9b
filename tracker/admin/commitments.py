"""Commitments in the admin, with the names they go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.curation.chains import Fault, misplaced_commitment
from tracker.models import Commitment, CommitmentName, Deadline, Mention, Milestone

from .fields import EdtfField
from .forms import RecordForm
from .merging import MergingAdmin
from .records import PUBLICATION, ChildInline, RecordAdmin


class CommitmentForm(RecordForm):
    def faults(self, row: Any, typed: Mapping[str, Any]) -> Iterator[Fault]:
        return misplaced_commitment(row, typed)


class CommitmentNameForm(RecordForm):
    valid_from = EdtfField(label=_("in use from"), required=False)


class CommitmentNameInline(ChildInline):
    model = CommitmentName
    form = CommitmentNameForm
    fields = (("key", "name", "language"), ("valid_from", "note"))


@admin.register(Commitment)
class CommitmentAdmin(MergingAdmin, RecordAdmin):
    form = CommitmentForm
    list_display = ("name", "kind", "series", "parent", "listed_on", "state")
    list_filter = ("series", "kind", "state")
    list_select_related = ("series", "parent")
    search_fields = ("name_key", "names__name_key", "slug")
    ordering = ("name_key", "pk")
    autocomplete_fields = ("parent", "series", "parties", "succeeds")
    inlines = (CommitmentNameInline,)
    carries = ("series", "parent")
    hung_on = ((Mention, "commitment"), (Milestone, "commitment"), (Deadline, "commitment"))
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "series", "parent", "parties")}),
        (_("What it is"), {"fields": ("description", "criteria", "minimum_level", "listed_on", "succeeds")}),
        PUBLICATION,
    )

    def label(self, row: Any) -> str:
        return f"{row.name} ({row.get_kind_display()}, {row.series})"
