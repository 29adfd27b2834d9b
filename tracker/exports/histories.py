"""The history of one commitment as a document: every mention, milestone, promise and cell up to a day, with what proves and what was computed."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import Any

from tracker.dates import UncertainDate
from tracker.exports.documents import Document, cell_document
from tracker.exports.lists.listing import span_values
from tracker.exports.lists.statements import citation_document, passage_document
from tracker.history.facts import DeadlineFact, MilestoneFact
from tracker.history.results import DeadlineTrack, Measures, Occasion, Trace
from tracker.vocabulary.scales import Scale


def history_document(trace: Trace) -> Document:
    """Return everything that the page of a commitment tells as of the day of the trace."""
    one = trace.commitment
    return {
        "commitment": one.slug,
        "name": one.name,
        "kind": one.kind.value,
        "series": one.series,
        "area": one.parent,
        "as_of": trace.as_of.isoformat(),
        "until": trace.until.isoformat(),
        "names": [
            {"key": other.key, "name": other.name, "language": other.language, "note": other.note or None, **span_values("valid_from", other.valid_from)}
            for other in one.names
        ],
        "stage": trace.stage.word,
        "stage_by": trace.stage_by.key if trace.stage_by else None,
        "condition": trace.condition.condition.value,
        "condition_inferred": trace.condition.inferred,
        "condition_by": trace.condition.stated_by.key if trace.condition.stated_by else None,
        "condition_numbers": dict(trace.condition.numbers),
        "measures": _measures(trace.measures),
        "mentions": [_mention(occasion) for occasion in trace.occasions],
        "milestones": [_milestone(milestone) for milestone in trace.milestones],
        "deadlines": [_track(track) for track in trace.deadlines],
        "cells": [cell_document(cell) for cell in trace.cells],
    }


def _measures(found: Measures) -> Document:
    return {each.name: _plain(getattr(found, each.name)) for each in fields(Measures)}


def _plain(value: Any) -> Any:
    match value:
        case UncertainDate():
            return value.edtf()
        case Scale():
            return value.word
        case Enum():
            return value.value
        case float():
            return round(value, 6)
    return value


def _mention(one: Occasion) -> Document:
    return {
        "meeting": one.meeting.slug,
        "meeting_title": one.meeting.title,
        "place": one.meeting.place or None,
        **span_values("date", one.when),
        "statement": one.statement,
        "guest": one.guest,
        "counts": one.counts,
        "reach": one.reach.value,
        "act": one.act.value,
        "standing": one.mention.standing.value,
        "voice": sorted(one.voice),
        "both_sides": one.both_sides,
        "one_sided": one.one_sided,
        "strength": one.strength.word if one.strength is not None else None,
        "terms": [term.value for term in one.terms],
        "changes": [change.value for change in one.changes],
        "evidence": one.grade.value,
        "summary": one.mention.summary or None,
        "citations": [citation_document(citation) for citation in one.mention.citations],
    }


def _milestone(one: MilestoneFact) -> Document:
    return {
        "key": one.key,
        "stage": one.stage.word if one.stage is not None else None,
        "condition": one.condition.value if one.condition else None,
        **span_values("happened", one.happened),
        "meeting": one.meeting,
        "standing": one.standing.value,
        "reason": one.reason,
        "citations": [passage_document(citation) for citation in one.citations],
    }


def _track(track: DeadlineTrack) -> Document:
    counts = ("slip_days", "resolved", "missed", "met_late", "met", "overdue", "overdue_days")
    return {"target": track.target, **{name: getattr(track, name) for name in counts}, "promises": [_promise(one) for one in track.promises]}


def _promise(one: DeadlineFact) -> Document:
    return {
        "key": one.key,
        "what": one.what,
        **span_values("due", one.due),
        **span_values("stated", one.stated),
        "stated_at": one.stated_at,
        "outcome": one.outcome.value,
        **span_values("resolved", one.resolved),
        "note": one.note or None,
        "citations": [passage_document(citation) | {"proves": citation.proves.value if citation.proves else None} for citation in one.citations],
    }
