"""Persons, and the names they go by. The office is a fact of the attendance, not of the person."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .edit import Versions
from .named import NamedOnce, SearchKeyField
from .publication import WITH_PUBLISHING, Dated, PublishedRecord, RecordQuerySet, withdrawal_has_a_reason


class ParticipantQuerySet(RecordQuerySet):
    def in_order(self) -> ParticipantQuerySet:
        """Return the persons by name."""
        return self.order_by("name_key", "pk")


class Participant(PublishedRecord, NamedOnce):
    hangs_on = ("home_party",)
    named_once_within = "home_party"

    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Part of the record's address; it never changes once published."))
    name = models.CharField(_("name"), max_length=200, help_text=_("As English-language official texts write it."))
    name_key = SearchKeyField()
    home_party = models.ForeignKey("tracker.Party", models.PROTECT, related_name="participants", verbose_name=_("home party"))
    wikidata_id = models.CharField(_("Wikidata item"), max_length=20, blank=True)

    objects = ParticipantQuerySet.as_manager()
    history = Versions()

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            withdrawal_has_a_reason(),
            models.UniqueConstraint(
                name="participant_name_stands_once_per_party",
                fields=["home_party", "name_key"],
                violation_error_message=_("A person of this party already has this name, perhaps in another spelling."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tracker:participant", args=[self.slug])


class ParticipantNameQuerySet(RecordQuerySet):
    pass


class ParticipantName(Dated):
    hangs_on = ("participant",)
    beside = ("participant",)

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="names", verbose_name=_("participant"))
    key = models.SlugField(_("key"), max_length=40, help_text=_("Short, unique within the person, never changed."))
    name = models.CharField(_("name"), max_length=200)
    name_key = SearchKeyField(db_index=True)
    language = models.CharField(_("language"), max_length=12, help_text=_("Language tag, for example ru or ur."))
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ParticipantNameQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                name="participant_name_key_is_used_once",
                fields=["participant", "key"],
                violation_error_message=_("This person already has a name under this key."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
