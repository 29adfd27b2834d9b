"""What the five documents alone show, drawn by hand before the engine was asked: nothing of what other sources say is on view.

v voiced, t voiced only through something under it, e only its area named, s read and not voiced, ? not known, dot before the first mention we know.
"""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tracker.models import Deadline, Meeting, Milestone, Source
from tracker.vocabulary import PublicationState

LETTERS = {"voiced": "v", "echoed": "e", "silent": "s", "unobserved": "?", "before": ".", "closed": "c", "ineligible": "x"}
DOCUMENTS = [
    "the-current-2022-02-25",
    "diplomatic-insight-2023-04-14",
    "business-recorder-2024-10-17",
    "urdupoint-2025-09-02",
    "pkpressclub-2025-09-02",
]
#: The day of the last of them.
LAST_DAY = "2025-09-02"
MEETINGS = ["moscow-2022-02-24", "samarkand-2023-04-13", "astana-2024-07-03", "islamabad-2024-10-16", "beijing-2025-09-02"]
DRAWN = """
                                          M S A I B
agriculture                               . . . . v
artificial-intelligence                   . . . . v
banking-cooperation                       . . . v s
brics-membership-support                  . . . v e
connectivity                              . . . v v
culture                                   . v ? s v
defence                                   . . . v v
direct-flights                            . . . v e
education                                 . . . v v
energy                                    v v ? v v
finance                                   . . . t s
food-security                             . v ? s s
industry                                  . . . v t
investment                                . v ? v v
karachi-steel-mill                        . . . . v
language-exchanges                        . . . v e
multilateral-coordination                 v v ? v v
official-visit-to-russia                  . . . . v
pakistan-stream-gas-pipeline              v ? ? e e
parliamentary-contacts                    . . . . v
people-to-people                          . . . v v
political-dialogue                        . v ? v v
science-technology                        . . . v t
security                                  . v ? s s
six-country-trade-corridor                . . . . v
trade                                     . v ? v v
visit-to-sco-heads-of-government-2025     . . . . v
"""


def drawn() -> dict[str, list[str]]:
    """Return the letters of each commitment, oldest meeting first."""
    rows = [line.split() for line in DRAWN.strip().splitlines()[1:]]
    return {slug: letters for slug, *letters in rows}


@pytest.fixture
def matrix(shipped: None) -> dict[str, Any]:
    _leave_the_five_documents()
    out = StringIO()
    call_command("matrix", "pakistan-russia", "--as-of", LAST_DAY, "--format", "json", stdout=out)
    document: dict[str, Any] = json.loads(out.getvalue())
    return document


def _leave_the_five_documents() -> None:
    """Take every source, meeting, milestone and promise that the five documents do not show out of public view."""
    Source.objects.exclude(slug__in=DOCUMENTS).update(state=PublicationState.DRAFT)
    Meeting.objects.exclude(slug__in=MEETINGS).update(state=PublicationState.DRAFT)
    for steps in (Milestone.objects, Deadline.objects):
        steps.exclude(citations__source__slug__in=DOCUMENTS).update(state=PublicationState.DRAFT)


def test_the_documents_give_the_matrix_that_was_drawn_by_hand(matrix: dict[str, Any]) -> None:
    assert [column["slug"] for column in matrix["meetings"]] == MEETINGS
    found = {row["slug"]: [letter(cell) for cell in row["cells"]] for row in matrix["commitments"]}
    assert {slug: found[slug] for slug in drawn()} == drawn()
    assert {slug for slug, letters in found.items() if set(letters) != {"."}} == set(drawn())


def letter(cell: dict[str, Any]) -> str:
    return "t" if cell["rule"] == "voiced_through" else LETTERS[cell["state"]]


def test_every_cell_says_why(matrix: dict[str, Any]) -> None:
    cells = [cell for row in matrix["commitments"] for cell in row["cells"]]
    assert len(cells) >= len(drawn()) * len(MEETINGS)
    assert all(cell["because"] for cell in cells)


def test_the_numbers_of_the_pipeline_follow_from_its_row(matrix: dict[str, Any]) -> None:
    row = next(row for row in matrix["commitments"] if row["slug"] == "pakistan-stream-gas-pipeline")
    assert (row["stage"], row["condition"]) == ("declared", "active")
    expected = {
        "voiced_meetings": 1,
        "called_for": 0,
        "statements": 0,
        "read": 2,
        "eligible": 4,
        "voiced_of_read": 0,
        "quiet_meetings": 2,
        "idle_restatements": 0,
    }
    assert {name: row["measures"][name] for name in expected} == expected
    # 24 February 2022 to 2 September 2025, the day of the last document
    assert row["measures"]["quiet_days"] == 1286
    assert row["measures"]["last_moved"] is None


def test_the_talks_in_astana_are_never_called_silent(matrix: dict[str, Any]) -> None:
    astana = [row["cells"][MEETINGS.index("astana-2024-07-03")] for row in matrix["commitments"]]
    assert {cell["state"] for cell in astana} == {"before", "unobserved"}
    assert {cell["grade"] for cell in astana} == {"none"}
