"""Which records look like two of one: by folded names, within what two of one share, and never more than a bound lets be compared."""

from __future__ import annotations

from typing import Any

import pytest

from tests.curation.twins import merged, somebodys
from tests.universe import SERIES, Universe, table
from tracker.curation import duplicates
from tracker.curation.duplicates import Name, Pair, count, keep_apart, like, pairs
from tracker.models import Apart, Commitment, Participant, Source


def named(kind: str) -> set[tuple[str, str]]:
    models: dict[str, Any] = duplicates.MODELS
    return {(models[kind].objects.get(pk=one.first).slug, models[kind].objects.get(pk=one.second).slug) for one in pairs(kind)}


def alike() -> str:
    listed: dict[str, Any] = {"parties": ["northmark"], "listed_on": "2026-01-01", "kind": "project", "criteria": "It runs."}
    press: dict[str, Any] = {"publisher": "Herald", "kind": "newspaper"}
    return "\n".join(
        [
            # The other name of a record counts, whatever its accents and the order of its words.
            table("commitment", slug="water-line", name="Blué line: water", series=SERIES, parent="energy", **listed),
            # The like of it in another series, and an area, are something else.
            table("commitment", slug="league-area", name="Water", kind="area", series="league", parties=["league"], listed_on="2026-01-01"),
            table("commitment", slug="league-mill", name="Salt mills", series="league", parent="league-area", **listed),
            table("commitment", slug="transports", name="Transports", series=SERIES, parent="transport", **listed),
            table("participant", slug="vane", name="Ada Vanes", home_party="northmark"),
            table("participant", slug="ada-vane-south", name="Ada Vane", home_party="southland"),
            table("participant", slug="vejn", name="Вейн Ада", home_party="northmark"),
            table("source", slug="herald-22-b", title="HERALD of  2022", published="2022-06-03", **press),
            table("source", slug="herald-23", title="Herald of 2022", published="2023-06-03", **press),
            table("source", slug="herald-copy", title="Herald of 2022", published="2022-06", derived_from="herald-22", **press),
            table("source", slug="wire-b", title="Something else", publisher="Wire", kind="wire", url="https://example.org/wire", published="2024"),
        ]
    )


def test_the_like_are_found_by_any_name_and_the_unlike_are_left_alone(universe: Universe, django_assert_max_num_queries: Any) -> None:
    assert count() == 0
    universe.add(alike(), "alike")
    assert named("commitment") == {("river-pipeline", "water-line")}
    again = {("ada-vane", "ada-vane-south"), ("vane", "ada-vane-south")}
    assert named("participant") == {("ada-vane", "vane"), ("ada-vane", "vejn")} | again
    assert named("source") == {("herald-22", "herald-22-b"), ("herald-22-b", "herald-copy"), ("wire-24", "wire-b")}
    with django_assert_max_num_queries(10):
        assert count() == 8
    row, first = Participant.objects.get(slug="vane"), Participant.objects.get(slug="ada-vane")
    assert [(other.slug, percent) for other, percent in like(row)] == [("ada-vane", 94), ("ada-vane-south", 94)]
    keep_apart(Pair("participant", first.pk, row.pk, 94), " Mother and  daughter. ", somebodys())
    keep_apart(Pair("participant", first.pk, row.pk, 94), "Said again.", somebodys("another"))
    assert Apart.objects.get().reason == "Mother and daughter."
    assert ([other.slug for other, _percent in like(row)], named("participant")) == (["ada-vane-south"], {("ada-vane", "vejn")} | again)
    merged(first, Participant.objects.get(slug="vejn"))
    Commitment.objects.filter(slug="water-line").update(state="withdrawn", withdrawn_reason="No.")
    assert (named("participant"), named("commitment")) == (again, set())
    assert [other.slug for other, _percent in like(Source.objects.get(slug="wire-b"))] == ["wire-24"]


def test_what_is_compared_grows_with_the_names_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Name(number, f"ivan petrov {number:05}") for number in range(1_000)]
    tried = sum(1 for _both in duplicates._candidates(many))
    assert tried <= len(many) * 3 * duplicates.FEW
    close = {(one.pk, other.pk) for one, other in duplicates._candidates(many)}
    assert {(number, number + 1) for number in range(999)} <= close


def test_only_the_records_added_last_are_looked_at(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    universe.add(alike(), "alike")
    monkeypatch.setattr(duplicates, "NEWEST", 2)
    assert named("source") == set()
    assert len({one.pk for one in duplicates._names("source")}) == 2
    assert {other.slug for other, _percent in like(Participant.objects.get(slug="ada-vane"))} == {"vejn", "ada-vane-south"}
