"""What belongs to the record that goes, and what becomes of each row of it where the record that stays has the like."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.slugs import free
from tracker.models import Attendance, Citation, Commitment, CommitmentName, Deadline, Meeting, Mention, Milestone, Participant, ParticipantName, Report, Source
from tracker.vocabulary import Extent, PublicationState

from .moves import How, Moves, Table
from .names import move_names

LONGEST_KEY = 60
#: What a passage says. Two that are the same in all of it are one.
_SAID = ("source_id", "locator", "speaker_id", "party_id", "both_sides", "phrase", "paraphrase", "reach", "act", "strength", "terms")
_ATTENDED = ("party_id", "office", "role", "presence")
_READING = ("extent", "read_on", "read_by")
#: How much of a source is held, the least first.
_FULLER = (Extent.REFERENCE, Extent.OPENING, Extent.FULL)


def gather(moves: Moves, kept: Any, gone: Any) -> None:
    """Note in ``moves`` what becomes of everything that belongs to ``gone``."""
    if isinstance(kept, Commitment):
        _of_commitment(moves, kept, gone)
    elif isinstance(kept, Participant):
        move_names(moves, ParticipantName, "participant", kept, gone)
        _attendances(moves, kept, gone)
        _all_of(moves, Citation, "speaker", kept, gone)
    elif isinstance(kept, Source):
        _reports(moves, kept, gone)
        _all_of(moves, Citation, "source", kept, gone)
        _all_of(moves, Source, "derived_from", kept, gone)


def _of_commitment(moves: Moves, kept: Any, gone: Any) -> None:
    move_names(moves, CommitmentName, "commitment", kept, gone)
    _mentions(moves, kept, gone)
    _keyed(moves, Milestone, kept, gone)
    _keyed(moves, Deadline, kept, gone)
    _all_of(moves, Commitment, "parent", kept, gone)
    _all_of(moves, Commitment, "succeeds", kept, gone)
    called_for = list(Meeting.objects.filter(remit=gone).order_by("pk").prefetch_related("remit"))
    for meeting in called_for:
        before = {one.pk for one in meeting.remit.all()}
        moves.pair(Meeting, "remit", meeting.pk, before, (before | {kept.pk}) - {gone.pk})
    moves.tell(Meeting, [meeting.pk for meeting in called_for], How.MOVE)


def _all_of(moves: Moves, table: Table, name: str, kept: Any, gone: Any) -> None:
    """Let everything that leads to ``gone`` by a key lead to ``kept``: nothing of it can clash."""
    pks = list(table._default_manager.filter(**{name: gone}).order_by("pk").values_list("pk", flat=True))
    moves.shift(table, pks, {f"{name}_id": gone.pk}, {f"{name}_id": kept.pk})
    moves.tell(table, pks, How.MOVE)


def _keyed(moves: Moves, table: type[Milestone | Deadline], kept: Any, gone: Any) -> None:
    """Move rows that are told apart by their key within a commitment."""
    taken = set(table._default_manager.filter(commitment=kept).values_list("key", flat=True))
    whole: list[int] = []
    for pk, key in table._default_manager.filter(commitment=gone).order_by("pk").values_list("pk", "key"):
        if key in taken:
            other = free(key, taken, LONGEST_KEY)
            moves.shift(table, [pk], {"commitment_id": gone.pk, "key": key}, {"commitment_id": kept.pk, "key": other})
            moves.tell(table, [pk], How.REKEY)
            taken.add(other)
        else:
            whole.append(pk)
            taken.add(key)
    moves.shift(table, whole, {"commitment_id": gone.pk}, {"commitment_id": kept.pk})
    moves.tell(table, whole, How.MOVE)


def _mentions(moves: Moves, kept: Any, gone: Any) -> None:
    """Move mentions; where both came up at one meeting, the wordings of both stand under one mention."""
    here, there = (Mention.objects.filter(commitment=one) for one in (kept, gone))
    mine = {one.meeting_id: one for one in here.filter(meeting__in=there.values("meeting")).prefetch_related("citations")}
    whole = list(there.exclude(meeting__in=list(mine)).order_by("pk").values_list("pk", flat=True))
    moves.shift(Mention, whole, {"commitment_id": gone.pk}, {"commitment_id": kept.pk})
    moves.tell(Mention, whole, How.MOVE)
    for one in there.filter(meeting__in=list(mine)).order_by("pk").select_related("meeting").prefetch_related("citations"):
        _join(moves, mine[one.meeting_id], one)


def _join(moves: Moves, here: Any, there: Any) -> None:
    if there.state == PublicationState.WITHDRAWN:
        moves.tell(Mention, [there.pk], How.STAY)
        return
    states = {one.state == PublicationState.PUBLISHED for one in (here, there)}
    if len(states) > 1 or here.is_withdrawn:
        told = {"meeting": there.meeting, "here": here.get_state_display().lower(), "there": there.get_state_display().lower()}
        sentence = _(
            "Both came up at “%(meeting)s”, and there the mention of the record that stays is %(here)s, the other %(there)s: bring them to one state first."
        )
        moves.refusals.append(sentence % told)
        return
    _give_wordings(moves, here, there)
    withdrawn = {"state": PublicationState.WITHDRAWN.value, "withdrawn_reason": moves.told}
    moves.shift(Mention, [there.pk], {"state": there.state, "withdrawn_reason": there.withdrawn_reason}, withdrawn)
    moves.tell(Mention, [there.pk], How.JOIN)
    if here.act != there.act or here.standing != there.standing:
        acts = {"meeting": there.meeting, "here": _act_of(here), "there": _act_of(there)}
        moves.notes.append(_("At “%(meeting)s” the act stays “%(here)s”; the other mention says “%(there)s”.") % acts)
    if there.summary and there.summary != here.summary:
        moves.notes.append(
            _("The summary of the other mention at “%(meeting)s” stays with that mention: %(summary)s") % {"meeting": there.meeting, "summary": there.summary}
        )


def _act_of(mention: Any) -> str:
    return f"{mention.get_act_display()}, {mention.get_standing_display().lower()}"


def _give_wordings(moves: Moves, here: Any, there: Any) -> None:
    mine = list(here.citations.all())
    taken, said = {one.key for one in mine}, {_saying(one) for one in mine}
    for one in sorted(there.citations.all(), key=lambda citation: citation.pk):
        if _saying(one) in said:
            moves.tell(Citation, [one.pk], How.STAY)
            continue
        key = free(one.key, taken, LONGEST_KEY)
        taken.add(key)
        moves.shift(Citation, [one.pk], {"mention_id": there.pk, "key": one.key}, {"mention_id": here.pk, "key": key})
        moves.tell(Citation, [one.pk], How.MOVE if key == one.key else How.REKEY)


def _saying(citation: Citation) -> tuple[Any, ...]:
    return _values(citation, _SAID)


def _values(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _attendances(moves: Moves, kept: Any, gone: Any) -> None:
    """Move attendances; of two at one meeting, one goes if it says nothing else."""
    mine = {one.meeting_id: one for one in Attendance.objects.filter(participant=kept).select_related("party")}
    theirs = list(Attendance.objects.filter(participant=gone).order_by("pk").select_related("meeting", "party"))
    whole = [one.pk for one in theirs if one.meeting_id not in mine]
    moves.shift(Attendance, whole, {"participant_id": gone.pk}, {"participant_id": kept.pk})
    moves.tell(Attendance, whole, How.MOVE)
    for one in theirs:
        here = mine.get(one.meeting_id)
        if here and _values(here, _ATTENDED) == _values(one, _ATTENDED):
            moves.leaving.append((Attendance, one.pk))
            moves.tell(Attendance, [one.pk], How.LEAVE)
        elif here:
            told = {"meeting": one.meeting, "here": _seat(here), "there": _seat(one)}
            sentence = _("Both are listed at “%(meeting)s”, as %(here)s and as %(there)s: say there which is right, in both rows, and merge then.")
            moves.refusals.append(sentence % told)


def _seat(one: Attendance) -> str:
    return ", ".join(filter(None, (one.office and f"“{one.office}”", str(one.party), one.get_role_display().lower(), one.get_presence_display().lower())))


def _reports(moves: Moves, kept: Any, gone: Any) -> None:
    """Move reports; of two of one meeting, the reading that counts for more stands for both."""
    mine = {one.meeting_id: one for one in Report.objects.filter(source=kept)}
    theirs = list(Report.objects.filter(source=gone).order_by("pk"))
    whole = [one.pk for one in theirs if one.meeting_id not in mine]
    moves.shift(Report, whole, {"source_id": gone.pk}, {"source_id": kept.pk})
    moves.tell(Report, whole, How.MOVE)
    for one in theirs:
        here = mine.get(one.meeting_id)
        if here is None:
            continue
        moves.leaving.append((Report, one.pk))
        if _worth(one) > _worth(here):
            moves.shift(Report, [here.pk], _reading(here), _reading(one))
            moves.tell(Report, [one.pk], How.SETTLE)
        else:
            moves.tell(Report, [one.pk], How.LEAVE)


def _worth(report: Report) -> tuple[date, int]:
    return report.read_on or date.min, _FULLER.index(Extent(report.extent))


def _reading(report: Report) -> dict[str, Any]:
    return dict(zip(_READING, _values(report, _READING), strict=True))
