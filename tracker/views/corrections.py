"""Reporting an error: a prepared e-mail that names the place, so that a reader need not describe it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.history.results import Occasion


def anchor(one: Occasion, page: str) -> str:
    """Return the id of a mention on the dossier ``page``: it is made of slugs, which never change once published."""
    own = "" if one.mention.commitment == page else f"-{one.mention.commitment}"
    return f"at-{one.meeting.slug}{own}"


def report_of(request: HttpRequest, one: Occasion, name: str) -> str:
    """Return the ``mailto:`` address that reports an error in a mention; empty where this site names nobody to write to."""
    address = reverse("tracker:commitment", args=[one.mention.commitment])
    place = request.build_absolute_uri(f"{address}#at-{one.meeting.slug}")
    keys = ", ".join(citation.key for citation in one.mention.citations)
    lines = [
        place,
        _("Commitment: %(name)s (%(slug)s)") % {"name": name, "slug": one.mention.commitment},
        _("Meeting: %(title)s (%(slug)s)") % {"title": one.meeting.title, "slug": one.meeting.slug},
        _("Citations: %(keys)s") % {"keys": keys},
        "",
        _("What is wrong, and how do you know?"),
        "",
    ]
    return mailto(settings.CORRECTIONS_EMAIL, _("Error in %(name)s, %(meeting)s") % {"name": name, "meeting": one.meeting.slug}, lines)


def mailto(to: str, subject: str, lines: Sequence[str]) -> str:
    """Return a ``mailto:`` address (RFC 6068): spaces are no plus signs, line ends are two characters. Empty without somebody to write to."""
    if not to:
        return ""
    body = "\r\n".join(lines)
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
