"""Traces: the whole history of one commitment as of one day."""

from __future__ import annotations

from datetime import date

from .cells import cells, subject
from .conditions import condition
from .deadlines import deadline_tracks
from .facts import CommitmentFact, Record
from .index import Index, index
from .measures import measures, voiced_places
from .milestones import stage_reached
from .results import Trace
from .thresholds import THRESHOLDS, Thresholds


def trace(record: Record, commitment: str, as_of: date, thresholds: Thresholds = THRESHOLDS) -> Trace:
    """Return the history of ``commitment`` as of one day (design §2.3, §2.4); raise ``KeyError`` if the record does not hold it."""
    found = index(record, as_of, thresholds)
    return trace_in(found, found.families.by_slug[commitment])


def trace_in(found: Index, commitment: CommitmentFact) -> Trace:
    """Return the history of ``commitment`` from an index that is already built."""
    heard = found.heard_of(commitment)
    voicings = tuple(one for one in heard if one.counts)
    one = subject(found, commitment, voicings)
    row = cells(found, one)
    marks = found.milestones[commitment.slug]
    tracks = deadline_tracks(found.promises[commitment.slug], found.until)
    numbers = measures(found, one, row, voicings, tracks)
    stage, stage_by = stage_reached(marks, voicings)
    return Trace(
        commitment=commitment,
        as_of=found.as_of,
        until=found.until,
        columns=found.line.columns,
        cells=row,
        occasions=heard,
        milestones=marks,
        deadlines=tracks,
        stage=stage,
        stage_by=stage_by,
        condition=condition(commitment, marks, row, numbers, voiced_places(found, voicings), found.thresholds),
        measures=numbers,
    )
