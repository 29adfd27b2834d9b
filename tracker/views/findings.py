"""What the charts of the numbers page show, each in one plain sentence computed from the rows drawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.history.yearly import BOTH, NEITHER, SOME, UNNAMED, Interval, Yearly, half_within
from tracker.vocabulary import Outcome

from .words import Names, listed

RESOLVED = (Outcome.MISSED, Outcome.MET_LATE, Outcome.MET)
_NO_PARTY = {BOTH, UNNAMED, NEITHER, SOME}


def of_areas(found: Yearly, names: Names) -> str:
    if not found.total:
        return _("No mention is on record.")
    first, year = found.ordered()[0], max(found.years, key=found.of)
    said = _("%(area)s came up most, in %(number)d of %(total)d mentions; the fullest year on record is %(year)d, with %(most)d")
    return said % {"area": names.get(first, first), "number": found.totals[first], "total": found.total, "year": year, "most": found.of(year)}


def of_reading(found: Yearly) -> str:
    if not found.total:
        return _("No meeting is on record.")
    close, weak = found.totals.get("close", 0), found.totals.get("weak", 0)
    looked = ngettext(
        "Of %(total)d meeting, %(close)d was read closely enough to say what was left out",
        "Of %(total)d meetings, %(close)d were read closely enough to say what was left out",
        found.total,
    )
    nobody = ngettext("of %(none)d no report was read in full", "of %(none)d no report was read in full", found.total - close - weak)
    said = f"{looked}; {nobody}" if found.total > close + weak else looked
    return said % {"total": found.total, "close": close, "none": found.total - close - weak}


def of_voices(found: Yearly, names: Names) -> str:
    if not found.total:
        return _("No mention is on record.")
    together = _("Both or several sides voiced %(number)d of %(total)d mentions") % {"number": found.totals.get(BOTH, 0), "total": found.total}
    alone = [_("%(party)s alone %(number)d") % {"party": names.get(key, key), "number": found.totals[key]} for key in found.ordered() if key not in _NO_PARTY]
    return f"{together}; {listed(alone[:3])}" if alone else together


def of_texts(found: Yearly, names: Names) -> str:
    if not found.total:
        return _("No meeting with a mention had two sides’ own texts read, so it can’t be told what one side left out")
    one = {key: number for key, number in found.totals.items() if key not in _NO_PARTY}
    said = _("Where two sides’ own texts were read, %(one)d of %(total)d mentions stand in one side’s text only")
    where = [_("%(number)d in that of %(party)s") % {"party": names.get(key, key), "number": one[key]} for key in sorted(one, key=lambda key: -one[key])]
    said = said % {"one": sum(one.values()), "total": found.total}
    return f"{said}: {listed(where[:4])}" if where else said


def of_deadlines(found: Yearly) -> str:
    if not found.total:
        return _("No date was promised in what was read")
    resolved = sum(found.totals.get(one, 0) for one in RESOLVED)
    if not resolved:
        return _("No known outcome yet of any promised date on record")
    missed, late, unknown = found.totals.get(Outcome.MISSED, 0), found.totals.get(Outcome.MET_LATE, 0), found.total - resolved
    said = ngettext(
        "%(missed)d of %(resolved)d promised dates with a known outcome was missed, %(late)d met late",
        "%(missed)d of %(resolved)d promised dates with a known outcome were missed, %(late)d met late",
        missed,
    )
    more = ngettext("%(unknown)d more has no known outcome", "%(unknown)d more have no known outcome", unknown)
    return (f"{said}; {more}" if unknown else said) % {"missed": missed, "resolved": resolved, "late": late, "unknown": unknown}


def of_waits(found: Sequence[Interval]) -> str:
    if not found:
        return _("No concrete commitment is known to have been voiced")
    inked = [one for one in found if one.ink is not None]
    if not inked:
        return _("None of the %(total)d concrete commitments voiced is known to have reached a binding paper") % {"total": len(found)}
    half = half_within(one.talk_to_ink for one in inked)
    said = _("Of %(total)d concrete commitments voiced, %(ink)d are known to have reached a binding paper or beyond")
    said = said % {"total": len(found), "ink": len(inked)}
    return _("%(said)s, half of them within %(days)d days of the first talk") % {"said": said, "days": half} if half is not None else said
