"""Where several commitments were voiced together."""

from __future__ import annotations

from dataclasses import replace

from tests.stories import AREA, LATER, MILL, added, mention, own_text, story
from tests.stories import cite as said
from tracker.history.facts import Record
from tracker.history.together import voiced_together
from tracker.history.trace import trace
from tracker.vocabulary import Reach, Standing


def told(letters: str, **voiced: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return where the mill of the story and further commitments, voiced at the meetings whose numbers their words hold, met."""
    others = tuple(replace(MILL, slug=slug) for slug in voiced)
    record = replace(story(letters), commitments=(AREA, MILL, *others))
    record = added(record, mentions=[mention(f"m{number}", commitment=slug) for slug, numbers in voiced.items() for number in numbers])
    return met(record, "mill", *voiced)


def met(record: Record, *slugs: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.meeting.slug, one.voiced) for one in voiced_together([trace(record, slug, LATER) for slug in slugs])]


def test_it_names_the_places_where_two_or_more_were_voiced_in_the_order_of_time() -> None:
    assert told("t.tt", lathe="023", rail="3") == [("m0", ("mill", "lathe")), ("m2", ("mill", "lathe")), ("m3", ("mill", "lathe", "rail"))]


def test_statements_and_meetings_of_other_series_are_places_too() -> None:
    assert told("SG", lathe="01") == [("m0", ("mill", "lathe")), ("m1", ("mill", "lathe"))]


def test_what_does_not_count_is_not_voiced_together() -> None:
    assert told("tbrk", lathe="0123") == [("m0", ("mill", "lathe"))]
    record = replace(story("t"), commitments=(AREA, MILL, replace(MILL, slug="lathe")))
    claimed = mention("m0", commitment="lathe", standing=Standing.CLAIMED)
    recalled = mention("m0", said(own_text("russia"), reach=Reach.RECALLED), commitment="lathe")
    assert met(added(record, mentions=[claimed]), "mill", "lathe") == []
    assert met(added(record, mentions=[recalled]), "mill", "lathe") == []


def test_rooms_of_one_journey_are_one_place() -> None:
    record = story("t.")
    room = replace(record.meetings[1], slug="room", part_of="m0")
    record = replace(record, meetings=(record.meetings[0], room), commitments=(AREA, MILL, replace(MILL, slug="lathe")))
    assert met(added(record, mentions=[mention("room", commitment="lathe")]), "mill", "lathe") == [("m0", ("mill", "lathe"))]


def test_an_area_takes_part_only_where_it_was_named_itself() -> None:
    assert met(story("t"), "industry", "mill") == []
    assert met(added(story("t"), mentions=[mention("m0", commitment="industry")]), "industry", "mill") == [("m0", ("industry", "mill"))]
