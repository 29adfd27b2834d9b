"""One small invented world, loaded through the real loader. Nothing in it is a fact: Northmark and Southland do not exist.

The drawing is the matrix that is expected of it (letters: tracker/exports/tables.py). The fifth meeting was called for the pipeline.

                     oakport-21 ferry-22 hillton-23 reed-24 quay-24* oakport-25
energy                   V          ?         V        ?        v        v
  river-pipeline         V          ?         e        ?        M        S
  salt-mill              .          .         .        .        .        V
transport                v          v         s        ?        x        S
  ferry-line             V          ?         s        ?        x        S
  night-train            .          V         s        ?        x        S

oakport-21   both sides' own texts were read       ferry-22     one media report, and a date known to the month
hillton-23   Northmark's release, carried whole    reed-24      nobody read anything
quay-24      a signing; both sides were read       oakport-25   a joint text

Not drawn: ``studio-24``, an interview in which the ferry line is voiced again; ``salt-room-25``, a room of Oakport 2025 in which
the salt mill is voiced; ``summit-23``, a meeting of a forum at which the pipeline is voiced as a guest; a claim that nobody accepts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.kept import once
from tracker.loading.apply import load
from tracker.loading.edits import Loader

TODAY = date(2026, 1, 31)
SERIES = "northmark-southland"
MEETINGS = ("oakport-21", "ferry-22", "hillton-23", "reed-24", "quay-24", "oakport-25")
COMMITMENTS = ("energy", "river-pipeline", "salt-mill", "transport", "ferry-line", "night-train")

READ = {"extent": "full", "read_on": "2026-01-02", "read_by": "the universe"}


def drawing() -> dict[tuple[str, str], str]:
    """Return the letter of each cell of the drawing, under its commitment and meeting."""
    rows = [line.split() for line in (__doc__ or "").splitlines()]
    letters = {row[0]: row[1:] for row in rows if row and row[0] in COMMITMENTS and len(row) == len(MEETINGS) + 1}
    return {(slug, meeting): letter for slug, row in letters.items() for meeting, letter in zip(MEETINGS, row, strict=True)}


def table(heading: str, /, *, children: dict[str, list[dict[str, Any]]] | None = None, **fields: Any) -> str:
    """Return one record as TOML, with its nested ``children``. JSON writes strings, numbers and lists as TOML does."""
    lines = [f"[[{heading}]]", *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items())]
    for name, rows in (children or {}).items():
        lines += [table(f"{heading}.{name}", **row) for row in rows]
    return "\n".join(lines) + "\n"


def read(*sources: str) -> dict[str, list[dict[str, Any]]]:
    """Return reports of ``sources``, all of them read in full."""
    return {"reports": [{"source": source, **READ} for source in sources]}


def release(slug: str, party: str, day: str, **more: Any) -> str:
    """Return a source that is ``party``'s own text."""
    return table("source", slug=slug, title=f"Release {slug}", publisher=party, kind="official", issued_by=party, carried="whole", published=day, **more)


def meeting(slug: str, starts: str, children: dict[str, list[dict[str, Any]]], **more: Any) -> str:
    fields = {"title": f"Talks {slug}", "series": SERIES, "format": "talks", "level": "leaders", "place": slug.split("-")[0].title()} | more
    return table("meeting", slug=slug, starts=starts, children=children, **fields)


def mention(commitment: str, at: str, *sources: str, act: str = "reaffirmed", standing: str = "accepted", **coded: Any) -> str:
    """Return a mention with one voiced citation for each of ``sources``."""
    words: dict[str, Any] = {"paraphrase": f"{commitment} came up", "reach": "voiced", "act": act, "strength": "wished"} | coded
    citations = [{"key": source, "source": source, **words} for source in sources]
    return table("mention", commitment=commitment, meeting=at, act=act, standing=standing, children={"citations": citations})


def world() -> str:
    """Return the fixture file of the drawn world."""
    return "\n".join([*_parties(), *_sources(), *_meetings(), *_commitments(), *_mentions(), *_steps()])


