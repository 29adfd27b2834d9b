"""Merges: which record went into which, what moved with it, and which records only look alike."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .edit import Edit
from .publication import known_word

_KINDS = {"participant": _("participant"), "source": _("source"), "commitment": _("commitment")}
#: The kinds of record of which two can turn out to be one.
MERGED_KINDS = tuple(_KINDS)


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> MergeQuerySet:
        """Return the merges that were not undone."""
        return self.filter(undone__isnull=True)


class Merge(models.Model):
    """Two records that turned out to be one. The one that went is withdrawn, and ``moves`` says what it takes to bring it back.

    ``kept`` and ``gone`` are the numbers of the rows; what they were called then stands beside them.
    """

    edit = models.OneToOneField(Edit, models.PROTECT, related_name="merge", verbose_name=_("edit"))
    kind = models.CharField(_("kind of record"), max_length=12, choices=list(_KINDS.items()))
    kept = models.BigIntegerField(_("number of the record that stays"))
    gone = models.BigIntegerField(_("number of the record that went"))
    kept_title = models.CharField(_("record that stays"), max_length=300)
    gone_title = models.CharField(_("record that went"), max_length=300)
    kept_slug = models.SlugField(_("slug of the record that stays"), max_length=100)
    gone_slug = models.SlugField(_("slug of the record that went"), max_length=100)
    reason = models.TextField(_("reason"))
    moves = models.JSONField(_("what moved"), encoder=DjangoJSONEncoder)
    undone = models.OneToOneField(Edit, models.PROTECT, related_name="undone_merge", null=True, blank=True, verbose_name=_("undone by"))

    objects = MergeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            known_word("kind", list(MERGED_KINDS)),
            models.CheckConstraint(name="merge_has_a_reason", condition=~Q(reason=""), violation_error_message=_("Say why the two are one.")),
            models.CheckConstraint(
                name="merge_is_of_two_records", condition=~Q(kept=F("gone")), violation_error_message=_("A record can't be merged with itself.")
            ),
            models.UniqueConstraint(
                name="record_is_merged_away_once",
                fields=["kind", "gone"],
                condition=Q(undone__isnull=True),
                violation_error_message=_("This record was merged into another already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_title} → {self.kept_title}"


class Apart(models.Model):
    """Two records that look alike, and of which an editor has said that they are not the same. ``first`` has the lower number."""

    kind = models.CharField(_("kind of record"), max_length=12, choices=list(_KINDS.items()))
    first = models.BigIntegerField(_("number of the first record"))
    second = models.BigIntegerField(_("number of the second record"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey("auth.User", models.SET_NULL, related_name="+", null=True, verbose_name=_("by"))
    made = models.DateTimeField(_("made"))

    class Meta:
        default_permissions = ()
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        constraints = [
            known_word("kind", list(MERGED_KINDS)),
            models.CheckConstraint(
                name="apart_names_the_lower_number_first",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("Name the record with the lower number first."),
            ),
            models.UniqueConstraint(
                name="apart_is_said_once", fields=["kind", "first", "second"], violation_error_message=_("This was said of the two already.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first}, {self.second}"
