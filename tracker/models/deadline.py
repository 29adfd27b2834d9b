"""Deadlines: dated promises about one target, when they were stated, and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.vocabulary import Outcome

from .edit import Versions
from .publication import WITH_PUBLISHING, PublishedRecord, RecordQuerySet, in_order, known_word, span, withdrawal_has_a_reason

RESOLVED = (Outcome.MET, Outcome.MET_LATE, Outcome.MISSED)


class DeadlineQuerySet(RecordQuerySet):
    def resolved(self) -> DeadlineQuerySet:
        return self.filter(outcome__in=RESOLVED)

    def in_order(self) -> DeadlineQuerySet:
        return self.order_by("due_latest", "due_earliest", "pk")


class Deadline(PublishedRecord):
    hangs_on = ("commitment", "stated_at")

    commitment = models.ForeignKey("tracker.Commitment", models.PROTECT, related_name="deadlines", verbose_name=_("commitment"))
    key = models.SlugField(_("key"), max_length=60, help_text=_("Short, unique within the commitment, never changed."))
    target = models.SlugField(_("target"), max_length=60, help_text=_("What is promised for that date: one key per target, used again at each new promise."))
    what = models.CharField(_("what was promised"), max_length=300)
    due_earliest = models.DateField(_("due, earliest day"))
    due_latest = models.DateField(_("due, latest day"))
    stated_at = models.ForeignKey("tracker.Meeting", models.PROTECT, related_name="deadlines_stated", null=True, blank=True, verbose_name=_("stated at"))
    stated_earliest = models.DateField(_("stated, earliest day"), null=True, blank=True)
    stated_latest = models.DateField(_("stated, latest day"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.PENDING)
    resolved_earliest = models.DateField(_("resolved, earliest day"), null=True, blank=True)
    resolved_latest = models.DateField(_("resolved, latest day"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = DeadlineQuerySet.as_manager()
    history = Versions()

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            withdrawal_has_a_reason(),
            known_word("outcome", Outcome.values),
            in_order("due_earliest", "due_latest", _("The earliest due day can't be after the latest.")),
            in_order("stated_earliest", "stated_latest", _("The earliest day can't be after the latest.")),
            in_order("resolved_earliest", "resolved_latest", _("The earliest day can't be after the latest.")),
            models.UniqueConstraint(
                name="deadline_key_is_used_once",
                fields=["commitment", "key"],
                violation_error_message=_("This commitment already has a deadline under this key."),
            ),
            models.CheckConstraint(
                name="deadline_says_when_it_was_stated",
                condition=Q(stated_at__isnull=False, stated_earliest__isnull=True) | Q(stated_at__isnull=True, stated_earliest__isnull=False),
                violation_error_message=_("Say when it was stated: at a meeting, or on a day of its own."),
            ),
            models.CheckConstraint(
                name="deadline_resolved_has_an_outcome",
                condition=Q(resolved_earliest__isnull=True) | Q(outcome__in=RESOLVED),
                violation_error_message=_("A day of resolution goes with an outcome: met, met late or missed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.key}"

    @property
    def due(self) -> UncertainDate:
        return UncertainDate(self.due_earliest, self.due_latest)

    @property
    def stated(self) -> UncertainDate | None:
        return span(self.stated_earliest, self.stated_latest)

    @property
    def resolved(self) -> UncertainDate | None:
        return span(self.resolved_earliest, self.resolved_latest)
