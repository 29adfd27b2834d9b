"""Proposals: what an editor would change of a published record, until somebody else applies or declines it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tracker.models import Edit, Proposal

from .workflow import Hand

LONGEST_TITLE = 300


class DecidedError(Exception):
    """Somebody else has decided on the proposal already."""

    def __init__(self) -> None:
        super().__init__(str(_("Somebody else has decided on this proposal meanwhile.")))


def propose(row: Any, changes: Mapping[str, Any], reason: str, by: Hand) -> Proposal:
    """Keep ``changes`` of ``row`` for a second person. ``reason`` is what readers will be told."""
    kind = str(row._meta.model_name)
    title = str(type(row)._default_manager.get(pk=row.pk))[:LONGEST_TITLE]
    return Proposal.objects.create(kind=kind, row=row.pk, title=title, revision=row.revision, changes=changes, reason=reason, by=by.user, made=by.now)


def waiting(row: models.Model) -> models.QuerySet[Proposal]:
    """Return the proposals on ``row`` on which nobody has decided, oldest first."""
    return Proposal.objects.filter(kind=str(row._meta.model_name), row=row.pk, decided=None).order_by("made", "pk").select_related("by")


def applied(proposal: Proposal, edit: Edit, by: Hand) -> None:
    """Note that ``edit`` is what was proposed. Raises ``DecidedError`` if somebody else was faster; the edit is then to be rolled back."""
    _decide(proposal, by, edit=edit)


def decline(proposal: Proposal, answer: str, by: Hand) -> None:
    """Note that nothing comes of the proposal, and why. Raises ``DecidedError`` if somebody else was faster."""
    _decide(proposal, by, answer=answer)


def _decide(proposal: Proposal, by: Hand, **fields: Any) -> None:
    if not Proposal.objects.filter(pk=proposal.pk, decided=None).update(decided=by.now, decided_by=by.user, **fields):
        raise DecidedError
