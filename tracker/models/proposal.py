"""Proposals: changes of published records that wait for a second person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .edit import Edit


class Proposal(models.Model):
    """A change of a published record as an editor typed it. Nothing of it is public, and the record stays as it is until somebody else applies it.

    ``kind`` and ``row`` say which record; ``revision`` is that which the editor saw. ``changes`` holds the fields as a form sends them, old and new:
    those of the record, and those of the rows beside it.
    """

    kind = models.CharField(_("kind of record"), max_length=12)
    row = models.BigIntegerField(_("number of the row"))
    title = models.CharField(_("title"), max_length=300, help_text=_("What the record was called when the change was proposed."))
    revision = models.PositiveIntegerField(_("revision"))
    changes = models.JSONField(_("changes"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("auth.User", models.SET_NULL, related_name="+", null=True, verbose_name=_("proposed by"))
    made = models.DateTimeField(_("proposed"))
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey("auth.User", models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("decided by"))
    answer = models.TextField(_("answer"), blank=True, help_text=_("Why it was declined."))
    edit = models.OneToOneField(Edit, models.PROTECT, related_name="proposal", null=True, blank=True, verbose_name=_("edit"))

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [models.Index(fields=["decided", "kind", "row"], name="proposal_waiting")]
        constraints = [
            models.CheckConstraint(name="proposal_has_a_reason", condition=~Q(reason=""), violation_error_message=_("Say why the record should change.")),
            models.CheckConstraint(
                name="proposal_is_declined_with_an_answer",
                condition=Q(decided__isnull=True, edit__isnull=True) | Q(decided__isnull=False, edit__isnull=False) | Q(decided__isnull=False) & ~Q(answer=""),
                violation_error_message=_("Say why the proposal is declined: its author will read it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}, {self.made:%Y-%m-%d %H:%M}"
