"""Queues of what is on its way to the readers: waiting for a second person, or for the one who began it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.curation.workflow import may_decide
from tracker.models import Edit, Proposal, ReadingDraft
from tracker.models.edit import versions_of
from tracker.models.kinds import RECORDS
from tracker.models.publication import PublishedRecord
from tracker.vocabulary import PublicationState

from .rows import Asker, Item, Part, Queue

#: Drafts of one's own are looked for among what one saved last.
SAVES_LOOKED_AT = 1000
#: What the name of a row prints of other records.
_NAMED_BY: Mapping[str, tuple[str, ...]] = {"mention": ("commitment", "meeting"), "milestone": ("commitment",), "deadline": ("commitment",)}


def in_review(asker: Asker) -> list[Part]:
    """Return what waits for review and this person may publish: not what they had in hand last, where two people are needed."""
    parts = []
    for table in RECORDS:
        if may_decide(asker.user, table):
            rows = _with_last(table, _records(table, PublicationState.IN_REVIEW)).order_by("pk")
            others = rows.filter(~Q(last_user=asker.user.pk) | Q(last_user=None)) if asker.four_eyes else rows
            parts.append(Part(others, _of(table, _waits)))
    return parts


def mine(asker: Asker) -> list[Part]:
    saves = Edit.objects.filter(by=asker.user.pk).order_by("-pk").values("pk")[:SAVES_LOOKED_AT]
    parts = []
    for table in RECORDS:
        if asker.may(f"change_{table._meta.model_name}"):
            touched = versions_of(table)._default_manager.filter(edit__in=saves).values("id")
            parts.append(Part(_records(table, PublicationState.DRAFT).filter(pk__in=touched).order_by("-pk"), _of(table, _unsubmitted)))
    return parts


def begun(asker: Asker) -> list[Part]:
    rows = ReadingDraft.objects.filter(reader=asker.user.pk).select_related("source", "meeting").order_by("-kept", "-pk")
    return [Part(rows.defer("source__text", "rows"), _begun)]


def proposed(asker: Asker) -> list[Part]:
    """Return the proposals on which this person may decide."""
    kinds = [str(table._meta.model_name) for table in RECORDS if may_decide(asker.user, table)]
    if "mention" in kinds:
        kinds.append("citation")
    rows = Proposal.objects.filter(decided=None, kind__in=kinds).select_related("by").order_by("made", "pk")
    return [Part(rows.filter(~Q(by=asker.user.pk) | Q(by=None)) if asker.four_eyes else rows, _proposed)]


def _records(table: type[PublishedRecord], state: PublicationState) -> QuerySet[Any]:
    rows: QuerySet[Any] = table._default_manager.filter(state=state)
    named_by = _NAMED_BY.get(str(table._meta.model_name), ())
    return rows.select_related(*named_by) if named_by else rows


def _with_last(table: type[PublishedRecord], rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``rows`` with who saved them last and when."""
    last = versions_of(table)._default_manager.filter(id=OuterRef("pk")).order_by("-history_id")
    found: QuerySet[Any] = rows.annotate(
        last_user=Subquery(last.values("history_user")[:1]),
        last_name=Subquery(last.values(username=F("history_user__username"))[:1]),
        last_day=Subquery(last.values("history_date")[:1]),
    )
    return found


def _of(table: type[PublishedRecord], why: Callable[[Any], str]) -> Callable[[Any], Item]:
    kind = str(table._meta.model_name)
    return lambda row: Item(kind, row.pk, str(row), why(row))


def _waits(row: Any) -> str:
    who, day = row.last_name or _("a load"), row.last_day and row.last_day.date().isoformat()
    return _("Submitted for review; last saved by %(who)s on %(day)s: publish it, or send it back.") % {"who": who, "day": day or "–"}


def _unsubmitted(row: Any) -> str:
    return _("Your draft, saved last on %(day)s: submit it for review when it is ready.") % {"day": row.changed.date().isoformat()}


def _begun(row: Any) -> Item:
    name = f"{row.source} → {row.meeting}"
    return Item(
        "source", row.source_id, name, _("You began to read it and kept it on %(day)s: finish it.") % {"day": row.kept.date().isoformat()}, row.meeting_id
    )


def _proposed(row: Any) -> Item:
    kind = apps.get_model("tracker", row.kind)._meta.verbose_name
    why = _("%(who)s proposed on %(day)s: %(reason)s") % {"who": row.by or "–", "day": row.made.date().isoformat(), "reason": row.reason}
    return Item("proposal", row.pk, f"{kind}: {row.title}", why)


QUEUES = (
    Queue(
        "review",
        gettext_lazy("Waiting for review"),
        gettext_lazy("Drafts that somebody submitted and you may publish; not those that you changed or submitted yourself, where two people are needed."),
        lambda asker: any(may_decide(asker.user, table) for table in RECORDS),
        in_review,
    ),
    Queue(
        "proposals",
        gettext_lazy("Proposed changes"),
        gettext_lazy("Changes of published records on which you may decide. The oldest come first."),
        lambda asker: asker.may("change_proposal"),
        proposed,
    ),
    Queue(
        "begun",
        gettext_lazy("Readings that you began"),
        gettext_lazy("Kept for you at the reading desk; nobody else sees them."),
        lambda asker: asker.may("view_source", "add_mention", "add_citation", "change_report"),
        begun,
    ),
    Queue(
        "mine",
        gettext_lazy("Drafts of yours"),
        gettext_lazy("Drafts among the records that your last 1,000 saves changed."),
        lambda asker: any(asker.may(f"change_{table._meta.model_name}") for table in RECORDS),
        mine,
    ),
)
