"""What the charts draw, held to small examples: every mark stands where its value says, and every file stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from math import dist
from xml.etree import ElementTree as ET

import pytest

from config.settings import BASE_DIR
from tests.stories import LATER, milestone, on, run, story
from tests.stories import added as with_rows
from tracker.charts import bands, bars, pace, plot, spans
from tracker.charts.standalone import LOOKS, stand_alone
from tracker.history.facts import DeadlineFact
from tracker.history.matrix import matrix
from tracker.history.pace import beats
from tracker.history.trace import trace
from tracker.history.yearly import Interval
from tracker.vocabulary import Outcome, Stage

WIDTHS = (plot.WIDE, plot.NARROW)
LAYERS = [bars.Layer("missed & <late>", "missing", {2020: 3, 2022: 1}, 4), bars.Layer("met", "hatch", {2020: 1}, 1)]
SIGNS = {sign: sign for sign in bands.SIGNS}
BANDS = bands.Words("Bands", [str(stage.label) for stage in Stage], SIGNS, lambda row, place: f"cell {place}", lambda one: one.meeting.slug, str)
PACE = pace.Words("Pace", "voiced", "read", "carried", [(sign, sign) for sign in pace.SIGNS], lambda beat: beat.column.slug, lambda rate: f"{rate:.0%}")
SPANS = spans.Words("Spans", "ink", "works", "years", lambda days: f"{days} days")
WAITS = [Interval("a", "Mill", date(2020, 1, 1), date(2021, 1, 1), date(2023, 1, 1)), Interval("b", "Rail", date(2020, 1, 1), date(2024, 1, 1), None)]


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)


def told(drawing: str) -> list[str]:
    """Return what those who point at a mark are told, the title of the whole left out."""
    return [one.text or "" for one in parsed(drawing).iter("title")][1:]


def every_drawing() -> Iterable[str]:
    record = with_rows(story("t?.wsetTSGbdt"), milestones=[milestone("claim", on(3), stage=Stage.CONTRACTED)])
    promise = DeadlineFact("mill", "k", "t", "First steel", on(9), on(2), outcome=Outcome.MISSED)
    traces = [trace(with_rows(record, deadlines=[promise]), slug, LATER) for slug in ("mill", "industry")]
    whole = matrix(record, LATER)
    for width in WIDTHS:
        yield bars.stacked("s", width, "Stacked", [2020, 2021, 2022], LAYERS)
        yield bars.multiples("m", width, "Multiples", [2020, 2021, 2022], LAYERS)
        yield spans.spans("w", width, WAITS, SPANS)
        yield bands.bands("b", width, traces, BANDS)
        yield pace.pace("p", width, [(whole, beats(whole)), (matrix(story(""), LATER), ())], PACE)


def test_every_drawing_is_well_formed_named_and_inside_its_frame() -> None:
    for drawing in every_drawing():
        root = parsed(drawing)
        _left, _top, width, height = map(float, root.attrib["viewBox"].split())
        assert root.attrib["role"] == "img"
        assert root[0].attrib["id"] == root.attrib["aria-labelledby"]
        for one in root.iter("rect"):
            assert 0 <= float(one.attrib["x"]) <= width - float(one.attrib["width"]) + 0.1
            assert 0 <= float(one.attrib["y"]) <= height
        assert all(float(one.attrib["y"]) <= height for one in root.iter("text"))
        assert "style" not in drawing


def test_every_class_that_is_drawn_looks_the_same_on_the_page_and_in_a_file() -> None:
    classes = {name for drawing in every_drawing() for found in re.findall(r' class="([^"]+)"', drawing) for name in found.split()} - {"drawn"}
    sheet = (BASE_DIR / "tracker/static/tracker/reaffirmed.css").read_text("utf-8")
    styled = set(re.findall(r"\.([\w-]+)", " ".join(re.findall(r"\.drawn ([^{]+)\{", sheet))))
    assert classes - {"axis"} <= styled
    assert classes <= set(LOOKS)


def test_a_file_has_its_paper_its_caption_and_no_class() -> None:
    for drawing in every_drawing():
        file = stand_alone(drawing, "Of 5 dates, &lt;4&gt; were missed and so on, in words that need a second line to stand in at all", "Origin")
        root = ET.fromstring(file)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert not re.search(r"class=|style|script|href", file)
        words = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
        assert any("<4>" in one for one in words)
        assert "Origin" in words


def test_what_was_not_drawn_here_does_not_stand_alone() -> None:
    with pytest.raises(ValueError, match="stand alone"):
        stand_alone("<svg></svg>", "", "")


def test_bars_are_as_high_as_their_numbers_and_stand_on_each_other() -> None:
    root = parsed(bars.stacked("s", plot.WIDE, "Stacked", [2020, 2021, 2022], LAYERS))
    boxes = {one[0].text: one.attrib for one in root.iter("rect") if len(one)}
    assert set(boxes) == {"2020, missed & <late>: 3", "2022, missed & <late>: 1", "2020, met: 1"}
    three, one, met = (boxes[name] for name in ("2020, missed & <late>: 3", "2022, missed & <late>: 1", "2020, met: 1"))
    assert float(three["height"]) == pytest.approx(3 * float(one["height"]), abs=0.2)
    assert float(met["y"]) + float(met["height"]) == pytest.approx(float(three["y"]), abs=0.2)
    assert met["fill"] == "url(#s-hatch)"
    totals = [text.text for text in root.iter("text") if text.attrib["class"] == "middle total"]
    assert totals == ["4", "1"]


def test_a_small_row_numbers_its_fullest_year_and_its_total() -> None:
    root = parsed(bars.multiples("m", plot.WIDE, "Multiples", [2020, 2021, 2022], LAYERS))
    assert [text.text for text in root.iter("text") if text.attrib["class"] == "middle small"] == ["3", "1"]
    assert [text.text for text in root.iter("text") if text.attrib["class"] == "label reached"][1::2] == ["4", "1"]


def test_a_span_is_as_long_as_it_took() -> None:
    drawing = spans.spans("w", plot.WIDE, WAITS, SPANS)
    lines = [tuple(map(float, found)) for found in re.findall(r'class="span" d="M([\d.]+) [\d.]+H([\d.]+)"', drawing)]
    first, second = (end - start for start, end in lines)
    assert second / first == pytest.approx(1461 / 366, rel=0.01)
    assert drawing.count('class="works"') == 2


@pytest.mark.parametrize(
    ("letters", "sign"),
    [("t.", "silent-firm"), ("ts", "silent-soft"), ("t?", "unread"), ("tw", "unread"), ("te", "echoed"), ("to", "not-its"), ("td.", "closed")],
)
def test_the_bands_never_confuse_what_was_left_out_with_what_nobody_read(letters: str, sign: str) -> None:
    drawing = bands.bands("b", plot.WIDE, [run(letters)], BANDS)
    unvoiced = {"silent-firm", "silent-soft", "unread", "echoed", "not-its", "closed"}
    assert {text.text for text in parsed(drawing).iter("text")} & unvoiced == {sign}
    assert f"cell {len(letters) - 1}" in told(drawing)


def test_the_bands_tell_every_occasion_and_what_moved() -> None:
    drawing = bands.bands("b", plot.WIDE, [run("tmSbG")], BANDS)
    assert [one for one in told(drawing) if one.startswith("m")] == ["m0", "m1", "m2", "m3", "m4"]
    assert {"talk", "paper", "statement", "not-counted", "moved", "rungs"} <= {text.text for text in parsed(drawing).iter("text")}


def test_occasions_close_to_each_other_do_not_cover_each_other() -> None:
    drawing = bands.bands("b", plot.WIDE, [run("tttttt", step=3)], BANDS)
    spots = [tuple(map(float, found)) for found in re.findall(r'translate\(([\d.]+) ([\d.]+)\)" class="voiced"', drawing)][:6]
    assert len({y for _x, y in spots}) > 1
    assert all(dist(one, other) >= 12 for one, other in combinations(spots, 2))


def test_several_bands_share_one_axis() -> None:
    early, late = run("t"), run("t........t", 400)
    drawing = bands.bands("b", plot.WIDE, [early, late], BANDS)
    first, last = date(2020, 1, 1).year, late.columns[-1].when.earliest.year
    years = [text.text for text in parsed(drawing).iter("text") if text.attrib["class"] == "middle"]
    assert (years[0], years[-1]) == (str(first), str(last))


@pytest.mark.parametrize(("most", "step"), [(0, 1), (3, 1), (4, 1), (5, 2), (25, 10), (132, 50), (100_000, 50_000)])
def test_an_axis_has_round_steps(most: int, step: int) -> None:
    assert plot.round_step(most) == step


def test_a_long_entry_of_the_key_is_broken_and_no_word_lost() -> None:
    parts, bottom = plot.key([plot.Key("", "one " * 30)], 0, 200, 0)
    assert "".join(parts).count("one") == 30
    assert "".join(parts).count("<text") > 1
    assert bottom > plot.KEY_LINE
