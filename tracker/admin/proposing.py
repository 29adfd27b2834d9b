"""What an editor saves of a published record becomes a proposal; the record stays as it is until somebody else applies it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tracker.curation.proposals import propose, waiting
from tracker.curation.workflow import may_decide

from .edits import REASON
from .publishing import hand
from .saving import RefusedError
from .sent import changes_of


class ProposingAdmin:
    """Records of which only some people may change what readers see."""

    judged: Any
    is_told: Any
    message_user: Any
    has_change_permission: Any

    def proposes(self, request: HttpRequest, row: Any) -> bool:
        """Return whether what this person changes of ``row`` is only proposed."""
        return row is not None and self.is_told(row) and not may_decide(request.user, type(self.judged(row)))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not self.proposes(request, obj):
            super().save_model(request, obj, form, change)  # type: ignore[misc]  # an admin's, to which this is mixed in
        elif not change:
            raise RefusedError(None, _("It would stand beside a published record: open that record, add it there, and it becomes a proposal."))

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        if not self.proposes(request, form.instance):
            super().save_related(request, form, formsets, change)  # type: ignore[misc]
            return
        reason = " ".join(form.cleaned_data.get(REASON, "").split())
        changes = changes_of(form, formsets)
        if changes and not reason:
            raise RefusedError(REASON, _("Say why: who decides on it will ask, and readers see the reason beside the change."))
        request.proposal = propose(form.instance, changes, reason, hand(request)) if changes else None

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        # What was only proposed has saved no rows that could be told of.
        return [] if hasattr(request, "proposal") else super().construct_change_message(request, form, formsets, add)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if hasattr(request, "proposal") else super().log_change(request, obj, message)  # type: ignore[misc]

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        if not hasattr(request, "proposal"):
            answer: HttpResponse = super().response_change(request, obj)  # type: ignore[misc]
            return answer
        if request.proposal:
            self.message_user(request, _("Your change was proposed. The record stays as it is until a reviewer applies it."), messages.SUCCESS)
        else:
            self.message_user(request, _("You changed nothing, so nothing was proposed."), messages.WARNING)
        return HttpResponseRedirect(request.path)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if row := context.get("original"):
            context["proposes"] = self.proposes(request, row) and self.has_change_permission(request, row)
            context["proposals"] = waiting(row) if self.is_told(row) else ()
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return page
