"""Reasons: the rows that decided a cell, each with the name it goes by and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.vocabulary.reasons import Why

from .facts import CitationFact, CommitmentFact, MeetingFact, MilestoneFact, ReportFact
from .results import Because, Column, Occasion, Said

Reasons = tuple[Because, ...]


def of_voicing(occasion: Occasion) -> Reasons:
    """Return the mention and the source of each citation that voices it."""
    cited = [citation for citation in occasion.mention.citations if citation.reach == occasion.reach]
    return (_mention(occasion, Said(Why.MENTIONED, {"reach": occasion.reach, "act": occasion.act})), *(_citation(occasion, one) for one in cited))


def of_first_voicing(occasion: Occasion | None, commitment: CommitmentFact) -> Reasons:
    """Return the first known mention; where there is none, the commitment, saying so."""
    if occasion is None:
        return (Because("commitment", commitment.slug, (Said(Why.NO_MENTION),)),)
    return (_mention(occasion, Said(Why.FIRST_MENTION, {"when": occasion.when})),)


def of_milestone(milestone: MilestoneFact) -> Reasons:
    """Return the milestone with what it states and its date."""
    stated = milestone.condition or (milestone.stage if milestone.stage is not None else "")
    said = Said(Why.STATES, {"what": stated, "when": milestone.happened})
    return (Because("milestone", f"{milestone.commitment}/{milestone.key}", (said,)),)


def of_absence(meeting: MeetingFact, absent: Iterable[str]) -> Reasons:
    """Return one row for each required party recorded absent."""
    return tuple(Because("attendance", f"{meeting.slug}/{party}", (Said(Why.ABSENT, {"party": party}),)) for party in sorted(absent))


def of_level(meeting: MeetingFact, commitment: CommitmentFact) -> Reasons:
    """Return the meeting with its level and the commitment with the level it needs."""
    held, needed = Said(Why.HELD_AT_LEVEL, {"level": meeting.level}), Said(Why.NEEDS_LEVEL, {"level": commitment.minimum_level or ""})
    return (Because("meeting", meeting.slug, (held,)), Because("commitment", commitment.slug, (needed,)))


def of_remit(meeting: MeetingFact) -> Reasons:
    """Return the meeting with what it was called for."""
    called = Said(Why.CALLED_FOR, {"things": tuple(sorted(meeting.remit))}) if meeting.remit else Said(Why.CALLED_FOR_HIDDEN)
    return (Because("meeting", meeting.slug, (called,)),)


def of_reports(reports: Iterable[ReportFact], column: Column, listed_on: date | None = None) -> Reasons:
    """Return the reports with their extent and day of reading, and whether that was before ``listed_on``; without reports, the meeting, saying so."""
    found = tuple(Because("report", f"{report.meeting}/{report.source.slug}", tuple(_reading(report, listed_on))) for report in reports)
    return found or (Because("meeting", column.slug, (Said(Why.NO_REPORT),)),)


def _mention(occasion: Occasion, said: Said) -> Because:
    return Because("mention", f"{occasion.mention.commitment}/{occasion.mention.meeting}", (said,))


def _citation(occasion: Occasion, citation: CitationFact) -> Because:
    return Because("report", f"{occasion.mention.meeting}/{citation.source.slug}", (_voice(citation), *_lines(citation.locator)))


def _voice(citation: CitationFact) -> Said:
    if citation.both_sides:
        return Said(Why.VOICED_BY_BOTH)
    return Said(Why.VOICED_BY, {"party": citation.party}) if citation.party else Said(Why.VOICED_BY_UNNAMED)


def _lines(locator: str) -> Iterator[Said]:
    if locator:
        yield Said(Why.ON_LINE if locator.isdigit() else Why.ON_LINES, {"locator": locator})


def _reading(report: ReportFact, listed_on: date | None) -> Iterator[Said]:
    yield Said(Why.HELD, {"extent": report.extent})
    if report.read_on is None:
        yield Said(Why.NOT_READ)
        return
    yield Said(Why.READ_ON, {"day": report.read_on})
    if listed_on and report.read_on < listed_on:
        yield Said(Why.BEFORE_LISTED, {"day": listed_on})
