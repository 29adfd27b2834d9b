"""Reasons: the rows that decided a cell, each with the name it goes by and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.vocabulary import Extent

from .facts import CitationFact, CommitmentFact, MeetingFact, MilestoneFact, ReportFact
from .results import Because, Column, Occasion

Reasons = tuple[Because, ...]


def of_voicing(occasion: Occasion) -> Reasons:
    """Return the mention and the source of each citation that voices it."""
    cited = [citation for citation in occasion.mention.citations if citation.reach == occasion.reach]
    return (_mention(occasion, f"{occasion.reach.value}, {_words(occasion.act.value)}"), *(_citation(occasion, one) for one in cited))


def of_first_voicing(occasion: Occasion | None, commitment: CommitmentFact) -> Reasons:
    """Return the first known mention; where there is none, the commitment, saying so."""
    if occasion is None:
        return (Because("commitment", commitment.slug, "no mention known"),)
    return (_mention(occasion, f"first known mention, {occasion.when.edtf()}"),)


def of_milestone(milestone: MilestoneFact) -> Reasons:
    """Return the milestone with what it states and its date."""
    stated = milestone.condition.value if milestone.condition else milestone.stage.word if milestone.stage is not None else ""
    return (Because("milestone", f"{milestone.commitment}/{milestone.key}", f"{_words(stated)}, {milestone.happened.edtf()}"),)


def of_absence(meeting: MeetingFact, absent: Iterable[str]) -> Reasons:
    """Return one row for each required party recorded absent."""
    return tuple(Because("attendance", f"{meeting.slug}/{party}", f"{party} recorded absent") for party in sorted(absent))


def of_level(meeting: MeetingFact, commitment: CommitmentFact) -> Reasons:
    """Return the meeting with its level and the commitment with the level it needs."""
    needed = commitment.minimum_level.word if commitment.minimum_level is not None else ""
    return (Because("meeting", meeting.slug, f"held at the level of {meeting.level.word}"), Because("commitment", commitment.slug, f"needs {needed}"))


def of_remit(meeting: MeetingFact) -> Reasons:
    """Return the meeting with what it was called for."""
    return (Because("meeting", meeting.slug, f"called for {', '.join(sorted(meeting.remit)) or 'something not published'}"),)


def of_reports(reports: Iterable[ReportFact], column: Column, listed_on: date | None = None) -> Reasons:
    """Return the reports with their extent and day of reading, and whether that was before ``listed_on``; without reports, the meeting, saying so."""
    found = tuple(Because("report", f"{report.meeting}/{report.source.slug}", _reading(report, listed_on)) for report in reports)
    return found or (Because("meeting", column.slug, "no report"),)


def _mention(occasion: Occasion, says: str) -> Because:
    return Because("mention", f"{occasion.mention.commitment}/{occasion.mention.meeting}", says)


def _citation(occasion: Occasion, citation: CitationFact) -> Because:
    voice = "both sides" if citation.both_sides else citation.party or "somebody not named"
    says = ", ".join(part for part in (f"voiced by {voice}", _lines(citation.locator)) if part)
    return Because("report", f"{occasion.mention.meeting}/{citation.source.slug}", says)


def _lines(locator: str) -> str:
    if not locator:
        return ""
    return f"line {locator}" if locator.isdigit() else f"lines {locator}"


def _reading(report: ReportFact, listed_on: date | None) -> str:
    extent = "full text" if report.extent == Extent.FULL else f"{report.extent.value} only"
    if report.read_on is None:
        return f"{extent}, not read"
    early = f", before this was listed on {listed_on.isoformat()}" if listed_on and report.read_on < listed_on else ""
    return f"{extent}, read on {report.read_on.isoformat()}{early}"


def _words(word: str) -> str:
    return word.replace("_", " ")
