"""The publication state in the admin: it moves by buttons and by actions of the list, never by being typed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.curation.workflow import WAYS, Hand, Move, Moved, may_move, move_all, moves_from
from tracker.models.publication import PublishedRecord

from .edits import LONGEST_REASON, REASON
from .saving import stamps_of

MOVE = "_move"
#: So many of the records that an action left alone are named.
FEW = 10


def hand(request: HttpRequest) -> Hand:
    """Return whose hand it is, and under which rule."""
    return Hand(request.user, timezone.now(), four_eyes=settings.FOUR_EYES)


class MoveForm(ActionForm):
    """The choice of an action, and the reason that some of them ask for."""

    reason = forms.CharField(label=gettext_lazy("Reason:"), required=False, max_length=LONGEST_REASON)


class PublishingAdmin:
    """Records that are moved on their way to the readers. Those of a kind without a state of its own have no moves."""

    model: Any
    message_user: Any
    action_form = MoveForm

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)  # type: ignore[misc]  # an admin's, to which this is mixed in
        return ("state", "withdrawn_reason", *fields) if issubclass(self.model, PublishedRecord) else fields

    def moves(self, request: HttpRequest, row: Any = None) -> list[Move]:
        """Return what this person may do with records of the kind, or with ``row``."""
        if not issubclass(self.model, PublishedRecord):
            return []
        return [move for move in (moves_from(row.state) if row else Move) if may_move(request.user, self.model, move)]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["moves"] = self.moves(request, context["original"]) if context.get("original") else []
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return page

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if request.POST.get(MOVE) not in Move.values:
            answer: HttpResponse = super().response_change(request, obj)  # type: ignore[misc]
            return answer
        self._tell(request, Move(request.POST[MOVE]), self._moved(request, obj))
        return HttpResponseRedirect(request.path)

    def _moved(self, request: Any, obj: Any) -> Moved:
        """Move the record as it was when the form was opened, with what was saved of it just now."""
        seen, reason = stamps_of(request).record.revision == request.read, request.POST.get(REASON, "")
        obj.refresh_from_db(fields=["revision", "state"])
        return move_all([(obj, obj.revision if seen else 0)], Move(request.POST[MOVE]), hand(request), reason)

    def get_actions(self, request: HttpRequest) -> Any:
        actions = {move.value: (partial(_act, move=move), move.value, move.label) for move in self.moves(request)}
        return {**super().get_actions(request), **actions}  # type: ignore[misc]

    def _tell(self, request: HttpRequest, move: Move, moved: Moved) -> None:
        """Say what was moved, and of what was left alone why."""
        if number := len(moved.rows):
            target = WAYS[move].target.label.lower()
            told = ngettext("%(number)d record is %(state)s now.", "%(number)d records are %(state)s now.", number)
            self.message_user(request, told % {"number": number, "state": target}, messages.SUCCESS)
        for row, why in moved.refused[:FEW]:
            self.message_user(request, _("“%(row)s” was left as it is: %(why)s.") % {"row": row, "why": why}, messages.WARNING)
        if (more := len(moved.refused) - FEW) > 0:
            self.message_user(request, _("%(number)d more were left as they are.") % {"number": more}, messages.WARNING)


def _act(desk: Any, request: HttpRequest, rows: QuerySet[Any], *, move: Move) -> None:
    """Move the chosen rows of a list, those that can be."""
    chosen = [(row, row.revision) for row in rows]
    desk._tell(request, move, move_all(chosen, move, hand(request), request.POST.get("reason", "")[:LONGEST_REASON]))
