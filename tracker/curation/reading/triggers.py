"""Words that suggest an act, a strength, a side: the tables of docs/coding.md as wording.

They follow its sections “Act”, “Strength and terms”, “Who voiced it” and “One word or another”.

A suggestion is shown with the words it rests on, and nothing is saved of it until an editor confirms the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tracker.vocabulary import Act, Strength

from .stems import Stems, Word

Meant = TypeVar("Meant")


def _either(words: str) -> tuple[str, ...]:
    """Return the triggers written in ``words``, parted by bars."""
    return tuple(word.strip() for word in words.split("|"))


#: From the most particular to the most general: of a sentence that holds several the first says most.
ACTS: tuple[tuple[Act, tuple[str, ...]], ...] = (
    (
        Act.REFUSED,
        _either("refused | rejected | ruled out | declined to | turned down | отказался | отверг | انکار | مسترد"),
    ),
    (
        Act.WITHDRAWN,
        _either("withdrew from | withdrawn from | pulled out | вышел из | دستبردار"),
    ),
    (
        Act.SUSPENDED,
        _either("suspended | put on hold | paused | приостановлен | приостановил | معطل"),
    ),
    (
        Act.SIGNED,
        _either("signed | signing of | inked | подписали | подписан | подписание | دستخط"),
    ),
    (
        Act.INVITED,
        _either("invited | invitation | extended an invitation | пригласил | приглашение | دعوت"),
    ),
    (
        Act.AGREED,
        _either("agreed | agree on | consensus on | reached an understanding | decided | договорились | согласились | договоренность | решили | اتفاق | فیصلہ"),
    ),
    (
        Act.THANKED,
        _either("thanked | gratitude | grateful | appreciated the support | поблагодарил | благодарность | شکریہ | ممنون"),
    ),
    (
        Act.PROPOSED,
        _either(
            "emphasised the need | emphasized the need | emphasised on the need | emphasized on the need | stressed the need | underlined the need | "
            "need for | need of | need to | proposed to | proposed that | put forward | suggested | offered to | called for | urged | "
            "предложил | призвал | необходимость | "
            "تجویز | ضرورت"
        ),
    ),
    (
        Act.OBSTACLE_REPORTED,
        _either("delay | delayed | obstacle | hurdle | no agreement | sanctions | задержка | препятствие | تاخیر | رکاوٹ"),
    ),
    (
        Act.PROGRESS_REPORTED,
        _either(
            "progress on | progress in | progress made | under way | underway | advanced stage | reviewed progress | ход реализации | ведется работа | پیش رفت"
        ),
    ),
    (
        Act.REAFFIRMED,
        _either(
            "reaffirmed | reiterated | stressed | emphasised | emphasized | underscored | underlined | highlighted | importance of | commitment to | "
            "committed to | readiness | ready to | keen | desire | interest in | interested in | resolve to | "
            "подчеркнул | подтвердил | важность | готовность | готов | заинтересован | интерес | "
            "زور دیا | اعادہ | اہمیت | آمادگی | خواہش | عزم | دلچسپی"
        ),
    ),
    (
        Act.DISCUSSED,
        _either(
            "discussed | exchanged views | consultations on | talks on | reviewed | came up | spoke about | "
            "обсудили | обсудил | обсуждали | обменялись мнениями | "
            "رابطہ | تبادلہ خیال | گفتگو | جائزہ"
        ),
    ),
    (
        Act.FLOATED,
        _either("considering | could consider | may consider | idea of | looking into | exploring | рассматривается | рассмотреть | غور"),
    ),
)
STRENGTHS: tuple[tuple[Strength, tuple[str, ...]], ...] = (
    (
        Strength.BOUND_WITH_TERMS,
        _either("signed | inked | подписали | подписан | دستخط"),
    ),
    (
        Strength.BOUND,
        _either("decided | determined to | will build | will launch | will start | will begin | will open | решили | построит | فیصلہ"),
    ),
    (
        Strength.AGREED_LOOSELY,
        _either("agreed | agree on | consensus on | договорились | согласились | договоренность | اتفاق"),
    ),
    (
        Strength.WISHED,
        _either(
            "ready | readiness | keen | important | importance | need | needed | needs | invited | invitation | desire | wish | hope | interest in | "
            "interested in | commitment | committed | resolve | stressed | emphasised | emphasized | underscored | underlined | reaffirmed | reiterated | "
            "highlighted | proposed to | proposed that | suggested | called for | urged | "
            "готовность | готов | важность | необходимость | пригласил | приглашение | интерес | заинтересован | подчеркнул | подтвердил | предложил | "
            "призвал | "
            "آمادگی | خواہش | ضرورت | اہمیت | دعوت | زور دیا | عزم | تجویز | دلچسپی"
        ),
    ),
    (
        Strength.TALKED,
        _either(
            "discussed | exchanged views | consultations | talks on | reviewed | "
            "обсудили | обсудил | обсуждали | обменялись мнениями | "
            "تبادلہ خیال | گفتگو | جائزہ"
        ),
    ),
    (
        Strength.NOTED,
        _either("thanked | gratitude | grateful | noted | поблагодарил | благодарность | отметил | شکریہ | ذکر"),
    ),
)
#: News of the past has no strength.
LOOKING_BACK = frozenset({Act.PROGRESS_REPORTED, Act.OBSTACLE_REPORTED, Act.DELIVERED, Act.SUSPENDED, Act.WITHDRAWN, Act.REFUSED})
BOTH_SIDES: tuple[tuple[bool, tuple[str, ...]], ...] = (
    (
        True,
        _either(
            "both sides | both leaders | both countries agreed | both ministers | both prime ministers | two sides | two leaders | two ministers | "
            "the sides | the parties agreed | they agreed | they discussed | "
            "стороны | обе стороны | лидеры | министры договорились | "
            "فریقین | دونوں رہنماؤں | دونوں وزرائے | دونوں ممالک نے"
        ),
    ),
)

#: Paragraphs are shorter than this to either side of a name; what is not may be a whole text in one line.
NEAR = 1_000
#: Where a sentence ends: a full stop before a capital, and the stops of Urdu.
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+(?=[^a-zа-я])|(?<=[۔؟])\s*")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the wording round a name suggests, each with the words that suggest it. Nothing is suggested where no word does."""

    act: Act | None = None
    act_words: str = ""
    strength: Strength | None = None
    strength_words: str = ""
    both_sides: bool = False
    both_words: str = ""


