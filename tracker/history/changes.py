"""Changes: what each voicing changed against the voicing before it (design §2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tracker.vocabulary import Change

from .deadlines import by_target
from .facts import CommitmentFact, DeadlineFact, MilestoneFact, NameFact
from .milestones import is_move
from .results import Occasion
from .timeline import Timeline


def compared(
    found: Iterable[Occasion], commitment: CommitmentFact, milestones: Iterable[MilestoneFact], promises: Iterable[DeadlineFact], line: Timeline
) -> tuple[Occasion, ...]:
    """Return the occasions of one commitment, in their order, each with its changes.

    Voicings in other series are not compared among themselves; one of them is compared with only where nothing stands before it in the series.
    """
    moved = {line.place(milestone.meeting) for milestone in milestones if milestone.meeting and is_move(milestone)}
    dated = _deadline_changes(promises, line)
    previous: Occasion | None = None
    answer = []
    for one in found:
        if one.counts:
            changes = _changes(one, previous, commitment.names, moved, dated, line)
            previous = one if previous is None or previous.guest or not one.guest else previous
            answer.append(replace(one, changes=changes))
        else:
            answer.append(one)
    return tuple(answer)


def _changes(
    one: Occasion, previous: Occasion | None, names: Iterable[NameFact], moved: set[str], dated: Mapping[str, set[Change]], line: Timeline
) -> tuple[Change, ...]:
    if previous is None:
        against = {Change.FIRST}
    elif one.guest:
        return ()
    else:
        against = _wording(one, previous) | ({Change.RENAMED} if _renamed(one, previous, names) else set())
    place = line.place(one.meeting.slug)
    found = against | dated.get(place, set()) | ({Change.MOVED} if place in moved else set())
    return tuple(change for change in Change if change in found) or (Change.SAME,)


def _wording(one: Occasion, previous: Occasion) -> set[Change]:
    """Strengths are compared only where both wordings look forward."""
    found = set()
    if one.strength is not None and previous.strength is not None and one.strength != previous.strength:
        found.add(Change.STRONGER if one.strength > previous.strength else Change.WEAKER)
    if one.specificity != previous.specificity:
        found.add(Change.MORE_SPECIFIC if one.specificity > previous.specificity else Change.LESS_SPECIFIC)
    return found


def _renamed(one: Occasion, previous: Occasion, names: Iterable[NameFact]) -> bool:
    return any(name.valid_from is not None and previous.when.latest < name.valid_from.earliest <= one.when.latest for name in names)


def _deadline_changes(promises: Iterable[DeadlineFact], line: Timeline) -> Mapping[str, set[Change]]:
    """Return what was promised at each place against the promise of the same target before."""
    found: dict[str, set[Change]] = defaultdict(set)
    for track in by_target(promises).values():
        for before, promise in zip((None, *track), track, strict=False):
            change = _deadline_change(before, promise)
            if promise.stated_at and change:
                found[line.place(promise.stated_at)].add(change)
    return found


def _deadline_change(before: DeadlineFact | None, promise: DeadlineFact) -> Change | None:
    if before is None:
        return Change.DEADLINE_SET
    if promise.due.latest == before.due.latest:
        return None
    return Change.DEADLINE_LATER if promise.due.latest > before.due.latest else Change.DEADLINE_EARLIER
