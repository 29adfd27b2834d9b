"""Sources: one document each, as published."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.vocabulary import Carried, DateBasis, Fidelity, SourceKind

from .edit import Versions
from .named import SearchTextField
from .publication import WITH_PUBLISHING, PublishedRecord, RecordQuerySet, in_order, known_word, span, withdrawal_has_a_reason

#: A copy of a copy of a copy: longer chains are refused, because the copy root is found by joins.
LONGEST_COPY_CHAIN = 3


class SourceQuerySet(RecordQuerySet):
    def in_order(self) -> SourceQuerySet:
        """Return the sources, the latest published first, undated ones last."""
        return self.order_by(F("published_latest").desc(nulls_last=True), "slug", "pk")

    def with_root(self) -> SourceQuerySet:
        """Return the sources with their copy chain at hand, without a query for each link."""
        return self.select_related("issued_by", "derived_from__derived_from__derived_from")


def has_a_web_scheme(field: str) -> models.CheckConstraint:
    """Return the constraint that an address, where there is one, is http or https."""
    return models.CheckConstraint(
        name=f"%(class)s_{field}_is_a_web_address",
        condition=Q(**{field: ""}) | Q(**{f"{field}__startswith": "http://"}) | Q(**{f"{field}__startswith": "https://"}),
        violation_error_message=_("An address begins with http:// or https://."),
    )


class Source(PublishedRecord):
    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Part of the record's address; it never changes once published."))
    title = models.CharField(_("title"), max_length=400)
    publisher = models.CharField(_("publisher"), max_length=200, help_text=_("Who put the document before the public."))
    words_key = SearchTextField(source=["title", "publisher"])
    url = models.URLField(_("address"), max_length=2000, blank=True)
    archived_url = models.URLField(_("archived address"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en", help_text=_("Language tag, for example en, ru or ur."))
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    issued_by = models.ForeignKey(
        "tracker.Party",
        models.PROTECT,
        related_name="issued_sources",
        null=True,
        blank=True,
        verbose_name=_("issued by"),
        help_text=_("The party whose release the document rests on, whoever carries it."),
    )
    carried = models.CharField(_("carried"), max_length=10, choices=Carried, default=Carried.UNKNOWN, help_text=_("How much of the issuer's text stands here."))
    published_earliest = models.DateField(_("published, earliest day"), null=True, blank=True)
    published_latest = models.DateField(_("published, latest day"), null=True, blank=True)
    date_basis = models.CharField(_("basis of the date"), max_length=10, choices=DateBasis, default=DateBasis.NONE)
    derived_from = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="copies",
        null=True,
        blank=True,
        verbose_name=_("copied from"),
        help_text=_("The document this one copies. Copies of one text prove it once."),
    )
    fidelity = models.CharField(_("fidelity"), max_length=20, choices=Fidelity, default=Fidelity.ORIGINAL)
    text = models.TextField(_("text"), blank=True, help_text=_("Kept for checking phrases. Never shown unless it may be published."))
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    may_publish_text = models.BooleanField(_("text may be published"), default=False)
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know of this document, in our words."))

    hangs_on = ("issued_by",)
    objects = SourceQuerySet.as_manager()
    history = Versions()

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            withdrawal_has_a_reason(),
            known_word("kind", SourceKind.values),
            known_word("carried", Carried.values),
            known_word("date_basis", DateBasis.values),
            known_word("fidelity", Fidelity.values),
            in_order("published_earliest", "published_latest", _("The earliest day of publication can't be after the latest.")),
            has_a_web_scheme("url"),
            has_a_web_scheme("archived_url"),
            models.CheckConstraint(
                name="source_is_no_copy_of_itself",
                condition=Q(derived_from__isnull=True) | ~Q(derived_from=F("pk")),
                violation_error_message=_("A document can't be a copy of itself."),
            ),
            models.CheckConstraint(
                name="source_text_sha256_is_a_checksum",
                condition=Q(text_sha256="") | Q(text_sha256__length=64),
                violation_error_message=_("A SHA-256 checksum has 64 hexadecimal digits."),
            ),
        ]
        indexes = [models.Index(fields=["published_latest"], name="source_by_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tracker:source", args=[self.slug])

    @property
    def published(self) -> UncertainDate | None:
        return span(self.published_earliest, self.published_latest)
