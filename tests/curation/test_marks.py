"""Known names found in a text, in any script and ending. The sentences are made up for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.curation.reading.marks import Hit, Known, Names, Sort, by_record, pieces
from tracker.curation.reading.stems import Stems
from tracker.curation.reading.triggers import Triggers
from tracker.vocabulary import Act, Strength

MILL, PIPELINE, FLIGHTS, TRADE, CORRIDOR = range(1, 6)
KNOWN = [
    *(Known(Sort.COMMITMENT, MILL, name) for name in ("Pakistan Steel Mill", "Карачинский металлургический завод", "پاکستان اسٹیل ملز")),
    *(Known(Sort.COMMITMENT, PIPELINE, name) for name in ("Pakistan Stream", "газопровод «Пакистанский поток»", "پاکستان اسٹریم گیس پائپ لائن")),
    *(Known(Sort.COMMITMENT, FLIGHTS, name) for name in ("Direct flights", "прямое авиасообщение", "براہ راست پروازیں")),
    Known(Sort.COMMITMENT, TRADE, "Trade"),
    Known(Sort.COMMITMENT, CORRIDOR, "trade corridor"),
    Known(Sort.PARTY, 1, "Pakistan"),
    Known(Sort.PARTICIPANT, 1, "Ада Вейн"),
]
#: Synthetic: no document says so.
SYNTHETIC = {
    "en": "Both sides spoke of the Pakistan Steel Mills, of Pakistan Stream and of a direct flight.",
    "ru": "Стороны вспомнили о Карачинском металлургическом заводе, о газопроводе «Пакистанский поток» и о прямом авиасообщении.",
    "ur": "دونوں نے پاکستان اسٹیل ملز، پاکستان اسٹریم گیس پائپ‌لائن اور براہِ راست پروازوں کا ذکر کیا۔",
    # The same with the letters of an Arabic keyboard.
    "ur in Arabic letters": "دونوں نے پاكستان اسٹيل ملز، پاكستان اسٹريم گيس پائپ لائن اور براه راست پروازيں كا ذكر کیا",
}


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(KNOWN, Stems())


@pytest.mark.parametrize("text", SYNTHETIC.values(), ids=SYNTHETIC)
def test_mill_pipeline_and_flights_are_found_in_every_script_and_ending(names: Names, text: str) -> None:
    found = names.hits([text])
    assert [hit.pks for hit in found if hit.sort is Sort.COMMITMENT] == [(MILL,), (PIPELINE,), (FLIGHTS,)]


def test_a_hit_says_exactly_where_the_name_stands(names: Names) -> None:
    lines = ["Nothing.", SYNTHETIC["ru"]]
    assert [(hit.line, lines[1][hit.start : hit.end]) for hit in names.hits(lines)] == [
        (2, "Карачинском металлургическом заводе"),
        (2, "газопроводе «Пакистанский поток"),
        (2, "прямом авиасообщении"),
    ]


def test_a_name_within_a_longer_one_does_not_count(names: Names) -> None:
    (longer, alone) = names.hits(["A trade corridor is no trade."])
    assert (longer.pks, alone.pks) == ((CORRIDOR,), (TRADE,))
    assert [hit.pks for hit in names.hits(["Pakistan Steel Mill"])] == [(MILL,)]


def test_part_of_a_word_is_no_name(names: Names) -> None:
    assert names.hits(["Trademark and Pakistani, steel mill."]) == []


def test_people_and_parties_are_marked_too_and_records_that_share_a_name_are_all_known() -> None:
    names = Names([*KNOWN, Known(Sort.COMMITMENT, 9, "TRADE")], Stems())
    hits = names.hits(["Ада Вейн is for trade with Pakistan."])
    assert [(hit.sort, hit.pks) for hit in hits] == [(Sort.PARTICIPANT, (1,)), (Sort.COMMITMENT, (TRADE, 9)), (Sort.PARTY, (1,))]
    assert set(by_record(hits, Sort.COMMITMENT)) == {TRADE, 9}


def test_without_names_nothing_is_found() -> None:
    assert Names([], Stems()).hits(["Trade."]) == []
    assert Names([Known(Sort.COMMITMENT, 1, "of"), Known(Sort.COMMITMENT, 2, "…")], Stems()).hits(["of …"]) == []


@given(st.text(st.sampled_from("Trade corr id o\u0301\u200b\u200cпоток ملز ًہ.ß"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_the_pieces_of_a_line_are_the_line(text: str) -> None:
    hits = Names(KNOWN, Stems()).hits([text])
    cut = pieces(text, hits)
    assert "".join(piece.text for piece in cut) == text
    assert [piece.hit for piece in cut if piece.hit] == hits
    assert all(isinstance(hit, Hit) and hit.start < hit.end for hit in hits)


@pytest.mark.parametrize(
    ("line", "act", "strength"),
    [
        ("He emphasised on the need of a ferry between the two shores.", Act.PROPOSED, Strength.WISHED),
        ("She underscored the importance of the ferry.", Act.REAFFIRMED, Strength.WISHED),
        ("They agreed to cooperate on the ferry.", Act.AGREED, Strength.AGREED_LOOSELY),
        ("They signed a paper on the ferry in May.", Act.SIGNED, Strength.BOUND_WITH_TERMS),
        ("The two discussed the ferry.", Act.DISCUSSED, Strength.TALKED),
        ("He invited her to see the ferry.", Act.INVITED, Strength.WISHED),
        ("She thanked him for the ferry.", Act.THANKED, Strength.NOTED),
        ("He reported progress on the ferry and stressed it.", Act.PROGRESS_REPORTED, None),
        ("Стороны договорились о пароме.", Act.AGREED, Strength.AGREED_LOOSELY),
        ("Министр подчеркнула важность парома.", Act.REAFFIRMED, Strength.WISHED),
        ("وزیر نے فیری پر زور دیا۔", Act.REAFFIRMED, Strength.WISHED),
        ("The ferry is blue.", None, None),
    ],
)
def test_trigger_words_suggest_an_act_and_a_strength(line: str, act: Act | None, strength: Strength | None) -> None:
    said = Triggers(Stems()).suggestion(line, 0)
    assert (said.act, said.strength) == (act, strength)
    assert all(words in line for words in (said.act_words, said.strength_words))


def test_the_sentence_counts_before_the_paragraph() -> None:
    line = "The ministers signed a paper on salt. Both sides discussed the ferry. The quay is blue."
    triggers = Triggers(Stems())
    assert triggers.suggestion(line, line.index("ferry")).act is Act.DISCUSSED
    assert triggers.suggestion(line, line.index("ferry")).both_sides
    assert not triggers.suggestion(line, line.index("salt")).both_sides
    assert triggers.suggestion(line, line.index("quay")).act is Act.SIGNED
