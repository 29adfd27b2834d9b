"""Loading a file at the desk: the loader's own plan first, then exactly that plan; and the loads so far, each to be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.curation.workflow import may_decide
from tracker.loading.account import as_dict, closing_line, fingerprint
from tracker.loading.apply import PlanChangedError, load_documents
from tracker.loading.edits import Loader
from tracker.loading.plan import Plan
from tracker.loading.problems import ConflictError, FixtureError
from tracker.loading.reverting import CannotRevertError, revert
from tracker.loading.uploads import GoneError, Upload, called, forget, keep, megabytes, reading_of
from tracker.models import Load
from tracker.models.kinds import RECORDS

from .edits import LONGEST_REASON

#: So many records, problems and loads are shown; of the others it says how many there are.
SHOWN = 200
LAST_LOADS = 20
#: A load of more records is taken back on the command line: a browser would not wait for it.
LARGEST_TAKEN_BACK = 20_000
SIDES = ("ours", "theirs")
#: What becomes of a record or a row, and what a load counts, in words.
WORDS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
    "restored": gettext_lazy("brought back"),
    "gone": gettext_lazy("gone"),
    "same": gettext_lazy("unchanged"),
    "withdrawn": gettext_lazy("withdrawn"),
    "untouched": gettext_lazy("in the database, in no file"),
}


class FileForm(forms.Form):
    """A fixture file, and why it is loaded."""

    file = forms.FileField(label=gettext_lazy("File"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Why the records change. Readers see it beside each change."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = gettext_lazy("A .toml, .jsonl or .jsonl.gz file of up to %(size)s, unpacked. Nothing is written before you have seen what it would change.")
        self.fields["file"].help_text = about % {"size": megabytes(_most())}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be loaded: the file, whose values where an editor changed a record, and why."""

    upload: Upload
    side: Any
    reason: str


def may_load(user: Any) -> bool:
    """Return whether ``user`` may load files: who publishes every kind of record and gives the roles, an Administrator."""
    return bool(user.has_perm("auth.change_user")) and all(may_decide(user, table) for table in RECORDS)


def load_view(request: HttpRequest) -> HttpResponse:
    """Answer with the form; with the plan of the file that was sent; or, once that is agreed to, with what came of it."""
    _refuse_others(request)
    if request.method == "POST" and "digest" in request.POST:
        side = request.POST.get("side")
        upload = Upload(called(request.POST.get("name", "")), request.POST["digest"], int(request.user.pk or 0))
        asked = Asked(upload, side if side in SIDES else None, _reason(request))
        try:
            return _applied(request, asked) if "_apply" in request.POST else _planned(request, asked)
        except GoneError:
            messages.error(request, _("The file is no longer kept here: choose it again."))
            return HttpResponseRedirect(request.path)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not (form.is_bound and form.is_valid()):
        return _asks(request, form)
    file = form.cleaned_data["file"]
    try:
        # Of a file that is too large no more is read than shows that it is.
        upload = keep(_folder(), file.name, file.read(_most() + 1), int(request.user.pk or 0), _most(), timezone.now().timestamp())
    except FixtureError as refused:
        return _refused(request, refused, called(file.name))
    return _planned(request, Asked(upload, None, _reason(request)))


