"""Conditions: where a commitment stands, stated by a milestone or inferred from silence with its numbers (design §2.1, §2.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.vocabulary import CellState, Condition, StatedCondition

from .facts import CommitmentFact, MilestoneFact
from .milestones import accepted, states
from .results import Cell, ConditionResult, Measures
from .thresholds import Thresholds

#: Stated once, these stand whatever is stated later; of the rest the latest decides.
FINAL = (StatedCondition.DELIVERED, StatedCondition.WITHDRAWN, StatedCondition.SUPERSEDED, StatedCondition.LAPSED)


def condition(
    commitment: CommitmentFact, milestones: Sequence[MilestoneFact], cells: Sequence[Cell], found: Measures, voicings: int, limits: Thresholds
) -> ConditionResult:
    """Return the first condition that applies, stated before inferred. ``voicings`` counts the places where it was voiced."""
    numbers = _numbers(found, voicings, limits)
    stated = _stated(commitment, milestones)
    if stated is not None:
        return ConditionResult(Condition(str(states(stated, commitment))), stated, numbers)
    return ConditionResult(_inferred(cells, found, voicings, limits), None, numbers)


def _stated(commitment: CommitmentFact, milestones: Sequence[MilestoneFact]) -> MilestoneFact | None:
    """Return the milestone that states the condition: the latest of the first final one stated, else the latest unless it says resumed."""
    saying = [one for one in accepted(milestones) if states(one, commitment)]
    for final in FINAL:
        said = [one for one in saying if states(one, commitment) == final]
        if said:
            return said[-1]
    return saying[-1] if saying and states(saying[-1], commitment) != StatedCondition.RESUMED else None


@dataclass(frozen=True, slots=True)
class Span:
    """From ``since`` to ``until`` a condition stood that a milestone states."""

    condition: StatedCondition
    since: date
    until: date
    milestone: MilestoneFact


def stated_spans(milestones: Sequence[MilestoneFact], commitment: CommitmentFact, until: date) -> tuple[Span, ...]:
    """Return the conditions that accepted milestones state, given in the order of time: each stands until the next one, a final one for good."""
    saying = [(said, one) for one in accepted(milestones) if (said := states(one, commitment)) is not None]
    found: list[Span] = []
    for place, (said, one) in enumerate(saying):
        end = until if said in FINAL or place + 1 == len(saying) else saying[place + 1][1].happened.earliest
        if said != StatedCondition.RESUMED:
            found.append(Span(said, one.happened.earliest, max(end, one.happened.earliest), one))
        if said in FINAL:
            break
    return tuple(found)


def _inferred(cells: Sequence[Cell], found: Measures, voicings: int, limits: Thresholds) -> Condition:
    """Silence speaks only where enough meetings were read: too few, or too small a share, infer nothing."""
    days, quiet = found.quiet_days, found.quiet_meetings
    if days is None or quiet < limits.silence_needs or quiet < found.eligible_since * limits.silence_share:
        return Condition.ACTIVE
    if days >= limits.presumed_lapsed_days:
        return Condition.PRESUMED_LAPSED
    if days >= limits.dormant_days:
        return Condition.DORMANT
    if voicings >= limits.hollowed_voicings and _only_echoed(cells, limits.hollowed_echoes):
        return Condition.HOLLOWED
    return Condition.ONE_OFF if voicings == 1 else Condition.ACTIVE


def _only_echoed(cells: Sequence[Cell], last: int) -> bool:
    read = [cell for cell in cells if cell.counted][-last:]
    return len(read) == last and all(cell.state == CellState.ECHOED for cell in read)


def _numbers(found: Measures, voicings: int, limits: Thresholds) -> Mapping[str, int]:
    return {
        "days": found.quiet_days or 0,
        "read_since": found.quiet_meetings,
        "eligible_since": found.eligible_since,
        "voicings": voicings,
        "needs_read": limits.silence_needs,
        "needs_percent": round(limits.silence_share * 100),
        "dormant_days": limits.dormant_days,
        "presumed_lapsed_days": limits.presumed_lapsed_days,
        "hollowed_voicings": limits.hollowed_voicings,
        "hollowed_echoes": limits.hollowed_echoes,
    }
