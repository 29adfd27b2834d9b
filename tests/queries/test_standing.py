"""What lists ask of the stored roll-ups, against the pure functions that the dossier asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.universe import TODAY, Universe
from tracker import summaries
from tracker.history.matrix import matrix
from tracker.history.results import Trace
from tracker.models import MentionSummary, Series, Summary
from tracker.queries.facts import series_record
from tracker.queries.lists import all_commitments
from tracker.summaries import recomputed, recomputed_mention
from tracker.vocabulary import Condition, Looked

#: A day after everything that is recorded: lists tell of today, and what is stored knows no earlier day.
RECORDED = date(2026, 12, 31)


def traces(day: date) -> Iterator[Trace]:
    """Yield the trace of every public commitment of every series."""
    for slug in Series.objects.published().values_list("slug", flat=True):
        record = series_record(slug)
        assert record is not None
        yield from matrix(record, day).rows


def told(day: date) -> dict[str, tuple[object, ...]]:
    """Return where each commitment stands, as the rows of the list tell it."""
    return {
        row.slug: (row.condition, row.quiet.days if row.quiet is not None else None, row.overdue, row.looked == Looked.ENOUGH) for row in all_commitments(day)
    }


def thought(day: date) -> dict[str, tuple[object, ...]]:
    """Return the same, from the pure functions."""
    found: dict[str, tuple[object, ...]] = {}
    for one in traces(day):
        numbers, measures = one.condition.numbers, one.measures
        enough = numbers["read_since"] >= numbers["needs_read"] and numbers["read_since"] * 100 >= numbers["eligible_since"] * numbers["needs_percent"]
        found[one.commitment.slug] = (
            one.condition.condition.value,
            measures.quiet_days,
            measures.deadlines_overdue > 0,
            enough and measures.last_voiced is not None,
        )
    return found


@pytest.mark.parametrize("later", [0, 400, 730, 731, 1461])
def test_the_drawn_world_stands_in_lists_where_its_dossiers_say(universe: Universe, later: int) -> None:
    Series.objects.update(covered_until=TODAY + timedelta(days=later))
    universe.grow(6)
    day = TODAY + timedelta(days=later + 10)
    assert told(day) == thought(day)


def test_the_shipped_record_stands_in_lists_where_its_dossiers_say(shipped: None) -> None:
    seen: set[object] = set()
    for searched in (RECORDED, RECORDED + timedelta(days=1200)):
        Series.objects.update(covered_until=searched)
        assert told(searched) == thought(searched)
        seen |= {standing[0] for standing in told(searched).values()}
    assert {Condition.PRESUMED_LAPSED.value, Condition.DORMANT.value, Condition.ACTIVE.value, Condition.DELIVERED.value} <= seen
    assert_stored_is_recomputed()


def test_a_series_too_large_to_be_held_at_once_has_the_same_roll_ups(shipped: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Summary.objects.update(voicings=999)
    monkeypatch.setattr(summaries, "MENTIONS_HELD", 40)
    summaries.refresh()
    assert_stored_is_recomputed()


def assert_stored_is_recomputed() -> None:
    """Every roll-up holds what its trace gives, those of mentions too."""
    stored = {row.pop("commitment__slug"): row for row in Summary.objects.values("commitment__slug", *(f.name for f in Summary._meta.concrete_fields[1:]))}
    told_of = {row["mention_id"]: {name: value for name, value in row.items() if name != "mention_id"} for row in MentionSummary.objects.values()}
    for one in traces(date.max):
        assert stored[one.commitment.slug] == recomputed(one)
        for occasion in one.occasions:
            if occasion.mention.commitment == one.commitment.slug:
                assert told_of.pop(occasion.mention.pk or 0) == recomputed_mention(occasion)
    assert told_of == {}
