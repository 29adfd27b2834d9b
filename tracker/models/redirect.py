"""Old addresses: where a record went when it was renamed or merged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .edit import Versions
from .publication import Dated, known_word

_KINDS = {
    "party": _("party"),
    "participant": _("participant"),
    "series": _("series"),
    "meeting": _("meeting"),
    "source": _("source"),
    "commitment": _("commitment"),
}
RECORD_KINDS = tuple(_KINDS)


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def target_of(self, kind: str, old_slug: str) -> str | None:
        """Return the slug under which the record now stands, or None where the old one is not known."""
        return self.filter(kind=kind, old_slug=old_slug).values_list("new_slug", flat=True).first()


class Redirect(Dated):
    kind = models.CharField(_("kind of record"), max_length=12, choices=list(_KINDS.items()))
    old_slug = models.SlugField(_("old slug"), max_length=100)
    new_slug = models.SlugField(_("new slug"), max_length=100)

    objects = RedirectQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            known_word("kind", list(RECORD_KINDS)),
            models.UniqueConstraint(
                name="redirect_old_slug_leads_to_one_place",
                fields=["kind", "old_slug"],
                violation_error_message=_("This old address already leads somewhere."),
            ),
            models.CheckConstraint(
                name="redirect_leads_elsewhere",
                condition=~Q(old_slug=F("new_slug")),
                violation_error_message=_("An old address can't lead to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.new_slug}"
