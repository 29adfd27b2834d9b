"""Seals: the links of the chain that tells whether the history of edits was changed after it was written."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .edit import Edit


class Seal(models.Model):
    """One link for one edit: a checksum of the link before and of all that the edit left. What it is made of: tracker/upkeep/seals.py"""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    edit = models.OneToOneField(Edit, models.PROTECT, related_name="seal", verbose_name=_("edit"))
    link = models.CharField(_("link"), max_length=64)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number} {self.link}"
