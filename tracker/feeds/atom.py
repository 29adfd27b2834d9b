"""Atom feeds (RFC 4287): all changes of the record, those of one series or commitment, what came back, and missed dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.models import Commitment, Series
from tracker.models.publication import PublishedRecord, RecordQuerySet
from tracker.queries.addresses import address
from tracker.queries.edits import EVERYTHING, Scope

from .told import Entry, at_noon, came_back, changes, missed_dates

#: Entries are named by the day on which the first feeds were made, so that a site that moves keeps their names.
NAMED = "tag:reaffirmed,2026:"


def all_changes(request: HttpRequest) -> HttpResponse:
    return _feed(
        request, _("Reaffirmed: all changes"), _("What was added to the record, corrected in it or withdrawn from it."), "changes", changes(EVERYTHING)
    )


def series_changes(request: HttpRequest, slug: str) -> HttpResponse:
    def made(row: Any) -> HttpResponse:
        about = _("What was changed in the record of this series.")
        return _feed(request, _("Reaffirmed: %(title)s") % {"title": row.title}, about, f"series/{slug}", changes(Scope(series=row.pk)))

    return _of_one(Series, slug, made, "tracker:series_feed")


def commitment_changes(request: HttpRequest, slug: str) -> HttpResponse:
    def made(row: Any) -> HttpResponse:
        about = _("What was changed in the record of this commitment.")
        scope = Scope(record=(Commitment, row.pk))
        return _feed(request, _("Reaffirmed: %(title)s") % {"title": row.name}, about, f"commitments/{slug}", changes(scope))

    return _of_one(Commitment, slug, made, "tracker:commitment_feed")


def returns(request: HttpRequest) -> HttpResponse:
    return _feed(request, _("Reaffirmed: came back"), _("Commitments that were voiced again after more than two years."), "came-back", came_back())


def missed(request: HttpRequest) -> HttpResponse:
    about = _("Promised dates that were missed, or have passed with no word of the outcome.")
    return _feed(request, _("Reaffirmed: missed dates"), about, "missed-dates", missed_dates(timezone.now().date()))


def _of_one(model: type[PublishedRecord], slug: str, made: Callable[[Any], HttpResponse], name: str) -> HttpResponse:
    """Return the feed of a public record, or lead to its new address; a record that is not on view has none."""
    row = RecordQuerySet(model).published().filter(slug=slug).first()
    if row is not None:
        return made(row)
    found = address(model, slug)
    if found.standing == "moved":
        return HttpResponsePermanentRedirect(reverse(name, args=[found.new_slug]))
    raise Http404


def _feed(request: HttpRequest, title: str, about: str, key: str, entries: Iterable[Entry]) -> HttpResponse:
    def whole(path: str) -> str:
        return request.build_absolute_uri(path)

    feed = Atom1Feed(
        title=title,
        link=whole(reverse("tracker:changes")),
        description=about,
        subtitle=about,
        language=get_language() or "en",
        feed_url=whole(request.path),
        feed_guid=f"{NAMED}feeds/{key}",
        author_name="Reaffirmed",
        feed_copyright="CC BY 4.0",
    )
    for one in entries:
        content = one.content.replace('href="/', f'href="{whole("/")}')
        feed.add_item(title=one.title, link=whole(one.address), description=content, unique_id=f"{NAMED}{one.key}", pubdate=None, updateddate=one.updated)
    return HttpResponse(_dated(feed).writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _dated(feed: Any) -> Any:
    """Return the feed with a date even where it has no entry: the same one each time it is asked."""
    if not feed.items:
        feed.latest_post_date = lambda: at_noon(timezone.now().date())
    return feed
