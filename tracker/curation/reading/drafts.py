"""Unfinished readings: what was typed so far, kept for the editor who typed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.models import ReadingDraft

#: No field of the desk takes more; what is longer is told to be too long when the reading is finished.
LONGEST_VALUE = 4_000

Rows = dict[str, dict[str, Any]]


def kept_rows(source: Any, meeting: Any, reader: Any) -> Rows:
    """Return what the reader left of an unfinished reading, by the key of the commitment; nothing where there is none."""
    rows = ReadingDraft.objects.filter(source=source, meeting=meeting, reader=reader).values_list("rows", flat=True).first()
    return rows if isinstance(rows, dict) else {}


def keep(source: Any, meeting: Any, reader: Any, rows: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
    """Keep what was typed so far in place of what was kept before."""
    plain = {key: {name: _plain(value) for name, value in row.items()} for key, row in rows.items()}
    ReadingDraft.objects.update_or_create(source=source, meeting=meeting, reader=reader, defaults={"rows": plain, "kept": now})


def _plain(value: Any) -> Any:
    """Return what was typed as JSON holds it on either engine: without NUL, which PostgreSQL refuses, and of a length that somebody can have typed."""
    if isinstance(value, str):
        return value.replace("\x00", "")[:LONGEST_VALUE]
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value[:20]]
    return value if isinstance(value, bool | int) else None
