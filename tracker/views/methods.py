"""The methods page: every rule, number and word, printed from the code that applies it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker import vocabulary as words
from tracker.history.thresholds import THRESHOLDS

SCALES = (
    words.Reach,
    words.Act,
    words.Strength,
    words.Term,
    words.Change,
    words.Standing,
    words.Stage,
    words.Condition,
    words.Grade,
    words.EvidenceGrade,
    words.Extent,
    words.Carried,
    words.Outcome,
)


def methods(request: HttpRequest) -> HttpResponse:
    scales = {scale.__name__.lower(): [(getattr(one, "word", one.value), one.label) for one in scale] for scale in SCALES}
    return render(request, "tracker/methods.html", {"thresholds": THRESHOLDS, "scales": scales, "rules": list(words.Rule.choices)})
