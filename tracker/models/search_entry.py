"""What the search looks through: one folded text per name, title and passage, and the words that names are made of."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: The records that an entry can lead to, each by a key of its own, so that what is public can be asked of the row itself.
LEADS_TO = ("commitment", "party", "participant", "meeting", "source", "citation")


def _leads_to(name: str) -> Any:
    """Most entries leave most of these keys empty: they are indexed without the empty ones, in ``Meta``."""
    return models.ForeignKey(f"tracker.{name.title()}", models.CASCADE, related_name="entries", null=True, db_index=False)


def _exactly_one() -> Q:
    rule = Q()
    for kept in LEADS_TO:
        rule |= Q(**{f"{name}__isnull": name != kept for name in LEADS_TO})
    return rule


class SearchEntry(models.Model):
    """One text that can be found. Its key is its place in the order in which entries are read, best first: see tracker/search/places.py.

    Beside each row stands a full-text index that the tables know nothing of: see tracker/search/engines.py.
    """

    place = models.BigIntegerField(primary_key=True)
    commitment = _leads_to("commitment")
    party = _leads_to("party")
    participant = _leads_to("participant")
    meeting = _leads_to("meeting")
    source = _leads_to("source")
    citation = _leads_to("citation")
    key = models.TextField(help_text=_("The folded text, every word between spaces."))
    alias = models.CharField(max_length=200, blank=True, help_text=_("The name as it is written, where it is another than the first."))
    language = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        constraints = [
            models.CheckConstraint(
                name="searchentry_leads_to_one_record",
                condition=_exactly_one(),
                violation_error_message=_("An entry of the search leads to one record."),
            ),
        ]
        indexes = [models.Index(fields=[name], name=f"entry_of_{name}", condition=Q(**{f"{name}__isnull": False})) for name in LEADS_TO]

    def __str__(self) -> str:
        return self.key


class SearchWord(models.Model):
    """One word of a name or of a meeting's title: what a mistyped word is compared with."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="words")
    word = models.CharField(max_length=200)
    letters = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("word of a name")
        verbose_name_plural = _("words of names")
        indexes = [models.Index(fields=["letters", "word"], name="word_by_length"), models.Index(fields=["word"], name="word_itself")]

    def __str__(self) -> str:
        return self.word
