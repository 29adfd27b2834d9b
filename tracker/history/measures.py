"""Measures: the numbers of design §2.4 for one commitment, from its cells and occasions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import comb

from tracker.dates import UncertainDate
from tracker.vocabulary import CellState, EvidenceGrade, Stage

from .cells import NOT_ELIGIBLE, Subject
from .columns import OrderKey
from .facts import MilestoneFact
from .index import Index
from .milestones import first_at, last_moved
from .results import Cell, DeadlineTrack, Measures, Occasion


@dataclass(frozen=True, slots=True)
class _Tally:
    """How often it came up among the columns at which it could have."""

    voiced_of_read: int  # k
    read: int  # n
    eligible: int  # N
    echoed: int
    quiet: int  # K
    eligible_since: int


def measures(index: Index, subject: Subject, cells: Sequence[Cell], voicings: Sequence[Occasion], tracks: Sequence[DeadlineTrack]) -> Measures:
    """Return all numbers of one commitment. ``voicings`` are the occasions that count, anywhere, in the order of time."""
    marks = index.milestones[subject.commitment.slug]
    moved, ink = last_moved(marks), first_at(marks, Stage.AGREEMENT)
    first, last = (voicings[0].when, voicings[-1].when) if voicings else (None, None)
    tally = _tally(index, subject, cells, voicings)
    shown = tally.read >= index.thresholds.recurrence_needs
    voiced = [place for place, cell in enumerate(cells) if cell.state == CellState.VOICED]
    ticks = [one for one in voicings if one.statement and not one.guest]
    own = _by_place(index, (one for one in voicings if not one.guest and one.mention.commitment == subject.commitment.slug))
    return Measures(
        voiced_meetings=len(voiced),
        called_for=sum(1 for place in voiced if _called_for(index, subject, place)),
        statements=len({one.meeting.slug for one in ticks}),
        voiced_of_read=tally.voiced_of_read,
        read=tally.read,
        eligible=tally.eligible,
        recurrence=tally.voiced_of_read / tally.read if shown else None,
        coverage=tally.read / tally.eligible if tally.eligible else None,
        echoed=tally.echoed,
        echo_rate=tally.echoed / tally.read if shown else None,
        quiet_meetings=tally.quiet,
        quiet_days=max(0, (index.until - last.latest).days) if last else None,
        eligible_since=tally.eligible_since,
        gap_surprise=gap_surprise(tally.read, tally.voiced_of_read, tally.quiet) if shown else None,
        idle_restatements=sum(1 for place in voiced if _is_idle_column(index, subject, moved, place)),
        idle_statements=len({one.meeting.slug for one in ticks if _is_idle_statement(index, subject, moved, one)}),
        first_voiced=first,
        last_voiced=last,
        last_moved=moved.happened if moved else None,
        talk_to_ink_days=_days_between(first, ink.happened if ink else None),
        ink_to_works_days=_ink_to_works(marks, ink),
        strength_drift=_drift([max(found) for heard in own if (found := [one.strength for one in heard if one.strength is not None])]),
        specificity_drift=_drift([max(one.specificity for one in heard) for heard in own]),
        deadlines_resolved=sum(track.resolved for track in tracks),
        deadlines_missed=sum(track.missed for track in tracks),
        deadlines_overdue=sum(track.overdue for track in tracks),
        came_back=_came_back(voicings, index.thresholds.came_back_days),
        evidence=_evidence(index, voicings),
    )


def gap_surprise(read: int, voiced: int, quiet: int) -> float | None:
    """Return the chance that the last ``quiet`` of ``read`` meetings hold none of ``voiced`` voicings by mere luck; None if never voiced."""
    return comb(read - quiet, voiced) / comb(read, voiced) if voiced else None


def voiced_places(index: Index, voicings: Sequence[Occasion]) -> int:
    """Return at how many columns, statements and guest meetings it was voiced; rooms of one journey are one."""
    return len({index.line.place(one.meeting.slug) for one in voicings})


def _tally(index: Index, subject: Subject, cells: Sequence[Cell], voicings: Sequence[Occasion]) -> _Tally:
    since = index.line.after(_key(index, voicings[-1]) if voicings else None)
    eligible = [place for place, cell in enumerate(cells) if place >= subject.after and cell.general and cell.state not in NOT_ELIGIBLE]
    counted = [place for place in eligible if cells[place].counted]
    return _Tally(
        voiced_of_read=sum(1 for place in counted if cells[place].state == CellState.VOICED),
        read=len(counted),
        eligible=len(eligible),
        echoed=sum(1 for place in counted if cells[place].state == CellState.ECHOED),
        quiet=sum(1 for place in counted if place >= since),
        eligible_since=sum(1 for place in eligible if place >= since),
    )


def _key(index: Index, one: Occasion) -> OrderKey:
    return index.line.key(one.meeting.slug)


def _called_for(index: Index, subject: Subject, place: int) -> bool:
    meeting = index.line.columns[place].meeting
    return not meeting.general and bool(meeting.remit & subject.lineage)


def _is_idle_column(index: Index, subject: Subject, moved: MilestoneFact | None, place: int) -> bool:
    """Strictly later than the last move: after the column at which it happened, or wholly after its date."""
    if moved is None:
        return place >= subject.after
    if (stood := index.line.position_of(moved.meeting)) is not None:
        return place > stood
    return index.line.columns[place].when.earliest > moved.happened.latest


def _is_idle_statement(index: Index, subject: Subject, moved: MilestoneFact | None, one: Occasion) -> bool:
    if moved is None:
        return subject.first is not None and _key(index, one) > _key(index, subject.first)
    if (stood := index.line.position_of(moved.meeting)) is not None:
        return _key(index, one) > index.line.keys[stood]
    return one.when.earliest > moved.happened.latest


def _days_between(first: UncertainDate | None, second: UncertainDate | None) -> int | None:
    """Return the days from the earliest to the earliest day; None where one is missing or they come in the other order."""
    if first is None or second is None or second.earliest < first.earliest:
        return None
    return (second.earliest - first.earliest).days


def _ink_to_works(marks: Sequence[MilestoneFact], ink: MilestoneFact | None) -> int | None:
    works = first_at(marks, Stage.UNDER_WAY)
    return _days_between(ink.happened, works.happened) if ink and works else None


def _by_place(index: Index, found: Iterable[Occasion]) -> list[list[Occasion]]:
    """Return ``found``, given in the order of time, with what was heard in rooms of one journey taken together."""
    return [list(heard) for _, heard in groupby(found, key=lambda one: index.line.place(one.meeting.slug))]


def _drift(values: Sequence[int]) -> int | None:
    """Return last minus first, of the commitment's own mentions; None with fewer than two."""
    return values[-1] - values[0] if len(values) > 1 else None


def _came_back(voicings: Sequence[Occasion], days: int) -> bool:
    return any((after.when.earliest - before.when.latest).days > days for before, after in pairwise(voicings))


def _evidence(index: Index, voicings: Sequence[Occasion]) -> EvidenceGrade | None:
    """Return the best grade among the mentions of the last known voicing: an area may have several there."""
    if not voicings:
        return None
    last = _key(index, voicings[-1])
    return min((one.grade for one in voicings if _key(index, one) == last), key=lambda grade: grade.value)
