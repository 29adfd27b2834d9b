"""How to cite a dossier: the files that reference managers read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from tracker.exports.citing import FORMS, Citable
from tracker.models import Commitment
from tracker.queries.dossiers import Dossier, dossier

from . import asking
from .addresses import elsewhere


def citable(request: HttpRequest, about: Dossier, as_of: asking.AsOf) -> Citable:
    """Return the dossier as something to cite: its address always names the day whose state it shows."""
    address = reverse("tracker:commitment", args=[about.commitment.slug])
    url = request.build_absolute_uri(f"{address}?as_of={as_of.day.isoformat()}")
    return Citable(about.commitment.slug, about.commitment.name, about.series.name, url, as_of.day, about.changed.date())


def commitment_citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    about = dossier(slug)
    if about is None:
        return elsewhere(request, Commitment, slug)
    if refused := asking.refusal(as_of := asking.as_of(request)):
        return refused
    media_type, write = FORMS[form]
    name = f'attachment; filename="{slug}.{form}"'
    return HttpResponse(write(citable(request, about, as_of)), content_type=media_type, headers={"Content-Disposition": name})
