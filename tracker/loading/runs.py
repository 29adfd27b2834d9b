"""Loads that took one another back: what they left is as if neither had been."""

from __future__ import annotations

from tracker.models import Load


def cancelled() -> tuple[set[int], set[int]]:
    """Return the edits of loads that cancel each other, both of each pair, and of them those that stand taken back."""
    pairs: set[int] = set()
    taken_back: set[int] = set()
    for edit, reverts in Load.objects.order_by("-edit_id").values_list("edit_id", "reverts_id"):
        if edit not in taken_back and reverts is not None:
            pairs |= {edit, reverts}
            taken_back.add(reverts)
    return pairs, taken_back
