"""Why a commitment stands on its rung: the milestone that decides, how well it is proved, and what each other one does not do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tracker.vocabulary import EvidenceGrade, Standing

from .facts import MilestoneFact, SeriesFact
from .milestones import is_move
from .proof import evidence_grade
from .results import Trace


class Bearing(Enum):
    """What one milestone does to the rung."""

    DECIDES = "the first accepted evidence of the highest rung"
    MOVES = "a later paper or work at this rung or below: it moves the commitment, and raises nothing"
    BELOW = "accepted, for a lower rung or for the condition only"
    CLAIMED = "not accepted: a single or unnamed source, or contradicted"
    REJECTED = "found to be wrong"


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone with what it does to the rung, and how well its citations prove it."""

    milestone: MilestoneFact
    bearing: Bearing
    grade: EvidenceGrade


def steps_of(trace: Trace, series: SeriesFact) -> tuple[Step, ...]:
    """Return the milestones of ``trace``, latest first, each with its bearing on the rung and its evidence grade."""
    return tuple(_step(one, trace, series) for one in reversed(trace.milestones))


def _step(one: MilestoneFact, trace: Trace, series: SeriesFact) -> Step:
    return Step(one, _bearing(one, trace), evidence_grade(one.citations, series, trace.commitment.parties))


def _bearing(one: MilestoneFact, trace: Trace) -> Bearing:
    if one.standing != Standing.ACCEPTED:
        return Bearing.REJECTED if one.standing == Standing.REJECTED else Bearing.CLAIMED
    if one == trace.stage_by:
        return Bearing.DECIDES
    later = trace.stage_by is not None and (one.happened, one.key) > (trace.stage_by.happened, trace.stage_by.key)
    return Bearing.MOVES if later and is_move(one) else Bearing.BELOW
