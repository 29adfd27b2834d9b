"""Where commitments stand on a day, asked of the stored roll-ups: the same rules as tracker/history/conditions.py, for lists.

``way`` leads from the row asked for to its commitment: empty, or ``commitment__``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, DateField, F, FloatField, Q, Value, When
from django.db.models.functions import Greatest, Least
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from tracker.history.thresholds import THRESHOLDS
from tracker.vocabulary import Condition, Looked


def until(as_of: date, way: str = "") -> Least:
    """Return the day to which days run: the one asked for, or the last one of the series that was searched."""
    return Least(Value(as_of, DateField()), F(f"{way}series__covered_until"))


def quiet_span(as_of: date, way: str = "") -> Any:
    """Return the time from the last known voicing to that day; empty where there is none."""
    last = F(f"{way}roll_up__last_voiced_latest")
    return Greatest(until(as_of, way), last) - last


def quiet_for(days: int, as_of: date, way: str = "") -> GreaterThanOrEqual:
    """Return whether the last known voicing is at least so many days old."""
    return GreaterThanOrEqual(quiet_span(as_of, way), Value(timedelta(days=days)))


def overdue(as_of: date, way: str = "") -> LessThan:
    """Return whether the latest promise of some target is past due and not resolved."""
    return LessThan(F(f"{way}roll_up__unresolved_due"), until(as_of, way))


def looked_enough(way: str = "") -> Q:
    """Return whether enough meetings were read since the last known voicing, and enough of those there were, to infer anything."""
    share = F(f"{way}roll_up__eligible_since") * Value(THRESHOLDS.silence_share, FloatField())
    return Q(**{f"{way}roll_up__quiet_meetings__gte": THRESHOLDS.silence_needs}) & Q(**{f"{way}roll_up__quiet_meetings__gte": share})


def condition(as_of: date, way: str = "") -> Case:
    """Return the column with the condition, stated before inferred. A commitment without a roll-up has none."""
    roll_up = f"{way}roll_up__"
    hollow = Q(**{f"{roll_up}voicings__gte": THRESHOLDS.hollowed_voicings, f"{roll_up}last_two_echoed": True})
    return Case(
        When(**{f"{roll_up}isnull": True}, then=Value(None)),
        When(~Q(**{f"{roll_up}stated_condition": ""}), then=F(f"{roll_up}stated_condition")),
        When(~looked_enough(way) | Q(**{f"{roll_up}last_voiced_latest__isnull": True}), then=Value(Condition.ACTIVE)),
        When(quiet_for(THRESHOLDS.presumed_lapsed_days, as_of, way), then=Value(Condition.PRESUMED_LAPSED)),
        When(quiet_for(THRESHOLDS.dormant_days, as_of, way), then=Value(Condition.DORMANT)),
        When(hollow, then=Value(Condition.HOLLOWED)),
        When(**{f"{roll_up}voicings": 1}, then=Value(Condition.ONE_OFF)),
        default=Value(Condition.ACTIVE),
        output_field=CharField(),
    )


def looked(way: str = "") -> Case:
    """Return the column that says whether anybody looked since the last known voicing; empty where it was never voiced."""
    roll_up = f"{way}roll_up__"
    return Case(
        When(**{f"{roll_up}last_voiced_latest__isnull": True}, then=Value(None)),
        When(looked_enough(way), then=Value(Looked.ENOUGH)),
        When(**{f"{roll_up}quiet_meetings__gt": 0}, then=Value(Looked.FEW)),
        When(**{f"{roll_up}eligible_since__gt": 0}, then=Value(Looked.NOBODY)),
        default=Value(Looked.NO_MEETING),
        output_field=CharField(),
    )
