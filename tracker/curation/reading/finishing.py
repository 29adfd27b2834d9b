"""Finishing a reading: mentions, citations and the reading itself are stored together as drafts, in one edit, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker import summaries
from tracker.chronicle import Changes, Chronicle, begin
from tracker.curation.slugs import free
from tracker.models import Citation, Commitment, Mention, ReadingDraft, Report
from tracker.search import entries
from tracker.vocabulary import Act, Extent, PublicationState, Reach, Strength

LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Ticked:
    """What an editor found of one commitment, every suggestion confirmed."""

    commitment: int
    reach: Reach
    act: Act
    strength: Strength | None
    locator: str
    phrase: str
    paraphrase: str
    terms: str = ""
    party: int | None = None
    both_sides: bool = False
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What a reading left: how many mentions are new, and how many citations there are of them and of older ones."""

    mentions: int
    citations: int


class RowsRefusedError(ValueError):
    """Rows that the tables refuse: the sentences for the editor, by the key of the commitment."""

    def __init__(self, rows: dict[int, list[str]]) -> None:
        super().__init__(rows)
        self.rows = rows


class HeldInPartError(ValueError):
    """The source is recorded as held only in part, so that it can't have been read in full."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who read, under which name, on which day; and when it was saved."""

    by: Any
    name: str
    read_on: date
    made: datetime


def finish(source: Any, meeting: Any, ticked: Sequence[Ticked], reader: Reader) -> Finished:
    """Store what was ticked and that the source was read, or nothing.

    Raise ``RowsRefusedError`` if a table refuses one of the rows, and ``HeldInPartError`` if the report says that only a part of the source is held.
    """
    changes = Changes()
    with transaction.atomic():
        # Two who finish at once take turns: the second adds its citations to the mentions of the first.
        _read(source, meeting, reader, changes)
        mentions = {row.commitment_id: row for row in Mention.objects.filter(meeting=meeting, commitment__in=[one.commitment for one in ticked])}
        refused: dict[int, list[str]] = {}
        for one in ticked:
            try:
                mention = mentions.get(one.commitment) or _mention(one, meeting, changes)
                _citation(one, mention, source, changes)
            except ValidationError as error:
                refused[one.commitment] = list(error.messages)
        if refused:
            raise RowsRefusedError(refused)
        ReadingDraft.objects.filter(source=source, meeting=meeting, reader=reader.by).delete()
        Chronicle(begin(reader.made, reader.by)).write(changes)
        entries.follow([(model, pk) for model in (Mention, Citation) for pk in changes.added[model]])
        if source.state == PublicationState.PUBLISHED:
            # Of a source that is no more than a draft neither readings nor passages count.
            summaries.refresh(summaries.touched_by(meeting) | {one.commitment for one in ticked})
    return Finished(len(changes.added[Mention]), len(changes.added[Citation]))


def _read(source: Any, meeting: Any, reader: Reader, changes: Changes) -> None:
    report = Report.objects.select_for_update().filter(source=source, meeting=meeting).first()
    row = report or Report(source=source, meeting=meeting, extent=Extent.FULL)
    if row.extent != Extent.FULL:
        raise HeldInPartError
    row.read_on, row.read_by = reader.read_on, reader.name
    if report:
        # The row is held, so that nobody else counts it up meanwhile.
        row.revision += 1
    row.full_clean()
    _store(row)
    if report:
        changes.change(Report, row.pk, ["read_on", "read_by"])
    else:
        changes.added[Report].add(row.pk)


def _mention(one: Ticked, meeting: Any, changes: Changes) -> Mention:
    row = Mention(commitment_id=one.commitment, meeting=meeting, act=one.act, state=PublicationState.DRAFT)
    if not Commitment.objects.filter(pk=one.commitment, series=meeting.series_id).exists():
        raise ValidationError(_("This commitment is no longer on the list of the series."))
    row.full_clean()
    _store(row)
    changes.added[Mention].add(row.pk)
    return row


def _citation(one: Ticked, mention: Mention, source: Any, changes: Changes) -> None:
    there = {citation.key: citation for citation in mention.citations.all()}
    if any(citation.source_id == source.pk and (citation.phrase, citation.paraphrase) == (one.phrase, one.paraphrase) for citation in there.values()):
        raise ValidationError(_("This passage is already cited for it: choose other words, or say absent."))
    row = Citation(
        mention=mention,
        source=source,
        key=free(source.slug[:LONGEST_KEY].strip("-"), set(there), LONGEST_KEY),
        **{name: getattr(one, name) for name in ("reach", "act", "strength", "locator", "phrase", "paraphrase", "terms", "both_sides")},
        party_id=one.party,
        speaker_id=one.speaker,
    )
    row.full_clean()
    _store(row)
    changes.added[Citation].add(row.pk)


def _store(row: Any) -> None:
    # The versions of all that is stored together are written together.
    row.skip_history_when_saving = True
    row.save()
