"""The glossary and the explanations of numbers: every word has its meaning, every number its formula with the thresholds in force."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from django.db.models import Choices
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.addresses import fetch
from tests.markup import Document
from tests.universe import TODAY, Universe
from tracker import vocabulary
from tracker.history.results import Measures
from tracker.history.thresholds import THRESHOLDS
from tracker.history.trace import trace
from tracker.queries.facts import commitment_record
from tracker.views import measured
from tracker.views.glossary import LISTS
from tracker.vocabulary.meanings import CONCEPTS, COUNTS, FORMULAS, MEANINGS, Concept, Measure

#: The labels of the rules are sentences that say what they mean; the methods print them.
SAY_IT_THEMSELVES = {vocabulary.Rule}
WORD_LISTS = [found for name in vocabulary.__all__ if isinstance(found := getattr(vocabulary, name), type) and issubclass(found, Choices) and len(found)]
#: Which explanation each number of the engine belongs to.
EXPLAINED: dict[str, Measure] = {
    "voiced_meetings": Measure.VOICED,
    "called_for": Measure.VOICED,
    "statements": Measure.STATEMENTS,
    "voiced_of_read": Measure.RECURRENCE,
    "read": Measure.RECURRENCE,
    "eligible": Measure.RECURRENCE,
    "recurrence": Measure.RECURRENCE,
    "coverage": Measure.RECURRENCE,
    "echoed": Measure.ECHO,
    "echo_rate": Measure.ECHO,
    "quiet_meetings": Measure.QUIET_MEETINGS,
    "quiet_days": Measure.QUIET_DAYS,
    "eligible_since": Measure.QUIET_MEETINGS,
    "gap_surprise": Measure.GAP,
    "idle_restatements": Measure.IDLE,
    "idle_statements": Measure.IDLE,
    "first_voiced": Measure.IDLE,
    "last_voiced": Measure.LAST_MENTION,
    "last_moved": Measure.LAST_MOVED,
    "talk_to_ink_days": Measure.TALK_TO_INK,
    "ink_to_works_days": Measure.INK_TO_WORKS,
    "strength_drift": Measure.STRENGTH_DRIFT,
    "specificity_drift": Measure.TERMS_DRIFT,
    "deadlines_resolved": Measure.KEPT,
    "deadlines_missed": Measure.KEPT,
    "deadlines_overdue": Measure.OVERDUE,
    "came_back": Measure.CAME_BACK,
    "evidence": Measure.EVIDENCE,
}


@pytest.mark.parametrize("words", WORD_LISTS)
def test_every_word_of_the_vocabulary_has_a_meaning_and_a_place_in_the_glossary(words: Any) -> None:
    if words not in SAY_IT_THEMSELVES:
        assert [word for word in words if not str(MEANINGS.get(words, {}).get(word, ""))] == []
        assert [kind for _anchor, kind, _title, _about in LISTS].count(words) == 1


def test_every_concept_and_every_measure_is_explained() -> None:
    assert set(CONCEPTS) == set(Concept)
    assert set(COUNTS) == set(FORMULAS) == set(Measure)


def test_every_number_of_the_engine_belongs_to_an_explanation() -> None:
    assert {field.name for field in fields(Measures)} == set(EXPLAINED)


def test_the_glossary_prints_every_meaning_and_formula_under_an_anchor_of_its_own(universe: Universe, client: Client) -> None:
    status, body = fetch(client, reverse("tracker:glossary"))
    page = Document(body)
    text = re.sub(r"\s+", " ", "".join(page.root.itertext()))
    assert status == 200
    for measure in Measure:
        assert f"measure-{measure.value}" in page.ids
        assert measured.counts(measure) in text
        assert measured.formula(measure) in text
    for word in (*Concept, *vocabulary.CellState):
        assert str(word.label) in text
    assert {"mention", "state-silent", "stage-memorandum", "act-signed", "grade-firm", "evidence-A", "condition-dormant"} <= set(page.ids)


def test_the_methods_print_every_formula_rule_and_threshold(db: None, client: Client) -> None:
    page = Document(fetch(client, reverse("tracker:methods"))[1])
    text = re.sub(r"\s+", " ", "".join(page.root.itertext()))
    for measure in Measure:
        assert measured.formula(measure) in text
    for rule in vocabulary.Rule:
        assert str(rule.label) in text
    thresholds = {field.name: getattr(THRESHOLDS, field.name) for field in fields(THRESHOLDS)}
    shown = {name: f"{value:.0%}".replace("%", " %") if isinstance(value, float) else f"{value:,}" for name, value in thresholds.items() if name != "reading"}
    assert {name: value for name, value in shown.items() if not re.search(rf"(?<![\d,]){value}(?![\d,])", text)} == {}
    assert str(THRESHOLDS.reading.label) in text


def test_a_word_of_the_record_leads_to_a_place_where_it_stands(universe: Universe, client: Client) -> None:
    page = Document(fetch(client, reverse("tracker:glossary"))[1])
    places = {one.attrib["id"]: [link.attrib["href"] for link in one.iter("a")] for one in page.every("div") if "id" in one.attrib}
    assert places["state-silent"] != []
    assert client.get(places["state-silent"][0]).context["cell"].state == vocabulary.CellState.SILENT
    assert client.get(places["state-unobserved"][0]).context["cell"].state == vocabulary.CellState.UNOBSERVED
    assert places["act-signed"] == ["/commitments/river-pipeline/#at-quay-24"]
    assert places["stage-memorandum"] == ["/commitments/river-pipeline/#milestone-memorandum"]
    assert places["outcome-missed"] == ["/commitments/river-pipeline/#deadline-first"]
    assert places["act-thanked"] == []


def test_the_thresholds_in_force_stand_in_the_meanings() -> None:
    told = measured.with_thresholds(MEANINGS[vocabulary.Condition][vocabulary.Condition.PRESUMED_LAPSED])
    assert f"{THRESHOLDS.presumed_lapsed_days:,} days" in told
    assert f"n = {THRESHOLDS.recurrence_needs} on" in measured.formula(Measure.RECURRENCE)
    assert str(THRESHOLDS.reading.label) in measured.formula(Measure.READ)
    for text in (*CONCEPTS.values(), *COUNTS.values(), *FORMULAS.values(), *(text for words in MEANINGS.values() for text in words.values())):
        assert "%(" not in measured.with_thresholds(text)


def test_an_explanation_tells_the_numbers_of_its_row(universe: Universe) -> None:
    record = commitment_record("river-pipeline")
    assert record is not None
    row = trace(record, "river-pipeline", TODAY)
    assert measured.numbers(Measure.VOICED, row) == "2 meetings, 1 of them called for it"
    assert measured.numbers(Measure.QUIET_MEETINGS, row) == "1 of 1 meetings read since 20 November 2024, voiced at none of them"
    assert measured.numbers(Measure.IDLE, row) == "0 meetings since it last moved, 20 November 2024"
    assert measured.numbers(Measure.KEPT, row) == "1 missed of 1 resolved"
    assert measured.numbers(Measure.CARRY_OVER, row) == ""
    assert all(measured.numbers(measure, row) is not None for measure in Measure)


def test_the_same_measure_may_stand_twice_on_a_page(rf: RequestFactory, db: None) -> None:
    page = Template('{% load explaining %}{% measure "idle" %}{% measure "idle" "Said again" rows="#rows" %}{% measure "gap" %}')
    body = page.render(Context({"request": rf.get("/")}))
    ids = re.findall(r' id="([^"]+)"', body)
    assert len(ids) == len(set(ids)) == 3
    assert re.findall(r'popovertarget="([^"]+)"', body) == ids
    assert "Said again</button>" in body
    assert 'href="#rows"' in body
    assert body.count('href="/glossary/#measure-idle"') == 4


def test_a_measure_that_does_not_exist_is_an_error_of_the_template(rf: RequestFactory) -> None:
    with pytest.raises(ValueError, match="weight"):
        Template('{% load explaining %}{% measure "weight" %}').render(Context({"request": rf.get("/")}))
