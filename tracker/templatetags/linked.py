"""Linked data for a page, and what a page tells those who show it elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tracker.exports import linked
from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.writing import FORMS
from tracker.history.results import Trace
from tracker.queries.dossiers import Dossier
from tracker.queries.meetings import MeetingPage
from tracker.queries.sources import SourcePage

register = template.Library()
#: What would end the element, or begin a comment in it, is written as JSON allows.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def again(context: template.Context, block: str) -> SafeString:
    """Return once more what the block of that name says, on one line."""
    found: Any = context.render_context[BLOCK_CONTEXT_KEY].get_block(block)
    return mark_safe(" ".join(found.render(context).split()).replace('"', "&quot;"))  # noqa: S308  the block has escaped its values


@register.simple_tag(takes_context=True)
def linked_meeting(context: template.Context, page: MeetingPage) -> SafeString:
    return _script(linked.event(page, _address(context)))


@register.simple_tag(takes_context=True)
def linked_commitment(context: template.Context, trace: Trace, about: Dossier, names: Mapping[str, str]) -> SafeString:
    return _script(linked.claims(trace, about.commitment.name, about.description, names, _address(context)))


@register.simple_tag(takes_context=True)
def linked_source(context: template.Context, page: SourcePage) -> SafeString:
    return _script(linked.article(page, _address(context)))


@register.simple_tag(takes_context=True)
def linked_data(context: template.Context, newest: Any) -> SafeString:
    whole = context["request"].build_absolute_uri
    files = [
        (whole(reverse("tracker:list_file", args=[name, ending])), form.media_type.partition(";")[0]) for name in LISTINGS for ending, form in FORMS.items()
    ]
    return _script(linked.dataset(newest, files, whole(reverse("tracker:data")), whole(reverse("tracker:data_package"))))


def _address(context: template.Context) -> linked.Address:
    def address(kind: str, slug: str) -> str:
        whole: str = context["request"].build_absolute_uri(reverse(f"tracker:{kind}", args=[slug]))
        return whole

    return address


def _script(document: linked.Document) -> SafeString:
    """Return the document as an element that no browser runs: it is data, and the policy of the page lets it be."""
    told = json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{told}</script>')  # noqa: S308  escaped above