def _parties() -> Iterator[str]:
    yield table("party", slug="northmark", name="Northmark", kind="state", iso2="XN")
    yield table("party", slug="southland", name="Southland", kind="state", iso2="XS")
    yield table("party", slug="league", name="League of Rivers", kind="organization")
    names: dict[str, Any] = {"names": [{"key": "ru", "name": "Ада Вейн", "language": "ru"}]}
    yield table("participant", slug="ada-vane", name="Ada Vane", home_party="northmark", children=names)
    yield table("participant", slug="bo-lind", name="Bo Lind", home_party="southland")
    yield table("series", slug=SERIES, title="Northmark and Southland", kind="dyad", parties=["northmark", "southland"], covered_until="2026-01-31")
    yield table("series", slug="league", title="League summits", kind="forum", parties=["northmark", "southland", "league"], covered_until="2026-01-31")


def _sources() -> Iterator[str]:
    for year, day in (("21", "2021-05-10"), ("24", "2024-11-21")):
        yield release(f"north-{year}", "northmark", day)
        yield release(f"south-{year}", "southland", day, language="ru")
    yield table("source", slug="herald-22", title="Herald of 2022", publisher="Herald", kind="newspaper", carried="own", published="2022-06")
    yield release("north-23", "northmark", "2023-04-14")
    yield table("source", slug="post-23", title="Post of 2023", publisher="Post", kind="newspaper", derived_from="north-23", published="2023-04-15")
    yield table("source", slug="wire-24", title="Wire of 2024", publisher="Wire", kind="wire", url="https://example.org/wire", published="2024-07-04")
    yield table("source", slug="radio-24", title="Radio interview", publisher="Radio", kind="broadcaster", carried="own", published="2024-08-02")
    joint: dict[str, Any] = {"kind": "joint_text", "carried": "whole", "published": "2025-09-02"}
    yield table("source", slug="joint-25", title="Joint statement", publisher="Northmark and Southland", **joint)


def _meetings() -> Iterator[str]:
    there = [
        {"key": "vane", "party": "northmark", "participant": "ada-vane", "office": "Chancellor"},
        {"key": "lind", "party": "southland", "participant": "bo-lind", "office": "First Minister"},
        {"key": "staff", "party": "southland", "office": "Officials", "role": "member", "presence": "travelling"},
    ]
    yield meeting("oakport-21", "2021-05-10", {"attendances": there, **read("north-21", "south-21")})
    yield meeting("ferry-22", "2022-06", read("herald-22"), level="ministers")
    copied = {"source": "post-23", "extent": "opening"}
    yield meeting("hillton-23", "2023-04-13", {"attendances": there[:2], "reports": [*read("north-23")["reports"], copied]})
    yield meeting("reed-24", "2024-07-03", {"reports": [{"source": "wire-24", "extent": "reference"}]})
    yield meeting("quay-24", "2024-11-20", read("north-24", "south-24"), format="signing", remit=["river-pipeline"])
    yield meeting("oakport-25", "2025-09-02", {"attendances": there, **read("joint-25")})
    yield meeting("salt-room-25", "2025-09-02", read("joint-25"), part_of="oakport-25", level="ministers")
    yield meeting("studio-24", "2024-08-01", read("radio-24"), format="interview")
    yield meeting("summit-23", "2023-11", {"reports": [{"source": "wire-24", "extent": "reference"}]}, series="league", format="summit")


def _commitments() -> Iterator[str]:
    listed: dict[str, Any] = {"series": SERIES, "parties": ["northmark", "southland"], "listed_on": "2026-01-01"}
    for area in ("energy", "transport"):
        yield table("commitment", slug=area, name=area.title(), kind="area", **listed)
    names: dict[str, Any] = {"names": [{"key": "blue", "name": "Blue Water Line", "language": "en", "valid_from": "2024"}]}
    pipeline: dict[str, Any] = {"kind": "project", "parent": "energy", "criteria": "Water flows from end to end."}
    yield table("commitment", slug="river-pipeline", name="River pipeline", children=names, **pipeline, **listed)
    for slug, parent in (("salt-mill", "energy"), ("ferry-line", "transport"), ("night-train", "transport")):
        name = slug.replace("-", " ").capitalize()
        yield table("commitment", slug=slug, name=name, kind="project", parent=parent, criteria=f"The {name.lower()} runs.", **listed)


