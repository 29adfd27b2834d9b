"""Each list as a file: the rows that its page finds under the same query string, all of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.listing import Site, unknown
from tracker.exports.lists.writing import FORMS
from tracker.filters import ListFilter

#: The number of a page says nothing of a file, which holds them all.
PASSED_OVER = "page"


def list_file(request: HttpRequest, rows: str, ending: str) -> HttpResponseBase:
    """Return the rows as a file, or 400 with a sentence for each word of the query string that can't be understood."""
    if rows not in LISTINGS or ending not in FORMS:
        raise Http404
    listing, form = LISTINGS[rows], FORMS[ending]
    site = Site(timezone.now().date(), f"{request.scheme}://{request.get_host()}")
    found = listing.asked(request.GET, site, request)
    if problems := _problems(found, request):
        return HttpResponseBadRequest("".join(f"{problem}\n" for problem in problems), content_type="text/plain; charset=utf-8")
    name = f"reaffirmed-{listing.name}-{site.today.isoformat()}.{ending}"
    body = form.write(listing, listing.documents(found.qs, site))
    return StreamingHttpResponse(body, content_type=form.media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _problems(found: ListFilter, request: HttpRequest) -> list[str]:
    known = ", ".join(found.filters)
    problems = [_("%(name)s: this list knows no such filter. It knows: %(known)s.") % {"name": name, "known": known} for name in _strange(found, request)]
    if not found.is_valid():
        problems += [f"{name}: {' '.join(map(str, said))}" for name, said in found.form.errors.items()]
    return problems


def _strange(found: ListFilter, request: HttpRequest) -> list[str]:
    """Return the words that the list does not know, as far as they are worth repeating."""
    return [name[:40] for name in unknown(found, request.GET, PASSED_OVER)]
