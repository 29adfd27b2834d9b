"""What stands at an address: a public record, a withdrawn one with its reason, a new address, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.models import Redirect
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
    """Return what stands at the address of the record ``slug`` of ``model``. A draft is missing, and so is a way that leads to one."""
    here = _standing(model, slug)
    if here.standing != "missing":
        return here
    for _step in range(LONGEST_TRAIL):
        next_slug = Redirect.objects.target_of(model._meta.model_name or "", slug)
        if next_slug is None:
            break
        if _standing(model, next_slug).standing != "missing":
            return Address("moved", new_slug=next_slug)
        slug = next_slug
    return Address("missing")


def _standing(model: type[PublishedRecord], slug: str) -> Address:
    records = RecordQuerySet(model).filter(slug=slug)
    if records.published().exists():
        return Address("found")
    reason = records.filter(state=PublicationState.WITHDRAWN).values_list("withdrawn_reason", flat=True).first()
    return Address("missing") if reason is None else Address("withdrawn", reason=reason)
