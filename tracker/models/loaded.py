"""What was last loaded of each record, and which fields of it files may not change.

How a record's owner follows from that: docs/decisions/0014-one-loader-two-speeds.md
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .edit import Edit


class Loaded(models.Model):
    """The digest of a record as files gave it last. ``stood`` is that of what stood after the load, where locked fields kept it from being the same.

    ``line`` is the digest of the line of JSON it came from: the same line again needs no second look.
    """

    pk = models.CompositePrimaryKey("kind", "row")
    kind = models.CharField(_("kind of record"), max_length=12)
    row = models.BigIntegerField(_("number of the row"))
    digest = models.BinaryField(_("digest"), max_length=16)
    stood = models.BinaryField(_("digest of what stood"), max_length=16, null=True)
    line = models.BinaryField(_("digest of the line"), max_length=16, null=True)

    class Meta:
        verbose_name = _("record as it was loaded")
        verbose_name_plural = _("records as they were loaded")
        indexes = [models.Index(fields=["line"], name="loaded_by_line")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"


class Replaced(models.Model):
    """What a load wrote over and no version keeps, so that the load can be reverted: what was loaded before, and the private text of a source."""

    edit = models.ForeignKey(Edit, models.PROTECT, related_name="+", verbose_name=_("edit"))
    kind = models.CharField(_("kind of record"), max_length=12)
    row = models.BigIntegerField(_("number of the row"))
    digest = models.BinaryField(_("digest"), max_length=16, null=True)
    stood = models.BinaryField(_("digest of what stood"), max_length=16, null=True)
    line = models.BinaryField(_("digest of the line"), max_length=16, null=True)
    text = models.TextField(_("text"), null=True)  # noqa: DJ001  an empty text was a text too

    class Meta:
        verbose_name = _("replaced value")
        verbose_name_plural = _("replaced values")

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"


class FieldLock(models.Model):
    """A field of a record that loads leave alone, whatever the files say. ``edit`` is the load that locked it, if no editor did."""

    kind = models.CharField(_("kind of record"), max_length=12)
    row = models.BigIntegerField(_("number of the row"))
    field = models.CharField(_("field"), max_length=40)
    edit = models.ForeignKey(Edit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("edit"))

    class Meta:
        verbose_name = _("locked field")
        verbose_name_plural = _("locked fields")
        constraints = [
            models.UniqueConstraint(name="field_is_locked_once", fields=["kind", "row", "field"], violation_error_message=_("This field is locked already."))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}: {self.field}"
