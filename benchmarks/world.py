"""A synthetic world as JSON Lines: nothing of it is real. Few busy series and many quiet ones, few things that come up all the time and many that hardly do.

    .venv/bin/python benchmarks/world.py --mentions 1000000 > world.jsonl

The same seed gives the same bytes. Kinds stand in any order in a real file; here the mentions come first, so that a loader has to wait for what they refer to.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

SEED = 20_261_125
ACTS = ("reaffirmed", "discussed", "proposed", "agreed")
STRENGTHS = ("noted", "talked", "wished", "agreed_loosely")
WORDS = [
    "agreed",
    "build",
    "bridge",
    "canal",
    "committee",
    "company",
    "construction",
    "contract",
    "cooperation",
    "corridor",
    "customs",
    "delegation",
    "deliver",
    "direct",
    "draft",
    "early",
    "energy",
    "exchange",
    "expert",
    "facility",
    "finance",
    "flight",
    "gas",
    "goods",
    "group",
    "harbour",
    "industry",
    "intention",
    "interest",
    "investment",
    "joint",
    "line",
    "memorandum",
    "mill",
    "mine",
    "minister",
    "mutual",
    "network",
    "northern",
    "oil",
    "pipeline",
    "plant",
    "port",
    "possible",
    "power",
    "project",
    "railway",
    "ready",
    "region",
    "road",
    "route",
    "salt",
    "sector",
    "sides",
    "signed",
    "southern",
    "speed",
    "steel",
    "study",
    "support",
    "talks",
    "trade",
    "transit",
    "transport",
    "tunnel",
    "understanding",
    "visit",
    "water",
    "welcome",
    "working",
]


def records(mentions: int, seed: int = SEED) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a world of so many mentions, each record as its kind and its fields."""
    world = World(mentions, random.Random(seed))
    yield from world.mentions()
    yield from world.heads()


class World:
    """How many there are of everything, and where each stands. A series in rank r has a share that falls with its rank."""

    def __init__(self, mentions: int, chance: random.Random) -> None:
        self.number, self.chance = mentions, chance
        self.series = max(2, mentions // 2_500)
        shares = [1 / (rank + 3) for rank in range(self.series)]
        self.meetings = [max(2, round(share / sum(shares) * mentions / 12)) for share in shares]
        self.things = [max(3, round((number * 1.5) ** 0.8)) for number in self.meetings]
        self.weights = {number: list(accumulate(1 / (place + 2) for place in range(number))) for number in {*self.things}}
        self.sources = max(2, mentions // 10)
        self.extra = 0

    def mentions(self) -> Iterator[tuple[str, dict[str, Any]]]:
        left = self.number
        for series, (meetings, things) in enumerate(zip(self.meetings, self.things, strict=True)):
            share = left if series == self.series - 1 else min(left, round(self.number * meetings / sum(self.meetings)))
            for meeting in range(meetings):
                number = min(left, -(-share * (meeting + 1) // meetings) - share * meeting // meetings, things - 2)
                for thing in self.some(things - 2, number):
                    yield "mention", self.mention(series, meeting, thing + 2)
                left -= number
        self.extra = left
        # What did not find room in its series comes up at extra meetings of the last.
        for place in range(left):
            yield "mention", self.mention(self.series, place // 40, place % 40 + 2)

    def some(self, things: int, number: int) -> list[int]:
        """Return so many different things, the first ones more often than the last."""
        if number >= things:
            return list(range(things))
        weights = list(accumulate(1 / (place + 2) for place in range(things))) if things not in self.weights else self.weights[things]
        chosen = set(self.chance.choices(range(things), cum_weights=weights[:things], k=number))
        for thing in range(things):
            if len(chosen) >= number:
                break
            chosen.add(thing)
        return sorted(chosen)[:number]

    def mention(self, series: int, meeting: int, thing: int) -> dict[str, Any]:
        act = self.chance.choice(ACTS)
        number = 2 if self.chance.random() < 0.2 else 1
        citations = [self.citation(act, place) for place in range(number)]
        return {"commitment": f"thing-{series}-{thing}", "meeting": f"meeting-{series}-{meeting}", "act": act, "citations": citations}

    def citation(self, act: str, place: int) -> dict[str, Any]:
        chance = self.chance
        said = {
            "key": "ab"[place],
            "source": f"source-{chance.randrange(self.sources)}",
            "locator": chance.randint(1, 40),
            "party": f"party-{chance.randrange(60)}",
            "phrase": " ".join(chance.choices(WORDS, k=4)),
            "paraphrase": f"{' '.join(chance.choices(WORDS, k=9)).capitalize()}.",
            "reach": "voiced" if chance.random() < 0.8 else "background",
            "act": act,
        }
        return said | {"strength": chance.choice(STRENGTHS), "terms": ["object"]} if chance.random() < 0.5 else said

    def heads(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for place in range(60):
            yield "party", {"slug": f"party-{place}", "name": f"Synthetic party {place}", "kind": "organization"}
        for place in range(self.sources):
            day = date(2000, 1, 1) + timedelta(days=place % 9_000)
            title = f"Synthetic document {place}: {' '.join(self.chance.choices(WORDS, k=4))}"
            about = {"slug": f"source-{place}", "title": title, "publisher": "Nobody", "kind": "official", "issued_by": f"party-{place % 60}"}
            yield "source", about | {"carried": "whole", "published": day.isoformat()}
        for series in range(self.series + 1):
            yield from self.one_series(series)

    def one_series(self, series: int) -> Iterator[tuple[str, dict[str, Any]]]:
        slug, parties = f"series-{series}", [f"party-{series % 60}", f"party-{(series + 1) % 60}"]
        last = series == self.series
        yield "series", {"slug": slug, "title": f"Synthetic series {series}", "kind": "dyad", "parties": parties, "covered_until": "2025-12-31"}
        listed = {"series": slug, "parties": parties, "listed_on": "2000-01-01"}
        for thing in range(42 if last else self.things[series]):
            about = {"slug": f"thing-{series}-{thing}", "name": f"{' '.join(self.chance.choices(WORDS, k=2))} {series}-{thing}"}
            if thing == 0:
                yield "commitment", about | {"kind": "area"} | listed
            else:
                yield "commitment", about | {"kind": "project", "parent": f"thing-{series}-0", "criteria": "It stands."} | listed
        number = max(1, -(-self.extra // 40)) if last else self.meetings[series]
        for meeting in range(number):
            day = date(2000, 1, 1) + timedelta(days=round(meeting * 9_000 / number))
            about = {
                "slug": f"meeting-{series}-{meeting}",
                "title": f"Synthetic talks {series}-{meeting}",
                "series": slug,
                "format": "talks",
                "level": "leaders",
            }
            report = {"source": f"source-{self.chance.randrange(self.sources)}", "extent": "full", "read_on": "2026-01-01", "read_by": "Nobody"}
            yield "meeting", about | {"starts": day.isoformat(), "reports": [report]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mentions", type=int, default=20_000, help="how many mentions (default: 20,000)")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, another world")
    asked = parser.parse_args()
    for kind, record in records(asked.mentions, asked.seed):
        sys.stdout.write(json.dumps({kind: record}, separators=(", ", ": ")) + "\n")


if __name__ == "__main__":
    main()
