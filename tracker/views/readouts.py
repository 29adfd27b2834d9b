"""The documents of a meeting side by side: what each side's own text names and omits, and which document names what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.history.facts import CitationFact, ReportFact
from tracker.history.readouts import readouts
from tracker.history.sources import is_joint, own_side
from tracker.queries.meetings import MeetingPage, Said
from tracker.vocabulary import CommitmentKind, Extent, Reach


@dataclass(frozen=True, slots=True)
class Field:
    """What one document says of one commitment: its acts in words. Without any, ``read`` says that somebody looked for it there."""

    acts: str
    read: bool


def side_by_side(found: MeetingPage, listed: Mapping[str, date], parties: frozenset[str]) -> dict[str, Any]:
    """Return the readouts of the sides, the documents in the order of whose text they are, and what those name that say something of the list.

    A text that reports only a room says nothing of what the whole meeting left out. In a forum only parties with a text of their own are shown.
    """
    documents = sorted(found.reports, key=lambda report: (*_rank(report, parties), -report.extent.rank, report.source.slug))
    rows = sorted(found.mentions, key=lambda said: (said.kind == CommitmentKind.AREA, said.commitment.name, said.mention.meeting))
    sides = readouts([report for report in found.reports if report.meeting == found.meeting.slug], [said.mention for said in rows], parties, listed)
    once = {report.source.slug: report for report in sorted(documents, key=lambda report: report.meeting == found.meeting.slug)}
    fields = {report: [_field(said, report, listed.get(said.commitment.slug)) for said in rows] for report in documents if report in once.values()}
    telling = {report: column for report, column in fields.items() if any(one.acts or one.read for one in column)}
    return {
        "readouts": [one for one in sides if one.reports or len(parties) == 2],
        "documents": documents,
        "telling": list(telling),
        "named_by": list(zip(rows, zip(*telling.values(), strict=True), strict=True)) if telling else [],
        "said_names": {said.commitment.slug: said.commitment.name for said in rows},
    }


def _rank(report: ReportFact, parties: frozenset[str]) -> tuple[int, str]:
    """Return the sides' own texts first, then joint texts, then what others write."""
    side = own_side(report.source, parties)
    if side is not None:
        return 0, side
    return (1 if is_joint(report.source) else 2), ""


def _field(said: Said, report: ReportFact, listed_on: date | None) -> Field:
    acts = [_act_in_words(citation) for citation in said.mention.citations if citation.source.slug == report.source.slug]
    looked = report.extent == Extent.FULL and report.read_on is not None and listed_on is not None and report.read_on >= listed_on
    return Field("; ".join(dict.fromkeys(acts)), read=looked and report.meeting == said.mention.meeting)


def _act_in_words(citation: CitationFact) -> str:
    act = str(citation.act.label).lower() if citation.act else ""
    return act if citation.reach in {None, Reach.VOICED} else f"{act} ({str(citation.reach.label).lower()})"
