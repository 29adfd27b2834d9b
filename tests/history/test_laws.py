"""Laws that hold of every story, however it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories import AREA, LATER, MILL, added, cite, day, meeting, mention, on, own_text, read, story
from tracker.history.columns import columns
from tracker.history.facts import Record
from tracker.history.matrix import matrix
from tracker.history.results import Cell, Trace
from tracker.history.thresholds import THRESHOLDS
from tracker.history.trace import trace
from tracker.vocabulary import CellState, Grade, Reach, Standing

MEETINGS = "tmcd.sw?uveTobrkx"
LETTERS = st.text(MEETINGS + "SG", max_size=14)
UNHEARD = (
    {"standing": Standing.CLAIMED},
    {"standing": Standing.REJECTED},
    {"citations": (cite(own_text("pakistan"), reach=Reach.BACKGROUND),)},
    {"citations": (cite(own_text("russia"), reach=Reach.RECALLED),)},
)
law = settings(deadline=None, max_examples=60)


def both(record: Record) -> list[Trace]:
    """Return the traces of the project and of its area."""
    return [trace(record, slug, LATER) for slug in ("mill", "industry")]


def decided(cells: tuple[Cell, ...]) -> list[Cell]:
    """Return the cells without their reasons: where no mention was known, the reason for ``before`` changes once one is."""
    return [replace(cell, because=()) for cell in cells]


@law
@given(LETTERS)
def test_every_column_has_one_cell_and_every_cell_a_reason(letters: str) -> None:
    record = story(letters)
    for found in both(record):
        assert [cell.meeting for cell in found.cells] == [column.slug for column in columns(record, LATER)]
        assert all(cell.because and all(reason.ref for reason in cell.because) for cell in found.cells)


@law
@given(LETTERS, st.integers())
def test_the_order_of_input_does_not_matter(letters: str, seed: int) -> None:
    record = added(story(letters), meetings=[meeting("room", on(1), part_of="m0"), meeting("twin", on(0))], mentions=[mention("twin"), mention("room")])
    shuffled = record
    for name in ("meetings", "reports", "commitments", "mentions", "milestones"):
        rows = list(getattr(record, name))
        Random(seed).shuffle(rows)
        shuffled = replace(shuffled, **{name: tuple(rows)})  # type: ignore[arg-type]
    assert both(shuffled) == both(record)


@law
@given(LETTERS, st.sampled_from([Grade.NONE, Grade.WEAK, Grade.SOFT, Grade.FIRM]))
def test_nothing_is_silent_or_echoed_without_a_reading_that_counts(letters: str, threshold: Grade) -> None:
    limits = replace(THRESHOLDS, reading=threshold)
    record = added(story(letters), commitments=[replace(MILL, slug="late", listed_on=LATER)])
    for row in matrix(record, LATER, limits).rows:
        for cell in row.cells:
            if cell.state in {CellState.SILENT, CellState.ECHOED}:
                assert cell.grade >= max(threshold, Grade.WEAK)
                assert row.commitment.listed_on < LATER


@law
@given(LETTERS)
def test_a_cell_enters_n_only_if_it_was_read_after_the_first_voicing(letters: str) -> None:
    for found in both(story(letters)):
        first = found.measures.first_voiced
        for cell, column in zip(found.cells, found.columns, strict=True):
            if cell.counted:
                assert cell.grade >= Grade.SOFT
                assert first is not None
                assert column.when > first


@law
@given(LETTERS)
def test_the_numbers_hang_together(letters: str) -> None:
    for found in both(story(letters)):
        numbers = found.measures
        assert numbers.voiced_of_read + numbers.echoed <= numbers.read <= numbers.eligible
        assert numbers.quiet_meetings <= min(numbers.read - numbers.voiced_of_read, numbers.eligible_since)
        assert numbers.idle_restatements <= numbers.voiced_meetings
        assert numbers.called_for <= numbers.voiced_meetings
        assert all(share is None or 0 <= share <= 1 for share in (numbers.recurrence, numbers.coverage, numbers.echo_rate, numbers.gap_surprise))


@law
@given(LETTERS, st.text(MEETINGS.replace("d", "") + "SG", min_size=1, max_size=4))
def test_a_later_meeting_never_changes_an_earlier_cell(letters: str, more: str) -> None:
    for earlier, later in zip(both(story(letters)), both(story(letters + more)), strict=True):
        kept = later.cells[: len(earlier.cells)]
        assert decided(kept) == decided(earlier.cells)
        known = [cell for cell in earlier.cells if cell.state != CellState.BEFORE]
        assert [cell for cell in kept if cell.state != CellState.BEFORE] == known


@law
@given(LETTERS, st.integers(-1, 15))
def test_as_of_is_the_same_as_not_yet_having_happened(letters: str, number: int) -> None:
    told = story(letters)
    known = story(letters[: number + 1])
    assert trace(told, "mill", day(number)) == trace(known, "mill", day(number))


@law
@given(LETTERS, st.integers(0, 13), st.sampled_from(UNHEARD))
def test_what_was_not_voiced_or_not_accepted_never_counts(letters: str, number: int, unheard: dict[str, object]) -> None:
    record = story(letters)
    taken = {one.meeting for one in record.mentions if one.commitment == "mill"}
    if f"m{number}" in taken or number >= len(letters):
        return
    more = added(record, mentions=[replace(mention(f"m{number}"), **unheard)])  # type: ignore[arg-type]
    for before, after in zip(both(record), both(more), strict=True):
        assert (after.cells, after.measures, after.condition, after.stage) == (before.cells, before.measures, before.condition, before.stage)


@law
@given(LETTERS, st.integers(0, 13))
def test_an_areas_own_mention_never_voices_its_project(letters: str, number: int) -> None:
    record = story(letters)
    taken = {one.meeting for one in record.mentions if one.commitment == "industry"}
    if f"m{number}" in taken or number >= len(letters):
        return
    named = added(record, mentions=[mention(f"m{number}", commitment="industry")])
    before, after = trace(record, "mill", LATER), trace(named, "mill", LATER)
    assert [cell.state == CellState.VOICED for cell in after.cells] == [cell.state == CellState.VOICED for cell in before.cells]
    assert (after.occasions, after.measures.read, after.measures.voiced_of_read) == (before.occasions, before.measures.read, before.measures.voiced_of_read)


@law
@given(st.text(MEETINGS, min_size=1, max_size=10), st.integers(0, 9))
def test_a_room_never_counts_beside_its_journey(letters: str, number: int) -> None:
    journey = f"m{number % len(letters)}"
    record = story(letters)
    when = next(one.starts for one in record.meetings if one.slug == journey)
    room = meeting("room", when, part_of=journey)
    voiced = added(record, mentions=[] if _is_voiced(record, journey) else [mention(journey)])
    through_room = added(voiced, meetings=[room], mentions=[mention("room")])
    for before, after in zip(both(voiced), both(through_room), strict=True):
        assert len(after.cells) == len(before.cells)
        assert [cell.state for cell in after.cells] == [cell.state for cell in before.cells]
        assert after.measures == before.measures


@law
@given(LETTERS)
def test_a_later_reading_only_adds_knowledge(letters: str) -> None:
    """Reading what nobody had looked at turns unknown cells into known ones and changes nothing else."""
    record = story(letters)
    unread = [slug for number, letter in enumerate(letters) if letter == "?" for slug in [f"m{number}"]]
    reread = added(record, reports=[read(slug, own_text(side, f"{slug}-{side}")) for slug in unread for side in ("pakistan", "russia")])
    for before, after in zip(both(record), both(reread), strict=True):
        for old, new in zip(before.cells, after.cells, strict=True):
            assert new.state in ({CellState.SILENT} if old.state == CellState.UNOBSERVED and new.meeting in unread else {old.state})


@law
@given(LETTERS)
def test_a_mention_in_another_series_is_never_counted(letters: str) -> None:
    record = story(letters)
    guest = meeting("guest", on(len(letters)), series="sco-heads-of-state")
    more = added(record, meetings=[guest], mentions=[mention("guest")])
    before, after = trace(record, "mill", LATER), trace(more, "mill", LATER)
    assert decided(after.cells) == decided(before.cells)
    assert (after.measures.voiced_meetings, after.measures.statements) == (before.measures.voiced_meetings, before.measures.statements)
    assert after.measures.last_voiced == on(len(letters))


@law
@given(LETTERS, st.integers(0, 400))
def test_days_never_run_past_what_was_searched(letters: str, days: int) -> None:
    record = story(letters)
    searched = replace(record, series=replace(record.series, covered_until=day(0) + timedelta(days=days)))
    found = trace(searched, "mill", LATER)
    assert found.until == searched.series.covered_until
    assert found.measures.quiet_days is None or 0 <= found.measures.quiet_days <= days
    assert AREA.slug == found.commitment.parent


def _is_voiced(record: Record, slug: str) -> bool:
    return any(
        one.meeting == slug and one.commitment == "mill" and one.standing == Standing.ACCEPTED and one.citations[0].reach == Reach.VOICED
        for one in record.mentions
    )
