"""What stands at an address: a public record, a withdrawn one with its reason, a new address, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.models import Merge, Redirect
from tracker.models.publication import PublishedRecord, RecordQuerySet
from tracker.vocabulary import PublicationState

Standing = Literal["found", "withdrawn", "moved", "missing"]

#: A record renamed more often than this answers under its latest addresses only.
LONGEST_TRAIL = 5


@dataclass(frozen=True, slots=True)
class Address:
    """``reason`` says why a withdrawn record was withdrawn; ``new_slug`` is where a renamed or merged record stands now."""

    standing: Standing
    reason: str = ""
    new_slug: str = ""


def address(model: type[PublishedRecord], slug: str) -> Address:
    """Return what stands at the address of the record ``slug`` of ``model``. A draft is missing, and so is a way that leads to one.

    A record that was merged into another is withdrawn and leads there. One that was merged before readers knew it never had an address.
    """
    here = _standing(model, slug)
    if here.standing == "found":
        return here
    trail = _trail(model, slug)
    if trail.standing != "moved" and here.standing == "withdrawn":
        kind = model._meta.model_name or ""
        was_a_draft = Merge.objects.standing().filter(kind=kind, gone_slug=slug).exists() and Redirect.objects.target_of(kind, slug) is None
        return Address("missing") if was_a_draft else here
    return trail


def _trail(model: type[PublishedRecord], slug: str) -> Address:
    """Return where the old address ``slug`` leads."""
    last = Address("missing")
    for _step in range(LONGEST_TRAIL):
        next_slug = Redirect.objects.target_of(model._meta.model_name or "", slug)
        if next_slug is None:
            break
        slug = next_slug
        if (standing := _standing(model, slug).standing) == "found":
            return Address("moved", new_slug=slug)
        if standing == "withdrawn":
            last = Address("moved", new_slug=slug)
    return last


def _standing(model: type[PublishedRecord], slug: str) -> Address:
    records = RecordQuerySet(model).filter(slug=slug)
    if records.published().exists():
        return Address("found")
    reason = records.filter(state=PublicationState.WITHDRAWN).values_list("withdrawn_reason", flat=True).first()
    return Address("missing") if reason is None else Address("withdrawn", reason=reason)
