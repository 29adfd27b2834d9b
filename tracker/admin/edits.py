"""What each save writes into the history of edits, and the page on which an editor reads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from tracker.chronicle import Changes, Chronicle, begin
from tracker.vocabulary import Shown

from .fields import KEY, ProseField
from .forms import was_public
from .locks import LOCKS
from .saving import RefusedError

REASON = "reason_for_the_change"
LONGEST_REASON = 500


class InWords(HistoricalRecordContextHelper):  # type: ignore[misc]  # ships no types
    """Old and new values as an editor reads them: the labels of words, nothing for what is empty."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        said = super().prepare_delta_change_value(change, value)
        if said in (None, "", []):
            return "–"
        choices = getattr(self.model._meta.get_field(change.field), "flatchoices", ())
        return dict(choices).get(said, said) if choices else said


class EditedAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # ships no types
    """Each save is one edit: a version of each row that it changed, with who, when and why."""

    history_list_per_page = 30
    history_list_display = ("came_from", "told")
    object_history_template = "admin/versions.html"

    def get_urls(self) -> Any:
        """Return the pages of Django's own admin: a version is read in the list, and has no form of its own."""
        return admin.ModelAdmin.get_urls(self)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self.is_told(obj) and self.has_change_permission(request, obj):
            return (*fieldsets, (_("This change"), {"fields": (REASON,)}))
        return fieldsets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        asked = kwargs.pop("fields", None) or flatten_fieldsets(self.get_fieldsets(request, obj))
        form = super().get_form(request, obj, change, fields=[name for name in asked if name not in {REASON, LOCKS}], **kwargs)
        if self.is_told(obj):
            form.base_fields[REASON] = ProseField(
                label=_("reason for the change"),
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
                help_text=_("Needed for every change: what was wrong, and how you know. Readers see it beside the change; your name they do not see."),
            )
        return form

    def judged(self, row: Any) -> Any:
        """Return the record whose publication state is that of ``row``: the row itself, but for rows that stand beside another."""
        return row

    def is_told(self, row: Any) -> bool:
        """Return whether readers know ``row`` itself, or did until it was withdrawn."""
        return row is not None and was_public(self.judged(row))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # The versions of all that is saved together are written together, when all of it is saved.
        obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.forms:
            row.instance.skip_history_when_saving = True
        formset.before_deletion = lambda row: self._chronicle(request, form).take_away(type(row), [row.pk])
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changes = _changes(form, formsets, new=not change)
        if not changes.are_none:
            if (owner := self.judged(form.instance)) is not form.instance:
                changes.changed[type(owner)].add(owner.pk)
            chronicle = self._chronicle(request, form)
            if change and self.is_told(form.instance) and not chronicle.reason:
                raise RefusedError(REASON, str(_("Say why: readers see the reason beside the change.")))
            chronicle.write(changes)

    def _chronicle(self, request: HttpRequest, form: Any) -> Chronicle:
        """Return the chronicle of what is being saved: one edit, whatever is saved with the record."""
        form.edit = getattr(form, "edit", None) or begin(timezone.now(), request.user)
        return Chronicle(form.edit, " ".join(form.cleaned_data.get(REASON, "").split()))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not KEY.fullmatch(unquote(object_id)):
            answer: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            return answer
        page: HttpResponse = super().history_view(request, object_id, extra_context)
        return page

    def get_history_queryset(self, *args: Any) -> Any:
        return super().get_history_queryset(*args).select_related("edit__load", "edit__proposal__by", "edit__merge", "edit__undone_merge")

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> InWords:  # noqa: ARG002  the library's signature
        return InWords(self.model, historical_record)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the library's signature
        return True

    @admin.display(description=_("from"))
    def came_from(self, version: Any) -> Any:
        if version.edit is None:
            return _("neither this desk nor a load")
        source: Any = _("a load") if hasattr(version.edit, "load") else _("this desk")
        if hasattr(version.edit, "proposal"):
            source = _("a proposal by %(who)s") % {"who": version.edit.proposal.by or "–"}
        if hasattr(version.edit, "merge") or hasattr(version.edit, "undone_merge"):
            done = getattr(version.edit, "merge", None) or version.edit.undone_merge
            source = _("a merge") if hasattr(version.edit, "merge") else _("the undoing of a merge")
            return format_html('<a href="{}">{}</a>', reverse("admin:tracker_merge_change", args=[done.pk]), source)
        if not version.edit.public:
            return source
        return format_html('<a href="{}">{}</a>', reverse("tracker:change", args=[version.edit.key]), source)

    @admin.display(description=_("told to readers as"))
    def told(self, version: Any) -> Any:
        return Shown(version.shown).label if version.shown else "–"


def _changes(form: Any, formsets: Any, *, new: bool) -> Changes:
    """Return what was saved from the form of a record and those beside it."""
    changes = Changes()
    row = form.instance
    if new:
        changes.added[type(row)].add(row.pk)
    else:
        # A change beside a record is one of the record, too: the version says whose.
        beside = [formset.prefix for formset in formsets if formset.new_objects or formset.changed_objects or formset.deleted_objects]
        changes.change(type(row), row.pk, [*form.changed_columns, *beside])
    for formset in formsets:
        for added in formset.new_objects:
            changes.added[type(added)].add(added.pk)
        for changed, fields in formset.changed_objects:
            changes.change(type(changed), changed.pk, fields)
    return changes
