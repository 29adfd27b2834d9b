"""Stored roll-ups: one row per commitment and one per mention, holding only what does not change with the clock."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.vocabulary import EvidenceGrade, Stage, StatedCondition, Strength, Voice

from .publication import RecordQuerySet, known_word, span


class Summary(models.Model):
    """Counts, dates and the stage of one commitment, from published rows. Ages are computed against a day when read."""

    hangs_on = ("commitment",)

    commitment = models.OneToOneField("tracker.Commitment", models.CASCADE, related_name="roll_up", primary_key=True)
    stage = models.PositiveSmallIntegerField(_("stage reached"), choices=Stage)
    stated_condition = models.CharField(_("condition stated"), max_length=20, choices=StatedCondition, blank=True)
    first_voiced_earliest = models.DateField(null=True)
    first_voiced_latest = models.DateField(null=True)
    last_voiced_earliest = models.DateField(null=True)
    last_voiced_latest = models.DateField(null=True)
    last_moved_earliest = models.DateField(null=True)
    last_moved_latest = models.DateField(null=True)
    voiced_meetings = models.PositiveIntegerField(default=0)
    called_for = models.PositiveIntegerField(default=0)
    statements = models.PositiveIntegerField(default=0)
    voiced_of_read = models.PositiveIntegerField(default=0, help_text=_("k: read general columns in which it was voiced."))
    read = models.PositiveIntegerField(default=0, help_text=_("n: eligible general columns after the first voicing that were read."))
    eligible = models.PositiveIntegerField(default=0, help_text=_("N: eligible general columns after the first voicing."))
    echoed = models.PositiveIntegerField(default=0)
    quiet_meetings = models.PositiveIntegerField(default=0, help_text=_("K: read general columns since the last voicing."))
    eligible_since = models.PositiveIntegerField(default=0, help_text=_("Eligible general columns since the last voicing, read or not."))
    last_two_echoed = models.BooleanField(default=False)
    idle_restatements = models.PositiveIntegerField(default=0)
    voicings = models.PositiveIntegerField(db_default=0, default=0, help_text=_("Places at which it was voiced: meetings, statements, other series."))
    one_sided_meetings = models.PositiveIntegerField(
        db_default=0, default=0, help_text=_("Meetings of which two sides' own texts were read and only one of them voices it.")
    )
    came_back = models.BooleanField(db_default=False, default=False)
    deadlines_resolved = models.PositiveIntegerField(default=0)
    deadlines_missed = models.PositiveIntegerField(default=0)
    unresolved_due = models.DateField(null=True, help_text=_("Earliest due day among the latest promises that are not resolved."))
    evidence_grade = models.CharField(max_length=1, choices=EvidenceGrade, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll-up")
        verbose_name_plural = _("roll-ups")
        constraints = [
            known_word("stage", Stage.values),
            known_word("stated_condition", StatedCondition.values, empty=""),
            known_word("evidence_grade", EvidenceGrade.values, empty=""),
        ]

    def __str__(self) -> str:
        return str(self.commitment_id)

    @property
    def last_voiced(self) -> UncertainDate | None:
        return span(self.last_voiced_earliest, self.last_voiced_latest)


class MentionSummary(models.Model):
    """What the citations of one mention amount to together. A mention that is at no place of the timeline has none."""

    hangs_on = ("mention",)

    mention = models.OneToOneField("tracker.Mention", models.CASCADE, related_name="roll_up", primary_key=True)
    voice = models.CharField(_("voice"), max_length=10, choices=Voice, blank=True, help_text=_("Empty where it was not voiced."))
    evidence_grade = models.CharField(max_length=1, choices=EvidenceGrade)
    strength = models.PositiveSmallIntegerField(_("strength"), choices=Strength, null=True)
    specificity = models.PositiveSmallIntegerField(default=0)
    one_sided = models.BooleanField(default=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll-up of a mention")
        verbose_name_plural = _("roll-ups of mentions")
        constraints = [
            known_word("voice", Voice.values, empty=""),
            known_word("evidence_grade", EvidenceGrade.values),
            known_word("strength", Strength.values, empty=None),
        ]

    def __str__(self) -> str:
        return str(self.mention_id)
