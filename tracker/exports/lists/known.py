"""All public lists, by the name that they have in addresses."""

from __future__ import annotations

from collections.abc import Mapping

from .commitments import COMMITMENTS, SERIES
from .listing import Listing
from .records import MEETINGS, PARTICIPANTS, PARTIES, SOURCES
from .statements import DEADLINES, MENTIONS

LISTINGS: Mapping[str, Listing] = {one.name: one for one in (COMMITMENTS, MENTIONS, DEADLINES, MEETINGS, PARTICIPANTS, PARTIES, SOURCES, SERIES)}
