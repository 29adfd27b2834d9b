"""The shipped record of Pakistan and Russia: what a reader must be able to see in it, asked of the engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tracker.history.facts import Record
from tracker.history.matrix import matrix
from tracker.history.results import Cell, Matrix, Trace
from tracker.history.yearly import BOTH, UNNAMED, lines_of, whose_text, yearly
from tracker.models import Meeting, Mention, Participant, Source
from tracker.queries.facts import series_record
from tracker.queries.yearly import intervals, voiced
from tracker.search import entries
from tracker.search.finding import search
from tracker.vocabulary import CellState, CommitmentKind, Condition, Grade, Stage, Standing, StatedCondition

TODAY = date(2026, 11, 25)
MILL, PIPELINE, FLIGHTS = "karachi-steel-mill", "pakistan-stream-gas-pipeline", "direct-flights"


@pytest.fixture
def record(shipped: None) -> Record:
    found = series_record("pakistan-russia")
    assert found is not None
    return found


@pytest.fixture
def whole(record: Record) -> Matrix:
    return matrix(record, TODAY)


def row(whole: Matrix, slug: str) -> Trace:
    return next(row for row in whole.rows if row.commitment.slug == slug)


def cell(whole: Matrix, slug: str, meeting: str) -> Cell:
    return next(cell for cell in row(whole, slug).cells if cell.meeting == meeting)


def test_it_is_as_large_as_it_says(record: Record, whole: Matrix) -> None:
    assert Meeting.objects.published().count() >= 110
    assert Source.objects.published().count() >= 330
    assert Participant.objects.published().count() >= 85
    assert sum(one.kind != CommitmentKind.AREA for one in record.commitments) >= 20
    assert len(record.deadlines) >= 30
    assert sum(column.grade >= Grade.WEAK for column in whole.columns) >= 25


def test_nothing_is_left_out_or_echoed_without_a_reading(whole: Matrix) -> None:
    speaking = [cell for row in whole.rows for cell in row.cells if cell.state in {CellState.SILENT, CellState.ECHOED}]
    assert len(speaking) > 100
    assert all(cell.grade >= whole.thresholds.reading for cell in speaking)


def test_every_inferred_condition_obeys_its_thresholds(whole: Matrix) -> None:
    limits = whole.thresholds
    inferred = [row for row in whole.rows if row.condition.inferred and row.condition.condition != Condition.ACTIVE]
    assert inferred
    for row in inferred:
        numbers = row.condition.numbers
        assert numbers["read_since"] >= limits.silence_needs
        assert numbers["read_since"] >= numbers["eligible_since"] * limits.silence_share
        if row.condition.condition == Condition.DORMANT:
            assert limits.dormant_days <= numbers["days"] < limits.presumed_lapsed_days


def test_the_mill_never_got_above_a_memorandum(whole: Matrix) -> None:
    mill = row(whole, MILL)
    assert mill.measures.first_voiced is not None
    assert 2010 <= mill.measures.first_voiced.earliest.year <= 2012
    assert mill.stage == Stage.MEMORANDUM
    assert mill.stage_by is not None
    assert mill.stage_by.happened.earliest == date(2012, 10, 1)
    assert mill.measures.last_moved is not None
    assert mill.measures.last_moved.earliest == date(2025, 7, 11)
    counted = [one.when.earliest.year for one in mill.occasions if one.counts]
    assert not {2013, 2014, 2015, 2016, 2017, 2018} & set(counted)
    assert mill.measures.statements > 5


def test_the_pipeline_is_in_one_sides_text_at_a_time(whole: Matrix) -> None:
    moscow, tunxi = cell(whole, PIPELINE, "moscow-2022-02-24"), cell(whole, PIPELINE, "tunxi-2022-03-30")
    assert (moscow.voice, moscow.one_sided, moscow.both_sides) == (frozenset({"pakistan"}), True, False)
    assert (tunxi.voice, tunxi.one_sided, tunxi.both_sides) == (frozenset({"russia"}), True, False)
    pipeline = row(whole, PIPELINE)
    assert (pipeline.stage, pipeline.stage_by and pipeline.stage_by.happened.earliest) == (Stage.AGREEMENT, date(2015, 10, 16))
    papers = [one.happened.earliest for one in pipeline.milestones if one.standing == Standing.ACCEPTED and one.stage == Stage.AGREEMENT]
    assert date(2021, 5, 28) in papers
    paused = [one for one in pipeline.milestones if one.condition == StatedCondition.SUSPENDED]
    assert [(one.happened.earliest.year, one.standing) for one in paused][:1] == [(2022, Standing.CLAIMED)]


def test_the_pipeline_is_in_none_of_the_later_general_meetings_that_were_read(whole: Matrix) -> None:
    later = [cell for column, cell in zip(whole.columns, row(whole, PIPELINE).cells, strict=True) if column.when.earliest >= date(2024, 1, 1)]
    assert CellState.VOICED not in {cell.state for cell in later if cell.grade >= whole.thresholds.reading and cell.general}
    refused = [one for one in row(whole, PIPELINE).milestones if one.condition == StatedCondition.BLOCKED]
    assert refused
    assert {one.standing for one in refused} == {Standing.CLAIMED}


def test_the_flights_never_got_beyond_talk(whole: Matrix) -> None:
    flights = row(whole, FLIGHTS)
    assert flights.stage <= Stage.DECLARED
    assert flights.measures.first_voiced is not None
    assert flights.measures.first_voiced.earliest.year == 2021


def test_the_word_flagship_moves_from_the_pipeline_to_the_mill(whole: Matrix) -> None:
    said = {
        (slug, one.when.earliest.year)
        for slug in (MILL, PIPELINE)
        for one in row(whole, slug).occasions
        for citation in one.mention.citations
        if "flagship" in citation.phrase
    }
    assert {(PIPELINE, 2022), (MILL, 2025)} <= said


def test_most_promised_dates_that_are_resolved_were_missed_and_each_has_its_sources(record: Record, whole: Matrix) -> None:
    resolved = sum(row.measures.deadlines_resolved for row in whole.rows)
    missed = sum(row.measures.deadlines_missed for row in whole.rows)
    assert resolved >= 25
    assert missed > resolved / 2
    assert all(deadline.citations for deadline in record.deadlines)


def test_what_the_database_counts_by_year_is_what_the_engine_says_row_by_row(record: Record, whole: Matrix) -> None:
    series = record.series.slug
    counted = [one for row in whole.rows for one in row.occasions if one.counts and not one.guest and one.mention.commitment == row.commitment.slug]
    voices = Counter(BOTH if one.both_sides or len(one.voice) > 1 else next(iter(one.voice), UNNAMED) for one in counted)
    rows = voiced(TODAY, series)
    by_voice = yearly(replace(one.area, key=one.voice) for one in rows)
    of_other_series = Mention.objects.published().filter(meeting__series__slug=series).exclude(commitment__series__slug=series).count()
    assert 0 < by_voice.total - of_other_series == voices.total()
    assert all(0 <= by_voice.totals[voice] - number <= of_other_series for voice, number in voices.items())
    found = yearly(group for _meeting, group in whose_text([one.texts for one in rows], lines_of([record], TODAY)))
    assert found.totals["pakistan"] + found.totals["russia"] == sum(one.one_sided for one in counted)
    waited = {one.slug: (one.talk_to_ink, one.ink_to_works) for one in intervals(TODAY, series)}
    concrete = [row for row in whole.rows if row.commitment.kind != CommitmentKind.AREA and row.measures.first_voiced]
    assert waited == {row.commitment.slug: (row.measures.talk_to_ink_days, row.measures.ink_to_works_days) for row in concrete}


#: What a reader may type for the mill, the pipeline and Lavrov: Latin, Russian and Urdu names, and each with a letter wrong, missing, doubled or swapped.
SPELLED = {
    MILL: ["steel mill karachi", "Pakistan Steel Mills", "металлургический завод", "پاکستان اسٹیل ملز", "پاكستان اسٹیل", "steal mill"],
    PIPELINE: [
        "pakistan stream",
        "Пакистанский поток",
        "газопровод",
        "پاکستان اسٹریم",
        "pakistan steram",
        "Пакистанский потк",
        "газапровод",
        "پاکستان اسٹرییم",
    ],
    "sergey-lavrov": ["Lavrov", "Сергей Лавров", "ЛАВРОВ", "سرگئی لاوروف", "Lavrof", "Larvov", "Lavrrov", "Лавро", "Лаврвов", "لاورف", "لارووف"],
}


def test_the_mill_the_pipeline_and_lavrov_are_found_by_every_name_and_with_a_wrong_letter(record: Record) -> None:
    missed = {typed for slug, spellings in SPELLED.items() for typed in spellings if slug not in {hit.slug for hit in search(typed).hits}}
    assert missed == set()
    assert entries.faults() == []
