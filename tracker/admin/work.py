"""What waits for an editor: the queues on the first page with their counts, and a page for each with its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.curation import duplicates
from tracker.curation.queues.board import BY_KEY, counts, page
from tracker.curation.queues.rows import MANY, Asker, Item, Number, up_to_many

from .fields import KEY

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A queue that has a page of its own: its title, who may act on it, how many rows wait there, and the name of its address."""

    title: Any
    may: Callable[[Asker], bool]
    count: Callable[[], int]
    address: str


#: Queues with pages of their own, one line each.
ELSEWHERE: tuple[Elsewhere, ...] = (
    Elsewhere(
        gettext_lazy("Likely duplicates"), lambda asker: asker.may("view_merge", "change_commitment"), duplicates.count, "admin:tracker_merge_duplicates"
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A queue on the first page."""

    title: str
    address: str
    number: Number


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a queue: what it is called, what kind of record it is, why it is there, and where the work is done, in a word."""

    name: str
    kind: str
    why: str
    address: str
    does: str


def on_the_first_page(request: HttpRequest) -> dict[str, Any]:
    asker = _asker(request)
    own = [Line(str(queue.title), reverse("admin:work", args=[queue.key]), number) for queue, number in counts(asker)]
    others = [Line(str(one.title), reverse(one.address), up_to_many(one.count())) for one in ELSEWHERE if one.may(asker)]
    return {"work": [*own, *others]}


def queue_view(request: HttpRequest, key: str) -> HttpResponse:
    queue, asker = BY_KEY.get(key), _asker(request)
    if queue is None:
        raise Http404
    if not queue.may(asker):
        raise PermissionDenied
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    asked = request.GET.get("p", "")
    number = min(int(asked) if KEY.fullmatch(asked) else 1, MANY // ON_A_PAGE) or 1
    found = page(queue, asker, (number - 1) * ON_A_PAGE, ON_A_PAGE)
    last = max(1, -(-found.number.rows // ON_A_PAGE))
    context = {
        **admin.site.each_context(request),
        "title": queue.title,
        "queue": queue,
        "rows": list(map(_row, found.items)),
        "number": found.number,
        "most": MANY,
        "looked_at": found.looked_at,
        "start": (number - 1) * ON_A_PAGE + 1,
        "before": number - 1,
        "after": number + 1 if number < last else 0,
    }
    return TemplateResponse(request, "admin/tracker/queue.html", context)


def _asker(request: HttpRequest) -> Asker:
    return Asker(request.user, timezone.localdate(), four_eyes=settings.FOUR_EYES)


def _row(item: Item) -> Row:
    kind = apps.get_model("tracker", item.kind)._meta.verbose_name
    if item.meeting:
        return Row(item.name, str(kind), item.why, reverse("admin:tracker_source_read", args=[item.pk, item.meeting]), _("Read"))
    return Row(item.name, str(kind), item.why, reverse(f"admin:tracker_{item.kind}_change", args=[item.pk]), _("Open"))


desk: Any = admin.site
desk.add_page("work/<slug:key>/", queue_view, "work")
desk.add_to_first_page(on_the_first_page)
