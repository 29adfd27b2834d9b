"""Storing what was taken in: the source, its meeting and the report of the one on the other, as drafts, in one edit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.chronicle import Changes, Chronicle, begin
from tracker.evidence import checksum
from tracker.models import Meeting, Report, Source
from tracker.search import entries
from tracker.vocabulary import Extent, PublicationState


def take_in(source: Source, meeting: Meeting | None, extent: Extent, made: datetime, by: Any) -> None:
    """Store ``source``, and with it ``meeting``, if it is a new one, and that the one reports the other, to which ``extent``; or nothing of it."""
    changes = Changes()
    with transaction.atomic():
        source.state, source.text_sha256 = PublicationState.DRAFT, checksum(source.text.encode())
        _store(source, changes)
        if meeting is not None:
            if meeting.pk is None:
                meeting.state = PublicationState.DRAFT
                _store(meeting, changes)
            _store(Report(source=source, meeting=meeting, extent=extent), changes)
        Chronicle(begin(made, by)).write(changes)
        # No roll-up changes: nothing that hangs on a draft counts.
        entries.follow([row for row in (source, meeting) if row is not None])


def _store(row: Any, changes: Changes) -> None:
    # The versions of all that is stored together are written together.
    row.skip_history_when_saving = True
    row.save()
    changes.added[type(row)].add(row.pk)
