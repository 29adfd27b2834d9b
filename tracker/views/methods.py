"""The methods page: every rule, number and word, printed from the code that applies it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker import vocabulary as words
from tracker.history.thresholds import THRESHOLDS
from tracker.vocabulary.meanings import Measure

from .glossary import Word
from .measured import counts, formula

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


def _told(one: Measure) -> Word:
    return Word(f"measure-{one.value}", one.label, counts(one), formula=formula(one))


def methods(request: HttpRequest) -> HttpResponse:
    scales = {scale.__name__.lower(): [(getattr(one, "word", one.value), one.label) for one in scale] for scale in SCALES}
    measures = [_told(one) for one in Measure]
    context = {"four_eyes": settings.FOUR_EYES, "thresholds": THRESHOLDS, "scales": scales, "rules": list(words.Rule.choices), "measures": measures}
    return render(request, "tracker/methods.html", context)
