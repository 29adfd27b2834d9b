"""The measures of several commitments or series side by side, each number with the address of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.charts.score import is_area
from tracker.exports.figures import Entry
from tracker.history.pace import PaceMeasures
from tracker.history.results import Matrix, Trace
from tracker.vocabulary import CellState

from .dates import in_words
from .sentences import condition_reason, percent, voiced_after_first


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: its name, what it means, and its value for each thing compared."""

    name: str
    about: str
    entries: tuple[Entry, ...]


def commitment_lines(traces: Sequence[Trace], query: str) -> list[Line]:
    """Return the measures of ``traces`` (design §2.4), a rate only where enough was read. ``query`` keeps the day asked for in the links."""

    def told(say: Callable[[Trace], str], anchor: str | None) -> tuple[Entry, ...]:
        return tuple(_linked(trace, say(trace), anchor, query) for trace in traces)

    return [
        Line(_("Meetings voiced"), _("at least so many; rooms of one journey count once"), told(_meetings, "occasions")),
        Line(_("Statements"), _("interviews, briefings and hearings, counted apart"), told(lambda one: str(one.measures.statements), "occasions")),
        Line(_("Recurrence"), _("after the first mention, of the general meetings that were read"), told(_recurrence, "marks")),
        Line(_("Quiet"), _("meetings read, and days, since the last known mention"), told(_quiet, "marks")),
        Line(_("Restated, not moved"), _("meetings later than the last paper, or than the first mention"), told(_idle, "occasions")),
        Line(_("Rung reached"), _("the highest accepted; it never falls"), told(_rung, "milestones")),
        Line(_("Last moved"), _("the latest paper or works, at rung 2 or above"), told(lambda one: in_words(one.measures.last_moved) or "–", "milestones")),
        Line(_("Talk to ink"), _("days from the first mention to a binding paper"), told(_talk_to_ink, "milestones")),
        Line(_("Promised dates"), _("with a known outcome, and the longest slip of one of them"), told(_promised, "deadlines")),
        Line(_("Evidence"), _("of the latest mention, A best"), told(_evidence, None)),
        Line(_("One side only"), _("of the meetings of which two sides’ own texts were read"), told(_one_sided, "marks")),
        Line(_("Condition"), _("stated by a milestone, or inferred with its numbers"), told(_condition, "milestones")),
    ]


def series_lines(told: Sequence[tuple[Matrix, PaceMeasures]], query: str) -> list[Line]:
    """Return the measures of whole series, each linked to the matrix, the meetings or the promises it counts."""

    def entries(say: Callable[[PaceMeasures], str], page: Callable[[str], str]) -> tuple[Entry, ...]:
        return tuple(Entry(say(found), page(matrix.series.slug)) for matrix, found in told)

    def matrix_of(slug: str) -> str:
        return f"{reverse('tracker:series', args=[slug])}{query}"

    def listed(page: str, more: str = "") -> Callable[[str], str]:
        return lambda slug: f"{reverse(f'tracker:{page}')}?series={slug}{more}"

    return [
        Line(
            _("Meetings held"),
            _("a journey with its rooms counts once"),
            entries(lambda one: str(one.meetings), listed("meeting_list", "&what=meetings&status=held")),
        ),
        Line(_("Read closely"), _("enough to say what was left out"), entries(_read, matrix_of)),
        Line(_("Commitments"), _("concrete ones, and areas"), entries(_followed, listed("commitment_list"))),
        Line(_("Voiced at a read meeting"), _("commitments, the median"), entries(lambda one: _decimal(one.voiced), matrix_of)),
        Line(_("Carried over"), _("share of what the read meeting before had voiced, on average"), entries(_carried, matrix_of)),
        Line(
            _("Statements"),
            _("in which one of the commitments was voiced"),
            entries(lambda one: str(one.statements), listed("meeting_list", "&what=statements")),
        ),
        Line(_("Promised dates missed"), _("of those with a known outcome"), entries(_missed, listed("deadline_list"))),
    ]


def _linked(trace: Trace, said: str, anchor: str | None, query: str) -> Entry:
    dossier = reverse("tracker:commitment", args=[trace.commitment.slug])
    if anchor is None:
        return Entry(said, f"{reverse('tracker:methods')}#evidence")
    missing = (anchor == "milestones" and is_area(trace)) or (anchor == "deadlines" and not trace.deadlines) or said == "–"
    return Entry(said, "" if missing else f"{dossier}{query}#{anchor}")


