"""The opening sentences of a dossier, built from its measures: facts in words before any chart."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.charts.score import is_area
from tracker.dates import UncertainDate, parse_edtf
from tracker.history.results import Measures, Trace
from tracker.vocabulary import CellState, CommitmentKind, Condition, Stage, Standing

from .dates import in_words


def opening(trace: Trace) -> tuple[str, ...]:
    """Return what is known of the commitment, most telling first. Every number is a lower bound: what nobody read, nobody counted."""
    if trace.measures.first_voiced is None:
        return (_("No mention of it is known as of this day."),)
    parts = (
        _voiced(trace),
        _rung(trace),
        "" if is_area(trace) else _idle(trace.measures),
        _last(trace.measures),
        _recurrence(trace),
        _promised(trace.measures),
    )
    return tuple(part for part in parts if part)


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return _("%(number)d %%") % {"number": round(share * 100)}


def _voiced(trace: Trace) -> str:
    found = trace.measures
    if found.voiced_meetings == 1 and not found.statements and found.first_voiced:
        return _("Voiced at one meeting that we know of, on %(when)s.") % {"when": in_words(found.first_voiced)}
    meetings = ngettext("at least %(count)d meeting", "at least %(count)d meetings", found.voiced_meetings) % {"count": found.voiced_meetings}
    called = ngettext("%(count)d called for it", "%(count)d called for it", found.called_for) % {"count": found.called_for}
    said = ngettext("%(count)d statement", "%(count)d statements", found.statements) % {"count": found.statements}
    since = _month(found.first_voiced)
    if not found.voiced_meetings:
        return _("Voiced in %(said)s since %(since)s, at no meeting that we know of.") % {"said": said, "since": since}
    where = f"{meetings} ({called})" if found.called_for else meetings
    if found.statements:
        return _("Voiced at %(where)s and in %(said)s since %(since)s.") % {"where": where, "said": said, "since": since}
    return _("Voiced at %(where)s since %(since)s.") % {"where": where, "since": since}


def _rung(trace: Trace) -> str:
    if is_area(trace):
        return ""
    rung = {"number": int(trace.stage), "name": str(trace.stage.label).lower()}
    if trace.stage == Stage.DELIVERED:
        return _("Delivered.")
    if trace.stage_by is None or trace.stage < Stage.MEMORANDUM:
        return _("Never confirmed above rung %(number)d (%(name)s).") % rung
    reached, moved = in_words(trace.stage_by.happened), trace.measures.last_moved
    if trace.commitment.kind == CommitmentKind.PROCESS and trace.stage >= Stage.UNDER_WAY:
        return _held(reached, in_words(moved))
    if moved and moved != trace.stage_by.happened:
        said = _("Rung %(number)d (%(name)s) reached %(reached)s; new paper %(moved)s; never confirmed above.")
        return said % {**rung, "reached": reached, "moved": in_words(moved)}
    return _("Rung %(number)d (%(name)s) reached %(reached)s; never confirmed above.") % {**rung, "reached": reached}


def _held(first: str, last: str) -> str:
    """Return since when a process is known to take place. It recurs: there is nothing above that."""
    return (
        _("Known to take place since %(first)s, last %(last)s.") % {"first": first, "last": last}
        if last != first
        else _("Known to take place %(first)s.") % {"first": first}
    )


def _idle(found: Measures) -> str:
    if not found.idle_restatements:
        return ""
    count = {"count": found.idle_restatements}
    if found.last_moved:
        return (
            ngettext("Restated at %(count)d meeting since it last moved.", "Restated at %(count)d meetings since it last moved.", found.idle_restatements)
            % count
        )
    return (
        ngettext(
            "Restated at %(count)d meeting after the first, with no known move.",
            "Restated at %(count)d meetings after the first, with no known move.",
            found.idle_restatements,
        )
        % count
    )


def _last(found: Measures) -> str:
    if found.voiced_meetings + found.statements < 2 or found.last_voiced is None:
        last = ""
    else:
        last = _("Last known mention %(when)s.") % {"when": in_words(found.last_voiced)}
    if found.quiet_meetings:
        quiet = ngettext("Not voiced at the one meeting read since.", "Not voiced at any of the %(count)d meetings read since.", found.quiet_meetings) % {
            "count": found.quiet_meetings
        }
        return f"{last} {quiet}".strip()
    return last


def _recurrence(trace: Trace) -> str:
    found = trace.measures
    if found.recurrence is not None and found.coverage is not None:
        return _("After the first mention: voiced at %(voiced)d of %(read)d read meetings (coverage %(coverage)s).") % {
            "voiced": found.voiced_of_read,
            "read": found.read,
            "coverage": percent(found.coverage),
        }
    if not found.eligible:
        return ""
    return ngettext(
        "After the first mention: voiced at %(voiced)d of %(known)d known meeting; %(read)d read in full.",
        "After the first mention: voiced at %(voiced)d of %(known)d known meetings; %(read)d read in full.",
        found.eligible,
    ) % {"voiced": voiced_after_first(trace), "known": found.eligible, "read": found.read}


def voiced_after_first(trace: Trace) -> int:
    """Return at how many general columns after the first voicing it was voiced, read in full or not: the v of “v of N known”."""
    voiced = [cell for cell in trace.cells if cell.state == CellState.VOICED]
    first = next((one for one in trace.occasions if one.counts), None)
    after = voiced[1:] if first and not first.statement and not first.guest else voiced
    return sum(cell.general for cell in after)


def _promised(found: Measures) -> str:
    resolved, missed = found.deadlines_resolved, found.deadlines_missed
    if resolved == 1:
        return _("The one promised date that is resolved was missed.") if missed else _("The one promised date that is resolved was met, in time or late.")
    if resolved and missed == resolved:
        return _("All %(resolved)d resolved dates were missed.") % {"resolved": resolved}
    if resolved and not missed:
        return _("None of the %(resolved)d resolved dates was missed.") % {"resolved": resolved}
    if resolved:
        return ngettext("Of %(resolved)d resolved dates, %(missed)d was missed.", "Of %(resolved)d resolved dates, %(missed)d were missed.", missed) % {
            "resolved": resolved,
            "missed": missed,
        }
    if found.deadlines_overdue:
        return ngettext("%(count)d promised date has passed unresolved.", "%(count)d promised dates have passed unresolved.", found.deadlines_overdue) % {
            "count": found.deadlines_overdue
        }
    return ""


def rung_reason(trace: Trace) -> str:
    """Return why the commitment stands on its rung, and how many milestones say more than is accepted."""
    open_claims = sum(one.standing != Standing.ACCEPTED for one in trace.milestones)
    claims = ngettext(
        "%(count)d milestone does not count: it stands below with the reason.",
        "%(count)d milestones do not count: they stand below with the reason.",
        open_claims,
    ) % {"count": open_claims}
    return f"{_decided(trace)} {claims if open_claims else ''}".strip()


def _decided(trace: Trace) -> str:
    if trace.stage_by is not None:
        return _("The highest rung with accepted evidence, first reached %(when)s.") % {"when": in_words(trace.stage_by.happened)}
    if trace.measures.first_voiced is None:
        return _("Nothing is known of it as of this day.")
    if trace.stage == Stage.FLOATED:
        return _("No paper, contract or works are on record: it was only floated, proposed or invited.")
    return _("No paper, contract or works are on record: all that is known is talk.")


def condition_reason(trace: Trace) -> str:
    """Return why the commitment stands in its condition: what states it, or the numbers it was inferred from."""
    stands = trace.condition
    if stands.stated_by is not None:
        return _("stated by a milestone of %(when)s") % {"when": in_words(stands.stated_by.happened)}
    if stands.condition == Condition.ACTIVE:
        return _why_active(trace) if trace.measures.last_voiced else ""
    return "; ".join(_numbers(trace))


def _why_active(trace: Trace) -> str:
    """Return why nothing is inferred: nobody looked since, too little was read, or it is not long enough ago."""
    numbers = trace.condition.numbers
    if not numbers["read_since"]:
        return _("nothing states otherwise, and no meeting since the last known mention was read")
    if numbers["read_since"] < numbers["needs_read"] or numbers["read_since"] * 100 < numbers["eligible_since"] * numbers["needs_percent"]:
        return _(
            "nothing states otherwise; since the last known mention %(read_since)d of %(eligible_since)d meetings at which it could have come up were read, "
            "and to infer silence it takes %(needs_read)d, and %(needs_percent)d %%"
        ) % dict(numbers)
    return _("nothing states otherwise; %(days)d days without a known mention, from %(dormant_days)d days on it would be dormant") % dict(numbers)


def _numbers(trace: Trace) -> Iterator[str]:
    numbers = trace.condition.numbers
    if trace.condition.condition == Condition.HOLLOWED:
        yield _("inferred: voiced %(voicings)d times, and in the last %(hollowed_echoes)d read meetings only its area was named") % dict(numbers)
    elif trace.condition.condition == Condition.ONE_OFF:
        yield _("inferred: voiced once, and not again at the meetings read since")
    else:
        yield _("inferred from %(days)d days without a known mention") % dict(numbers)
    yield _("%(read_since)d meetings read of %(eligible_since)d at which it could have come up") % dict(numbers)


def _month(when: UncertainDate | None) -> str:
    """Return the month of ``when``; the date as it stands where it is not known to a month."""
    if when is None:
        return ""
    within = when.earliest.replace(day=1) == when.latest.replace(day=1)
    return in_words(parse_edtf(f"{when.earliest:%Y-%m}")) if within else in_words(when)
