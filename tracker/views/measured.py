"""The numbers behind a measure, for one commitment and in words: what the explanation of a number says of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.history.results import Measures, Trace
from tracker.history.thresholds import THRESHOLDS
from tracker.vocabulary.meanings import COUNTS, FORMULAS, Measure

from .dates import in_words


def with_thresholds(text: Any) -> str:
    """Return a meaning or formula with the thresholds in force in the places that name one."""
    values = {name: grouped(value) if isinstance(value, int) else value for name, value in asdict(THRESHOLDS).items()}
    return str(text) % {**values, "reading": THRESHOLDS.reading.label}


def counts(measure: Measure) -> str:
    """Return what the measure counts."""
    return with_thresholds(COUNTS[measure])


def formula(measure: Measure) -> str:
    """Return the formula of the measure in words, with its thresholds."""
    return with_thresholds(FORMULAS[measure])


def numbers(measure: Measure, row: Trace) -> str:
    """Return what the measure comes from in this row, in words; empty where nothing is known or the measure is not one of a row."""
    if measure == Measure.STAGE:
        return _stage(row)
    told = _NUMBERS.get(measure)
    return told(row.measures) if told else ""


def _stage(row: Trace) -> str:
    rung = {"number": int(row.stage), "name": str(row.stage.label).lower()}
    if row.stage_by is None:
        return _("%(number)d, %(name)s; no milestone is known") % rung
    return _("%(number)d, %(name)s, reached %(when)s") % {**rung, "when": in_words(row.stage_by.happened)}


def _meetings(count: int) -> str:
    return ngettext("%(count)d meeting", "%(count)d meetings", count) % {"count": count}


def grouped(count: int) -> str:
    """Return a number with its thousands apart."""
    return str(number_format(count, use_l10n=True, force_grouping=True))


def _days(count: int | None) -> str:
    return "" if count is None else ngettext("%(shown)s day", "%(shown)s days", count) % {"shown": grouped(count)}


def _voiced(found: Measures) -> str:
    if not found.called_for:
        return _meetings(found.voiced_meetings)
    called = ngettext("%(count)d of them called for it", "%(count)d of them called for it", found.called_for) % {"count": found.called_for}
    return _("%(meetings)s, %(called)s") % {"meetings": _meetings(found.voiced_meetings), "called": called}


def _idle(found: Measures) -> str:
    if found.last_moved:
        return _("%(meetings)s since it last moved, %(when)s") % {"meetings": _meetings(found.idle_restatements), "when": in_words(found.last_moved)}
    if found.first_voiced:
        said = _("%(meetings)s since the first mention, %(when)s; no move is known")
        return said % {"meetings": _meetings(found.idle_restatements), "when": in_words(found.first_voiced)}
    return ""


def _quiet(found: Measures) -> str:
    if not found.last_voiced:
        return ""
    if not found.quiet_meetings:
        said = (
            _("none of the %(known)d meetings since %(when)s was read")
            if found.eligible_since
            else _("no meeting since %(when)s at which it could have come up")
        )
        return said % {"known": found.eligible_since, "when": in_words(found.last_voiced)}
    said = _("%(read)d of %(known)d meetings read since %(when)s, voiced at none of them")
    return said % {"read": found.quiet_meetings, "known": found.eligible_since, "when": in_words(found.last_voiced)}


def _since(found: Measures) -> str:
    return _("%(days)s since %(when)s") % {"days": _days(found.quiet_days), "when": in_words(found.last_voiced)} if found.last_voiced else ""


def _recurrence(found: Measures) -> str:
    return _("k = %(k)d, n = %(n)d, N = %(all)d") % {"k": found.voiced_of_read, "n": found.read, "all": found.eligible}


def _echo(found: Measures) -> str:
    return _("%(echoed)d of %(read)d read") % {"echoed": found.echoed, "read": found.read}


def _gap(found: Measures) -> str:
    return _("n = %(n)d, k = %(k)d, K = %(quiet)d") % {"n": found.read, "k": found.voiced_of_read, "quiet": found.quiet_meetings}


def _kept(found: Measures) -> str:
    return _("%(missed)d missed of %(resolved)d resolved") % {"missed": found.deadlines_missed, "resolved": found.deadlines_resolved}


def _overdue(found: Measures) -> str:
    return ngettext("%(count)d target", "%(count)d targets", found.deadlines_overdue) % {"count": found.deadlines_overdue}


def _drift(value: int | None) -> str:
    return "" if value is None else _("%(drift)+d from the first mention to the last") % {"drift": value}


_NUMBERS: Mapping[Measure, Callable[[Measures], str]] = {
    Measure.VOICED: _voiced,
    Measure.STATEMENTS: lambda found: ngettext("%(count)d statement", "%(count)d statements", found.statements) % {"count": found.statements},
    Measure.LAST_MENTION: lambda found: in_words(found.last_voiced),
    Measure.LAST_MOVED: lambda found: in_words(found.last_moved),
    Measure.IDLE: _idle,
    Measure.RECURRENCE: _recurrence,
    Measure.ECHO: _echo,
    Measure.QUIET_MEETINGS: _quiet,
    Measure.QUIET_DAYS: _since,
    Measure.GAP: _gap,
    Measure.TALK_TO_INK: lambda found: _days(found.talk_to_ink_days),
    Measure.INK_TO_WORKS: lambda found: _days(found.ink_to_works_days),
    Measure.KEPT: _kept,
    Measure.OVERDUE: _overdue,
    Measure.STRENGTH_DRIFT: lambda found: _drift(found.strength_drift),
    Measure.TERMS_DRIFT: lambda found: _drift(found.specificity_drift),
    Measure.EVIDENCE: lambda found: str(found.evidence.label) if found.evidence else "",
}
