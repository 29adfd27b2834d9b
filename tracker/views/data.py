"""What programs and archives can take along: the data package, the lists as files, the interface, the feeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.writing import FORMS
from tracker.exports.package.releases import newest_file, releases
from tracker.exports.snapshot.publishing import current
from tracker.models import DataVersion

from .conditional import changes_by_itself

#: So many packages of the log are shown.
MOST_RELEASES = 30


@changes_by_itself
def data(request: HttpRequest) -> HttpResponse:
    folder = Path(settings.DATA_DIR)
    newest = newest_file(folder)
    lists = [(one.name, one.filter.title, one.about) for one in LISTINGS.values()]
    context: dict[str, Any] = {"newest": newest[0] if newest else None, "log": releases(folder)[:MOST_RELEASES], "lists": lists, "forms": list(FORMS)}
    context["is_current"] = newest is not None and newest[0].data_version == DataVersion.current()
    context["snapshot"] = current(settings.SNAPSHOT) if settings.SNAPSHOT else None
    return render(request, "tracker/data.html", context)


@changes_by_itself
def data_package(request: HttpRequest) -> HttpResponseBase:
    """Return the newest package as it was packed; 404 where none was made yet."""
    newest = newest_file(Path(settings.DATA_DIR))
    if newest is None:
        return HttpResponseNotFound(_("No data package was made on this site yet.") + "\n", content_type="text/plain; charset=utf-8")
    about, path = newest
    tag = f'"{about.sha256}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": tag})
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=about.file, content_type="application/zip", headers={"ETag": tag, "Cache-Control": "no-cache"}
    )
