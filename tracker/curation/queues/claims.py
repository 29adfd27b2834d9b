"""Queues of what is public already and could be better proved, or lacks an answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.models import Citation, Deadline, Mention, Milestone, Source
from tracker.models.publication import published_itself
from tracker.queries.columns import how_many
from tracker.vocabulary import EvidenceGrade, Outcome, Standing

from .rows import Asker, Item, Part, Queue

#: So many of the mentions recorded last are looked at.
LOOKED_AT = 100_000
#: These rest on one source, whatever else is cited.
SINGLE = (EvidenceGrade.C, EvidenceGrade.D)


def single(_asker: Asker) -> list[Part]:
    return [Part(_mentions(Q(roll_up__evidence_grade__in=SINGLE), "roll_up"), _single)]


def claimed(_asker: Asker) -> list[Part]:
    """Return the claims: what one unnamed or contradicted voice says counts for nothing until somebody finds a second."""
    mentions = _mentions(Q(standing=Standing.CLAIMED) & published_itself())
    milestones = Milestone.objects.filter(published_itself(), standing=Standing.CLAIMED).select_related("commitment").order_by("-pk")
    return [Part(mentions, _claimed_mention), Part(milestones, _claimed_milestone)]


def one_sided(_asker: Asker) -> list[Part]:
    return [Part(_mentions(Q(roll_up__one_sided=True)), _one_sided)]


def unchecked(_asker: Asker) -> list[Part]:
    """Return the sources whose text is not kept and of which somebody cites the words: nothing checks these."""
    cited = Citation.objects.filter(source=OuterRef("pk")).exclude(phrase="")
    rows = Source.objects.filter(Exists(cited), text="").defer("text").order_by("-pk")
    return [Part(rows.annotate(phrases=how_many(Citation.objects.exclude(phrase=""), "source")), _unchecked)]


def overdue(asker: Asker) -> list[Part]:
    rows = Deadline.objects.filter(published_itself(), outcome=Outcome.PENDING, due_latest__lt=asker.today).select_related("commitment")

    def told(row: Any) -> Item:
        days = (asker.today - row.due_latest).days
        since = ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
        why = _("“%(what)s” was due %(due)s, %(since)s, and nobody has said what became of it.")
        return Item("deadline", row.pk, str(row), why % {"what": row.what, "due": row.due.edtf(), "since": since})

    return [Part(rows.order_by("due_latest", "pk"), told)]


def _mentions(which: Q, *more: str) -> QuerySet[Any]:
    """Return mentions, those recorded last first, of so many as can be looked at in a moment."""
    latest = Mention.objects.order_by("-pk").values("pk")[:1]
    return Mention.objects.filter(which, pk__gt=Subquery(latest) - LOOKED_AT).select_related("commitment", "meeting", *more).order_by("-pk")


def _single(row: Any) -> Item:
    if row.roll_up.evidence_grade == EvidenceGrade.C:
        why = _("Its wording stands in one media report and nowhere else: a release, or a second report with another root, would prove it.")
    else:
        why = _("Only a paraphrase or a machine translation proves it: find the original, and cite its words.")
    return Item("mention", row.pk, str(row), why)


def _claimed_mention(row: Any) -> Item:
    return Item("mention", row.pk, str(row), _("Claimed, so that it counts nowhere: find a second source and accept it, or reject it."))


def _claimed_milestone(row: Any) -> Item:
    return Item(
        "milestone", row.pk, str(row), _("Claimed (%(reason)s): find a second source and accept it, or reject it.") % {"reason": row.reason.rstrip(".")}
    )


def _one_sided(row: Any) -> Item:
    return Item("mention", row.pk, str(row), _("Both sides’ own texts of the meeting were read, and only one of them says it: read the other once more."))


def _unchecked(row: Any) -> Item:
    why = ngettext(
        "%(number)d key phrase is cited from it, and its text is not kept: paste it under “The text”, and each phrase is checked when it is saved.",
        "%(number)d key phrases are cited from it, and its text is not kept: paste it under “The text”, and each phrase is checked when it is saved.",
        row.phrases,
    )
    return Item("source", row.pk, str(row), why % {"number": row.phrases})


QUEUES = (
    Queue(
        "overdue",
        gettext_lazy("Promised dates without an outcome"),
        gettext_lazy("The day has passed, and the outcome is still “pending”. The longest overdue come first."),
        lambda asker: asker.may("change_deadline"),
        overdue,
    ),
    Queue(
        "single",
        gettext_lazy("Mentions on one source"),
        gettext_lazy("Evidence grade C or D: one media report, a paraphrase, a machine translation. Those recorded last come first."),
        lambda asker: asker.may("change_mention"),
        single,
    ),
    Queue(
        "one-sided",
        gettext_lazy("Mentions that one side alone makes"),
        gettext_lazy("Both sides’ own texts were read, and they do not agree that it came up. Those recorded last come first."),
        lambda asker: asker.may("change_mention"),
        one_sided,
    ),
    Queue(
        "claims",
        gettext_lazy("Claims"),
        gettext_lazy("Mentions and milestones that are shown and never counted. Those recorded last come first."),
        lambda asker: asker.may("change_mention", "change_milestone"),
        claimed,
    ),
    Queue(
        "phrases",
        gettext_lazy("Key phrases that nobody can check"),
        gettext_lazy("Sources whose words are cited and whose text is not kept. The source recorded last comes first."),
        lambda asker: asker.may("change_source"),
        unchecked,
    ),
)
