"""Meetings in the admin, with who was there and which sources report them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.curation.chains import Fault, misplaced_meeting
from tracker.models import Attendance, Meeting, Mention, Milestone, Report

from .fields import EdtfField
from .forms import RecordForm
from .records import PUBLICATION, ChildInline, RecordAdmin


class MeetingForm(RecordForm):
    starts = EdtfField(label=_("first day"))

    def faults(self, row: Any, typed: Mapping[str, Any]) -> Iterator[Fault]:
        return misplaced_meeting(row, typed)


class AttendanceInline(ChildInline):
    model = Attendance
    autocomplete_fields = ("party", "participant")
    fields = (("key", "party", "participant"), ("office", "role", "presence"))


class ReportInline(ChildInline):
    model = Report
    autocomplete_fields = ("source",)
    fields = (("source", "extent"), ("read_on", "read_by"))

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("source", "meeting")


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    form = MeetingForm
    list_display = ("title", "day", "place", "series", "format", "level", "status", "state")
    list_filter = ("series", "format", "level", "status", "state")
    list_select_related = ("series",)
    search_fields = ("title", "slug", "place", "occasion")
    ordering = ("-starts_latest", "-starts_earliest", "slug", "pk")
    autocomplete_fields = ("series", "remit", "part_of")
    inlines = (ReportInline, AttendanceInline)
    carries = ("series", "part_of")
    hung_on = ((Mention, "meeting"), (Milestone, "meeting"))
    fieldsets = (
        (None, {"fields": ("title", "slug", "series", "format", "level", "status")}),
        (_("When and where"), {"fields": ("starts", "ends", "date_note", "place", "country", "occasion")}),
        (_("What it belongs to"), {"fields": ("remit", "part_of", "summary")}),
        PUBLICATION,
    )

    def label(self, row: Meeting) -> str:
        return ", ".join(part for part in (row.title, row.place, row.starts.edtf(), str(row.series)) if part)

    @admin.display(description=_("first day"), ordering="starts_latest")
    def day(self, row: Meeting) -> str:
        return row.starts.edtf()
