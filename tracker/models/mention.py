"""Mentions: this commitment came up at this meeting. One per pair, whatever the number of articles."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.vocabulary import Act, Standing

from .edit import Versions
from .publication import WITH_PUBLISHING, PublishedRecord, RecordQuerySet, known_word, withdrawal_has_a_reason


class MentionQuerySet(RecordQuerySet):
    def accepted(self) -> MentionQuerySet:
        return self.filter(standing=Standing.ACCEPTED)

    def of_commitment(self, slug: str) -> MentionQuerySet:
        return self.filter(commitment__slug=slug)


class Mention(PublishedRecord):
    hangs_on = ("commitment", "meeting")

    commitment = models.ForeignKey("tracker.Commitment", models.PROTECT, related_name="mentions", verbose_name=_("commitment"))
    meeting = models.ForeignKey("tracker.Meeting", models.PROTECT, related_name="mentions", verbose_name=_("meeting"))
    act = models.CharField(_("act"), max_length=20, choices=Act, help_text=_("Your choice among what the citations report."))
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing, default=Standing.ACCEPTED, help_text=_("Only accepted mentions count; claimed ones are shown as such.")
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("What was said, in your own words."))

    objects = MentionQuerySet.as_manager()
    history = Versions()

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            withdrawal_has_a_reason(),
            known_word("act", Act.values),
            known_word("standing", Standing.values),
            models.UniqueConstraint(
                name="mention_stands_once_per_meeting",
                fields=["commitment", "meeting"],
                violation_error_message=_("This commitment already has a mention at this meeting: add a citation to it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} @ {self.meeting}"
