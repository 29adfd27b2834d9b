"""Several commitments beside each other: at which occasions two or more of them were voiced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates import UncertainDate

from .facts import MeetingFact
from .results import Trace


@dataclass(frozen=True, slots=True)
class Together:
    """One meeting or statement at which at least two of the commitments were voiced themselves; ``voiced`` names them in the order asked for."""

    meeting: MeetingFact
    when: UncertainDate
    voiced: tuple[str, ...]


def voiced_together(traces: Sequence[Trace]) -> tuple[Together, ...]:
    """Return where two or more of the commitments were voiced, in the order of time; rooms of one journey are one place.

    An area takes part where it was named itself, not through what hangs under it.
    """
    found: dict[str, tuple[MeetingFact, UncertainDate]] = {}
    heard: dict[str, list[str]] = {}
    for trace in traces:
        for slug, place in places_voiced(trace).items():
            found.setdefault(slug, place)
            heard.setdefault(slug, []).append(trace.commitment.slug)
    shared = [Together(*found[slug], tuple(voiced)) for slug, voiced in heard.items() if len(voiced) > 1]
    return tuple(sorted(shared, key=lambda one: (one.when, one.meeting.slug)))


def places_voiced(trace: Trace) -> dict[str, tuple[MeetingFact, UncertainDate]]:
    """Return the meetings and statements at which the commitment itself was voiced and counts, a room standing under its journey."""
    columns = {meeting.slug: column for column in trace.columns for meeting in (column.meeting, *column.rooms)}
    found: dict[str, tuple[MeetingFact, UncertainDate]] = {}
    for one in trace.occasions:
        if one.counts and one.mention.commitment == trace.commitment.slug:
            column = columns.get(one.meeting.slug)
            meeting, when = (column.meeting, column.when) if column else (one.meeting, one.when)
            found.setdefault(meeting.slug, (meeting, when))
    return found
