"""Who had a record in hand last: two pairs of eyes are those of two people."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tracker.models.edit import versions_of
from tracker.models.publication import PublishedRecord
from tracker.vocabulary import PublicationState

#: So many versions are looked at: a record that was moved to and fro more often has hidden who wrote it.
FAR_ENOUGH = 100


def last_hands(row: PublishedRecord) -> set[int]:
    """Return the keys of the users who changed ``row``, or what stands beside it, last, and who submitted it last.

    A version whose state is that of the version before holds a change; any other holds a move. What was loaded is nobody's.
    """
    kept: Any = versions_of(type(row))._default_manager.filter(id=row.pk).order_by("-history_id").values_list("state", "history_user_id")[:FAR_ENOUGH]
    steps = [*pairwise([*kept, (None, None)])]
    changed = next((user for (state, user), (before, _user) in steps if before in {state, None}), None)
    submitted = next((user for (state, user), (before, _user) in steps if state == PublicationState.IN_REVIEW and before != state), None)
    return {user for user in (changed, submitted) if user is not None}