def _mentions() -> Iterator[str]:
    both: dict[str, Any] = {"party": "northmark", "speaker": "ada-vane", "locator": "3-4", "phrase": "a line for both shores", "terms": ["object", "place"]}
    yield mention("energy", "oakport-21", "north-21", party="northmark")
    yield mention("river-pipeline", "oakport-21", "north-21", act="proposed", **both)
    yield mention("ferry-line", "oakport-21", "south-21", party="southland")
    yield mention("night-train", "ferry-22", "herald-22", act="floated", strength="talked")
    yield mention("energy", "hillton-23", "north-23", party="northmark")
    yield mention("river-pipeline", "hillton-23", "post-23", act="discussed", standing="claimed")
    yield mention("river-pipeline", "summit-23", "wire-24")
    yield mention("ferry-line", "studio-24", "radio-24", party="southland", speaker="bo-lind")
    yield mention("river-pipeline", "quay-24", "north-24", "south-24", act="signed", strength="bound")
    yield mention("salt-mill", "salt-room-25", "joint-25", act="agreed", both_sides=True, strength="agreed_loosely")


def _steps() -> Iterator[str]:
    proof = {"citations": [{"key": "north", "source": "north-24", "phrase": "signed the memorandum"}]}
    step: dict[str, Any] = {"stage": "memorandum", "happened": "2024-11-20", "meeting": "quay-24", "reason": "Both releases say that it was signed."}
    yield table("milestone", commitment="river-pipeline", key="memorandum", children=proof, **step)
    for key, due, stated_at, outcome in (("first", "2023", "oakport-21", "missed"), ("second", "2025-06", "quay-24", "pending")):
        promise = {"citations": [{"key": "north", "source": "north-24", "paraphrase": "Water by then", "proves": "promise"}]}
        told: dict[str, Any] = {"target": "first-water", "what": "First water", "due": due, "stated_at": stated_at, "outcome": outcome}
        yield table("deadline", commitment="river-pipeline", key=key, children=promise, **told)
    yield table("redirect", kind="commitment", old_slug="water-pipe", new_slug="river-pipeline")


def more_meetings(numbers: Iterable[int]) -> str:
    """Return further meetings, two a month from 1990 on: each with its people, two reports, a thing of its own that came up, and a promise."""
    return "\n".join(text for number in numbers for text in _grown(number))


def _grown(number: int) -> Iterator[str]:
    day = date(1990 + number // 24, number % 12 + 1, 1 + number % 24 // 12).isoformat()
    source, at, thing = f"grown-release-{number}", f"grown-{number}", f"grown-thing-{number}"
    yield release(source, "northmark", day)
    yield table("source", slug=f"copy-{source}", title=f"Copy {number}", publisher="Post", kind="newspaper", derived_from=source, published=day)
    yield table("participant", slug=f"grown-person-{number}", name=f"Person {number}", home_party="southland")
    there = [{"key": "one", "party": "southland", "participant": f"grown-person-{number}", "office": "Envoy"}]
    yield meeting(at, day, {"attendances": there, **read(source, f"copy-{source}")})
    listed: dict[str, Any] = {"series": SERIES, "parties": ["northmark", "southland"], "listed_on": "2026-01-01"}
    yield table("commitment", slug=thing, name=f"Thing {number}", kind="project", parent="energy", criteria="It stands.", **listed)
    for commitment in (thing, "river-pipeline"):
        yield mention(commitment, at, source, f"copy-{source}", party="northmark", speaker=f"grown-person-{number}")
    proof = [{"key": "one", "source": source, "paraphrase": "So it says"}]
    yield table("milestone", commitment="river-pipeline", key=f"step-{number}", stage="declared", happened=day, reason="Said.", children={"citations": proof})
    promise = {"citations": [{**proof[0], "proves": "promise"}]}
    told: dict[str, Any] = {"target": "first-water", "what": "First water", "due": str(2000 + number), "stated_at": at}
    yield table("deadline", commitment="river-pipeline", key=f"promise-{number}", children=promise, **told)


class Universe:
    """The drawn world as it stands in the database, to be enlarged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.size = 0
        once("world", lambda: self.add(world(), "world"))

    def add(self, text: str, name: str) -> None:
        """Load ``text`` as one more fixture file."""
        path = self.folder / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        load([path], by=Loader(datetime(2026, 1, 31, tzinfo=UTC)), complete=False)

    def grow(self, number: int) -> None:
        """Enlarge the world to ``number`` further meetings."""
        if number > self.size:
            self.add(more_meetings(range(self.size, number)), f"grown-{number}")
            self.size = number
