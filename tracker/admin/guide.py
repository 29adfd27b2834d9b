"""The guides for editors, read at the desk: docs/editing.md and docs/coding.md as pages."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: The pages that are told here, by their address.
GUIDES = ("editing", "coding")


def guide_view(request: HttpRequest, name: str) -> HttpResponse:
    if name not in GUIDES:
        raise Http404
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    title, body = told(name)
    return TemplateResponse(request, "admin/tracker/guide.html", {**admin.site.each_context(request), "title": title, "body": body})


@cache
def told(name: str) -> tuple[str, SafeString]:
    """Return the title of a guide and what it says below it."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((settings.BASE_DIR / "docs" / f"{name}.md").read_text("utf-8"))
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(text.content))
    for token in tokens:
        _lead(token.children or [])
    body = reader.renderer.render(tokens[3:], reader.options, {})
    # The text is the project's own, and markup in it is printed as text.
    return tokens[1].content, mark_safe(body.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>"))  # noqa: S308


def _lead(children: list[Token]) -> None:
    """Let a link to the other guide lead to its page here. Other documents stand in the repository alone: of a link to one the words are left."""
    left = False
    for one in children:
        if one.type == "link_open":
            where, _hash, place = str(one.attrGet("href")).partition("#")
            known = where.removesuffix(".md")
            left = bool(where) and known not in GUIDES
            if known in GUIDES:
                one.attrSet("href", reverse("admin:guide", args=[known]) + (f"#{place}" if place else ""))
        if left and one.type in {"link_open", "link_close"}:
            one.hidden, one.type, one.tag, one.content = True, "text", "", ""


desk: Any = admin.site
desk.add_page("guide/<slug:name>/", guide_view, "guide")
