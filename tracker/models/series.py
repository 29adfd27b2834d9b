"""Series: the ordered meetings that are read together."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.vocabulary import SeriesKind

from .edit import Versions
from .publication import WITH_PUBLISHING, PublishedRecord, RecordQuerySet, known_word, withdrawal_has_a_reason


class SeriesQuerySet(RecordQuerySet):
    def in_order(self) -> SeriesQuerySet:
        """Return the series by title."""
        return self.order_by("title", "pk")


class Series(PublishedRecord):
    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Part of the record's address; it never changes once published."))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=SeriesKind)
    parties = models.ManyToManyField("tracker.Party", related_name="series", verbose_name=_("parties"))
    covered_until = models.DateField(
        _("covered until"),
        help_text=_("The day until which this record was searched. Nothing is called quiet beyond it."),
    )

    objects = SeriesQuerySet.as_manager()
    history = Versions("parties")

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [withdrawal_has_a_reason(), known_word("kind", SeriesKind.values)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tracker:series", args=[self.slug])
