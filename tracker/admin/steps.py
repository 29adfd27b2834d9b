"""Milestones and deadlines in the admin, with the citations that prove them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.models import Deadline, Milestone

from .citations import CitationInline, PromiseCitationInline
from .fields import EdtfField
from .forms import RecordForm
from .records import PUBLICATION, RecordAdmin


class MilestoneForm(RecordForm):
    happened = EdtfField(label=_("happened"))


class DeadlineForm(RecordForm):
    due = EdtfField(label=_("due"))
    stated = EdtfField(label=_("stated"), required=False)
    resolved = EdtfField(label=_("resolved"), required=False)


class StepAdmin(RecordAdmin):
    """What hangs under a commitment by a key."""

    list_select_related = ("commitment",)
    search_fields: ClassVar[Any] = ("commitment__name_key", "key")

    def public_address(self, row: Any) -> str:
        return str(row.commitment.get_absolute_url())


@admin.register(Milestone)
class MilestoneAdmin(StepAdmin):
    form = MilestoneForm
    list_display = ("commitment", "key", "stage", "condition", "day", "standing", "state")
    list_filter = ("commitment__series", "stage", "condition", "standing", "state")
    ordering = ("-happened_latest", "commitment__name_key", "pk")
    autocomplete_fields = ("commitment", "meeting")
    inlines = (CitationInline,)
    carries = ("commitment", "meeting")
    fieldsets = (
        (None, {"fields": ("commitment", "key", "stage", "condition", "happened", "meeting", "standing", "reason")}),
        PUBLICATION,
    )

    @admin.display(description=_("happened"), ordering="happened_latest")
    def day(self, row: Milestone) -> str:
        return row.happened.edtf()


@admin.register(Deadline)
class DeadlineAdmin(StepAdmin):
    form = DeadlineForm
    list_display = ("commitment", "target", "what", "due_on", "outcome", "state")
    list_filter = ("commitment__series", "outcome", "state")
    search_fields = ("commitment__name_key", "key", "target", "what")
    ordering = ("-due_latest", "commitment__name_key", "pk")
    autocomplete_fields = ("commitment", "stated_at")
    inlines = (PromiseCitationInline,)
    carries = ("commitment", "stated_at")
    fieldsets = (
        (None, {"fields": ("commitment", "key", "target", "what", "due")}),
        (_("When it was stated: at a meeting, or on a day of its own"), {"fields": ("stated_at", "stated")}),
        (_("What became of it"), {"fields": ("outcome", "resolved", "note")}),
        PUBLICATION,
    )

    @admin.display(description=_("due"), ordering="due_latest")
    def due_on(self, row: Deadline) -> str:
        return row.due.edtf()
