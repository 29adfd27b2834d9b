"""The backdrop: what each column is to anything listed on one day that was not voiced there: silent, or not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.vocabulary import CellState, Grade, Rule

from . import because
from .because import Reasons
from .readings import ReadingLog
from .results import Cell, Column
from .thresholds import Thresholds
from .timeline import Timeline


def is_read(grade: Grade, thresholds: Thresholds) -> bool:
    """Return whether readings of this ``grade`` can show that something was left out. No reading never can."""
    return grade >= max(thresholds.reading, Grade.WEAK)


def backdrop(line: Timeline, listed_on: date, thresholds: Thresholds) -> Iterator[Cell]:
    """Return one cell per column for what was listed on ``listed_on``; only readings made that day or later count for it."""
    for column, log in zip(line.columns, line.logs, strict=True):
        reading = log.since(listed_on)
        if is_read(reading.grade, thresholds):
            held = because.of_reports(reading.reports, column)
            yield Cell(column.slug, CellState.SILENT, Rule.SILENT, held, reading.grade, column.general, counted=column.general)
        else:
            rule, held = _unobserved(column, log, listed_on, thresholds)
            yield Cell(column.slug, CellState.UNOBSERVED, rule, held, reading.grade, column.general)


def _unobserved(column: Column, log: ReadingLog, listed_on: date, thresholds: Thresholds) -> tuple[Rule, Reasons]:
    """Say why it is not known: nothing was read, too little was read, or it was read before this was listed."""
    if not log.all.reports:
        return Rule.NOT_READ, because.of_reports(column.reports, column)
    if not is_read(log.all.grade, thresholds):
        return Rule.READ_TOO_WEAK, because.of_reports(column.reports, column)
    return Rule.READ_BEFORE_LISTED, because.of_reports(column.reports, column, listed_on)
