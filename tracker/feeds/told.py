"""What feeds are made of: what was changed in the record, what came back, and which promised dates were missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.dates import UncertainDate
from tracker.history.thresholds import THRESHOLDS
from tracker.models import Citation, Deadline, Mention
from tracker.queries.changed import Link, Said, Text, Told, told_of
from tracker.queries.coded import all_deadlines
from tracker.queries.edits import Made, Period, Scope, edits, told
from tracker.vocabulary import Outcome, Reach, Shown

#: So many entries stand in a feed; of an edit with more records only their numbers are told.
MOST_ENTRIES, MOST_RECORDS = 40, 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``key`` names it for good, whatever becomes of its address. ``content`` is HTML."""

    key: str
    title: str
    address: str
    updated: datetime
    content: str


def changes(scope: Scope) -> Iterator[Entry]:
    """Yield the latest edits within ``scope`` of which readers are told, as the page of changes tells them."""
    found = edits(scope, Period(), MOST_ENTRIES)
    small = [edit.pk for edit in found if edit.total <= MOST_RECORDS]
    records: dict[int, list[Told]] = defaultdict(list)
    for one in told_of({model: told(model, rule).filter(edit__in=small) for model, rule in scope.rules().items()}) if small else ():
        records[one.edit].append(one)
    for edit in found:
        if edit.total > MOST_RECORDS or records[edit.pk]:
            yield _change(edit, records[edit.pk])


def _change(edit: Made, records: Sequence[Told]) -> Entry:
    reason = edit.reason or next((one.reason for one in records if one.reason), "")
    lines = [f"<p>{escape(reason)}</p>"] if reason else []
    lines += ["<ul>", *(f"<li>{_record(one)}</li>" for one in records), "</ul>"] if records else [f"<p>{escape(_numbers(edit))}</p>"]
    title = _titled(records[0]) if len(records) == 1 else _numbers(edit)
    return Entry(f"changes/{edit.key}", title, reverse("tracker:change", args=[edit.key]), edit.made, "".join(lines))


def _titled(one: Told) -> str:
    return f"{capfirst(str(one.kind))} {_became(one.shown)}: {_called(one.about)}"


def _record(one: Told) -> str:
    """Return one record as HTML, with the fields that were corrected."""
    names = [format_html('<a href="{}">{}</a>', reverse(f"tracker:{part.kind}", args=[part.slug]), part.name) for part in one.about if isinstance(part, Link)]
    names += [escape(part.words) for part in one.about if isinstance(part, Text)]
    fields = ", ".join(str(field.label) for field in one.fields)
    more = format_html(" ({})", fields) if fields else ""
    return format_html("{} {}: {}{}", str(one.kind), _became(one.shown), mark_safe(" · ".join(names)), more)  # noqa: S308  each name is escaped


def _called(about: Said) -> str:
    return " · ".join(part.name if isinstance(part, Link) else part.words for part in about if isinstance(part, Link | Text))


def _became(shown: Shown) -> str:
    return {Shown.ADDED: _("added"), Shown.CORRECTED: _("corrected")}.get(shown, _("withdrawn"))


def _numbers(edit: Made) -> str:
    parts = []
    for shown in Shown:
        if number := sum(count.number for count in edit.counts if count.shown == shown):
            words = ngettext("%(number)s record %(became)s", "%(number)s records %(became)s", number)
            parts.append(words % {"number": f"{number:,}", "became": _became(shown)})
    return ", ".join(parts)


def came_back() -> list[Entry]:
    """Return the commitments that were voiced again after a long time without a known mention, the latest return first."""
    returns = [(before, after, row) for row, before, after in _returns()]
    returns.sort(key=lambda one: (one[1].latest, one[2]["commitment__slug"]), reverse=True)
    return [_return(before, after, row) for before, after, row in returns[:MOST_ENTRIES]]


def _returns() -> Iterator[tuple[dict[str, Any], UncertainDate, UncertainDate]]:
    """Yield each return with the mention before it and its own; one query."""
    heard = Citation.objects.published().filter(mention__isnull=False, reach=Reach.VOICED).values("mention")
    rows = (
        Mention.objects.published()
        .accepted()
        .filter(commitment__roll_up__came_back=True, pk__in=heard)
        .order_by("commitment__slug", "meeting__starts_earliest", "meeting__starts_latest", "meeting__slug")
        .values(
            "commitment__slug", "commitment__name", "meeting__slug", "meeting__title", "meeting__place", "meeting__starts_earliest", "meeting__starts_latest"
        )
    )
    for before, after in pairwise(rows):
        spans = [UncertainDate(row["meeting__starts_earliest"], row["meeting__starts_latest"]) for row in (before, after)]
        same = before["commitment__slug"] == after["commitment__slug"]
        if same and (spans[1].earliest - spans[0].latest).days > THRESHOLDS.came_back_days:
            yield after, spans[0], spans[1]


def _return(before: UncertainDate, after: UncertainDate, row: dict[str, Any]) -> Entry:
    said = {"name": row["commitment__name"], "days": f"{(after.earliest - before.latest).days:,}", "place": row["meeting__place"] or row["meeting__title"]}
    title = _("%(name)s came back after %(days)s days") % said
    told_dates = {**said, "before": before.edtf(), "after": after.edtf()}
    content = _("Voiced again at %(place)s, %(after)s; the known mention before was %(before)s. Between them nobody may have looked.") % told_dates
    address = f"{reverse('tracker:commitment', args=[row['commitment__slug']])}#at-{row['meeting__slug']}"
    return Entry(f"came-back/{row['commitment__slug']}/{row['meeting__slug']}", title, address, at_noon(after.latest), f"<p>{escape(content)}</p>")


def missed_dates(today: date) -> list[Entry]:
    """Return the promised dates that were missed, or have passed with no word of what became of them, the latest first."""
    rows = all_deadlines(today).filter(Q(outcome=Outcome.MISSED) | Q(overdue=True)).select_related("commitment")
    rows = rows.order_by(F("due_latest").desc(), "commitment__slug", "key")[:MOST_ENTRIES]
    return [_missed(row) for row in rows]


def _missed(row: Deadline) -> Entry:
    said = {"what": row.what, "name": row.commitment.name, "due": row.due.edtf()}
    missed = row.outcome == Outcome.MISSED
    title = (_("Missed: %(what)s, promised for %(due)s") if missed else _("Passed: %(what)s, promised for %(due)s")) % said
    content = _("%(name)s.") % said if missed else _("%(name)s. Nothing is known of the outcome.") % said
    address = f"{reverse('tracker:commitment', args=[row.commitment.slug])}#deadlines"
    return Entry(f"deadlines/{row.commitment.slug}/{row.key}", title, address, at_noon(row.due_latest + timedelta(days=1)), f"<p>{escape(content)}</p>")


def at_noon(day: date) -> datetime:
    """Return a moment of the day: a feed wants one, and the record knows days only."""
    return datetime.combine(day, time(12), UTC)
