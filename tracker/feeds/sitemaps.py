"""What search engines read: which addresses there are, when each record last changed, and where not to go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as library
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from tracker.models import Commitment, Meeting, Participant, Party, Series, Source
from tracker.models.publication import PublishedRecord, RecordQuerySet

#: So many addresses stand in one file.
MOST = 10_000
#: Pages that are no record's.
PLACES = ("home", "series_list", "commitment_list", "mention_list", "deadline_list", "meeting_list", "source_list", "participant_list", "party_list",
          "numbers", "changes", "methods", "glossary", "guide", "data")  # fmt: skip


class Records(Sitemap):  # type: ignore[type-arg]  # generic for the type checker only
    """The public records of one kind."""

    limit = MOST

    def __init__(self, model: type[PublishedRecord]) -> None:
        super().__init__()
        self.model = model

    def items(self) -> QuerySet[Any]:
        return RecordQuerySet(self.model).published().order_by("slug").only("slug", "changed")

    def lastmod(self, row: Any) -> datetime:
        changed: datetime = row.changed
        return changed

    def location(self, row: Any) -> str:
        return reverse(f"tracker:{self.model._meta.model_name}", args=[row.slug])


class Pages(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return list(PLACES)

    def location(self, item: str) -> str:
        return reverse(f"tracker:{item}")


SECTIONS: dict[str, Any] = {"pages": Pages} | {
    str(model._meta.model_name): Records(model) for model in (Series, Commitment, Meeting, Source, Participant, Party)
}


def sitemap(request: HttpRequest) -> HttpResponse:
    return library.index(request, SECTIONS, sitemap_url_name="tracker:sitemap_section")


def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    if not request.GET.get("p", "1").isdecimal():
        raise Http404
    return library.sitemap(request, SECTIONS, section)


def robots(request: HttpRequest) -> HttpResponse:
    lines = ("User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri(reverse('tracker:sitemap'))}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
