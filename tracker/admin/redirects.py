"""Old addresses in the admin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.curation.chains import Fault
from tracker.models import Redirect
from tracker.vocabulary import PublicationState

from .forms import RecordForm
from .records import RecordAdmin


class RedirectForm(RecordForm):
    settled_once_stored = ("kind", "old_slug")

    def faults(self, row: Any, typed: Mapping[str, Any]) -> Iterator[Fault]:  # noqa: ARG002  the form's signature
        if "kind" not in typed:
            return
        records: Any = apps.get_model("tracker", typed["kind"])._default_manager
        # From a record that was merged, and so withdrawn, an address leads on.
        if records.filter(slug=typed.get("old_slug", "")).exclude(state=PublicationState.WITHDRAWN).exists():
            yield ("old_slug", _("A record stands here: an old address can't be that of a record."))
        if "new_slug" in typed and not records.filter(slug=typed["new_slug"]).exists():
            yield ("new_slug", _("No record of this kind stands here."))


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    form = RedirectForm
    list_display = ("kind", "old_slug", "new_slug")
    list_filter = ("kind",)
    search_fields = ("old_slug", "new_slug")
    ordering = ("kind", "old_slug", "pk")
    fieldsets = ((None, {"fields": ("kind", "old_slug", "new_slug", "created", "changed")}),)
