"""The numbers behind every judgement, as one frozen value. Printed on the methods page and in every export."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.vocabulary import Grade


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Reasons for each number: docs/decisions/0008-thresholds.md."""

    #: A meeting counts as read from this grade on.
    reading: Grade = Grade.SOFT
    #: Recurrence and echo rate are shown from this many read meetings on.
    recurrence_needs: int = 5
    #: An inferred condition needs this many read general meetings since the last known voicing ...
    silence_needs: int = 3
    #: ... and at least this share of those at which it could have come up.
    silence_share: float = 0.5
    #: Days without a known voicing after which a commitment is dormant, or presumed lapsed.
    dormant_days: int = 730
    presumed_lapsed_days: int = 1460
    #: Hollowed out: voiced at least this often, then only its area named in the last read meetings.
    hollowed_voicings: int = 3
    hollowed_echoes: int = 2
    #: Came back: voiced after more than this many days without a known mention.
    came_back_days: int = 730


THRESHOLDS = Thresholds()
