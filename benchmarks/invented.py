"""An invented world of any size, in which words come up as often as they do in real texts: few very often, most hardly ever."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any

from tracker.models import Citation, Commitment, CommitmentName, Meeting, Mention, Participant, Party, Series, Source

BATCH = 2_000
WORDS = 30_000
SYLLABLES = {
    "en": "ka ro mi sel ten var pol gri do lan ex por ter min ist ral con dif sta bur gas oil ven tor",
    "ru": "ка ро ми сел тен вар пол гри до лан экс пор тер мин ист рал кон ста бур газ нефт вен тор щит",
    "ur": "کا رو می سل تن ور پل گر دو لن با پر تر من است رل کن سٹا بر گیس تیل ون ٹور چھ",
}
DAY = date(2026, 1, 1)
PUBLIC = {"state": "published"}


class Words:
    """The words of one language, drawn by rank: the second half as often as the first, the third a third as often."""

    def __init__(self, language: str, chance: random.Random) -> None:
        made: dict[str, None] = {}
        syllables = SYLLABLES[language].split()
        while len(made) < WORDS:
            made["".join(chance.choices(syllables, k=chance.randint(1, 4)))] = None
        self.words, self.chance = list(made), chance
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(WORDS)))

    def some(self, number: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=number))


def store(model: Any, rows: Iterable[Any]) -> list[int]:
    """Write the rows a batch at a time and return their numbers."""
    waiting, keys = iter(rows), []
    while some := list(islice(waiting, BATCH)):
        keys += [row.pk for row in model.objects.bulk_create(some)]
    return keys


def draw(mentions: int) -> None:
    """Fill an empty database: a hundredth as many commitments, with names in three scripts, and as many sources and meetings as that takes."""
    chance = random.Random(7)
    english, russian, urdu = (Words(language, chance) for language in SYLLABLES)
    party = Party.objects.create(slug="northmark", name="Northmark", kind="state", **PUBLIC)
    series = Series.objects.create(slug="invented", title="Invented series", kind="dyad", covered_until=DAY, **PUBLIC)
    number = max(10, mentions // 100)
    listed: dict[str, Any] = {"series": series, "listed_on": DAY, **PUBLIC}
    area = Commitment.objects.create(slug="area", name="Area", kind="area", **listed)
    things = store(Commitment, (_thing(at, f"{english.some(3)} {at}", area, listed) for at in range(number)))
    store(
        CommitmentName,
        (CommitmentName(commitment_id=pk, key=key, name=words.some(3), language=key) for pk in things for key, words in (("ru", russian), ("ur", urdu))),
    )
    store(Participant, (Participant(slug=f"person-{at}", name=f"{english.some(2).title()} {at}", home_party=party, **PUBLIC) for at in range(number // 2)))
    meetings = store(Meeting, (_meeting(at, english, series) for at in range(number // 2)))
    sources = store(Source, (Source(slug=f"source-{at}", title=english.some(8), publisher=english.some(2), kind="newspaper", **PUBLIC) for at in range(number)))
    pairs = ((thing, meeting) for meeting in meetings for thing in chance.sample(things, min(len(things), -(-mentions // len(meetings)))))
    for some in _batches(islice(pairs, mentions)):
        keys = store(Mention, (Mention(commitment_id=thing, meeting_id=meeting, act="reaffirmed", **PUBLIC) for thing, meeting in some))
        store(Citation, (_citation(pk, chance.choice(sources), english) for pk in keys))


def _batches(pairs: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(pairs, BATCH)):
        yield some


def _thing(at: int, name: str, area: Any, listed: dict[str, Any]) -> Commitment:
    return Commitment(slug=f"thing-{at}", name=name, kind="project", parent=area, criteria="It stands.", **listed)


def _meeting(at: int, words: Words, series: Any) -> Meeting:
    day = date(1950, 1, 1) + timedelta(days=at * 5)
    told: dict[str, Any] = {"title": words.some(4), "place": words.some(1), "format": "talks", "level": 3, **PUBLIC}
    return Meeting(slug=f"meeting-{at}", series=series, starts_earliest=day, starts_latest=day, **told)


def _citation(mention: int, source: int, words: Words) -> Citation:
    said: dict[str, Any] = {"phrase": words.some(5), "paraphrase": words.some(15), "reach": "voiced", "act": "reaffirmed"}
    return Citation(mention_id=mention, source_id=source, key="one", **said)
