"""Citations: the evidence for one mention, milestone or deadline."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length, Replace
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from tracker.evidence import LONGEST_PHRASE
from tracker.vocabulary import Act, Proves, Reach, Strength

from .edit import Versions
from .named import SearchTextField
from .publication import Dated, RecordQuerySet, known_word

OWNERS = ("mention", "milestone", "deadline")


def exactly_one_owner() -> Q:
    """Return the condition that one of the three owners is set and the others are not."""
    rule = Q()
    for owner in OWNERS:
        rule |= Q(**{f"{name}__isnull": name != owner for name in OWNERS})
    return rule


def key_is_used_once(owner: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        name=f"citation_key_is_used_once_in_its_{owner}",
        fields=[owner, "key"],
        condition=Q(**{f"{owner}__isnull": False}),
        violation_error_message=_("There is already a citation under this key."),
    )


class Citation(Dated):
    hangs_on = ("mention", "milestone", "deadline", "source")
    beside = OWNERS

    mention = models.ForeignKey("tracker.Mention", models.CASCADE, related_name="citations", null=True, blank=True, verbose_name=_("mention"))
    milestone = models.ForeignKey("tracker.Milestone", models.CASCADE, related_name="citations", null=True, blank=True, verbose_name=_("milestone"))
    deadline = models.ForeignKey("tracker.Deadline", models.CASCADE, related_name="citations", null=True, blank=True, verbose_name=_("deadline"))
    key = models.SlugField(_("key"), max_length=60, help_text=_("Short, unique within its record, never changed."))
    source = models.ForeignKey("tracker.Source", models.PROTECT, related_name="citations", verbose_name=_("source"))
    locator = models.CharField(
        _("locator"), max_length=40, blank=True, help_text=_("The lines that say it, counting the non-empty lines of the document from 1: 8, 8-9 or 8,14.")
    )
    speaker = models.ForeignKey("tracker.Participant", models.PROTECT, related_name="citations", null=True, blank=True, verbose_name=_("speaker"))
    party = models.ForeignKey(
        "tracker.Party",
        models.PROTECT,
        related_name="citations",
        null=True,
        blank=True,
        verbose_name=_("party"),
        help_text=_("The side that voiced it. Empty where the source names none."),
    )
    both_sides = models.BooleanField(_("both sides"), default=False, help_text=_("The passage reports it of both sides together."))
    phrase = models.CharField(_("key phrase"), max_length=200, blank=True, help_text=_("At most eight words, exactly as they stand in the document."))
    paraphrase = models.TextField(_("paraphrase"), blank=True, help_text=_("What the passage says, in your own words."))
    reach = models.CharField(_("reach"), max_length=10, choices=Reach, blank=True)
    act = models.CharField(_("act"), max_length=20, choices=Act, blank=True)
    strength = models.PositiveSmallIntegerField(_("strength"), choices=Strength, null=True, blank=True, help_text=_("Only for wording that looks forward."))
    terms = models.CharField(_("terms"), max_length=80, blank=True, help_text=_("The particulars named, in the order of the vocabulary, with commas."))
    proves = models.CharField(_("proves"), max_length=10, choices=Proves, blank=True, help_text=_("For a deadline: the promise or the outcome."))
    note = models.TextField(_("note"), blank=True)
    words_key = SearchTextField(source=["phrase", "paraphrase"])

    objects = RecordQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            known_word("reach", Reach.values, empty=""),
            known_word("act", Act.values, empty=""),
            known_word("strength", Strength.values, empty=None),
            known_word("proves", Proves.values, empty=""),
            *(key_is_used_once(owner) for owner in OWNERS),
            models.CheckConstraint(
                name="citation_has_one_owner",
                condition=exactly_one_owner(),
                violation_error_message=_("A citation proves one mention, one milestone or one deadline."),
            ),
            models.CheckConstraint(
                name="citation_of_a_mention_is_coded",
                condition=(Q(mention__isnull=False) & ~Q(reach="") & ~Q(act="")) | Q(mention__isnull=True, reach="", act="", strength__isnull=True, terms=""),
                violation_error_message=_("Reach and act are coded for a mention, and only there."),
            ),
            models.CheckConstraint(
                name="citation_of_a_deadline_says_what_it_proves",
                condition=(Q(deadline__isnull=False) & ~Q(proves="")) | Q(deadline__isnull=True, proves=""),
                violation_error_message=_("A citation of a deadline proves the promise or the outcome; others leave this empty."),
            ),
            models.CheckConstraint(
                name="citation_says_something",
                condition=~Q(phrase="") | ~Q(paraphrase=""),
                violation_error_message=_("Give a paraphrase or a key phrase."),
            ),
            models.CheckConstraint(
                name="citation_names_one_side_or_both",
                condition=Q(both_sides=False) | Q(party__isnull=True),
                violation_error_message=_("Name one side, or say that it was both: not the two together."),
            ),
            models.CheckConstraint(
                name="citation_phrase_is_short",
                condition=LessThanOrEqual(Length(F("phrase")) - Length(Replace(F("phrase"), Value(" "), Value(""))), LONGEST_PHRASE - 1),
                violation_error_message=_("A key phrase has at most eight words."),
            ),
        ]

    def __str__(self) -> str:
        return self.key
