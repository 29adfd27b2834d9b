"""What each word means, in words for people who never read the rules. A word without a meaning fails a test."""

from .coded import CODED
from .computed import COMPUTED
from .concepts import CONCEPTS, Concept
from .measures import COUNTS, FORMULAS, Measure

#: The meaning of each member under its list: members of two lists may be equal, as 2 is.
MEANINGS = {**CODED, **COMPUTED}

__all__ = ["CONCEPTS", "COUNTS", "FORMULAS", "MEANINGS", "Concept", "Measure"]
