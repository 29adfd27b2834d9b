"""How often what readers can see has changed: one number, so that a page that has not changed need not be made again."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

#: There is one row, made when it is first needed.
ONLY = 1


class DataVersion(models.Model):
    """The number moves with each edit that readers can see something of, in the transaction of the edit, and with no other.

    It is a row that is updated, and no highest key: of two edits at once the second waits for the first, so no number is seen before its rows.
    """

    number = models.PositiveBigIntegerField(_("number"), default=0)
    #: Made anew with each number: after a backup was restored the same number comes again with other rows.
    token = models.CharField(_("token"), max_length=16, default="", db_default="", blank=True)

    class Meta:
        verbose_name = _("version of the data")
        verbose_name_plural = _("versions of the data")

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def move_on(cls) -> None:
        """Count one change more."""
        token = secrets.token_hex(8)
        if not cls.objects.filter(pk=ONLY).update(number=F("number") + 1, token=token):
            cls.objects.create(pk=ONLY, number=1, token=token)

    @classmethod
    def current(cls) -> int:
        """Return the number; one query."""
        return cls.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0

    @classmethod
    def mark(cls) -> str:
        """Return number and token as one word, which no other state of the data ever had; one query."""
        number, token = cls.objects.filter(pk=ONLY).values_list("number", "token").first() or (0, "")
        return f"{number}-{token}"
