"""How a form is saved: nobody's work is written over, and what the database refuses is told on the form with all that was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tracker.curation.claims import OvertakenError, claim
from tracker.models.edit import versions_of
from tracker.models.kinds import CHILDREN

from .comparing import CHOSEN, as_new, carried, compared, resolved
from .stamps import OPENED, Stamps, read_stamps, stamped

#: So often a form is looked at anew when somebody else was a moment faster.
TRIES = 4


class RefusedError(Exception):
    """What was typed can't be saved; the field to blame, and the sentence for the editor."""

    def __init__(self, field: str | None, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


def stamps_of(request: HttpRequest) -> Stamps:
    """Return how the form that is being saved was opened."""
    return read_stamps(request.POST.get(OPENED, ""))


class SavingAdmin:
    """A form that knows how it was opened, and is shown beside what stands now if that is something else."""

    model: Any
    admin_site: Any
    has_add_permission: Any

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        held: Any = request
        if request.method == "POST" and CHOSEN in request.POST:
            held.POST = resolved(request.POST)
        held.refusals = []
        for tried in range(TRIES):
            try:
                page: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]  # an admin's
            except OvertakenError as error:
                # The next look finds what the other one saved, and compares.
                if tried == TRIES - 2:
                    held.refusals.append((None, str(error)))
            except RefusedError as error:
                held.refusals.append((error.field, error.sentence))
            except IntegrityError as error:
                held.refusals.append((None, _sentence(error, (self.model, *CHILDREN))))
            else:
                break
        return page

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return the record, and keep in mind at which revision it was read for this answer."""
        row = super().get_object(request, *args, **kwargs)  # type: ignore[misc]
        held: Any = request
        held.read = row and row.revision
        return row

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.refusals = getattr(request, "refusals", [])
        form.stamp = stamps_of(request).record if change and request.method == "POST" else None
        return form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        stamps = stamps_of(request) if obj is not None and request.method == "POST" else None
        for formset, inline in super().get_formsets_with_inlines(request, obj):  # type: ignore[misc]
            formset.stamps = stamps
            yield formset, inline

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Return what was typed into the form of a record that is no longer there, to be added anew."""
        if request.method != "POST" or OPENED not in request.POST or not self.has_add_permission(request):
            away: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
            return away
        owners = {one.get_default_prefix(): one.fk.name for one, _inline in self.get_formsets_with_inlines(request)}
        sent = as_new(request.POST, owners)
        labels = {name: field.label for name, field in self.get_form(request).base_fields.items()}
        typed = [(labels[name], value) for name, value in sent if name in labels and value]
        context = {**self.admin_site.each_context(request), "title": _("The record is no longer there"), "opts": opts, "carried": sent, "typed": typed}
        return TemplateResponse(request, "admin/tracker/gone.html", context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and not form.changed_columns:
            # What nobody changed is not written either: it could be old by now.
            form.save_m2m = lambda: None
            return
        if change:
            claim(obj, obj.revision)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form, formsets = context["adminform"].form, [one.formset for one in context["inline_admin_formsets"]]
        if not form.is_bound and form.instance.pk is not None:
            context["stamp"] = stamped(form, formsets)
        elif form.is_bound:
            context["stamp"] = request.POST.get(OPENED, "")
            if form.instance.pk is not None and (form.is_overtaken or any(one.is_overtaken for one in formsets)):
                return self._compare(request, context, form, formsets)
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return page

    def _compare(self, request: HttpRequest, context: Any, form: Any, formsets: list[Any]) -> HttpResponse:
        stamps = stamps_of(request)
        last: Any = versions_of(self.model)._default_manager.filter(id=form.instance.pk).select_related("history_user").order_by("-history_id").first()
        more = {
            "title": _("Somebody else has saved this, too"),
            "subtitle": None,
            "original": self.model._default_manager.get(pk=form.instance.pk),
            "parts": compared(form, formsets, stamps),
            "carried": list(carried(request.POST)),
            "fresh_stamp": stamped(form, formsets),
            "last": last,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "admin/tracker/comparison.html", {**context, **more})


def _sentence(error: IntegrityError, tables: Iterable[type[models.Model]]) -> str:
    """Return the sentence of the constraint that the database names."""
    found = str(error)
    for table in tables:
        for constraint in table._meta.constraints:
            fields: list[Any] = [table._meta.get_field(name) for name in getattr(constraint, "fields", ())]
            columns = [f"{table._meta.db_table}.{one.column}" for one in fields]
            if constraint.name in found or (columns and found.endswith(", ".join(columns))):
                return str(constraint.violation_error_message)
    return _("The database refuses it: something that was saved at the same moment does not go with it. Look at it again.")
