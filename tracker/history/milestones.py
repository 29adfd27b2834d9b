"""Milestones: which rung was reached, what closed a commitment, when it last moved (design §2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.vocabulary import CLOSING_CONDITIONS, TENTATIVE_ACTS, CommitmentKind, Stage, Standing, StatedCondition

from .facts import CommitmentFact, MilestoneFact
from .results import Occasion


def known_by(milestones: Iterable[MilestoneFact], as_of: date) -> tuple[MilestoneFact, ...]:
    """Return the milestones that happened by ``as_of``, whatever their standing, in the order of time."""
    return tuple(sorted((one for one in milestones if one.happened.latest <= as_of), key=lambda one: (one.happened, one.key)))


def accepted(milestones: Iterable[MilestoneFact]) -> tuple[MilestoneFact, ...]:
    """Return those of ``milestones`` that count."""
    return tuple(one for one in milestones if one.standing == Standing.ACCEPTED)


def is_move(milestone: MilestoneFact) -> bool:
    """Return whether ``milestone`` moves a commitment: an accepted paper or work at the rung of a memorandum or above."""
    return milestone.standing == Standing.ACCEPTED and milestone.stage is not None and milestone.stage >= Stage.MEMORANDUM


def states(milestone: MilestoneFact, commitment: CommitmentFact) -> StatedCondition | None:
    """Return the condition that ``milestone`` states. Reaching the last rung states delivered, except of a process, which recurs."""
    if milestone.stage == Stage.DELIVERED and commitment.kind != CommitmentKind.PROCESS:
        return StatedCondition.DELIVERED
    return milestone.condition


def closings(milestones: Iterable[MilestoneFact], commitment: CommitmentFact) -> tuple[MilestoneFact, ...]:
    """Return the accepted milestones that close ``commitment``."""
    return tuple(one for one in accepted(milestones) if states(one, commitment) in CLOSING_CONDITIONS)


def last_moved(milestones: Iterable[MilestoneFact]) -> MilestoneFact | None:
    """Return the latest of ``milestones`` (given in the order of time) that moved it, a new paper at the same rung included."""
    return next((one for one in reversed(tuple(milestones)) if is_move(one)), None)


def first_at(milestones: Iterable[MilestoneFact], stage: Stage) -> MilestoneFact | None:
    """Return the first accepted one of ``milestones`` (given in the order of time) at ``stage`` or above."""
    return next((one for one in accepted(milestones) if one.stage is not None and one.stage >= stage), None)


def stage_reached(milestones: Iterable[MilestoneFact], voicings: Sequence[Occasion]) -> tuple[Stage, MilestoneFact | None]:
    """Return the highest rung and the milestone that first reached it; without a milestone, what the acts of ``voicings`` declare."""
    rungs = [(one.stage, one) for one in accepted(milestones) if one.stage is not None]
    if rungs:
        return max(rungs, key=lambda rung: rung[0])
    tentative = all(voicing.act in TENTATIVE_ACTS for voicing in voicings)
    return (Stage.FLOATED if tentative else Stage.DECLARED), None
