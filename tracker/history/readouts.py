"""Readouts: what each side's own text of one meeting names, and what it leaves out that the other's names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.vocabulary import Extent, Reach

from .facts import MentionFact, ReportFact
from .sources import own_side


@dataclass(frozen=True, slots=True)
class Readout:
    """One side's own texts. ``read`` says that one was read in full: only then is ``omits``, what the other side's own text names alone, known."""

    party: str
    reports: tuple[ReportFact, ...]
    names: tuple[str, ...]
    omits: tuple[str, ...]
    read: bool


def readouts(reports: Sequence[ReportFact], mentions: Sequence[MentionFact], parties: frozenset[str], listed: Mapping[str, date]) -> tuple[Readout, ...]:
    """Return one readout for each of ``parties``, by name; none unless one of them has a text of its own.

    A commitment that was listed (``listed``) after the text was read is left out of what it omits: nobody looked for it.
    """
    texts = {party: tuple(report for report in reports if own_side(report.source, parties) == party) for party in sorted(parties)}
    named = {party: _named(mentions, {report.source.slug for report in own}) for party, own in texts.items()}
    if not any(texts.values()):
        return ()
    return tuple(
        Readout(
            party=party,
            reports=own,
            names=named[party],
            omits=tuple(slug for slug in _others(named, party) if slug not in named[party] and _looked_for(own, listed.get(slug))),
            read=bool(_read(own)),
        )
        for party, own in texts.items()
    )


def _named(mentions: Iterable[MentionFact], sources: set[str]) -> tuple[str, ...]:
    """Return the commitments that a passage of ``sources`` voices."""
    said = (one.commitment for one in mentions if any(cited.reach == Reach.VOICED and cited.source.slug in sources for cited in one.citations))
    return tuple(dict.fromkeys(said))


def _others(named: Mapping[str, Sequence[str]], party: str) -> Iterable[str]:
    return dict.fromkeys(slug for other, slugs in named.items() if other != party for slug in slugs)


def _read(own: Iterable[ReportFact]) -> list[date]:
    return [report.read_on for report in own if report.read_on is not None and report.extent == Extent.FULL]


def _looked_for(own: Iterable[ReportFact], listed_on: date | None) -> bool:
    return listed_on is not None and any(day >= listed_on for day in _read(own))
