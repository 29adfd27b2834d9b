"""Which names may stand in a text: of the commitments of a series that are open on a day, of its people, of all parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tracker.models import Commitment, CommitmentName, Milestone, Participant, ParticipantName, Party
from tracker.vocabulary import CLOSING_CONDITIONS, PublicationState, Standing

from .marks import Known, Sort

#: People of a party whose names are looked for: those of the largest series are fewer.
MOST_PEOPLE = 5_000


def open_commitments(series: int, day: date) -> Any:
    """Return the commitments of a series that were not closed before ``day``, drafts too: an editor reads against the list as it will be."""
    closed = Milestone.objects.filter(commitment=OuterRef("pk"), condition__in=CLOSING_CONDITIONS, standing=Standing.ACCEPTED, happened_latest__lt=day).exclude(
        state=PublicationState.WITHDRAWN
    )
    return Commitment.objects.filter(~Exists(closed), series=series).exclude(state=PublicationState.WITHDRAWN).in_order()


def commitments_by_name(commitments: Iterable[Any]) -> Iterator[Known]:
    """Yield every name of ``commitments``."""
    names = {row.pk: row.name for row in commitments}
    yield from (Known(Sort.COMMITMENT, pk, name) for pk, name in names.items())
    others = CommitmentName.objects.filter(commitment__in=names).order_by("pk").values_list("commitment_id", "name")
    yield from (Known(Sort.COMMITMENT, pk, name) for pk, name in others)


def parties_by_name() -> Iterator[Known]:
    """Yield the name of every party."""
    rows = Party.objects.exclude(state=PublicationState.WITHDRAWN).in_order().values_list("pk", "name")
    yield from (Known(Sort.PARTY, pk, name) for pk, name in rows)


def people_by_name(parties: Iterable[int]) -> Iterator[Known]:
    """Yield every name of the people of ``parties``."""
    of_parties = Q(home_party__in=list(parties))
    rows = Participant.objects.filter(of_parties).exclude(state=PublicationState.WITHDRAWN).order_by("pk").values_list("pk", "name")[:MOST_PEOPLE]
    names = dict(rows)
    yield from (Known(Sort.PARTICIPANT, pk, name) for pk, name in names.items())
    others = ParticipantName.objects.filter(participant__home_party__in=list(parties)).order_by("pk").values_list("participant_id", "name")
    yield from (Known(Sort.PARTICIPANT, pk, name) for pk, name in others[: 4 * MOST_PEOPLE] if pk in names)
