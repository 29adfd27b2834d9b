"""Cells: what each column is to one commitment, decided by the first rule that applies (design §2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.vocabulary import CellState, Grade, Rule

from . import because
from .because import Reasons
from .facts import CommitmentFact, MilestoneFact
from .index import Index
from .milestones import closings, is_move
from .occasions import voice_of
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
    before = (CellState.BEFORE, Rule.BEFORE_FIRST_VOICING, because.of_first_voicing(subject.first, subject.commitment))
    total = len(index.line.columns)
    earlier = [_plain(index, subject, place, before) for place in range(subject.start)]
    return (*earlier, *(_cell(index, subject, place) for place in range(subject.start, total)))


def _by_column(index: Index, found: Iterable[Occasion]) -> ByColumn:
    """Return those of ``found`` that count and fall on a column, under the column's place."""
    columns: dict[int, list[Occasion]] = defaultdict(list)
    for one in found:
        if one.counts and (place := index.line.position_of(one.meeting.slug)) is not None:
            columns[place].append(one)
    return dict(columns)


def _cell(index: Index, subject: Subject, place: int) -> Cell:
    if place in subject.voiced:
        return _voiced(index, subject, place)
    return _plain(index, subject, place, _closed(index, subject, place) or _ineligible(index, subject, place) or _read_or_not(index, subject, place))


def _plain(index: Index, subject: Subject, place: int, verdict: Verdict) -> Cell:
    state, rule, reasons = verdict
    column, grade = index.line.columns[place], index.line.logs[place].since(subject.commitment.listed_on).grade
    counted = _counts(index, subject, place, state, grade)
    return Cell(column.meeting.slug, state, rule, reasons, grade, column.general, counted, moved=place in subject.moved)


def _voiced(index: Index, subject: Subject, place: int) -> Cell:
    """An area is voiced by its own mention, or through something under it; both may fall on one column and make one cell."""
    heard, column, slug = subject.voiced[place], index.line.columns[place], subject.commitment.slug
    reading = index.line.logs[place].since(subject.commitment.listed_on)
    cited = [citation for one in heard for citation in cited_at(one.mention, one.reach)]
    named = any(one.mention.commitment == slug for one in heard)
    return Cell(
        meeting=column.slug,
        state=CellState.VOICED,
        rule=Rule.VOICED if named else Rule.VOICED_THROUGH,
        because=tuple(reason for one in heard for reason in because.of_voicing(one)),
        grade=reading.grade,
        general=column.general,
        counted=_counts(index, subject, place, CellState.VOICED, reading.grade),
        named=named,
        through=tuple(sorted({one.mention.commitment for one in heard} - {slug})),
        moved=place in subject.moved,
        voice=voice_of(cited),
        both_sides=any(one.both_sides for one in heard),
        one_sided=is_one_sided(cited, reading.sides),
    )


def _counts(index: Index, subject: Subject, place: int, state: CellState, grade: Grade) -> bool:
    """Return whether the column is one of the n: eligible, general, after the first voicing, and read, whatever was voiced there."""
    return place >= subject.after and index.line.columns[place].general and state not in NOT_ELIGIBLE and _reaches(index, grade)


def _reaches(index: Index, grade: Grade) -> bool:
    return grade >= max(index.thresholds.reading, Grade.WEAK)


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


def _read_or_not(index: Index, subject: Subject, place: int) -> Verdict:
    log = index.line.logs[place]
    step = log.step_since(subject.commitment.listed_on)
    if not _reaches(index, log.steps[step].grade):
        return _unobserved(index, subject, place)
    readings = _readings(index, place, step)
    if place in subject.area_named:
        named = (reason for one in subject.area_named[place] for reason in because.of_voicing(one))
        return CellState.ECHOED, Rule.ECHOED, (*named, *readings)
    return CellState.SILENT, Rule.SILENT, readings


def _unobserved(index: Index, subject: Subject, place: int) -> Verdict:
    """Say why it is not known: nothing was read, too little was read, or it was read before this was listed."""
    reading, held = index.line.logs[place].all, because.of_reports(index.line.columns[place].reports, index.line.columns[place])
    if not reading.reports:
        return CellState.UNOBSERVED, Rule.NOT_READ, held
    if not _reaches(index, reading.grade):
        return CellState.UNOBSERVED, Rule.READ_TOO_WEAK, held
    return CellState.UNOBSERVED, Rule.READ_BEFORE_LISTED, (*held, *because.of_listing(subject.commitment))


def _readings(index: Index, place: int, step: int) -> Reasons:
    """Return the readings that count, made once for all commitments listed by then."""
    if (place, step) not in index.reasons:
        index.reasons[place, step] = because.of_reports(index.line.logs[place].steps[step].reports, index.line.columns[place])
    return index.reasons[place, step]
