"""Commitments: one identifiable object of cooperation each, and the names it goes by."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.vocabulary import CommitmentKind, Level

from .edit import Versions
from .named import NamedOnce, SearchKeyField
from .publication import WITH_PUBLISHING, Dated, PublishedRecord, RecordQuerySet, in_order, known_word, span, withdrawal_has_a_reason


class CommitmentQuerySet(RecordQuerySet):
    def in_order(self) -> CommitmentQuerySet:
        """Return the commitments by name."""
        return self.order_by("name_key", "pk")

    def in_series(self, slug: str) -> CommitmentQuerySet:
        return self.filter(series__slug=slug)

    def areas(self) -> CommitmentQuerySet:
        return self.filter(kind=CommitmentKind.AREA)

    def concrete(self) -> CommitmentQuerySet:
        """Return everything that is no area: what can be delivered, held or signed."""
        return self.exclude(kind=CommitmentKind.AREA)


class Commitment(PublishedRecord, NamedOnce):
    named_once_within = "series"

    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Part of the record's address; it never changes once published."))
    name = models.CharField(_("name"), max_length=200)
    name_key = SearchKeyField()
    kind = models.CharField(_("kind"), max_length=10, choices=CommitmentKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("area above"),
        help_text=_("Everything that is no area hangs under one."),
    )
    series = models.ForeignKey("tracker.Series", models.PROTECT, related_name="commitments", verbose_name=_("series"))
    parties = models.ManyToManyField("tracker.Party", related_name="commitments", verbose_name=_("parties"))
    description = models.TextField(_("description"), blank=True)
    criteria = models.TextField(_("criteria"), blank=True, help_text=_("What would count as delivered. What cannot state it is an area."))
    listed_on = models.DateField(_("listed on"), help_text=_("The day it was put on the list. Earlier readings did not look for it."))
    minimum_level = models.PositiveSmallIntegerField(
        _("minimum level"), choices=Level, null=True, blank=True, help_text=_("The lowest level at which it can come up.")
    )
    succeeds = models.ForeignKey("self", models.PROTECT, related_name="successors", null=True, blank=True, verbose_name=_("succeeds"))

    hangs_on = ("series", "parent")
    objects = CommitmentQuerySet.as_manager()
    history = Versions("parties")

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            withdrawal_has_a_reason(),
            known_word("kind", CommitmentKind.values),
            known_word("minimum_level", Level.values, empty=None),
            models.UniqueConstraint(
                name="commitment_name_stands_once_per_series",
                fields=["series", "name_key"],
                violation_error_message=_("A commitment of this series already has this name, perhaps in another spelling."),
            ),
            models.CheckConstraint(
                name="commitment_states_its_criteria",
                condition=Q(kind=CommitmentKind.AREA) | ~Q(criteria=""),
                violation_error_message=_("Say what would count as delivered. What cannot say it is an area."),
            ),
            models.CheckConstraint(
                name="commitment_hangs_under_an_area",
                condition=Q(kind=CommitmentKind.AREA) | Q(parent__isnull=False),
                violation_error_message=_("Everything that is no area hangs under its area."),
            ),
            models.CheckConstraint(
                name="commitment_is_not_above_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message=_("A commitment can't hang under itself."),
            ),
            models.CheckConstraint(
                name="commitment_does_not_succeed_itself",
                condition=Q(succeeds__isnull=True) | ~Q(succeeds=F("pk")),
                violation_error_message=_("A commitment can't succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tracker:commitment", args=[self.slug])

    @property
    def is_area(self) -> bool:
        return self.kind == CommitmentKind.AREA


class CommitmentName(Dated):
    hangs_on = ("commitment",)
    beside = ("commitment",)

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="names", verbose_name=_("commitment"))
    key = models.SlugField(_("key"), max_length=40, help_text=_("Short, unique within the commitment, never changed."))
    name = models.CharField(_("name"), max_length=200)
    name_key = SearchKeyField(db_index=True)
    language = models.CharField(_("language"), max_length=12, help_text=_("Language tag, for example ru or ur."))
    valid_from_earliest = models.DateField(_("in use from, earliest"), null=True, blank=True)
    valid_from_latest = models.DateField(_("in use from, latest"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = RecordQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("name of a commitment")
        verbose_name_plural = _("names of commitments")
        constraints = [
            in_order("valid_from_earliest", "valid_from_latest", _("The earliest day can't be after the latest.")),
            models.UniqueConstraint(
                name="commitment_name_key_is_used_once",
                fields=["commitment", "key"],
                violation_error_message=_("This commitment already has a name under this key."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def valid_from(self) -> UncertainDate | None:
        return span(self.valid_from_earliest, self.valid_from_latest)
