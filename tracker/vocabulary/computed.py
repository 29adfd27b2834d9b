"""The words that the engine answers with: they are computed and never coded."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .scales import Scale


class Change(TextChoices):
    """What a voicing changed against the voicing before it. Computed, never coded."""

    FIRST = "first", _("First known mention")
    SAME = "same", _("Same")
    STRONGER = "stronger", _("Stronger wording")
    WEAKER = "weaker", _("Weaker wording")
    MORE_SPECIFIC = "more_specific", _("More specific")
    LESS_SPECIFIC = "less_specific", _("Less specific")
    RENAMED = "renamed", _("Renamed")
    DEADLINE_SET = "deadline_set", _("Deadline set")
    DEADLINE_LATER = "deadline_later", _("Deadline moved later")
    DEADLINE_EARLIER = "deadline_earlier", _("Deadline moved earlier")
    MOVED = "moved", _("Moved")


class Condition(TextChoices):
    """Where a commitment stands. The first six are stated by a milestone, the next four inferred."""

    DELIVERED = "delivered", _("Delivered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")
    LAPSED = "lapsed", _("Lapsed")
    BLOCKED = "blocked", _("Blocked")
    SUSPENDED = "suspended", _("Suspended")
    PRESUMED_LAPSED = "presumed_lapsed", _("Presumed lapsed")
    DORMANT = "dormant", _("Dormant")
    HOLLOWED = "hollowed", _("Hollowed out")
    ONE_OFF = "one_off", _("Voiced once only")
    ACTIVE = "active", _("Active")


class CellState(TextChoices):
    """What a meeting is to a commitment. Computed, never stored."""

    BEFORE = "before", _("Earlier than the first mention we know")
    VOICED = "voiced", _("Voiced")
    CLOSED = "closed", _("Closed before")
    INELIGIBLE = "ineligible", _("Not its occasion")
    UNOBSERVED = "unobserved", _("Not known")
    ECHOED = "echoed", _("Only its area was named")
    SILENT = "silent", _("Not voiced")


class Rule(TextChoices):
    """Which rule decided a cell."""

    BEFORE_FIRST_VOICING = "before_first_voicing", _("The meeting is earlier than the first mention we know.")
    VOICED = "voiced", _("An accepted mention says that it was voiced here.")
    VOICED_THROUGH = "voiced_through", _("Something under this area was voiced here.")
    CLOSED = "closed", _("It was closed before this meeting.")
    PARTY_ABSENT = "party_absent", _("A party that would have to voice it was recorded absent.")
    LEVEL_BELOW = "level_below", _("The meeting is below the level at which it can come up.")
    OUTSIDE_REMIT = "outside_remit", _("The meeting was called for something else.")
    NOT_READ = "not_read", _("No report of this meeting was read in full.")
    READ_TOO_WEAK = "read_too_weak", _("What was read cannot show that it was left out.")
    READ_BEFORE_LISTED = "read_before_listed", _("The reports were read before this was listed.")
    ECHOED = "echoed", _("It was not voiced, but the area above it was named.")
    SILENT = "silent", _("Read, and neither it nor the area above it was named.")


class Grade(Scale):
    """How firmly the readings of a meeting show that something was left out. Ordered."""

    NONE = 0, _("Not read")
    WEAK = 1, _("Weak: one media report")
    SOFT = 2, _("Soft: one side's release, or two independent reports")
    FIRM = 3, _("Firm: a joint text, or both sides' own texts")


class EvidenceGrade(TextChoices):
    """How well the mention behind the headline is proved, best first."""

    A = "A", _("Joint text, or both sides' own texts")
    B = "B", _("One side's own text, or two sources with different roots")
    C = "C", _("One media source with its wording")
    D = "D", _("Paraphrase or machine translation only")


class Voice(TextChoices):
    """Who voiced a mention. Computed from its citations, never coded."""

    BOTH = "both", _("Both sides, or more than one")
    ONE = "one", _("One side")
    UNNAMED = "unnamed", _("Nobody named")


class Looked(TextChoices):
    """Whether anybody looked since the last known voicing. Without it nothing is called quiet."""

    ENOUGH = "enough", _("Enough meetings read to say so")
    FEW = "few", _("Too few meetings read to say so")
    NOBODY = "nobody", _("Not known: none of its meetings was read")
    NO_MEETING = "no_meeting", _("No meeting at which it could come up")


class Held(TextChoices):
    """How well a meeting can be looked into: the best that is held of any report of it."""

    READ = "read", _("Read in full")
    FULL = "full", _("Held in full, not read")
    OPENING = "opening", _("Opening only")
    REFERENCE = "reference", _("Reference only")
    NOTHING = "nothing", _("No report held")


class Shown(TextChoices):
    """How readers are told of a version of a record. Versions that were not public when they were written go without a word."""

    ADDED = "added", _("Added")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
