"""Edits of the drawn world, and the log of them as a reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from tests.addresses import fetch
from tests.universe import SERIES
from tracker.chronicle import Changes, Chronicle, begin
from tracker.models import Edit, Meeting, Series

LOG = "/changes/"


def edited(*rows: Any, day: int = 1, reason: str = "", **fields: Any) -> Edit:
    """Change the fields of all ``rows`` in one edit of February 2026; with ``added``, note that they are new."""
    changes = Changes()
    for row in rows:
        if fields:
            type(row)._default_manager.filter(pk=row.pk).update(**fields)
            changes.change(type(row), row.pk, list(fields))
        else:
            changes.added[type(row)].add(row.pk)
    edit = begin(datetime(2026, 2, day, 12, tzinfo=UTC))
    Chronicle(edit, reason).write(changes)
    edit.refresh_from_db()
    return edit


def context(client: Client, address: str = LOG, **query: str) -> Mapping[str, Any]:
    response = client.get(address, query)
    assert response.status_code == 200
    found: Any = response.context
    return found  # type: ignore[no-any-return]  # a mapping of what the template was given


def told(client: Client, **query: str) -> list[Any]:
    """Return the edits on the first page of the log."""
    return [edit for _day, some in context(client, **query)["days"] for edit in some]


def newest(client: Client, **query: str) -> Any:
    return told(client, **query)[0]


def text(words: Any) -> str:
    return ", ".join(word.text for word in words)


def reworded(entry: Any) -> list[str]:
    """Return the texts that were changed in places, what went in square brackets and what came in braces."""
    around = {"GONE": "[{}]", "ADDED": "{{{}}}", "KEPT": "{}"}
    return ["".join(around[piece.edit.name].format(piece.text) for piece in line.pieces) for line in entry.lines if line.pieces]


def lines(entry: Any) -> list[tuple[str, str, str]]:
    return [(line.label, text(line.old), text(line.new)) for line in entry.lines]


def words_of(client: Client, address: str = LOG) -> str:
    return fetch(client, address)[1].decode()


def hidden_draft(**fields: Any) -> Any:
    """Return a draft of a meeting, saved past the history."""
    series = Series.objects.get(slug=SERIES)
    day = {"starts_earliest": "2025-01-01", "starts_latest": "2025-01-01"}
    row: Any = Meeting(series=series, slug="secret", title="Secret talks", format="talks", level=4, **day, **fields)
    row.skip_history_when_saving = True
    row.save()
    return row
