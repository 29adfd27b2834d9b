"""The page on which a record is brought back to an earlier version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tracker.curation.claims import OvertakenError
from tracker.curation.restoring import KEPT, Way, restore, way_back
from tracker.models.edit import versions_of

from .edits import LONGEST_REASON, REASON, InWords
from .fields import KEY
from .publishing import hand


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of one field, or of one row beside the record."""

    label: str
    now: str
    then: str


class RestoringAdmin:
    """Records whose earlier versions can be restored by whoever may change them as they stand."""

    model: Any
    admin_site: Any
    opts: Any
    is_told: Any
    proposes: Any
    message_user: Any

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        where = path("<path:object_id>/restore/<int:version>/", self.admin_site.admin_view(self.restore_view), name=name)
        return [where, *super().get_urls()]  # type: ignore[misc]  # an admin's, to which this is mixed in

    def get_history_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_history_list_display(request)  # type: ignore[misc]
        row = getattr(request, "read_of_history", None)
        return (*shown, "way_back") if row is not None and self.may_restore(request, row) else shown

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        key = unquote(object_id)
        request.read_of_history = self.model._default_manager.filter(pk=key).first() if KEY.fullmatch(key) else None
        newest: Any = versions_of(self.model)._default_manager.filter(id=request.read_of_history.pk) if request.read_of_history else None
        more = {"newest": newest.order_by("-history_id").values_list("pk", flat=True).first()} if newest is not None else {}
        page: HttpResponse = super().history_view(request, object_id, (extra_context or {}) | more)  # type: ignore[misc]
        return page

    def may_restore(self, request: HttpRequest, row: Any) -> bool:
        return bool(self.has_change_permission(request, row)) and not self.proposes(request, row)  # type: ignore[attr-defined]

    def way_back(self, version: Any) -> Any:
        """Return the link to the page that restores ``version``."""
        if version.history_type == "-":
            return ""
        where = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_restore", args=[version.id, version.pk])
        return format_html('<a href="{}">{}</a>', where, _("Restore this version"))

    def restore_view(self, request: HttpRequest, object_id: str, version: int) -> HttpResponse:
        key = unquote(object_id)
        row: Any = self.model._default_manager.filter(pk=key).first() if KEY.fullmatch(key) else None
        known: Any = versions_of(self.model)._default_manager
        found = known.filter(pk=version, id=key).exclude(history_type="-").first() if row is not None and version < 1 << 63 else None
        if row is not None and not self.may_restore(request, row):
            raise PermissionDenied
        if found is None:
            raise Http404
        if request.method == "POST" and (done := self._restore(request, row, found)):
            return done
        return self._version_page(request, row, found, way_back(row, found))

    def _restore(self, request: HttpRequest, row: Any, found: Any) -> HttpResponse | None:
        """Restore the version and return where to go, or say why not and return nothing."""
        reason, revision = request.POST.get(REASON, "")[:LONGEST_REASON].strip(), request.POST.get("revision", "")
        sentence = "" if reason else _("Say why: the reason stays with the record.")
        try:
            if not sentence:
                restore(row, int(revision) if KEY.fullmatch(revision) else 0, found, reason, hand(request))
        except (OvertakenError, ValidationError) as error:
            sentence = " ".join(getattr(error, "messages", [str(error)]))
        except IntegrityError:
            sentence = _("The database refuses it: something that was added since stands in its place.")
        if sentence:
            self.message_user(request, sentence, messages.ERROR)
            row.refresh_from_db()
            return None
        self.message_user(request, _("The record is as it was then."), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]))

    def _version_page(self, request: HttpRequest, row: Any, found: Any, way: Way) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore a version"),
            "opts": self.opts,
            "original": row,
            "version": found,
            "way": way,
            "lines": _lines(row, found) + _lines_beside(way),
            "typed": request.POST.get(REASON, ""),
            "longest": LONGEST_REASON,
        }
        return TemplateResponse(request, "admin/tracker/restore.html", context)


def _lines(row: Any, found: Any) -> list[Line]:
    """Return the fields of ``row`` that ``found`` holds otherwise, in words."""
    last: Any = versions_of(type(row))._default_manager.filter(id=row.pk).order_by("-history_id").first()
    changes = last.diff_against(found, foreign_keys_are_objs=True, excluded_fields=KEPT).changes
    words = InWords(type(row), last)
    told = [words.format_delta_change(change) for change in changes]
    return [Line(str(one.field), str(one.new), str(one.old)) for one in told]


def _lines_beside(way: Way) -> list[Line]:
    lines = []
    for row, found in way.changed:
        kind = row._meta.verbose_name
        lines += [Line(f"{kind}: {one.label}", one.now, one.then) for one in _lines(row, found)]
    lines += [Line(str(one.instance_type._meta.verbose_name), "–", _("comes back: %(row)s") % {"row": _named(one)}) for one in way.returning]
    lines += [Line(str(row._meta.verbose_name), str(row), _("goes: it was added since")) for row in way.going]
    lines += [Line(str(row._meta.verbose_name), str(row), _("stays: nothing published is deleted")) for row in way.stays]
    return lines


def _named(version: Any) -> str:
    return str(next((value for name in ("name", "phrase", "paraphrase", "office", "key") if (value := getattr(version, name, ""))), version.id))
