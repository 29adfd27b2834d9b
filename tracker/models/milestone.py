"""Milestones: dated evidence that a rung was reached, a new paper signed, or the condition changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.vocabulary import Stage, Standing, StatedCondition

from .edit import Versions
from .publication import WITH_PUBLISHING, PublishedRecord, RecordQuerySet, in_order, known_word, withdrawal_has_a_reason


class MilestoneQuerySet(RecordQuerySet):
    def accepted(self) -> MilestoneQuerySet:
        return self.filter(standing=Standing.ACCEPTED)

    def in_order(self) -> MilestoneQuerySet:
        return self.order_by("happened_earliest", "happened_latest", "pk")


class Milestone(PublishedRecord):
    hangs_on = ("commitment", "meeting")

    commitment = models.ForeignKey("tracker.Commitment", models.PROTECT, related_name="milestones", verbose_name=_("commitment"))
    key = models.SlugField(_("key"), max_length=60, help_text=_("Short, unique within the commitment, never changed."))
    stage = models.PositiveSmallIntegerField(_("rung reached"), choices=Stage, null=True, blank=True)
    condition = models.CharField(_("condition stated"), max_length=20, choices=StatedCondition, blank=True)
    happened_earliest = models.DateField(_("happened, earliest day"))
    happened_latest = models.DateField(_("happened, latest day"))
    meeting = models.ForeignKey("tracker.Meeting", models.PROTECT, related_name="milestones", null=True, blank=True, verbose_name=_("meeting"))
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.ACCEPTED)
    reason = models.TextField(_("reason"), help_text=_("Why this rung or condition, and why this standing."))

    objects = MilestoneQuerySet.as_manager()
    history = Versions()

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            withdrawal_has_a_reason(),
            known_word("stage", Stage.values, empty=None),
            known_word("condition", StatedCondition.values, empty=""),
            known_word("standing", Standing.values),
            in_order("happened_earliest", "happened_latest", _("The earliest day can't be after the latest.")),
            models.UniqueConstraint(
                name="milestone_key_is_used_once",
                fields=["commitment", "key"],
                violation_error_message=_("This commitment already has a milestone under this key."),
            ),
            models.CheckConstraint(
                name="milestone_states_a_rung_or_a_condition",
                condition=Q(stage__isnull=False, condition="") | (Q(stage__isnull=True) & ~Q(condition="")),
                violation_error_message=_("A milestone states a rung or a condition: one of the two."),
            ),
            models.CheckConstraint(
                name="milestone_gives_its_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why this rung or condition."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.key}"

    @property
    def happened(self) -> UncertainDate:
        return UncertainDate(self.happened_earliest, self.happened_latest)
