"""The data set in numbers, and the command that prints them."""

from __future__ import annotations

import json
from io import StringIO

from django.core.management import call_command

from tests.costs import cost
from tests.universe import SERIES, Universe
from tracker.history.columns import columns
from tracker.models import Commitment, Meeting, Mention
from tracker.queries.description import description
from tracker.queries.facts import series_record
from tracker.vocabulary import Grade, PublicationState


def test_every_public_record_is_counted_and_no_draft(universe: Universe) -> None:
    before = description()
    assert before["meetings_and_statements"] == Meeting.objects.published().count() > 0
    assert sum(before["mentions"].values()) == Mention.objects.published().count() > 0
    assert before["commitments"]["area"] == Commitment.objects.areas().published().count() > 0
    Mention.objects.filter(pk=Mention.objects.order_by("pk").values_list("pk", flat=True)[0]).update(state=PublicationState.DRAFT)
    assert sum(description()["mentions"].values()) == sum(before["mentions"].values()) - 1


def test_the_readings_of_a_series_are_those_of_its_columns(universe: Universe) -> None:
    record = series_record(SERIES)
    assert record is not None
    held = columns(record, record.series.covered_until)
    told = next(series for series in description()["series"] if series["slug"] == SERIES)
    assert told["meetings_held"] == len(held)
    assert told["read"] == {grade.word: sum(column.grade == grade for column in held) for grade in Grade}
    assert sum(told["read"].values()) == len(held)


def test_the_command_prints_the_same_numbers_twice(universe: Universe) -> None:
    as_json, as_text = StringIO(), StringIO()
    call_command("describe_data", "--format", "json", stdout=as_json)
    assert json.loads(as_json.getvalue()) == description()
    call_command("describe_data", stdout=as_text)
    assert f"mentions: {Mention.objects.published().count()} (" in as_text.getvalue()
    assert f"meetings held: {description()['series'][0]['meetings_held']}" in as_text.getvalue()


def test_the_description_costs_the_same_with_more_meetings(universe: Universe) -> None:
    universe.grow(3)
    small = cost(description)
    universe.grow(30)
    assert len(cost(description)) == len(small)
