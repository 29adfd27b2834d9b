"""Readings that are not finished: what one editor has ticked so far. Never public, and gone with the reading that is saved of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadingDraft(models.Model):
    """``rows`` holds what was typed, by the key of the commitment."""

    source = models.ForeignKey("tracker.Source", models.CASCADE, related_name="reading_drafts", verbose_name=_("source"))
    meeting = models.ForeignKey("tracker.Meeting", models.CASCADE, related_name="reading_drafts", verbose_name=_("meeting"))
    reader = models.ForeignKey("auth.User", models.CASCADE, related_name="reading_drafts", verbose_name=_("reader"))
    rows = models.JSONField(_("rows"), default=dict)
    kept = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("unfinished reading")
        verbose_name_plural = _("unfinished readings")
        constraints = [
            models.UniqueConstraint(
                name="reading_draft_stands_once",
                fields=["source", "meeting", "reader"],
                violation_error_message=_("You have begun to read this source for this meeting already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.meeting} ({self.reader})"
