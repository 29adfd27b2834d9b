"""Records of the drawn world that stand there twice: a commitment, a person and a source, each with much that belongs to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from tests.universe import SERIES, Universe, meeting, mention, read, table
from tracker.curation.merging.carrying import Seen, merge
from tracker.curation.merging.planning import plan
from tracker.curation.workflow import Hand
from tracker.models import Commitment, Merge, Participant, Source

TWINS = ((Commitment, "river-pipeline", "river-pipe-line"), (Participant, "ada-vane", "ada-wane"), (Source, "north-24", "north-24-again"))
REASON = "One thing, entered twice."


def twins(universe: Universe) -> None:
    """Load them."""
    universe.add(_twins(), "twins")


def _twins() -> str:
    listed: dict[str, Any] = {"series": SERIES, "parties": ["northmark"], "listed_on": "2026-01-01"}
    names = [{"key": "blue", "name": "Line of blue water", "language": "en"}, {"key": "old", "name": "River  PIPELINE", "language": "en"}]
    pipeline: dict[str, Any] = {"kind": "project", "parent": "energy", "criteria": "Water flows.", "description": "A pipe along the river."}
    there = [{"key": "wane", "party": "northmark", "participant": "ada-wane", "office": "Chancellor"}]
    same = [*there, {"key": "vane", "party": "northmark", "participant": "ada-vane", "office": "Chancellor"}]
    proof = {"citations": [{"key": "north", "source": "north-24-again", "paraphrase": "It was signed."}]}
    promise = {"citations": [{"key": "north", "source": "north-24-again", "paraphrase": "Water by 2027", "proves": "promise"}]}
    step: dict[str, Any] = {"stage": "declared", "happened": "2023", "reason": "Said so."}
    told: dict[str, Any] = {"target": "first-water", "what": "First water", "due": "2027", "stated_at": "oakport-25"}
    texts: dict[str, Any] = {"kind": "official", "issued_by": "northmark", "carried": "whole", "published": "2024-11-21", "publisher": "northmark"}
    return "\n".join(
        [
            table(
                "participant", slug="ada-wane", name="Ada Wane", home_party="northmark", children={"names": [{"key": "ru", "name": "Уэйн", "language": "ru"}]}
            ),
            table("source", slug="north-24-again", title="Release north-24.", note="Found again.", **texts),
            table("source", slug="copy-24", title="Copy", publisher="Post", kind="newspaper", derived_from="north-24-again", published="2024-11-22"),
            table("commitment", slug="river-pipe-line", name="River pipe line", children={"names": names}, **pipeline, **listed),
            table("commitment", slug="river-pump", name="River pump", succeeds="river-pipe-line", **pipeline, **listed),
            meeting("lock-25", "2025-03-01", {"attendances": there, **read("north-24-again")}, format="signing", remit=["river-pipe-line"]),
            meeting(
                "weir-25", "2025-04-01", {"attendances": same, "reports": [{"source": "north-24-again", "extent": "reference"}, *read("north-24")["reports"]]}
            ),
            mention("river-pipe-line", "lock-25", "north-24-again", speaker="ada-wane", party="northmark"),
            mention("river-pipe-line", "quay-24", "north-24", "north-24-again", act="signed", strength="bound", paraphrase="river-pipeline came up"),
            table("milestone", commitment="river-pipe-line", key="memorandum", children=proof, **step),
            table("deadline", commitment="river-pipe-line", key="third", children=promise, **told),
            table("redirect", kind="commitment", old_slug="older-pipe", new_slug="river-pipe-line"),
        ]
    )


def both(model: Any, kept: str, gone: str) -> tuple[Any, Any]:
    return model.objects.get(slug=kept), model.objects.get(slug=gone)


def somebodys(name: str = "reviewer") -> Hand:
    """Return the hand of somebody who may publish."""
    user, new = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    if new:
        user.groups.set(Group.objects.filter(name="Reviewer"))
    return Hand(user, datetime(2026, 2, 1, tzinfo=UTC))


def seen(kept: Any, gone: Any) -> Seen:
    return Seen(kept.revision, gone.revision, plan(kept, gone).stamp)


def merged(kept: Any, gone: Any, **chosen: str) -> Merge:
    return merge(kept, gone, seen(kept, gone), chosen, REASON, somebodys())
