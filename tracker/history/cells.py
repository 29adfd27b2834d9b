"""Cells: what each column is to one commitment, decided by the first rule that applies (design §2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.vocabulary import CellState, Rule

from . import because
from .backdrop import is_read
from .because import Reasons
from .facts import CommitmentFact, MilestoneFact
from .index import Index
from .milestones import closings, is_move
from .occasions import sides_read
from .proof import cited_at, is_one_sided
from .results import Cell, Occasion

#: States of a column at which the commitment could not have come up; all others are eligible.
NOT_ELIGIBLE = frozenset({CellState.BEFORE, CellState.CLOSED, CellState.INELIGIBLE})

Verdict = tuple[CellState, Rule, Reasons]
ByColumn = Mapping[int, list[Occasion]]


@dataclass(frozen=True, slots=True)
class Subject:
    """One commitment with what decides its cells. Columns go by their place; ``after`` is the first one after the first known voicing."""

    commitment: CommitmentFact
    lineage: frozenset[str]
    required: frozenset[str]
    first: Occasion | None
    start: int
    after: int
    voiced: ByColumn
    area_named: ByColumn
    closings: tuple[MilestoneFact, ...]
    moved: frozenset[int]


def subject(index: Index, commitment: CommitmentFact, voicings: tuple[Occasion, ...]) -> Subject:
    """Return what decides the cells of ``commitment``, given everything that counts as voicing it, in the order of time."""
    line = index.line
    first = voicings[0] if voicings else None
    key = line.key(first.meeting.slug) if first else None
    needed = commitment.parties & index.series.parties
    area = index.families.area_above(commitment)
    marks = index.milestones[commitment.slug]
    return Subject(
        commitment=commitment,
        lineage=frozenset(index.families.lineage[commitment.slug]),
        required=needed if len(needed) > 1 else index.series.parties,
        first=first,
        start=line.from_on(key),
        after=line.after(key),
        voiced=_by_column(index, voicings),
        area_named=_by_column(index, index.occasions[area]) if area else {},
        closings=closings(marks, commitment),
        moved=frozenset(place for mark in marks if is_move(mark) and (place := line.position_of(mark.meeting)) is not None),
    )


def cells(index: Index, subject: Subject) -> tuple[Cell, ...]:
    """Return one cell per column, in the order of the columns."""
    backdrop = index.backdrop(subject.commitment)
    first = because.of_first_voicing(subject.first, subject.commitment)
    row = [_barred(cell, (CellState.BEFORE, Rule.BEFORE_FIRST_VOICING, first)) for cell in backdrop[: subject.start]]
    row.extend(backdrop[subject.start :])
    for place in _remarkable(index, subject):
        row[place] = _cell(index, subject, place, backdrop[place])
    for place in subject.moved:
        row[place] = replace(row[place], moved=True)
    return tuple(row)


def _remarkable(index: Index, subject: Subject) -> Iterable[int]:
    """Return the columns from the first voicing on where more than their readings may decide: few of a long row, as a rule."""
    if subject.closings or subject.commitment.minimum_level is not None:
        return range(subject.start, len(index.line.columns))
    return (place for place in {*subject.voiced, *subject.area_named, *index.line.restricted} if place >= subject.start)


def _by_column(index: Index, found: Iterable[Occasion]) -> ByColumn:
    """Return those of ``found`` that count and fall on a column, under the column's place."""
    columns: dict[int, list[Occasion]] = defaultdict(list)
    for one in found:
        if one.counts and (place := index.line.position_of(one.meeting.slug)) is not None:
            columns[place].append(one)
    return dict(columns)


def _cell(index: Index, subject: Subject, place: int, unvoiced: Cell) -> Cell:
    """Return what the column is, given what it would be if nothing but its readings decided."""
    if place in subject.voiced:
        return _voiced(index, subject, place, unvoiced)
    if verdict := _closed(index, subject, place) or _ineligible(index, subject, place):
        return _barred(unvoiced, verdict)
    if unvoiced.state == CellState.SILENT and place in subject.area_named:
        named = (reason for one in subject.area_named[place] for reason in index.voiced_because(one))
        return replace(unvoiced, state=CellState.ECHOED, rule=Rule.ECHOED, because=(*named, *unvoiced.because))
    return unvoiced


def _barred(unvoiced: Cell, verdict: Verdict) -> Cell:
    state, rule, reasons = verdict
    return Cell(unvoiced.meeting, state, rule, reasons, unvoiced.grade, unvoiced.general)


def _voiced(index: Index, subject: Subject, place: int, unvoiced: Cell) -> Cell:
    """An area is voiced by its own mention, or through something under it; both may fall on one column and make one cell.

    The column is one of the n only if it was read, and after the first voicing: being voiced does not make it one.
    """
    heard, slug = subject.voiced[place], subject.commitment.slug
    named = any(one.mention.commitment == slug for one in heard)
    return Cell(
        meeting=unvoiced.meeting,
        state=CellState.VOICED,
        rule=Rule.VOICED if named else Rule.VOICED_THROUGH,
        because=tuple(reason for one in heard for reason in index.voiced_because(one)),
        grade=unvoiced.grade,
        general=unvoiced.general,
        counted=place >= subject.after and unvoiced.general and is_read(unvoiced.grade, index.thresholds),
        named=named,
        through=tuple(sorted({one.mention.commitment for one in heard} - {slug})),
        voice=frozenset().union(*(one.voice for one in heard)),
        both_sides=any(one.both_sides for one in heard),
        one_sided=_is_one_sided(heard, sides_read(unvoiced.meeting, subject.commitment, index.line)),
    )


def _is_one_sided(heard: Iterable[Occasion], sides: frozenset[str]) -> bool:
    """Take the mentions of one column together: what one side's text says of a room, the other's may say of the journey."""
    return len(sides) > 1 and is_one_sided([citation for one in heard for citation in cited_at(one.mention, one.reach)], sides)


def _closed(index: Index, subject: Subject, place: int) -> Verdict | None:
    """What closed it at this very column, or later, did not close it before."""
    for milestone in subject.closings:
        if milestone.happened.latest < index.line.columns[place].when.earliest and index.line.position_of(milestone.meeting) != place:
            return CellState.CLOSED, Rule.CLOSED, because.of_milestone(milestone)
    return None


def _ineligible(index: Index, subject: Subject, place: int) -> Verdict | None:
    meeting, commitment = index.line.columns[place].meeting, subject.commitment
    if meeting.absent and (absent := meeting.absent & subject.required):
        return CellState.INELIGIBLE, Rule.PARTY_ABSENT, because.of_absence(meeting, absent)
    if commitment.minimum_level is not None and meeting.level < commitment.minimum_level:
        return CellState.INELIGIBLE, Rule.LEVEL_BELOW, because.of_level(meeting, commitment)
    if not meeting.general and not meeting.remit & subject.lineage:
        return CellState.INELIGIBLE, Rule.OUTSIDE_REMIT, because.of_remit(meeting)
    return None
