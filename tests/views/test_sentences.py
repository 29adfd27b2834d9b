"""What a dossier says of its commitment, held to stories."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories import LATER, added, cite, day, meeting, mention, milestone, on, paper, run, story
from tracker.dates import UncertainDate, parse_edtf
from tracker.history.facts import DeadlineFact
from tracker.history.trace import trace
from tracker.views.sentences import condition_reason, opening
from tracker.vocabulary import CommitmentKind, Outcome, Stage


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("t", "Voiced at one meeting that we know of, on 1 January 2020."),
        ("tt", "Voiced at at least 2 meetings since January 2020."),
        ("tTt", "Voiced at at least 3 meetings (1 called for it) since January 2020."),
        ("tSt", "Voiced at at least 2 meetings and in 1 statement since January 2020."),
        ("SS", "Voiced in 2 statements since January 2020, at no meeting that we know of."),
        (".", "No mention of it is known as of this day."),
        ("mt", "Rung 2 (memorandum) reached 1 January 2020; never confirmed above."),
        ("mtm", "Rung 2 (memorandum) reached 1 January 2020; new paper 19 July 2020; never confirmed above."),
        ("tt", "Never confirmed above rung 1 (declared)."),
        ("td", "Delivered."),
        ("mtt", "Restated at 2 meetings since it last moved."),
        ("ttt", "Restated at 2 meetings after the first, with no known move."),
        ("t.", "Not voiced at the one meeting read since."),
        ("t..", "Not voiced at any of the 2 meetings read since."),
        ("tt....", "After the first mention: voiced at 1 of 5 read meetings (coverage 100 %)."),
        ("tt??.", "After the first mention: voiced at 1 of 4 known meetings; 2 read in full."),
    ],
)
def test_the_opening_says(letters: str, expected: str) -> None:
    assert expected in opening(run(letters))


def test_a_day_known_to_lie_within_a_month_is_told_by_the_month() -> None:
    record = story("?u")
    early = meeting("early", UncertainDate(parse_edtf("2011-04").earliest, parse_edtf("2011-04-19").latest))
    record = added(record, meetings=[early], mentions=[mention("early", cite(paper()))])
    assert opening(trace(record, "mill", LATER))[0] == "Voiced at at least 2 meetings since April 2011."
    across = replace(early, slug="across", starts=UncertainDate(parse_edtf("2010-12-30").earliest, parse_edtf("2011-01-02").latest))
    record = added(record, meetings=[across], mentions=[mention("across", cite(paper()))])
    assert "since 30 December 2010 – 2 January 2011" in opening(trace(record, "mill", LATER))[0]


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ("m", "The one promised date that is resolved was missed."),
        ("k", "The one promised date that is resolved was met, in time or late."),
        ("mm", "All 2 resolved dates were missed."),
        ("kk", "None of the 2 resolved dates was missed."),
        ("mkk", "Of 3 resolved dates, 1 was missed."),
        ("mmk", "Of 3 resolved dates, 2 were missed."),
        ("p", "1 promised date has passed unresolved."),
    ],
)
def test_the_opening_says_what_became_of_promised_dates(outcomes: str, expected: str) -> None:
    words = {"m": Outcome.MISSED, "k": Outcome.MET, "p": Outcome.PENDING}
    promises = [DeadlineFact("mill", f"d{place}", f"t{place}", "It", on(1), on(0), "m0", words[letter]) for place, letter in enumerate(outcomes)]
    assert expected in opening(trace(added(story("u"), deadlines=promises), "mill", LATER))


def test_a_process_takes_place_and_is_never_called_unfinished() -> None:
    record = story("tt")
    process = replace(record.commitments[-1], kind=CommitmentKind.PROCESS)
    held = [milestone(f"s{place}", on(place), stage=Stage.UNDER_WAY, meeting=f"m{place}") for place in (0, 1)]
    found = trace(added(replace(record, commitments=(record.commitments[0], process)), milestones=held), "mill", LATER)
    assert "Known to take place since 1 January 2020, last 10 April 2020." in opening(found)
    assert not any("confirmed" in sentence for sentence in opening(found))


@pytest.mark.parametrize(
    ("letters", "step", "expected"),
    [
        ("u", 100, "nothing states otherwise, and no meeting since the last known mention was read"),
        ("u?..", 400, "since the last known mention 2 of 3 meetings at which it could have come up were read, and to infer silence it takes 3, and 50 %"),
        ("u????...", 400, "since the last known mention 3 of 7 meetings at which it could have come up were read, and to infer silence it takes 3, and 50 %"),
        ("uu...", 100, "300 days without a known mention, from 730 days on it would be dormant"),
        ("u...", 300, "inferred from 900 days without a known mention; 3 meetings read of 3 at which it could have come up"),
        ("u...", 100, "inferred: voiced once, and not again at the meetings read since; 3 meetings read of 3 at which it could have come up"),
        (
            "uuu.ee",
            100,
            "inferred: voiced 3 times, and in the last 2 read meetings only its area was named; 3 meetings read of 3 at which it could have come up",
        ),
        (".", 100, ""),
    ],
)
def test_a_condition_says_why_with_its_numbers(letters: str, step: int, expected: str) -> None:
    assert condition_reason(run(letters, step)).endswith(expected)
    assert bool(condition_reason(run(letters, step))) is bool(expected)


def test_a_stated_condition_names_the_day_it_was_stated() -> None:
    assert condition_reason(run("td")) == "stated by a milestone of 10 April 2020"
    assert on(1).earliest == day(1)
