"""The index of a record as of one day: what all its traces share, built once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from . import deadlines, milestones
from .backdrop import backdrop
from .because import Reasons, of_voicing
from .changes import compared
from .facts import CommitmentFact, DeadlineFact, MentionFact, MilestoneFact, Record, SeriesFact
from .families import Families, families
from .occasions import in_order, occasions
from .results import Cell, Occasion
from .thresholds import Thresholds
from .timeline import Timeline, timeline


class _Owned(Protocol):
    @property
    def commitment(self) -> str: ...


Row = TypeVar("Row", bound=_Owned)


@dataclass(frozen=True, slots=True)
class Index:
    """One record as of one day. ``until`` is the day to which days are counted; ``backdrops`` and ``reasons`` remember what traces share."""

    series: SeriesFact
    as_of: date
    until: date
    thresholds: Thresholds
    line: Timeline
    families: Families
    occasions: Mapping[str, tuple[Occasion, ...]]
    milestones: Mapping[str, tuple[MilestoneFact, ...]]
    promises: Mapping[str, tuple[DeadlineFact, ...]]
    backdrops: dict[date, tuple[Cell, ...]] = field(default_factory=dict)
    reasons: dict[tuple[str, str], Reasons] = field(default_factory=dict)

    def backdrop(self, commitment: CommitmentFact) -> tuple[Cell, ...]:
        """Return what each column is to ``commitment`` where it was not voiced."""
        day = commitment.listed_on
        if day not in self.backdrops:
            self.backdrops[day] = tuple(backdrop(self.line, day, self.thresholds))
        return self.backdrops[day]

    def voiced_because(self, one: Occasion) -> Reasons:
        """Return the rows that show ``one`` to be voiced; an area and everything under it point to the same."""
        key = one.mention.commitment, one.mention.meeting
        if key not in self.reasons:
            self.reasons[key] = of_voicing(one)
        return self.reasons[key]

    def heard_of(self, commitment: CommitmentFact) -> tuple[Occasion, ...]:
        """Return the occasions of ``commitment`` and, for an area, of everything under it, in the order of time."""
        members = self.families.members[commitment.slug]
        if len(members) == 1:
            return self.occasions[commitment.slug]
        return in_order((one for member in members for one in self.occasions[member]), self.line)


def index(record: Record, as_of: date, thresholds: Thresholds) -> Index:
    """Return the index of ``record`` with everything later than ``as_of`` cut off."""
    line = timeline(record, as_of)
    kin = families(record.commitments)
    marks = {slug: milestones.known_by(rows, as_of) for slug, rows in _by_commitment(record.milestones, kin).items()}
    promises = {slug: deadlines.known_by(rows, as_of) for slug, rows in _by_commitment(record.deadlines, kin).items()}
    mentions = _by_commitment(record.mentions, kin)

    def heard(one: CommitmentFact, rows: Iterable[MentionFact]) -> tuple[Occasion, ...]:
        return compared(occasions(rows, one, record.series, line), one, marks[one.slug], promises[one.slug], line)

    return Index(
        series=record.series,
        as_of=as_of,
        until=min(as_of, record.series.covered_until),
        thresholds=thresholds,
        line=line,
        families=kin,
        occasions={slug: heard(one, mentions[slug]) for slug, one in kin.by_slug.items()},
        milestones=marks,
        promises=promises,
    )


def _by_commitment(rows: Iterable[Row], kin: Families) -> Mapping[str, list[Row]]:
    """Return ``rows`` under the slug of their commitment, one list for each commitment of the record."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.commitment].append(row)
    return {slug: found[slug] for slug in kin.by_slug}
