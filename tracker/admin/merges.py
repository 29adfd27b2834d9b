"""Merges that were made, with the way to undo each, and the records that look like two of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.curation import duplicates
from tracker.curation.claims import OvertakenError
from tracker.curation.merging.carrying import RefusedMergeError
from tracker.curation.merging.moves import How
from tracker.curation.merging.undoing import hindrances, undo
from tracker.curation.workflow import may_decide
from tracker.models import Apart, Merge
from tracker.models.merge import MERGED_KINDS

from .edits import LONGEST_REASON, REASON
from .fields import KEY
from .moved import kind_of
from .publishing import hand

#: So many pairs, and so many of those that were set aside, stand on one page.
MOST_PAIRS = 100
BOTH = 2


@dataclass(frozen=True, slots=True)
class Looking:
    """A pair on the page: the two records with what their admin calls them, and how alike they are."""

    pair: duplicates.Pair
    sides: list[tuple[Any, str, str]]
    reason: str = ""
    by: str = ""


class Undone(admin.SimpleListFilter):
    """Merges by whether they were undone."""

    title = gettext_lazy("what became of it")
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:  # noqa: ARG002  the framework's signature
        return [("no", _("Stands")), ("yes", _("Undone"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002  the framework's signature
        chosen = {"no": {"undone__isnull": True}, "yes": {"undone__isnull": False}}
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(Merge)
class MergeAdmin(admin.ModelAdmin):
    list_display = ("gone_title", "kept_title", "kind", "reason", "made", "by", "became")
    list_filter = (Undone, "kind")
    list_select_related = ("edit__by", "undone")
    search_fields = ("gone_title", "kept_title", "gone_slug", "kept_slug", "reason")
    ordering = ("-edit__made", "-pk")
    show_full_result_count = False
    actions = None

    def get_urls(self) -> Any:
        return [path("duplicates/", self.admin_site.admin_view(self.duplicates_view), name="tracker_merge_duplicates"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        # What moved may be long, and no list prints it.
        return super().get_queryset(request).defer("moves")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  the framework's signature
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the framework's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the framework's signature
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  the framework's signature
        return any(request.user.has_perm(f"tracker.view_{kind}") for kind in MERGED_KINDS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=gettext_lazy("merged"), ordering="edit__made")
    def made(self, done: Merge) -> Any:
        return done.edit.made

    @admin.display(description=gettext_lazy("by"))
    def by(self, done: Merge) -> str:
        return str(done.edit.by or "–")

    @admin.display(description=gettext_lazy("what became of it"))
    def became(self, done: Merge) -> str:
        return _("undone") if done.undone_id else _("stands")

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> Any:  # noqa: ARG002
        if object_id is None or not self.has_view_permission(request):
            raise PermissionDenied
        done = self.get_object(request, object_id)
        if done is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]  # not in the stubs
        may_undo = may_decide(request.user, apps.get_model("tracker", done.kind))
        if request.method == "POST":
            if not may_undo:
                raise PermissionDenied
            self._undo(request, done)
            return HttpResponseRedirect(request.path)
        return self._page(request, done, may_undo=may_undo)

    def _page(self, request: HttpRequest, done: Merge, *, may_undo: bool) -> HttpResponse:
        model = apps.get_model("tracker", done.kind)
        rows = model._default_manager.in_bulk([done.kept, done.gone])
        context = {**self.admin_site.each_context(request), "title": _("Merge"), "opts": self.opts, "done": done, "may_undo": may_undo}
        context |= {"sides": [_standing(rows.get(pk), title) for pk, title in ((done.gone, done.gone_title), (done.kept, done.kept_title))]}
        context |= {"parts": list(_parts(done)), "hindrances": [] if done.undone_id else hindrances(done), "longest": LONGEST_REASON}
        return TemplateResponse(request, "admin/tracker/merge/done.html", context)

    def _undo(self, request: HttpRequest, done: Merge) -> None:
        reason = request.POST.get(REASON, "")[:LONGEST_REASON].strip()
        sentence = "" if reason else _("Say why the two are not one: the reason stays with both.")
        try:
            if not sentence:
                undo(done, reason, hand(request))
        except OvertakenError:
            sentence = _("Nothing was undone: somebody else did so already, or took away what moved.")
        except RefusedMergeError as error:
            sentence = " ".join([_("Nothing was undone."), *error.sentences])
        except ValidationError as error:
            sentence = " ".join([_("Nothing was undone."), *error.messages])
        except IntegrityError:
            sentence = _("Nothing was undone: something that was added since stands in the place of what would come back.")
        if sentence:
            self.message_user(request, sentence, messages.ERROR)
        else:
            self.message_user(request, _("The merge was undone: both records stand as before."), messages.SUCCESS)

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """List the records that look like two of one, and take what editors say of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and (pair := _pair(request)):
            return self._say(request, pair)
        kind = request.GET.get("kind", "")
        asked = kind if kind in MERGED_KINDS else MERGED_KINDS[-1]
        found = {one: duplicates.pairs(one) for one in reversed(MERGED_KINDS)}
        kinds = [(one, apps.get_model("tracker", one)._meta.verbose_name_plural, len(some)) for one, some in found.items()]
        aside = Apart.objects.filter(kind=asked).select_related("by").order_by("-made", "-pk")[:MOST_PAIRS]
        context = {**self.admin_site.each_context(request), "title": _("Likely duplicates"), "opts": self.opts, "kind": asked, "kinds": kinds}
        context["row_opts"] = duplicates.MODELS[asked]._meta
        context |= {"pairs": self._looking(found[asked][:MOST_PAIRS]), "more": max(len(found[asked]) - MOST_PAIRS, 0)}
        context |= {
            "aside": self._looking([duplicates.Pair(asked, one.first, one.second, 0) for one in aside], {(one.first, one.second): one for one in aside})
        }
        context |= {"may_merge": may_decide(request.user, duplicates.MODELS[asked]), "may_say": _may_say(request, asked)}
        context |= {"alike": duplicates.ALIKE, "newest": duplicates.NEWEST}
        return TemplateResponse(request, "admin/tracker/merge/duplicates.html", context)

    def _looking(self, pairs: list[duplicates.Pair], said: Any = None) -> list[Looking]:
        if not pairs:
            return []
        desk: Any = self.admin_site.get_model_admin(duplicates.MODELS[pairs[0].kind])
        rows = desk.with_labels(desk.model._default_manager.all()).in_bulk({pk for pair in pairs for pk in (pair.first, pair.second)})
        found = []
        for pair in pairs:
            sides = [(rows[pk], desk.label(rows[pk]), rows[pk].get_state_display()) for pk in (pair.first, pair.second) if pk in rows]
            one = said.get((pair.first, pair.second)) if said else None
            if len(sides) == BOTH:
                found.append(Looking(pair, sides, one.reason if one else "", str(one.by or "–") if one else ""))
        return found

    def _say(self, request: HttpRequest, pair: duplicates.Pair) -> HttpResponse:
        if not _may_say(request, pair.kind):
            raise PermissionDenied
        if "_again" in request.POST:
            Apart.objects.filter(kind=pair.kind, first=pair.first, second=pair.second).delete()
            self.message_user(request, _("The two are looked at again."), messages.SUCCESS)
        else:
            duplicates.keep_apart(pair, request.POST.get("reason", "")[:300], hand(request))
            self.message_user(request, _("Kept: the two are not the same, and are not shown as likely duplicates again."), messages.SUCCESS)
        return HttpResponseRedirect(f"{reverse('admin:tracker_merge_duplicates')}?kind={pair.kind}")


def _may_say(request: HttpRequest, kind: str) -> bool:
    return bool(request.user.has_perm(f"tracker.change_{kind}"))


def _pair(request: HttpRequest) -> duplicates.Pair | None:
    """Return the pair that was sent, or None where it names no two records."""
    kind, keys = request.POST.get("kind", ""), [request.POST.get(name, "") for name in ("first", "second")]
    if kind not in MERGED_KINDS or not all(KEY.fullmatch(key) for key in keys):
        return None
    first, second = sorted(map(int, keys))
    there = duplicates.MODELS[kind]._default_manager.filter(pk__in=(first, second)).count()
    return duplicates.Pair(kind, first, second, 0) if first != second and there > 1 else None


def _standing(row: Any, title: str) -> dict[str, Any]:
    return {"title": title, "row": row, "page": reverse(f"admin:tracker_{row._meta.model_name}_change", args=[row.pk]) if row else ""}


def _parts(done: Merge) -> Any:
    for name, pks, how in done.moves["parts"]:
        number = pks if isinstance(pks, int) else len(pks)
        yield number, kind_of(apps.get_model("tracker", name), number), How(how).label