def run_view(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with what one load did, and take it back if that is asked for."""
    _refuse_others(request)
    run = get_object_or_404(Load.objects.select_related("edit__by", "reverts__edit").prefetch_related("reverted_by__edit"), edit__key=key)
    taken_back_by = run.reverted_by.first()
    counts = [(WORDS[name], number) for name, number in run.counts.items() if number and name in WORDS]
    is_large = sum(run.counts.get(name, 0) for name in ("new", "changed", "removed", "restored")) > LARGEST_TAKEN_BACK
    if request.method == "POST" and "_revert" in request.POST and not is_large:
        try:
            revert(run, by=_loader(request, _reason(request)))
        except CannotRevertError as refused:
            messages.error(request, _("It can’t be taken back: %(why)s.") % {"why": refused.why})
            return HttpResponseRedirect(request.path)
        messages.success(request, _("The load was taken back."))
        return HttpResponseRedirect(_run_of(request))
    context: dict[str, Any] = {
        "title": _("Load %(key)s") % {"key": run.edit.key},
        "run": run,
        "counts": counts,
        "taken_back_by": taken_back_by,
        "longest": LONGEST_REASON,
    }
    if is_large:
        context["why_not"] = _("it is too large for this page; “manage.py revert_load %(key)s” does it") % {"key": run.edit.key}
    try:
        if taken_back_by is None and not is_large:
            context["would"] = revert(run, by=_loader(request, ""), dry_run=True)
    except CannotRevertError as refused:
        context |= {"why_not": refused.why, "in_the_way": refused.records}
    context["above"] = {"title": _("Load a file"), "address": reverse("admin:load")}
    return _page(request, "load_run", context)


def _planned(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Answer with what loading the file would do, or with what is wrong, or with what editors changed and somebody has to decide on."""
    try:
        plan = load_documents(reading_of(_folder(), asked.upload), by=_loader(request, ""), complete=False, dry_run=True, side=asked.side)
    except ConflictError as undecided:
        context = {"title": _("Whose values?"), "asked": asked, "conflicts": undecided.problems[:SHOWN], "more": max(0, len(undecided.problems) - SHOWN)}
        return _page(request, "load_conflicts", context | {"above": {"title": _("Load a file"), "address": request.path}})
    except FixtureError as refused:
        forget(_folder(), asked.upload)
        return _refused(request, refused, asked.upload.name)
    return _shown(request, asked, plan)


def _shown(request: HttpRequest, asked: Asked, plan: Plan) -> HttpResponse:
    told = as_dict(plan)
    records = [(record, list(changes)) for record, changes in groupby(told["changes"], key=lambda change: change["record"])]
    context = {
        "title": _("What would change"),
        "asked": asked,
        "counts": told["counts"],
        "closing_line": closing_line(plan),
        "records": [_record(record, changes) for record, changes in records[:SHOWN]],
        "more": max(0, len(records) - SHOWN),
        "locked": told["locked"][:SHOWN],
        "is_empty": plan.is_empty,
        "agreed": fingerprint(plan),
        "above": {"title": _("Load a file"), "address": request.path},
    }
    return _page(request, "load_plan", context)


def _record(name: str, changes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one record of a plan: what becomes of it, and the fields and rows beside it that change; of a new one everything is new."""
    own = next((one["what"] for one in changes if "child" not in one), "changed")
    told = [] if own == "new" else [one | {"what": WORDS[one["what"]]} for one in changes if one.get("fields") or "child" in one]
    return {"name": name, "what": WORDS[own], "changes": told}


def _applied(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Carry the plan out that was agreed to; if the record has changed since, show it anew."""
    by, agreed = _loader(request, asked.reason), request.POST.get("agreed") or "none"
    try:
        done = load_documents(reading_of(_folder(), asked.upload), by=by, complete=False, side=asked.side, agreed=agreed)
    except (PlanChangedError, FixtureError):
        messages.warning(request, _("Nothing was written: the record has changed since the plan was made. This is how it stands now."))
        return _planned(request, asked)
    forget(_folder(), asked.upload)
    if done.is_empty:
        messages.info(request, _("Nothing had to be changed."))
        return HttpResponseRedirect(request.path)
    messages.success(request, _("Loaded: %(what)s") % {"what": closing_line(done)})
    return HttpResponseRedirect(_run_of(request))


def _refused(request: HttpRequest, refused: FixtureError, name: str) -> HttpResponse:
    problems = refused.problems
    context = {"problems": problems[:SHOWN], "number": len(problems) + refused.untold, "more": max(0, len(problems) - SHOWN) + refused.untold, "name": name}
    return _asks(request, FileForm(initial={"reason": _reason(request)}), **context)


def _asks(request: HttpRequest, form: FileForm, **more: Any) -> HttpResponse:
    shown = AdminForm(form, ((None, {"fields": ("file", "reason")}),), {}, model_admin=None)  # type: ignore[arg-type]
    loads = Load.objects.select_related("edit__by", "reverts__edit").prefetch_related("reverted_by__edit").order_by("-edit_id")[:LAST_LOADS]
    context = {"title": _("Load a file"), "adminform": shown, "errors": form.errors, "loads": loads, "has_file_field": True}
    return _page(request, "load", context | more)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, f"admin/tracker/{template}.html", {**admin.site.each_context(request), **context})


def _loader(request: HttpRequest, reason: str) -> Loader:
    return Loader(timezone.now(), request.user.get_username(), reason, request.user)


def _run_of(request: HttpRequest) -> str:
    """Return the address of the load that this person has just made."""
    return reverse("admin:load_run", args=[Load.objects.filter(edit__by=request.user.pk).latest("edit_id").edit.key])


def _reason(request: HttpRequest) -> str:
    return " ".join(request.POST.get("reason", "").replace("\x00", "").split())[:LONGEST_REASON]


def _refuse_others(request: HttpRequest) -> None:
    if not may_load(request.user):
        raise PermissionDenied


def _folder() -> Path:
    folder: Path = settings.UPLOADS_DIR
    return folder


def _most() -> int:
    return int(settings.UPLOAD_MB) * 1024**2


def on_the_first_page(request: HttpRequest) -> dict[str, Any]:
    return {"may_load": may_load(request.user)}


desk: Any = admin.site
desk.add_page("load/", load_view, "load")
desk.add_page("load/<slug:key>/", run_view, "load_run")
desk.add_to_first_page(on_the_first_page)
