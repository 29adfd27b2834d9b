"""A source on the reading desk, as an editor's browser sees it without scripts."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.admin.desk import form_of
from tests.curation.papers import ARTICLE
from tracker.models import Commitment, Meeting, Source

VOICED = {"choice": "voiced", "confirmed": "on"}
TICKED: dict[str, Any] = {"ferry_line": VOICED, "night_train": VOICED | {"act": "agreed", "phrase": "look into a night train", "terms": ["object"]}}


class Desk:
    """A source that reports the talks of Oakport in 2021, and its desk."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.source = Source.objects.create(slug="harbour-2021", title="Talks", publisher="Harbour Wire", kind="wire", text="\n".join(ARTICLE))
        self.meeting = Meeting.objects.get(slug="oakport-21")
        self.address = reverse("admin:tracker_source_read", args=[self.source.pk, self.meeting.pk])

    def key(self, slug: str) -> str:
        return f"row-{Commitment.objects.get(slug=slug).pk}"

    def sent(self, **typed: dict[str, Any]) -> dict[str, Any]:
        """Return what a browser sends of the desk as it stands, with the fields of some commitments typed over."""
        page = dict(form_of(self.client.get(self.address)))
        return page | {f"{self.key(slug.replace('_', '-'))}-{name}": value for slug, row in typed.items() for name, value in row.items()}

    def finish(self, **typed: dict[str, Any]) -> Any:
        return self.client.post(self.address, self.sent(**typed) | {"_finish": "1"})
