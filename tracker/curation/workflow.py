"""The way of a record to its readers: draft, in review, published, withdrawn. Each move is one conditional update that leaves a version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import summaries
from tracker.chronicle import Changes, Chronicle, begin
from tracker.models import Deadline, Mention, Merge, Milestone
from tracker.models.publication import PublishedRecord
from tracker.search import entries
from tracker.vocabulary import PublicationState

from .claims import OvertakenError, claim
from .hands import last_hands


class Move(TextChoices):
    """What can be done with the publication state of a record."""

    SUBMIT = "submit", gettext_lazy("Submit for review")
    SEND_BACK = "send_back", gettext_lazy("Send back to draft")
    PUBLISH = "publish", gettext_lazy("Publish")
    WITHDRAW = "withdraw", gettext_lazy("Withdraw")
    PUBLISH_AGAIN = "publish_again", gettext_lazy("Publish again")


@dataclass(frozen=True, slots=True)
class Way:
    """From which state a move leads to which. ``decides``: what readers see depends on it, so that it takes the permission to publish."""

    source: PublicationState
    target: PublicationState
    decides: bool = True
    needs_reason: bool = False


WAYS = {
    Move.SUBMIT: Way(PublicationState.DRAFT, PublicationState.IN_REVIEW, decides=False),
    Move.SEND_BACK: Way(PublicationState.IN_REVIEW, PublicationState.DRAFT, decides=False),
    Move.PUBLISH: Way(PublicationState.IN_REVIEW, PublicationState.PUBLISHED),
    Move.WITHDRAW: Way(PublicationState.PUBLISHED, PublicationState.WITHDRAWN, needs_reason=True),
    Move.PUBLISH_AGAIN: Way(PublicationState.WITHDRAWN, PublicationState.PUBLISHED),
}
#: Nothing of these is published that nothing proves.
PROVEN = (Mention, Milestone, Deadline)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does something at the desk, when, and whether two people are needed to publish."""

    user: Any
    now: datetime
    four_eyes: bool = True


@dataclass(slots=True)
class Moved:
    """What became of a move: the rows that were moved, and for each of the others the sentence that says why not."""

    rows: list[PublishedRecord] = field(default_factory=list)
    refused: list[tuple[PublishedRecord, str]] = field(default_factory=list)


def may_decide(user: Any, table: type[PublishedRecord]) -> bool:
    """Return whether ``user`` may decide what readers see of the records of ``table``."""
    return bool(user.has_perm(f"tracker.publish_{table._meta.model_name}"))


def may_move(user: Any, table: type[PublishedRecord], move: Move) -> bool:
    """Return whether ``user`` may do this with records of ``table`` at all."""
    return may_decide(user, table) if WAYS[move].decides else bool(user.has_perm(f"tracker.change_{table._meta.model_name}"))


def moves_from(state: str) -> list[Move]:
    """Return what can be done with a record in ``state``."""
    return [move for move, way in WAYS.items() if way.source == state]


def objection(row: PublishedRecord, move: Move, by: Hand, reason: str = "") -> str:
    """Return the sentence that says why ``by`` can't do this with ``row``, or nothing."""
    way = WAYS[move]
    if not may_move(by.user, type(row), move):
        return _("you are not allowed to")
    if row.state != way.source:
        return _("it is %(state)s") % {"state": PublicationState(row.state).label.lower()}
    if way.needs_reason and not reason:
        return _("say why: its readers will be told")
    if way.target == PublicationState.PUBLISHED:
        return _unready(row, by)
    return ""


def _unready(row: PublishedRecord, by: Hand) -> str:
    """Return the sentence that says why ``row`` is not ready to be published by this person, or nothing."""
    if merged := Merge.objects.standing().filter(kind=row._meta.model_name, gone=row.pk).first():
        return _("it was merged into “%(record)s”: undo the merge instead") % {"record": merged.kept_title}
    if by.four_eyes and by.user.pk in last_hands(row):
        return _("you changed or submitted it last: a second person publishes it")
    if isinstance(row, PROVEN) and not row.citations.exists():
        return _("nothing proves it: add a citation before it is published")
    return ""


def move_all(rows: Iterable[tuple[PublishedRecord, int]], move: Move, by: Hand, reason: str = "") -> Moved:
    """Move those ``rows`` that can be moved, all in one edit. Each comes with the revision that was looked at: what was changed since is left alone."""
    reason = " ".join(reason.split())
    done, changes, touched = Moved(), Changes(), set()
    with transaction.atomic():
        for row, revision in sorted(rows, key=lambda one: one[0].pk):
            if why := objection(row, move, by, reason) or _overtaken(row, revision, move, by, reason):
                done.refused.append((row, why))
                continue
            done.rows.append(row)
            touched |= summaries.touched_by(row)
            changes.change(type(row), row.pk, ["state"])
        if done.rows:
            Chronicle(begin(by.now, by.user), reason).write(changes)
            summaries.refresh(touched)
            entries.follow(done.rows)
    return done


def _overtaken(row: PublishedRecord, revision: int, move: Move, by: Hand, reason: str) -> str:
    """Write the new state of ``row``; return the sentence that says that somebody else was there before, or nothing."""
    way = WAYS[move]
    told = reason if way.target == PublicationState.WITHDRAWN else ""
    try:
        claim(row, revision, state=way.source, fields={"state": way.target, "withdrawn_reason": told, "changed": by.now})
    except OvertakenError:
        return _("somebody else changed it meanwhile: look at it again")
    return ""