def _meetings(trace: Trace) -> str:
    found = trace.measures
    called = ngettext("%(count)d called for it", "%(count)d called for it", found.called_for) % {"count": found.called_for}
    return f"{found.voiced_meetings} ({called})" if found.called_for else str(found.voiced_meetings)


def _recurrence(trace: Trace) -> str:
    found = trace.measures
    if found.recurrence is not None and found.coverage is not None:
        said = {"k": found.voiced_of_read, "n": found.read, "coverage": percent(found.coverage)}
        return _("%(k)d of %(n)d read (coverage %(coverage)s)") % said
    if not found.eligible:
        return "–"
    return _("voiced at %(v)d of %(N)d known meetings; %(n)d read in full") % {"v": voiced_after_first(trace), "N": found.eligible, "n": found.read}


def _quiet(trace: Trace) -> str:
    found = trace.measures
    if found.quiet_days is None:
        return "–"
    meetings = ngettext("%(count)d meeting read", "%(count)d meetings read", found.quiet_meetings) % {"count": found.quiet_meetings}
    days = ngettext("%(count)s day", "%(count)s days", found.quiet_days) % {"count": f"{found.quiet_days:,}"}
    return f"{meetings}; {days}"


def _idle(trace: Trace) -> str:
    return "–" if is_area(trace) else str(trace.measures.idle_restatements)


def _rung(trace: Trace) -> str:
    return "–" if is_area(trace) else f"{int(trace.stage)} {trace.stage.label}"


def _talk_to_ink(trace: Trace) -> str:
    days = trace.measures.talk_to_ink_days
    return "–" if days is None else ngettext("%(count)s day", "%(count)s days", days) % {"count": f"{days:,}"}


def _promised(trace: Trace) -> str:
    found, slipped = trace.measures, max((track.slip_days for track in trace.deadlines), default=0)
    if not trace.deadlines:
        return "–"
    parts = (
        [_("%(missed)d of %(resolved)d missed") % {"missed": found.deadlines_missed, "resolved": found.deadlines_resolved}] if found.deadlines_resolved else []
    )
    if found.deadlines_overdue:
        parts.append(ngettext("%(count)d passed unresolved", "%(count)d passed unresolved", found.deadlines_overdue) % {"count": found.deadlines_overdue})
    if slipped > 0:
        parts.append(_("slipped by up to %(days)s days") % {"days": f"{slipped:,}"})
    return "; ".join(parts) or _("none due yet, or not known")


def _evidence(trace: Trace) -> str:
    grade = trace.measures.evidence
    return f"{grade.value}: {grade.label}" if grade else "–"


def _one_sided(trace: Trace) -> str:
    both_read = [cell for cell, column in zip(trace.cells, trace.columns, strict=True) if cell.state == CellState.VOICED and len(column.sides_read) > 1]
    return _("%(one)d of %(all)d") % {"one": sum(cell.one_sided for cell in both_read), "all": len(both_read)} if both_read else "–"


def _condition(trace: Trace) -> str:
    label, why = str(trace.condition.condition.label), condition_reason(trace)
    return f"{label}: {why}" if why else label


def _read(found: PaceMeasures) -> str:
    share = percent(found.read / found.meetings) if found.meetings else "–"
    return f"{found.read} ({share})"


def _followed(found: PaceMeasures) -> str:
    return _("%(concrete)d and %(areas)d") % {"concrete": found.concrete, "areas": found.areas}


def _carried(found: PaceMeasures) -> str:
    if found.carried is None:
        return "–"
    said = ngettext("%(share)s, over %(count)d pair of meetings", "%(share)s, over %(count)d pairs of meetings", found.comparisons)
    return said % {"share": percent(found.carried), "count": found.comparisons}


def _missed(found: PaceMeasures) -> str:
    return _("%(missed)d of %(resolved)d") % {"missed": found.deadlines_missed, "resolved": found.deadlines_resolved} if found.deadlines_resolved else "–"


def _decimal(number: float | None) -> str:
    return "–" if number is None else f"{number:g}"
