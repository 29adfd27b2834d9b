"""The pages on which two records are laid side by side and merged, and the hints that a record looks like another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.curation import duplicates
from tracker.curation.claims import OvertakenError
from tracker.curation.merging.carrying import RefusedMergeError, Seen, merge
from tracker.curation.merging.choices import choices
from tracker.curation.merging.planning import plan
from tracker.curation.workflow import may_decide
from tracker.models import Attendance, Citation, Mention, Merge

from .edits import LONGEST_REASON, REASON
from .fields import KEY
from .moved import told
from .publishing import hand

#: For each kind a key that leads to it: the choice of a record is that of such a key.
_LEADING: dict[str, Any] = {"commitment": (Mention, "commitment"), "participant": (Attendance, "participant"), "source": (Citation, "source")}
CHOICE = "take_"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records on the page: the row, what its admin calls it, and where it stands."""

    row: Any
    label: str
    state: str
    where: str


class MergingAdmin:
    """Records of which two can turn out to be one. ``called`` is the field that holds what a record is called."""

    model: Any
    admin_site: Any
    opts: Any
    message_user: Any
    label: Any
    called = "name"

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<path:object_id>/merge/", self.admin_site.admin_view(self.merge_view), name=name), *super().get_urls()]  # type: ignore[misc]  # an admin's

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose the other record, look at both, and merge them."""
        row = self._found(unquote(object_id))
        if not may_decide(request.user, self.model):
            raise PermissionDenied
        if row is None:
            raise Http404
        asked = request.POST if request.method == "POST" else request.GET
        other = self._found(asked.get("other", ""))
        if other is None or other.pk == row.pk:
            return self._choose(request, row)
        kept, gone = (other, row) if asked.get("stays") == "other" else (row, other)
        if request.method == "POST" and (done := self._merge(request, kept, gone)):
            return done
        return self._side_by_side(request, row, kept, gone)

    def _found(self, key: str) -> Any:
        rows = self.model._default_manager.select_related(*self.list_select_related)  # type: ignore[attr-defined]
        return rows.filter(pk=key).first() if KEY.fullmatch(key) else None

    def _choose(self, request: HttpRequest, row: Any) -> HttpResponse:
        model, name = _LEADING[self.opts.model_name]
        field = self.formfield_for_foreignkey(model._meta.get_field(name), request)  # type: ignore[attr-defined]
        field.label, field.help_text, field.required = _("The other record"), _("Type a few letters of its name."), True
        form = type("Other", (forms.Form,), {"other": field})(request.GET if "other" in request.GET else None)
        context = {"row": row, "label": self.label(row), "form": form, "media": form.media, "hints": _hints(request, row)}
        return self._page(request, "choose", row, context | {"title": _("Merge with another record")})

    def _side_by_side(self, request: HttpRequest, row: Any, kept: Any, gone: Any) -> HttpResponse:
        chosen = _chosen(request)
        moves, seen = plan(kept, gone, chosen), plan(kept, gone)
        context: dict[str, Any] = {"sides": [self._side(kept), self._side(gone)], "row": row, "stays": "this" if kept.pk == row.pk else "other"}
        context |= {
            "other": gone if kept.pk == row.pk else kept,
            "choices": choices(kept, gone, chosen),
            "moves": moves,
            "told": told(moves.parts, self.admin_site, gone),
        }
        context |= {"stamp": f"{kept.revision}.{gone.revision}.{seen.stamp}", "typed": request.POST.get(REASON, ""), "longest": LONGEST_REASON}
        return self._page(request, "preview", row, context | {"title": _("Merge two records"), "choice": CHOICE})

    def _side(self, row: Any) -> Side:
        return Side(row, self.label(row), row.get_state_display(), reverse(f"admin:tracker_{self.opts.model_name}_change", args=[row.pk]))

    def _page(self, request: HttpRequest, name: str, row: Any, context: dict[str, Any]) -> HttpResponse:
        about = {**self.admin_site.each_context(request), "opts": self.opts, "original": row}
        return TemplateResponse(request, f"admin/tracker/merge/{name}.html", about | context)

    def _merge(self, request: HttpRequest, kept: Any, gone: Any) -> HttpResponse | None:
        """Merge the two and return where to go, or say why not and return nothing."""
        reason = request.POST.get(REASON, "")[:LONGEST_REASON].strip()
        sentence = "" if reason else _("Say why the two are one: the reason stays with both.")
        try:
            if not sentence:
                done = merge(kept, gone, _seen(request), _chosen(request), reason, hand(request))
        except OvertakenError:
            sentence = _("Somebody else has changed one of the two, or what would move, since you looked. Nothing was merged: look again.")
        except RefusedMergeError as error:
            sentence = " ".join(error.sentences)
        except IntegrityError:
            sentence = _("The database refuses it: something that was saved at the same moment stands in the way. Nothing was merged: look again.")
        if sentence:
            self.message_user(request, sentence, messages.ERROR)
            kept.refresh_from_db()
            gone.refresh_from_db()
            return None
        where = reverse("admin:tracker_merge_change", args=[done.pk])
        said = _("“%(gone)s” was merged into “%(kept)s”.") % {"gone": done.gone_title, "kept": done.kept_title}
        self.message_user(request, format_html('{} <a href="{}">{}</a>', said, where, _("What was done, and how to undo it")), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:tracker_{self.opts.model_name}_change", args=[kept.pk]))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, with a hint beside the name where the record looks like another."""
        form = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        if obj is not None and request.method == "GET" and self.called in form.base_fields and (hints := _hints(request, obj)):
            field = form.base_fields[self.called]
            field.help_text = format_html('{} <span class="looks-like">{}</span>', field.help_text, _looks_like(hints))
        return form

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if hints := _hints(request, obj):
            self.message_user(request, _looks_like(hints), messages.WARNING)
        answer: HttpResponse = super().response_add(request, obj, post_url_continue)  # type: ignore[misc]
        return answer

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if row := context.get("original"):
            context["merged"] = Merge.objects.standing().filter(kind=self.opts.model_name, gone=row.pk).first()
            context["may_merge"] = may_decide(request.user, self.model) and not row.is_withdrawn
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return page


def _hints(request: HttpRequest, row: Any) -> list[tuple[str, str]]:
    """Return for each record that ``row`` looks like its name and where to go: to look at both, or to the record for who does not merge."""
    kind, may = row._meta.model_name, may_decide(request.user, type(row))
    found = []
    for other, _percent in [] if row.is_withdrawn else duplicates.like(row):
        page = reverse(f"admin:tracker_{kind}_{'merge' if may else 'change'}", args=[row.pk if may else other.pk])
        found.append((f"{page}?other={other.pk}" if may else page, str(other)))
    return found


def _looks_like(hints: list[tuple[str, str]]) -> SafeString:
    return format_html("{} {}", _("It looks like"), format_html_join(", ", '<a href="{}">“{}”</a>', hints))


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name.removeprefix(CHOICE): str(value) for name, value in request.POST.items() if name.startswith(CHOICE)}


def _seen(request: HttpRequest) -> Seen:
    """Return what was looked at; of what can't be read nothing matches."""
    kept, gone, stamp = (*request.POST.get("seen", "").split("."), "", "", "")[:3]
    return Seen(int(kept) if KEY.fullmatch(kept) else 0, int(gone) if KEY.fullmatch(gone) else 0, stamp)
