"""What some citations prove: the mentions, milestones and deadlines they belong to, each beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q
from django.utils.functional import Promise

from tracker.dates import UncertainDate
from tracker.history.facts import CitationFact
from tracker.models import Deadline, Mention, Milestone
from tracker.vocabulary import Act, Stage, Standing, StatedCondition

from .columns import Named, named
from .proofs import with_proofs


@dataclass(frozen=True, slots=True)
class Proven:
    """One record and those of its citations that were asked for. ``says`` is its act, rung, condition or promise in words.

    ``when`` is the day of the meeting or milestone, or the day on which the promise was stated.
    """

    kind: Literal["mention", "milestone", "deadline"]
    commitment: Named
    meeting: Named | None
    when: UncertainDate
    says: str | Promise
    standing: Standing
    citations: tuple[CitationFact, ...]


def proven_by(citations: Q) -> tuple[Proven, ...]:
    """Return what the citations prove that match ``citations`` (fields from ``citations__`` on), oldest first; three queries."""
    found = [*_mentions(citations), *_milestones(citations), *_deadlines(citations)]
    return tuple(sorted(found, key=lambda row: (row.when, row.commitment.slug, row.kind)))


def _mentions(citations: Q) -> list[Proven]:
    fields = ("pk", "commitment__slug", "commitment__name", "meeting__slug", "meeting__title", "meeting__starts_earliest", "meeting__starts_latest")
    rows = with_proofs(Mention.objects.published().filter(citations), (*fields, "act", "standing"))
    return [
        Proven("mention", Named(slug, name), Named(meeting, title), UncertainDate(first, last), Act(act).label, Standing(standing), proofs)
        for (_pk, slug, name, meeting, title, first, last, act, standing), proofs in rows
        if proofs
    ]


def _milestones(citations: Q) -> list[Proven]:
    fields = ("pk", "commitment__slug", "commitment__name", "meeting__slug", "meeting__title", "happened_earliest", "happened_latest")
    rows = with_proofs(Milestone.objects.published().filter(citations), (*fields, "stage", "condition", "standing"))
    return [
        Proven("milestone", Named(slug, name), named(meeting, title), UncertainDate(first, last), _step(stage, condition), Standing(standing), proofs)
        for (_pk, slug, name, meeting, title, first, last, stage, condition, standing), proofs in rows
        if proofs
    ]


def _step(stage: int | None, condition: str) -> str | Promise:
    return StatedCondition(condition).label if stage is None else Stage(stage).label


def _deadlines(citations: Q) -> list[Proven]:
    fields = ("pk", "commitment__slug", "commitment__name", "stated_at__slug", "stated_at__title", "what")
    days = ("stated_at__starts_earliest", "stated_at__starts_latest", "stated_earliest", "stated_latest")
    rows = with_proofs(Deadline.objects.published().filter(citations), (*fields, *days))
    return [_deadline(row, proofs) for row, proofs in rows if proofs]


def _deadline(row: tuple[Any, ...], proofs: tuple[CitationFact, ...]) -> Proven:
    _pk, slug, name, meeting, title, what, met_first, met_last, first, last = row
    when = UncertainDate(met_first or first, met_last or last)
    return Proven("deadline", Named(slug, name), named(meeting, title), when, what, Standing.ACCEPTED, proofs)
