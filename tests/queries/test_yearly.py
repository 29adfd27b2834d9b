"""Numbers by year: what the database counts is what the engine and the lists say row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.universe import SERIES, TODAY, Universe, mention
from tracker.history.facts import Record
from tracker.history.matrix import matrix
from tracker.history.results import Matrix
from tracker.history.yearly import BOTH, NEITHER, UNNAMED, lines_of, whose_text, yearly
from tracker.models import Citation, Deadline, Meeting, Mention, Party
from tracker.queries.compared import candidates, every_series, meetings_and_reports, records_of_commitments, records_of_series
from tracker.queries.facts import commitment_record, series_record
from tracker.queries.yearly import deadline_groups, intervals, voiced
from tracker.vocabulary import PublicationState

HIDDEN = {"state": PublicationState.DRAFT}


def whole(slug: str = SERIES, as_of: date = TODAY) -> Matrix:
    record = series_record(slug)
    assert record is not None
    return matrix(record, as_of)


def counted(found: Matrix) -> list[tuple[str, str, str]]:
    """Return area, meeting and voice of every mention of the series that counts, as the engine sees it."""
    parents = {row.commitment.slug: row.commitment.parent for row in found.rows}
    told = []
    for row in found.rows:
        for one in row.occasions:
            if one.counts and not one.guest and one.mention.commitment == row.commitment.slug:
                voice = BOTH if one.both_sides or len(one.voice) > 1 else next(iter(one.voice), UNNAMED)
                told.append((parents[row.commitment.slug] or row.commitment.slug, one.meeting.slug, voice))
    return told


def test_mentions_are_counted_by_year_area_and_voice(universe: Universe) -> None:
    universe.add(mention("ferry-line", "hillton-23", "north-23", "post-23") + mention("night-train", "oakport-25", "joint-25", party="southland"), "more")
    rows = voiced(TODAY, SERIES)
    expected = counted(whole())
    assert yearly(one.area for one in rows).totals == Counter(area for area, _meeting, _voice in expected)
    voices = yearly(replace(one.area, key=one.voice) for one in rows)
    assert voices.totals == Counter(voice for _a, _m, voice in expected)
    assert voices.total == len(expected) > 8
    assert voices.of(2022) == 1
    assert {BOTH, UNNAMED, "northmark", "southland"} <= set(voices.totals)


def test_what_is_later_than_the_day_asked_for_is_not_counted(universe: Universe) -> None:
    day = date(2022, 6, 29)
    assert sum(one.area.number for one in voiced(day, SERIES)) == len(counted(whole(as_of=day))) == 3
    assert voiced(date(1800, 1, 1)) == []


def test_a_party_that_is_not_public_is_not_named(universe: Universe) -> None:
    hidden = Party.objects.create(slug="hidden", name="Hidden", kind="state", **HIDDEN)
    Citation.objects.filter(mention__commitment__slug="night-train").update(party=hidden)
    assert "hidden" not in {one.voice for one in voiced(TODAY)}


@pytest.mark.parametrize("model", [Mention, Deadline, Meeting])
def test_drafts_are_in_no_number(universe: Universe, model: type[Mention | Deadline | Meeting]) -> None:
    before = (sum(one.area.number for one in voiced(TODAY)), sum(group.number for group in deadline_groups(TODAY)))
    assert min(before) > 0
    model._default_manager.update(**HIDDEN)
    after = (sum(one.area.number for one in voiced(TODAY)), sum(group.number for group in deadline_groups(TODAY)))
    assert after[0] == (before[0] if model is Deadline else 0)
    assert after[1] == (before[1] if model is Mention else 0)


def test_whose_text_says_what_the_engine_calls_one_sided(universe: Universe) -> None:
    universe.add(mention("salt-mill", "oakport-21", "north-21", "south-21") + mention("night-train", "oakport-21", "wire-24"), "more")
    meetings, reports = meetings_and_reports([SERIES])
    series = next(one for one in every_series() if one.slug == SERIES)
    told = whose_text([one.texts for one in voiced(TODAY, SERIES)], lines_of([Record(series, meetings, reports, (), ())], TODAY))
    found = yearly(group for _meeting, group in told)
    own = [one for row in whole().rows for one in row.occasions if one.mention.commitment == row.commitment.slug]
    assert found.totals == {"northmark": 2, "southland": 1, BOTH: 2, NEITHER: 1}
    assert sum(one.one_sided for one in own if one.counts) == found.totals["northmark"] + found.totals["southland"]


def test_intervals_are_the_measures_of_each_commitment(universe: Universe) -> None:
    universe.grow(3)
    found = {one.slug: (one.talk_to_ink, one.ink_to_works) for one in intervals(TODAY, SERIES)}
    rows = [row for row in whole().rows if row.commitment.kind != "area" and row.measures.first_voiced]
    assert found == {row.commitment.slug: (row.measures.talk_to_ink_days, row.measures.ink_to_works_days) for row in rows}


def test_promises_are_counted_by_the_year_due_as_they_stood_on_the_day(universe: Universe) -> None:
    assert {(group.first, group.key, group.number) for group in deadline_groups(TODAY)} == {(2023, "missed", 1), (2025, "pending", 1)}
    assert {(group.first, group.key, group.number) for group in deadline_groups(date(2022, 1, 1))} == {(2023, "missed", 1)}
    Deadline.objects.filter(outcome="missed").update(resolved_earliest=date(2024, 1, 1), resolved_latest=date(2024, 1, 1))
    assert {(group.first, group.key) for group in deadline_groups(date(2022, 1, 1))} == {(2023, "pending")}


def test_several_commitments_are_read_as_each_is_read_alone(universe: Universe) -> None:
    found = records_of_commitments(["river-pipeline", "ferry-line"])
    assert set(found) == {SERIES}
    for slug in ("river-pipeline", "ferry-line"):
        alone = commitment_record(slug)
        assert alone is not None
        assert {one.slug for one in alone.meetings} <= {one.slug for one in found[SERIES].meetings}
        assert {one.pk for one in alone.mentions} <= {one.pk for one in found[SERIES].mentions}
    assert records_of_series([SERIES])[SERIES] == series_record(SERIES)
    assert records_of_series(["league"])["league"] == series_record("league")
    assert records_of_commitments(["nothing"]) == {}


def test_what_was_typed_finds_a_slug_before_a_name_and_a_name_before_a_part_of_one(universe: Universe) -> None:
    found = candidates(["ferry-line", "RIVER pipeline", "blue water line", "l", "zzz", "؟"])
    assert [one.slug for one in found["ferry-line"]] == ["ferry-line"]
    assert [one.slug for one in found["RIVER pipeline"]] == [one.slug for one in found["blue water line"]] == ["river-pipeline"]
    assert {one.slug for one in found["l"]} == {"ferry-line", "river-pipeline", "salt-mill"}
    assert found["zzz"] == found["؟"] == []
