"""The ladder chart: what it draws, as a drawing, as rows and as a file of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tests.stories import LATER, added, milestone, on, story
from tracker.charts.ladder import Drawing, ladder
from tracker.charts.ladder_alone import LOOKS, standalone
from tracker.charts.ladder_rows import rows
from tracker.charts.lanes import ACTS, Words
from tracker.history.facts import CommitmentFact, DeadlineFact, NameFact, Record
from tracker.history.results import Trace
from tracker.history.trace import trace
from tracker.vocabulary import Act, Outcome, Stage, StatedCondition

WORDS = Words(
    title="A <chart>",
    rungs=[str(stage.label) for stage in Stage],
    acts={name: name for name in ACTS},
    condition="Condition",
    inferred="%(condition)s?",
    name="Called",
    read="Read",
    promised="Promised",
    written=lambda when: when.edtf(),
)


def promise(key: str, due: int, stated: int, outcome: Outcome = Outcome.MISSED, target: str = "contract") -> DeadlineFact:
    return DeadlineFact("mill", key, target, f"{target} & more", on(due), on(stated), f"m{stated}", outcome)


def whole() -> Trace:
    """Return a story that has something for every lane."""
    told = added(
        story("tSk?.mw"),
        milestones=[milestone("stop", on(4), condition=StatedCondition.SUSPENDED, reason="Said so")],
        deadlines=[promise("a", 2, 0), promise("b", 5, 1), promise("c", 3, 2, Outcome.PENDING), promise("d", 6, 2, target="train")],
    )
    return trace(renamed(told), "mill", LATER)


def renamed(record: Record) -> Record:
    def one(fact: CommitmentFact) -> CommitmentFact:
        return replace(fact, names=(NameFact("new", "Завод «Ренессанс»", "ru", on(3)), NameFact("old", "Works", "en"))) if fact.slug == "mill" else fact

    return replace(record, commitments=tuple(one(fact) for fact in record.commitments))


def drawn(found: Trace, width: int = 880) -> tuple[Drawing, Counter[str]]:
    drawing = ladder(found, WORDS, width=width)
    return drawing, Counter(re.findall(r'class="([a-z -]+)"', "".join(drawing.parts)))


@pytest.mark.parametrize("width", [880, 350])
def test_everything_stands_on_one_axis(width: int) -> None:
    _drawing, shapes = drawn(whole(), width)
    assert (shapes["voiced"], shapes["uncounted"], shapes["said"]) == (2, 1, 1)
    assert (shapes["accepted"], shapes["stair"], shapes["band"], shapes["renamed"]) == (2, 1, 1, 1)
    assert shapes["read"] + shapes["unread"] == 6
    assert (shapes["missed"], shapes["due"], shapes["slip"], shapes["drawn-in"]) == (3, 1, 1, 1)


def test_what_is_inferred_is_drawn_otherwise_than_what_is_stated() -> None:
    _drawing, shapes = drawn(trace(story("tu" + "." * 5, 400), "mill", LATER))
    assert (shapes["supposed"], shapes["band"]) == (1, 0)


def test_an_area_has_no_rungs() -> None:
    _drawing, shapes = drawn(trace(story("te."), "industry", LATER))
    assert (shapes["rung"], shapes["stair"]) == (0, 0)
    assert shapes["voiced"] == 2


def test_nothing_that_is_written_is_taken_for_markup() -> None:
    text = ladder(whole(), WORDS, width=880).element("name", WORDS.title)
    assert "A &lt;chart&gt;" in text
    assert "contract &amp; more" in text
    assert "style=" not in text


def test_a_file_of_its_own_needs_no_sheet_and_no_script() -> None:
    drawing = ladder(whole(), WORDS, width=880)
    text = standalone(drawing, "Mill & more", "As of today", ("Source: here " * 20,))
    assert not re.search(r"class=|style|script|href", text)
    root = ET.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    said = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert said[:2] == ["Mill & more", "As of today"]
    assert said[-1].startswith("Source") or "here" in said[-1]
    assert float(root.attrib["height"]) > drawing.height


def test_every_shape_has_a_look_on_paper() -> None:
    shapes = set(drawn(whole())[1]) | set(drawn(trace(story("tu" + "." * 5, 400), "mill", LATER))[1])
    assert shapes <= set(LOOKS)


def test_the_rows_hold_what_is_drawn() -> None:
    found = rows(whole())
    kinds = Counter(row.kind for row in found)
    assert kinds == {"milestone": 2, "mention": 3, "statement": 1, "condition": 1, "name": 1, "reading": 6, "promise": 4}
    assert [row.when for row in found] == sorted(row.when for row in found)
    assert {row.meeting for row in found if not row.counts} == {"m2"}


def test_every_act_has_a_lane() -> None:
    assert frozenset().union(*ACTS.values()) == frozenset(Act)
    assert sum(len(acts) for acts in ACTS.values()) == len(Act)
