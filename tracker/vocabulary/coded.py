"""The words that people code with: they stand in tables and fixtures.

Where a class says that its order carries meaning, the order of the members is the order of the scale.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .scales import Rank, Scale


class PartyKind(TextChoices):
    STATE = "state", _("State")
    ORGANIZATION = "organization", _("Organization")


class SeriesKind(TextChoices):
    DYAD = "dyad", _("Two parties")
    FORUM = "forum", _("Forum")


class Level(Scale):
    """Rank of the encounter. Ordered from the lowest."""

    TECHNICAL = 1, _("Technical level")
    OFFICIALS = 2, _("Senior officials")
    MINISTERS = 3, _("Ministers")
    LEADERS = 4, _("Heads of state or government")


class Format(TextChoices):
    """How the encounter took place. The last four are statements: one side speaking in public, nobody met."""

    VISIT = "visit", _("Visit")
    SIDELINES = "sidelines", _("On the margins of another event")
    TALKS = "talks", _("Talks")
    SUMMIT = "summit", _("Summit")
    COMMISSION = "commission", _("Commission session")
    COMMITTEE = "committee", _("Committee or working group")
    SIGNING = "signing", _("Signing")
    CALL = "call", _("Telephone call")
    VIDEO = "video", _("Video conference")
    FORUM = "forum", _("Forum or fair")
    EXERCISE = "exercise", _("Exercise")
    INTERVIEW = "interview", _("Interview")
    BRIEFING = "briefing", _("Briefing")
    HEARING = "hearing", _("Domestic hearing")
    STATEMENT = "statement", _("Statement")

    @property
    def is_statement(self) -> bool:
        """Return whether one side speaks alone, so that it never counts as a meeting."""
        return self in STATEMENT_FORMATS


STATEMENT_FORMATS = frozenset({Format.INTERVIEW, Format.BRIEFING, Format.HEARING, Format.STATEMENT})


class MeetingStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Presence(TextChoices):
    CONFIRMED = "confirmed", _("In the room")
    TRAVELLING = "travelling", _("In the travelling party")
    ABSENT = "absent", _("Absent")


class Role(TextChoices):
    PRINCIPAL = "principal", _("Principal")
    MEMBER = "member", _("Member of the delegation")
    SIGNATORY = "signatory", _("Signatory")
    CHAIR = "chair", _("Chair")


class SourceKind(TextChoices):
    OFFICIAL = "official", _("Official release")
    TRANSCRIPT = "transcript", _("Transcript")
    JOINT_TEXT = "joint_text", _("Joint text of the parties")
    WIRE = "wire", _("News agency")
    NEWSPAPER = "newspaper", _("Newspaper or news site")
    BROADCASTER = "broadcaster", _("Broadcaster")
    TRADE_PRESS = "trade_press", _("Trade press")
    AGGREGATOR = "aggregator", _("Aggregator")
    ANALYSIS = "analysis", _("Analysis")
    BLOG = "blog", _("Blog")
    SOCIAL = "social", _("Social media")


class Carried(TextChoices):
    """How much of an issuer's text the publisher carries; ``own`` is the publisher's own reporting."""

    WHOLE = "whole", _("Carried whole")
    EXTRACT = "extract", _("Extract")
    OWN = "own", _("The publisher's own reporting")
    UNKNOWN = "unknown", _("Not known")


class DateBasis(TextChoices):
    BYLINE = "byline", _("Byline")
    DATELINE = "dateline", _("Dateline")
    TEXT = "text", _("Stated in the text")
    CAPTION = "caption", _("Picture caption")
    URL = "url", _("Address of the page")
    ARCHIVE = "archive", _("Date kept with the archived copy")
    INFERRED = "inferred", _("Inferred")
    NONE = "none", _("No date")


class Fidelity(TextChoices):
    ORIGINAL = "original", _("Original wording")
    TRANSLATION = "translation", _("Translation")
    MACHINE_TRANSLATION = "machine_translation", _("Machine translation")


class Extent(Rank):
    """How much of a source we hold. Ordered from the least."""

    REFERENCE = "reference", _("Reference only")
    OPENING = "opening", _("Opening only")
    FULL = "full", _("Full text")


class CommitmentKind(TextChoices):
    AREA = "area", _("Area")
    PROJECT = "project", _("Project")
    PROCESS = "process", _("Process")
    VISIT = "visit", _("Visit")
    AGREEMENT = "agreement", _("Agreement")


class Reach(Rank):
    """How a commitment came up. Ordered from the weakest; only ``voiced`` ever counts."""

    BACKGROUND = "background", _("Reporter's background")
    RECALLED = "recalled", _("Recalled")
    VOICED = "voiced", _("Voiced")


class Act(TextChoices):
    """What was done with the commitment in words."""

    FLOATED = "floated", _("Floated")
    PROPOSED = "proposed", _("Proposed")
    REAFFIRMED = "reaffirmed", _("Reaffirmed")
    DISCUSSED = "discussed", _("Discussed")
    AGREED = "agreed", _("Agreed")
    SIGNED = "signed", _("Signed")
    PROGRESS_REPORTED = "progress_reported", _("Progress reported")
    OBSTACLE_REPORTED = "obstacle_reported", _("Obstacle reported")
    REFUSED = "refused", _("Refused")
    DELIVERED = "delivered", _("Delivered")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    INVITED = "invited", _("Invited")
    THANKED = "thanked", _("Thanked")


#: Acts that do not yet declare anything: with only these, a commitment stands at rung 0.
TENTATIVE_ACTS = frozenset({Act.FLOATED, Act.PROPOSED, Act.INVITED})


class Standing(TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    CLAIMED = "claimed", _("Claimed")
    REJECTED = "rejected", _("Rejected")


class Strength(Scale):
    """How far a forward-looking wording binds its speaker. Ordered from the weakest."""

    NOTED = 0, _("Noted")
    TALKED = 1, _("Talked about")
    WISHED = 2, _("Wished")
    AGREED_LOOSELY = 3, _("Agreed loosely")
    BOUND = 4, _("Bound itself")
    BOUND_WITH_TERMS = 5, _("Bound itself with terms")


class Term(Rank):
    """A particular that a wording names. The number of them is its specificity (0 to 7)."""

    OBJECT = "object", _("Object")
    PLACE = "place", _("Place")
    QUANTITY = "quantity", _("Quantity")
    AMOUNT = "amount", _("Amount of money")
    DATE = "date", _("Date")
    BODY = "body", _("Responsible body")
    INSTRUMENT = "instrument", _("Instrument")


class Stage(Scale):
    """The ladder: how far a commitment has got. Ordered from the lowest rung."""

    FLOATED = 0, _("Floated")
    DECLARED = 1, _("Declared")
    MEMORANDUM = 2, _("Memorandum")
    AGREEMENT = 3, _("Agreement")
    CONTRACTED = 4, _("Contracted")
    UNDER_WAY = 5, _("Under way")
    PARTLY_DELIVERED = 6, _("Partly delivered")
    DELIVERED = 7, _("Delivered")


class StatedCondition(TextChoices):
    """What a milestone can say of a commitment's condition. Ordered by precedence, ``resumed`` apart."""

    DELIVERED = "delivered", _("Delivered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")
    LAPSED = "lapsed", _("Lapsed")
    BLOCKED = "blocked", _("Blocked")
    SUSPENDED = "suspended", _("Suspended")
    RESUMED = "resumed", _("Resumed")


#: After one of these a commitment is closed; opened again, it is a new one that succeeds the old.
CLOSING_CONDITIONS = frozenset(
    {
        StatedCondition.DELIVERED,
        StatedCondition.WITHDRAWN,
        StatedCondition.SUPERSEDED,
        StatedCondition.LAPSED,
    }
)


class Outcome(TextChoices):
    """What became of a dated promise."""

    PENDING = "pending", _("Pending")
    MET = "met", _("Met")
    MET_LATE = "met_late", _("Met late")
    MISSED = "missed", _("Missed")
    UNKNOWN = "unknown", _("Not known")


class Proves(TextChoices):
    """Which half of a deadline a citation proves."""

    PROMISE = "promise", _("The promise")
    OUTCOME = "outcome", _("The outcome")


class PublicationState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
