"""A commitment or an area that the list lacks: what it looks like, and storing it as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from rapidfuzz import fuzz

from tracker.chronicle import Changes, Chronicle, begin
from tracker.curation.slugs import free_slug, slug_of
from tracker.folding import search_key
from tracker.models import Commitment, CommitmentName
from tracker.search import entries
from tracker.vocabulary import PublicationState

#: Two names that are as like as this, or of which one stands in the other, may be of one thing.
ALIKE = 78
MOST_HINTS = 5


@dataclass(frozen=True, slots=True)
class LooksLike:
    """A commitment that is on the list already, and the name that is like the new one."""

    commitment: Any
    name: str
    percent: int


def looks_like(name: str, series: int) -> list[LooksLike]:
    """Return the commitments of a series of which a name is like ``name``, the likest first."""
    wanted = search_key(name)
    best: dict[int, tuple[int, str]] = {}
    for pk, known, key in _names(series) if wanted else ():
        alike = round(max(fuzz.ratio(wanted, key), fuzz.token_set_ratio(wanted, key)))
        if alike >= ALIKE and alike > best.get(pk, (0, ""))[0]:
            best[pk] = (alike, known)
    rows = Commitment.objects.in_bulk(best)
    found = [LooksLike(rows[pk], known, alike) for pk, (alike, known) in best.items()]
    return sorted(found, key=lambda one: (-one.percent, one.commitment.pk))[:MOST_HINTS]


def _names(series: int) -> Sequence[tuple[int, str, str]]:
    own = Commitment.objects.filter(series=series).order_by("pk").values_list("pk", "name", "name_key")
    others = CommitmentName.objects.filter(commitment__series=series).order_by("pk").values_list("commitment_id", "name", "name_key")
    return [*own, *others]


def proposed_slug(name: str, series: Any) -> str:
    """Return a free slug for a commitment called ``name``."""
    return free_slug(Commitment, slug_of(name, otherwise=f"{series.slug}-commitment"))


def add(row: Commitment, parties: Sequence[Any], made: datetime, by: Any) -> None:
    """Store a new commitment as a draft, in one edit."""
    row.state = PublicationState.DRAFT
    # The version is written when its parties stand beside it.
    row.skip_history_when_saving = True  # type: ignore[attr-defined]  # read by django-simple-history
    changes = Changes()
    with transaction.atomic():
        row.save()
        row.parties.set(parties)
        changes.added[Commitment].add(row.pk)
        Chronicle(begin(made, by)).write(changes)
        entries.follow([row])
