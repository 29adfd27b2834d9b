"""Proposals in the admin: each beside what stands now, to be applied or declined by a second person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.chronicle import begin
from tracker.curation.claims import OvertakenError
from tracker.curation.proposals import DecidedError, applied, decline
from tracker.curation.workflow import may_decide
from tracker.models import Proposal

from .comparing import shown
from .edits import LONGEST_REASON, REASON
from .publishing import hand
from .saving import RefusedError
from .sent import as_it_stands, forms_of, with_changes
from .stamps import OPENED, stamped, stood

#: What can go wrong while a proposal is applied: each has its sentence.
HINDRANCES = (DecidedError, OvertakenError, RefusedError)


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what stands now, what was proposed. ``was`` says what stood when it was proposed, if that is something else."""

    label: str
    now: str
    proposed: str
    was: str


class Waiting(admin.SimpleListFilter):
    """Proposals by what became of them."""

    title = gettext_lazy("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:  # noqa: ARG002  the framework's signature
        return [("waiting", _("Waiting")), ("applied", _("Applied")), ("declined", _("Declined"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002  the framework's signature
        chosen = {
            "waiting": {"decided__isnull": True},
            "applied": {"edit__isnull": False},
            "declined": {"decided__isnull": False, "edit__isnull": True},
        }
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    list_display = ("record", "reason", "by", "made", "decision", "decided_by")
    list_filter = (Waiting, "kind")
    list_select_related = ("by", "decided_by")
    search_fields = ("title", "reason", "by__username")
    ordering = ("-made", "-pk")
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  the framework's signature
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the framework's signature
        return False

    @admin.display(description=gettext_lazy("record"))
    def record(self, proposal: Proposal) -> str:
        return f"{apps.get_model('tracker', proposal.kind)._meta.verbose_name}: {proposal.title}"

    @admin.display(description=gettext_lazy("decision"))
    def decision(self, proposal: Proposal) -> str:
        return _("waiting") if proposal.decided is None else _("applied") if proposal.edit_id else _("declined")

    def _row(self, proposal: Proposal) -> Any:
        return self._desk(proposal).get_queryset(None).filter(pk=proposal.row).first()

    def _desk(self, proposal: Proposal) -> Any:
        return self.admin_site.get_model_admin(apps.get_model("tracker", proposal.kind))

    def _may_decide(self, request: HttpRequest, proposal: Proposal, row: Any) -> bool:
        """Return whether this person may apply or decline: nobody does so with a proposal of their own where two people are needed."""
        by = hand(request)
        allowed = self.has_change_permission(request, proposal) and row is not None and may_decide(request.user, type(self._desk(proposal).judged(row)))
        return allowed and proposal.decided is None and not (by.four_eyes and proposal.by_id == request.user.pk)

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> Any:  # noqa: ARG002
        proposal = self.get_object(request, object_id or "")
        if object_id is None or not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]  # not in the stubs
        row = self._row(proposal)
        if request.method == "POST":
            if not self._may_decide(request, proposal, row):
                raise PermissionDenied
            return self._decide(request, proposal, row)
        return self._page(request, proposal, row)

    def _page(self, request: HttpRequest, proposal: Proposal, row: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": _("Proposal"), "opts": self.opts, "proposal": proposal, "row": row}
        context |= {"record": self.record(proposal), "decision": self.decision(proposal), "may_decide": self._may_decide(request, proposal, row)}
        if row is not None:
            form, formsets = forms_of(self._desk(proposal), request, row)
            context |= {"parts": list(_parts(form, formsets, proposal)), "stamp": stamped(form, formsets), "row_opts": row._meta}
        return TemplateResponse(request, "admin/tracker/proposal.html", context)

    def _decide(self, request: HttpRequest, proposal: Proposal, row: Any) -> HttpResponse:
        answer = " ".join(request.POST.get("answer", "").split())[:LONGEST_REASON]
        try:
            if "_apply" in request.POST:
                with transaction.atomic():
                    self._apply(request, proposal, row)
                self.message_user(request, _("The proposal was applied."), messages.SUCCESS)
            elif not answer:
                self.message_user(request, _("Say why the proposal is declined: its author will read it."), messages.ERROR)
            else:
                decline(proposal, answer, hand(request))
                self.message_user(request, _("The proposal was declined."), messages.SUCCESS)
        except HINDRANCES as error:
            self.message_user(request, str(error), messages.ERROR)
        except IntegrityError:
            self.message_user(request, _("The database refuses it: it does not go with what was saved at the same moment."), messages.ERROR)
        return HttpResponseRedirect(request.path)

    def _apply(self, request: HttpRequest, proposal: Proposal, row: Any) -> None:
        """Save the proposal as if it were typed into the form of the record as it stands."""
        desk = self._desk(proposal)
        unbound = forms_of(desk, request, row)
        sent = with_changes(as_it_stands(*unbound), unbound[1], proposal.changes)
        sent[REASON], sent[OPENED] = proposal.reason, request.POST.get(OPENED, "")
        form, formsets = forms_of(desk, request, row, sent)
        if not all([form.is_valid(), all_valid(formsets)]):
            raise RefusedError(None, _("It can’t be applied as it stands: %(faults)s") % {"faults": " ".join(_faults(form, formsets))})
        saved = desk.save_form(request, form, change=True)
        desk.save_model(request, saved, form, change=True)
        desk.save_related(request, form, formsets, change=True)
        by = hand(request)
        # A private text leaves no version, and no edit of its own.
        edit = getattr(form, "edit", None) or (begin(by.now, by.user) if form.changed_columns else None)
        if edit is None:
            raise RefusedError(None, _("The record says so already: decline it."))
        desk.log_change(request, saved, desk.construct_change_message(request, form, formsets))
        applied(proposal, edit, by)


def _parts(form: Any, formsets: Iterable[Any], proposal: Proposal) -> Iterator[tuple[str, list[Line]]]:
    """Yield for the record and each row beside it what is proposed, under the name of the row."""
    if changed := proposal.changes["record"]:
        yield str(form.instance._meta.verbose_name), list(_lines(form, changed, is_new=False))
    for formset in formsets:
        rows = {row.instance.pk: row for row in formset.initial_forms}
        for one in proposal.changes["rows"].get(formset.prefix, ()):
            name, found = formset.model._meta.verbose_name, rows.get(one["pk"])
            title = _("new %(kind)s") if one["pk"] is None else "%(kind)s: %(row)s" if found else _("%(kind)s that is no longer there")
            yield title % {"kind": name, "row": found and found.instance}, list(_lines(found or formset.empty_form, one["fields"], is_new=found is None))


def _lines(form: Any, fields: Any, *, is_new: bool) -> Iterator[Line]:
    for name, one in fields.items():
        if name in form.fields:
            now = [] if is_new else stood(form, name)
            was = "" if sorted(now) == sorted(one["was"]) or is_new else shown(form, name, one["was"])
            yield Line(str(form.fields[name].label), shown(form, name, now), shown(form, name, one["now"]), was)


def _faults(form: Any, formsets: Iterable[Any]) -> Iterator[str]:
    for errors in (form.errors, *(row for one in formsets for row in one.errors)):
        yield from (str(sentence) for sentences in errors.values() for sentence in sentences)
    for one in formsets:
        yield from map(str, one.non_form_errors())