class Triggers:
    """The tables, made ready to be asked of texts in any script."""

    def __init__(self, stems: Stems) -> None:
        self._stems = stems
        self._acts = self._prepared(ACTS)
        self._strengths = self._prepared(STRENGTHS)
        self._both = self._prepared(BOTH_SIDES)

    def suggestion(self, line: str, start: int) -> Suggestion:
        """Return what the sentence at ``start`` of ``line`` suggests; where it suggests no act, what stands round it does."""
        begin = max(0, start - NEAR)
        near = line[begin : start + NEAR]
        sentence = sentence_at(near, start - begin)
        found = self._suggested(sentence)
        return found if found.act is not None or sentence == near else self._suggested(near)

    def _suggested(self, text: str) -> Suggestion:
        words = self._stems.of_text(text)
        act, act_words = _first(self._acts, words, text)
        strength, strength_words = _first(self._strengths, words, text)
        both, both_words = _first(self._both, words, text)
        if act in LOOKING_BACK:
            strength, strength_words = None, ""
        return Suggestion(act, act_words, strength, strength_words, bool(both), both_words)

    def _prepared(self, table: Iterable[tuple[Meant, tuple[str, ...]]]) -> list[tuple[tuple[str, ...], Meant]]:
        return [(self._stems.of_name(words), meant) for meant, triggers in table for words in triggers]


def sentence_at(line: str, start: int) -> str:
    """Return the sentence of ``line`` in which the character at ``start`` stands."""
    begin = 0
    for end in _SENTENCE_ENDS.finditer(line):
        if end.start() > start:
            return line[begin : end.start()]
        begin = end.end()
    return line[begin:]


def _first(table: Sequence[tuple[tuple[str, ...], Meant]], words: Sequence[Word], text: str) -> tuple[Meant | None, str]:
    """Return what the first entry of ``table`` that stands among ``words`` means, and its words as they stand in ``text``."""
    stems = [word.stem for word in words]
    for wanted, meant in table:
        for place in range(len(stems) - len(wanted) + 1):
            if tuple(stems[place : place + len(wanted)]) == wanted:
                return meant, text[words[place].start : words[place + len(wanted) - 1].end]
    return None, ""
