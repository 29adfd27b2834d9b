"""The data set in numbers: how much there is of each record, and how much of each series was read."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet

from tracker.history.columns import columns
from tracker.models import Citation, Commitment, Deadline, Meeting, Mention, Milestone, Participant, Series, Source
from tracker.vocabulary import STATEMENT_FORMATS, Grade, MeetingStatus

from .facts import series_record

#: What is counted apart, by the field that tells it.
_SORTS: tuple[tuple[str, type[Any], str], ...] = (
    ("commitments", Commitment, "kind"),
    ("sources", Source, "language"),
    ("mentions", Mention, "standing"),
    ("milestones", Milestone, "standing"),
    ("deadlines", Deadline, "outcome"),
)


def description() -> dict[str, Any]:
    """Return the counts of the public records: one number or one count per word under each name, and one account for each series.

    ``series`` holds for each series its slug, title, last searched day, number of meetings held, of statements, of meetings not
    held, and ``read``: the number of meetings for each grade of reading, journeys counted once.
    """
    plain = {"participants": Participant, "meetings_and_statements": Meeting, "citations": Citation}
    counted: dict[str, Any] = {name: _public(model).count() for name, model in plain.items()}
    counted |= {name: _by_word(_public(model), field) for name, model, field in _SORTS}
    slugs = Series.objects.published().in_order().values_list("slug", flat=True)
    return counted | {"series": [_series(slug) for slug in slugs]}


def _public(model: type[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.published()
    return rows


def _by_word(rows: QuerySet[Any], field: str) -> dict[str, int]:
    found = rows.order_by(field).values_list(field).annotate(number=Count("pk"))
    return {str(word): number for word, number in found}


def _series(slug: str) -> dict[str, Any]:
    record = series_record(slug)
    assert record is not None, f"{slug} was published a moment ago"
    own = [meeting for meeting in record.meetings if meeting.series == slug]
    statements = sum(meeting.format in STATEMENT_FORMATS for meeting in own)
    not_held = sum(meeting.status != MeetingStatus.HELD for meeting in own)
    held = columns(record, record.series.covered_until)
    grades = Counter(column.grade for column in held)
    return {
        "slug": slug,
        "title": record.series.title,
        "covered_until": record.series.covered_until.isoformat(),
        "meetings_held": len(held),
        "rooms": sum(len(column.rooms) for column in held),
        "statements": statements,
        "not_held": not_held,
        "read": {grade.word: grades[grade] for grade in reversed(Grade)},
    }
