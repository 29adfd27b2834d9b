"""The numbers of each commitment as a table of a package, and the thresholds behind them. What each means is what the glossary says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from enum import Enum
from typing import Any

from tracker.history.results import Measures, Trace
from tracker.history.thresholds import Thresholds
from tracker.vocabulary import Condition, EvidenceGrade, Stage
from tracker.vocabulary.meanings import COUNTS, FORMULAS, Measure
from tracker.vocabulary.scales import Scale

from .columns import Column, Value, dated, when, with_thresholds
from .tables import Layout, references

_BY_MEASURE = {
    "voiced_meetings": Measure.VOICED,
    "statements": Measure.STATEMENTS,
    "recurrence": Measure.RECURRENCE,
    "echo_rate": Measure.ECHO,
    "quiet_meetings": Measure.QUIET_MEETINGS,
    "quiet_days": Measure.QUIET_DAYS,
    "gap_surprise": Measure.GAP,
    "idle_restatements": Measure.IDLE,
    "last_voiced": Measure.LAST_MENTION,
    "last_moved": Measure.LAST_MOVED,
    "talk_to_ink_days": Measure.TALK_TO_INK,
    "ink_to_works_days": Measure.INK_TO_WORKS,
    "strength_drift": Measure.STRENGTH_DRIFT,
    "specificity_drift": Measure.TERMS_DRIFT,
    "deadlines_missed": Measure.KEPT,
    "came_back": Measure.CAME_BACK,
    "evidence": Measure.EVIDENCE,
}
_ABOUT = {
    "called_for": "How many of the meetings voiced were called for it.",
    "voiced_of_read": "k: read general meetings after the first mention at which it was voiced.",
    "read": "n: general meetings after the first mention at which it could have come up and which were read.",
    "eligible": "N: general meetings after the first mention at which it could have come up, read or not.",
    "coverage": "n of N: how much was read.",
    "echoed": "Read general meetings at which only its area was named.",
    "eligible_since": "General meetings since the last known mention at which it could have come up, read or not.",
    "idle_statements": "Statements in which it was said again although nothing had moved since.",
    "first_voiced": "The first day on which it is known to have been said.",
    "deadlines_resolved": "Promised dates whose outcome is known.",
    "deadlines_overdue": "Targets whose latest promised date has passed, while nothing is known of the outcome.",
}
_THRESHOLDS = {
    "reading": "A meeting counts as read from this grade on.",
    "recurrence_needs": "Recurrence, echo rate and the chance of a gap are shown from this many read meetings on.",
    "silence_needs": "An inferred condition needs this many read general meetings since the last known mention.",
    "silence_share": "An inferred condition needs this share of the meetings since the last known mention to be read.",
    "dormant_days": "Days without a known mention after which a commitment is dormant.",
    "presumed_lapsed_days": "Days without a known mention after which a commitment is presumed lapsed.",
    "hollowed_voicings": "Hollowed out: voiced at least this often, then only its area was named.",
    "hollowed_echoes": "Hollowed out: in this many of the last read meetings only its area was named.",
    "came_back_days": "Came back: voiced after more than this many days without a known mention.",
}


def measure_layout() -> Layout:
    """Return the layout of the numbers, one row for each commitment."""
    columns = (*_columns_of_commitment(), *(column for each in fields(Measures) for column in _column(each.name, str(each.type))))
    about = "Computed: the numbers of each commitment as of a day. An empty one is not shown because too little was read, or there is nothing to measure."
    return Layout("measure", about, columns, ("commitment",), tuple(references(columns)))


def measure_row(trace: Trace) -> list[Value]:
    """Return the numbers of one commitment."""
    row: list[Value] = [trace.commitment.slug, trace.commitment.series, trace.as_of.isoformat(), trace.until.isoformat(), trace.stage.word]
    row += [trace.stage_by.key if trace.stage_by else None, trace.condition.condition.value, trace.condition.inferred]
    for each in fields(Measures):
        value = getattr(trace.measures, each.name)
        row += dated(value) if "UncertainDate" in str(each.type) else [_plain(value)]
    return row


def threshold_layout() -> Layout:
    """Return the layout of the thresholds."""
    columns = (
        Column("name", "The name of the threshold.", required=True),
        Column("value", "Its value: a number, or a grade of reading.", required=True),
        Column("meaning", "What it decides.", required=True),
    )
    return Layout("threshold", "The thresholds in force when the cells and the measures were computed.", columns, ("name",))


def threshold_rows(thresholds: Thresholds) -> Iterator[list[Value]]:
    """Yield the name, the value and the meaning of each threshold."""
    for name, value in asdict(thresholds).items():
        yield [name, value.word if isinstance(value, Scale) else value, _THRESHOLDS[name]]


def _columns_of_commitment() -> tuple[Column, ...]:
    return (
        Column("commitment", "The slug of the commitment.", required=True, leads_to="commitment"),
        Column("series", "The slug of its series.", required=True, leads_to="series"),
        Column("as_of", "The day as of which the numbers are computed: what happened later is left out.", "date", required=True),
        Column("until", "The day to which days are counted: as_of, or the end of the search of the series if that is earlier.", "date", required=True),
        Column("stage", f"{COUNTS[Measure.STAGE]} {FORMULAS[Measure.STAGE]}", words=Stage.words(), ordered=True, required=True),
        Column("stage_by", "The key of the milestone that proves the rung. Empty where none does."),
        Column("condition", "Where it stands.", words=tuple(Condition.values), required=True),
        Column("condition_inferred", "Whether the condition follows from counts; otherwise a milestone states it.", "boolean", required=True),
    )


def _column(name: str, annotation: str) -> tuple[Column, ...]:
    about = _about(name)
    if "UncertainDate" in annotation:
        return when(name, about)
    if "EvidenceGrade" in annotation:
        return (Column(name, about, words=tuple(EvidenceGrade.values)),)
    kind = {"bool": "boolean", "float": "number"}.get(annotation.split()[0], "integer")
    return (Column(name, about, kind, required="None" not in annotation),)


def _about(name: str) -> str:
    if name in _ABOUT:
        return _ABOUT[name]
    measure = _BY_MEASURE[name]
    return f"{COUNTS[measure]} {with_thresholds(FORMULAS[measure])}"


def _plain(value: Any) -> Value:
    if isinstance(value, Enum):
        return str(value.value)
    return round(value, 6) if isinstance(value, float) else value
