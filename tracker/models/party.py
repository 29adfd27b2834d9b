"""States and organizations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.vocabulary import PartyKind

from .edit import Versions
from .publication import WITH_PUBLISHING, PublishedRecord, RecordQuerySet, known_word, withdrawal_has_a_reason


class PartyQuerySet(RecordQuerySet):
    def in_order(self) -> PartyQuerySet:
        """Return the parties by name."""
        return self.order_by("name", "pk")


class Party(PublishedRecord):
    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Part of the record's address; it never changes once published."))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind)
    iso2 = models.CharField(_("ISO 3166 code"), max_length=2, blank=True, help_text=_("Two letters, for a state only."))
    wikidata_id = models.CharField(_("Wikidata item"), max_length=20, blank=True)

    objects = PartyQuerySet.as_manager()
    history = Versions()

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            withdrawal_has_a_reason(),
            known_word("kind", PartyKind.values),
            models.UniqueConstraint(
                name="party_iso2_is_used_once",
                fields=["iso2"],
                condition=~Q(iso2=""),
                violation_error_message=_("Another party has this country code."),
            ),
            models.CheckConstraint(
                name="party_iso2_belongs_to_a_state",
                condition=Q(iso2="") | Q(iso2__length=2, kind=PartyKind.STATE),
                violation_error_message=_("Only a state has a country code, and it has two letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tracker:party", args=[self.slug])
