"""Names in a merge: those of the record that goes move, and the first name that is not taken becomes another name."""

from __future__ import annotations

from typing import Any

from tracker.curation.slugs import free, slug_of
from tracker.folding import search_key
from tracker.models import CommitmentName, ParticipantName

from .moves import How, Moves

LONGEST_KEY = 40
LONGEST_NAME = 200
#: First names stand as English-language official texts write them.
FIRST_LANGUAGE = "en"


def move_names(moves: Moves, table: type[CommitmentName | ParticipantName], owner: str, kept: Any, gone: Any) -> None:
    """Move the other names of ``gone``, but for those that ``kept`` has already in some spelling."""
    taken, known = set(kept.names.values_list("key", flat=True)), {search_key(kept.name), *kept.names.values_list("name_key", flat=True)}
    whole: list[int] = []
    for pk, key, name_key in gone.names.order_by("pk").values_list("pk", "key", "name_key"):
        if name_key in known:
            moves.tell(table, [pk], How.STAY)
            continue
        known.add(name_key)
        if key not in taken:
            whole.append(pk)
        else:
            other = free(key, taken, LONGEST_KEY)
            moves.shift(table, [pk], {f"{owner}_id": gone.pk, "key": key}, {f"{owner}_id": kept.pk, "key": other})
            moves.tell(table, [pk], How.REKEY)
            key = other
        taken.add(key)
    moves.shift(table, whole, {f"{owner}_id": gone.pk}, {f"{owner}_id": kept.pk})
    moves.tell(table, whole, How.MOVE)


def keep_both_names(moves: Moves, table: type[CommitmentName | ParticipantName], owner: str, kept: Any, gone: Any, *, taken_from_gone: bool) -> None:
    """Let the first name that is not taken be another name of ``kept``, unless it has it already."""
    spare = kept.name if taken_from_gone else gone.name
    both = [(search_key(name), key) for row in (kept, gone) for name, key in row.names.values_list("name", "key")]
    first = gone.name if taken_from_gone else kept.name
    if search_key(spare) in {search_key(first), *(name for name, _key in both)}:
        return
    key = free(slug_of(spare, otherwise="name", longest=LONGEST_KEY), {key for _name, key in both}, LONGEST_KEY)
    moves.adding.append(table(**{owner: kept}, key=key, name=spare, language=FIRST_LANGUAGE))


def make_room(moves: Moves, scope: str, gone: Any, name: str, within: int) -> None:
    """Give ``gone`` another name where the one it has is to stand with the record that stays: a name stands once within a ``scope``."""
    if search_key(name) == search_key(gone.name) and within == getattr(gone, f"{scope}_id"):
        other = f"{gone.name[: LONGEST_NAME - len(gone.slug) - 3]} ({gone.slug})"
        moves.shift(type(gone), [gone.pk], {"name": gone.name}, {"name": other})
