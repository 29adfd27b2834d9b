"""Text that somebody smuggled past every form and every load: whatever stands in the tables, no page runs it; and nothing here calls out."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse

from tests.addresses import FILES, fetch, pages
from tests.admin.desk import RECORDS, address, change, rows
from tests.test_house import OWN
from tests.tree import shown
from tests.universe import Universe

PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></textarea><a href=javascript:alert(1)>"
ADDRESS = "javascript:alert(1)//https://example.org/"
#: What opens connections to elsewhere. Documents are pasted or uploaded, never fetched.
CALLS_OUT = re.compile(
    r"^\s*(?:import|from)\s+(?:aiohttp|ftplib|http\.client|httpx|imaplib|requests|smtplib|socket|telnetlib|urllib\.request|urllib3)\b", re.MULTILINE
)


def smuggle() -> list[str]:
    """Write the payload into every field of text that the database lets it into; return which those are."""
    taken: list[str] = []
    for model in (model for model in apps.get_app_config("tracker").get_models() if not model.__name__.startswith(("Search", "Data", "Loaded"))):
        for field in model._meta.get_fields():
            if isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique and not isinstance(field, models.SlugField):
                try:
                    with transaction.atomic():
                        text = ADDRESS if isinstance(field, models.URLField) else PAYLOAD
                        model._default_manager.update(**{field.name: text[: field.max_length]})
                        taken.append(f"{model.__name__}.{field.name}")
                except DatabaseError:
                    continue
    return taken


def running(body: bytes) -> list[bytes]:
    """Return the parts of the payload that stand in this page as markup: each needs its first sign or its scheme, however it got out of where it was put."""
    return [part for part in (b"<script>alert", b"<img src=x", b"<svg onload", b"<a href=javascript", b'="javascript:', b"='javascript:") if part in body]


def test_no_page_runs_what_stands_in_the_tables(universe: Universe, editor: Client) -> None:
    taken = smuggle()
    assert len(taken) > 40
    assert {"Source.title", "Citation.paraphrase", "Mention.summary", "Commitment.name", "Participant.name"} <= set(taken)
    public = [page.example for page in pages() if page.name not in FILES or page.name.endswith(("_svg", "_ladder"))]
    desk = [where for model in RECORDS for where in (address(model, "changelist"), change(rows(model)[0]))]
    desk += [reverse("admin:index"), *(address(model, "history", rows(model)[0].pk) for model in RECORDS[:3])]
    wrong: dict[str, list[bytes]] = {}
    for reader, addresses in ((Client(), public), (editor, desk)):
        for where in addresses:
            status, body = fetch(reader, where)
            assert status in {200, 400, 403}, where
            if found := running(body):
                wrong[where] = found
    assert wrong == {}


def test_nothing_here_calls_out() -> None:
    assert [shown(path) for path in OWN if CALLS_OUT.search(path.read_text("utf-8"))] == []
