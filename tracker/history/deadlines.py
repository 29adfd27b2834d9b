"""Deadlines: the dated promises of each target in the order stated, how far they slipped and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.vocabulary import Outcome

from .facts import DeadlineFact
from .results import DeadlineTrack

OPEN_OUTCOMES = frozenset({Outcome.PENDING, Outcome.UNKNOWN})


def known_by(promises: Iterable[DeadlineFact], as_of: date) -> tuple[DeadlineFact, ...]:
    """Return the promises stated by ``as_of`` in the order stated; what was resolved after it is pending again."""
    stated = (_as_known(promise, as_of) for promise in promises if promise.stated.latest <= as_of)
    return tuple(sorted(stated, key=lambda promise: (promise.stated, promise.key)))


def by_target(promises: Iterable[DeadlineFact]) -> Mapping[str, Sequence[DeadlineFact]]:
    """Return ``promises``, given in the order stated, under their targets."""
    found: dict[str, list[DeadlineFact]] = defaultdict(list)
    for promise in promises:
        found[promise.target].append(promise)
    return found


def deadline_tracks(promises: Iterable[DeadlineFact], until: date) -> tuple[DeadlineTrack, ...]:
    """Return one track per target, the target promised first coming first. Days count to ``until`` (design §2.4)."""
    return tuple(_track(target, track, until) for target, track in by_target(promises).items())


def _as_known(promise: DeadlineFact, as_of: date) -> DeadlineFact:
    if promise.resolved is not None and promise.resolved.latest > as_of:
        return replace(promise, outcome=Outcome.PENDING, resolved=None)
    return promise


def _track(target: str, promises: Sequence[DeadlineFact], until: date) -> DeadlineTrack:
    latest = promises[-1]
    outcomes = [promise.outcome for promise in promises]
    missed, met_late, met = (outcomes.count(outcome) for outcome in (Outcome.MISSED, Outcome.MET_LATE, Outcome.MET))
    overdue = latest.outcome in OPEN_OUTCOMES and latest.due.latest < until
    return DeadlineTrack(
        target=target,
        promises=tuple(promises),
        slip_days=(latest.due.latest - promises[0].due.latest).days,
        resolved=missed + met_late + met,
        missed=missed,
        met_late=met_late,
        met=met,
        overdue=overdue,
        overdue_days=(until - latest.due.latest).days if overdue else 0,
    )
