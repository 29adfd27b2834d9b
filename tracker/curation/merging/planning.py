"""What merging two records would do. Writes nothing; carrying it out does exactly this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tracker.curation.proposals import waiting
from tracker.models import Commitment, CommitmentName, Merge, Participant, ParticipantName, ReadingDraft, Redirect, Source
from tracker.vocabulary import PublicationState

from .choices import BOTH, GONE, Choice, choices
from .gathering import gather
from .moves import Moves
from .names import keep_both_names, make_room
from .phrases import place_phrases

#: The kinds of record of which two can turn out to be one.
MERGED: tuple[type[Any], ...] = (Participant, Source, Commitment)
#: Those that go by names: the table of other names, the key in it, and within what a first name stands once.
_NAMES: Mapping[Any, Any] = {
    Commitment: (CommitmentName, "commitment", Commitment.named_once_within),
    Participant: (ParticipantName, "participant", Participant.named_once_within),
}
#: How much of a record readers know: the one that stays is known no less.
_KNOWN = (PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.PUBLISHED)


def plan(kept: Any, gone: Any, chosen: Mapping[str, str] | None = None, reason: str = "") -> Moves:
    """Return what merging ``gone`` into ``kept`` would do. ``chosen`` says for each field which value stays: ``kept``, ``gone``, for pairs also ``both``."""
    moves = Moves(told=told_of(kept, reason))
    moves.refusals.extend(_refusals(kept, gone))
    if moves.refusals:
        return moves
    differing = choices(kept, gone, chosen or {})
    gather(moves, kept, gone)
    _of_the_record(moves, kept, gone, differing)
    moves.notes.extend(_notes(kept, gone))
    return moves


def told_of(kept: Any, reason: str) -> str:
    """Return what a withdrawn row says of why it is: readers who come by its address are led on, so only the desk reads it."""
    return " ".join(filter(None, (str(_("Merged into “%(record)s”.") % {"record": kept}), reason)))


def _of_the_record(moves: Moves, kept: Any, gone: Any, differing: list[Choice]) -> None:
    """Note what becomes of the two records themselves, and of their addresses."""
    taken = {one.name: one for one in differing if one.taken == GONE}
    after = {column: getattr(gone if one.name in taken else kept, column) for one in differing for column in one.columns}
    if isinstance(kept, Source):
        place_phrases(moves, kept, gone, after.get("text", kept.text))
    if type(kept) in _NAMES:
        table, owner, scope = _NAMES[type(kept)]
        keep_both_names(moves, table, owner, kept, gone, taken_from_gone="name" in taken)
        make_room(moves, scope, gone, str(after.get("name", kept.name)), after.get(f"{scope}_id", getattr(kept, f"{scope}_id")))
    changed = {column: value for column, value in after.items() if value != getattr(kept, column)}
    moves.shift(type(kept), [kept.pk] if changed else [], {column: getattr(kept, column) for column in changed}, changed)
    for one in differing:
        if one.is_pairs and one.taken in {GONE, BOTH}:
            mine, theirs = ({other.pk for other in getattr(row, one.name).all()} for row in (kept, gone))
            moves.pair(type(kept), one.name, kept.pk, mine, theirs if one.taken == GONE else mine | theirs)
    withdrawn = {"state": PublicationState.WITHDRAWN.value, "withdrawn_reason": moves.told}
    moves.shift(type(gone), [gone.pk], {"state": gone.state, "withdrawn_reason": gone.withdrawn_reason}, withdrawn)
    _addresses(moves, kept, gone)


def _addresses(moves: Moves, kept: Any, gone: Any) -> None:
    """Let old addresses lead to the record that stays. A record that readers never knew has none to lead on from."""
    kind = str(gone._meta.model_name)
    older = list(Redirect.objects.filter(kind=kind, new_slug=gone.slug).order_by("pk").values_list("pk", flat=True))
    moves.shift(Redirect, older, {"new_slug": gone.slug}, {"new_slug": kept.slug})
    if gone.state in {PublicationState.PUBLISHED, PublicationState.WITHDRAWN}:
        moves.adding.append(Redirect(kind=kind, old_slug=gone.slug, new_slug=kept.slug))


def _refusals(kept: Any, gone: Any) -> Iterator[str]:
    """Yield the sentences of what stands against a merge of the two, whatever moves with it."""
    kind = str(kept._meta.model_name)
    for one in Merge.objects.standing().filter(kind=kind, gone__in=(kept.pk, gone.pk)):
        yield _("“%(gone)s” was merged into “%(kept)s” already.") % {"gone": one.gone_title, "kept": one.kept_title}
    if kept.pk == gone.pk:
        yield _("That is the same record.")
    elif kept.is_withdrawn:
        yield _("“%(record)s” is withdrawn: let the other one stay, or publish it again first.") % {"record": kept}
    elif gone.state in _KNOWN and _KNOWN.index(gone.state) > _KNOWN.index(kept.state):
        told = {"kept": kept, "state": kept.get_state_display().lower(), "gone": gone}
        yield _("“%(kept)s” is %(state)s only: readers would lose “%(gone)s”. Let that one stay.") % told
    if waiting(gone).exists():
        yield _("Changes of “%(record)s” are proposed: decide on them first.") % {"record": gone}
    if isinstance(kept, Commitment):
        yield from _commitments_apart(kept, gone)
    if isinstance(kept, Source) and kept.derived_from_id == gone.pk:
        yield _("“%(kept)s” is recorded as a copy of “%(gone)s”: let the original stay.") % {"kept": kept, "gone": gone}


def _commitments_apart(kept: Any, gone: Any) -> Iterator[str]:
    told = {"kept": kept, "gone": gone}
    if kept.series_id != gone.series_id:
        yield _("They belong to different series, and each series has its own list.")
    if kept.is_area != gone.is_area:
        yield _("One is an area and the other is not: what is said of a field is not said of what lies in it.")
    if kept.parent_id == gone.pk:
        yield _("“%(kept)s” hangs under “%(gone)s”: let that one stay, or move it first.") % told
    if kept.succeeds_id == gone.pk or gone.succeeds_id == kept.pk:
        yield _("One succeeds the other, so they were told apart on purpose: take that away first, if it was wrong.")


def _notes(kept: Any, gone: Any) -> Iterator[str]:
    if gone.state != kept.state and kept.state == PublicationState.PUBLISHED and gone.state in _KNOWN:
        yield _("“%(record)s” is not published: names, attendances and passages that move come before the readers with the record that stays.") % {
            "record": gone
        }
    if isinstance(gone, Source) and (unfinished := ReadingDraft.objects.filter(source=gone).count()):
        yield _("Unfinished readings stay with the record that goes: %(number)d.") % {"number": unfinished}


def check(kept: models.Model) -> None:
    """Raise ``ValidationError`` with the sentence of what does not go together in ``kept`` as it now stands."""
    kept.full_clean(exclude={one.name for one in kept._meta.concrete_fields if not one.editable})
