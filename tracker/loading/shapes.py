"""What a fixture record looks like: one type per kind, its fields named as in the tables. Every word comes from the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tracker.dates import EDTF_HELP
from tracker.models.redirect import RECORD_KINDS
from tracker.vocabulary import (
    Act,
    Carried,
    CommitmentKind,
    DateBasis,
    Extent,
    Fidelity,
    Format,
    Level,
    MeetingStatus,
    Outcome,
    PartyKind,
    Presence,
    Proves,
    PublicationState,
    Reach,
    Role,
    Scale,
    SeriesKind,
    SourceKind,
    Stage,
    Standing,
    StatedCondition,
    Strength,
    Term,
)

Sort = Literal["slug", "key", "text", "flag", "day", "span", "word", "scale", "terms", "locator", "reference", "references", "children"]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a field holds: its sort, what is expected in plain words, its words, the kind or the shape of record it leads to."""

    sort: Sort
    expected: str
    words: tuple[str, ...] = ()
    scale: type[Scale] | None = None
    kind: str = ""
    shape: type[Record] | None = None


def _matter(sort: Sort, expected: str, pattern: str | None = None, *, kind: str = "", length: int | None = None) -> Meta:
    return Meta(pattern=pattern, max_length=length, extra={"matter": Matter(sort, expected, kind=kind)})


def _one_of(words: type[Enum], sort: Sort = "word") -> Meta:
    scale = words if issubclass(words, Scale) else None
    spelled = scale.words() if scale else tuple(str(word.value) for word in words)
    expected = f"one of {', '.join(spelled)}"
    return Meta(pattern=rf"^({'|'.join(spelled)})\Z", extra={"matter": Matter("scale" if scale else sort, expected, spelled, scale)})


def _refers(kind: str) -> Meta:
    return _matter("reference", f"the slug of a {kind} in quotes", SLUG, kind=kind)


def _refer(kind: str) -> Meta:
    return _matter("references", f"a list of slugs of {kind} records, for example [{chr(34)}first{chr(34)}, {chr(34)}second{chr(34)}]", SLUG, kind=kind)


SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
KEY = r"^[a-z0-9]+([-_][a-z0-9]+)*\Z"

Slug = Annotated[str, _matter("slug", "a slug in quotes: small letters, digits and single hyphens", SLUG)]
Key = Annotated[str, _matter("key", "a key in quotes: small letters, digits and single hyphens", KEY)]
Text = Annotated[str, _matter("text", "a text in quotes")]
Flag = Annotated[bool, _matter("flag", "true or false, without quotes")]
Day = Annotated[str, _matter("day", 'a quoted day such as "2024-07-03"')]
Span = Annotated[str, _matter("span", f"a quoted date: {EDTF_HELP}")]
Locator = Annotated[str | int, _matter("locator", 'numbers of lines: 8, "8-9" or "8,14"')]
Terms = list[Annotated[str, _one_of(Term, "terms")]]
ParticipantRef = Annotated[str, _refers("participant")]
PartyRef = Annotated[str, _refers("party")]
SeriesRef = Annotated[str, _refers("series")]
SourceRef = Annotated[str, _refers("source")]
MeetingRef = Annotated[str, _refers("meeting")]
CommitmentRef = Annotated[str, _refers("commitment")]
PartyRefs = list[Annotated[str, _refer("party")]]
CommitmentRefs = list[Annotated[str, _refer("commitment")]]


class Record(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """A table of a fixture file. A field that is left out has its default."""


class Published(Record, kw_only=True, frozen=True):
    """A record of its own, public once it is published. Fixtures load as published unless they say otherwise."""

    state: Annotated[str, _one_of(PublicationState)] = PublicationState.PUBLISHED.value
    withdrawn_reason: Text = ""


class Headed(Published, kw_only=True, frozen=True):
    """A record with an address of its own."""

    slug: Slug
    renamed_from: Slug | None = None


class NameRecord(Record, kw_only=True, frozen=True):
    key: Key
    name: Text
    language: Text
    note: Text = ""


class PartyRecord(Headed, kw_only=True, frozen=True):
    name: Text
    kind: Annotated[str, _one_of(PartyKind)]
    iso2: Text = ""
    wikidata_id: Text = ""


class ParticipantRecord(Headed, kw_only=True, frozen=True):
    name: Text
    home_party: PartyRef
    wikidata_id: Text = ""
    names: list[NameRecord] = []


class SeriesRecord(Headed, kw_only=True, frozen=True):
    title: Text
    kind: Annotated[str, _one_of(SeriesKind)]
    parties: PartyRefs
    covered_until: Day


class SourceRecord(Headed, kw_only=True, frozen=True):
    title: Text
    publisher: Text
    url: Text = ""
    archived_url: Text = ""
    language: Text = "en"
    kind: Annotated[str, _one_of(SourceKind)]
    issued_by: PartyRef | None = None
    carried: Annotated[str, _one_of(Carried)] = Carried.UNKNOWN.value
    published: Span | None = None
    date_basis: Annotated[str, _one_of(DateBasis)] = DateBasis.NONE.value
    derived_from: SourceRef | None = None
    fidelity: Annotated[str, _one_of(Fidelity)] = Fidelity.ORIGINAL.value
    text: Text = ""
    text_sha256: Text = ""
    may_publish_text: Flag = False
    note: Text = ""


class CommitmentNameRecord(NameRecord, kw_only=True, frozen=True):
    valid_from: Span | None = None


class CommitmentRecord(Headed, kw_only=True, frozen=True):
    name: Text
    kind: Annotated[str, _one_of(CommitmentKind)]
    parent: CommitmentRef | None = None
    series: SeriesRef
    parties: PartyRefs
    description: Text = ""
    criteria: Text = ""
    listed_on: Day
    minimum_level: Annotated[str, _one_of(Level)] | None = None
    succeeds: CommitmentRef | None = None
    names: list[CommitmentNameRecord] = []


class AttendanceRecord(Record, kw_only=True, frozen=True):
    key: Key
    party: PartyRef
    participant: ParticipantRef | None = None
    office: Text = ""
    role: Annotated[str, _one_of(Role)] = Role.PRINCIPAL.value
    presence: Annotated[str, _one_of(Presence)] = Presence.CONFIRMED.value


class ReportRecord(Record, kw_only=True, frozen=True):
    source: SourceRef
    extent: Annotated[str, _one_of(Extent)]
    read_on: Day | None = None
    read_by: Text = ""


class MeetingRecord(Headed, kw_only=True, frozen=True):
    title: Text
    series: SeriesRef
    format: Annotated[str, _one_of(Format)]
    level: Annotated[str, _one_of(Level)]
    status: Annotated[str, _one_of(MeetingStatus)] = MeetingStatus.HELD.value
    remit: CommitmentRefs = []
    starts: Span
    ends: Day | None = None
    date_note: Text = ""
    place: Text = ""
    country: Text = ""
    occasion: Text = ""
    part_of: MeetingRef | None = None
    summary: Text = ""
    attendances: list[AttendanceRecord] = []
    reports: list[ReportRecord] = []


class CitationRecord(Record, kw_only=True, frozen=True):
    key: Key
    source: SourceRef
    locator: Locator = ""
    speaker: ParticipantRef | None = None
    party: PartyRef | None = None
    both_sides: Flag = False
    phrase: Text = ""
    paraphrase: Text = ""
    note: Text = ""


class MentionCitationRecord(CitationRecord, kw_only=True, frozen=True):
    reach: Annotated[str, _one_of(Reach)]
    act: Annotated[str, _one_of(Act)]
    strength: Annotated[str, _one_of(Strength)] | None = None
    terms: Terms = []


class DeadlineCitationRecord(CitationRecord, kw_only=True, frozen=True):
    proves: Annotated[str, _one_of(Proves)]


class MentionRecord(Published, kw_only=True, frozen=True):
    commitment: CommitmentRef
    meeting: MeetingRef
    act: Annotated[str, _one_of(Act)]
    standing: Annotated[str, _one_of(Standing)] = Standing.ACCEPTED.value
    summary: Text = ""
    citations: list[MentionCitationRecord]


class MilestoneRecord(Published, kw_only=True, frozen=True):
    commitment: CommitmentRef
    key: Key
    stage: Annotated[str, _one_of(Stage)] | None = None
    condition: Annotated[str, _one_of(StatedCondition)] | None = None
    happened: Span
    meeting: MeetingRef | None = None
    standing: Annotated[str, _one_of(Standing)] = Standing.ACCEPTED.value
    reason: Text
    citations: list[CitationRecord]


class DeadlineRecord(Published, kw_only=True, frozen=True):
    commitment: CommitmentRef
    key: Key
    target: Key
    what: Text
    due: Span
    stated_at: MeetingRef | None = None
    stated: Span | None = None
    outcome: Annotated[str, _one_of(Outcome)] = Outcome.PENDING.value
    resolved: Span | None = None
    note: Text = ""
    citations: list[DeadlineCitationRecord]


class RedirectRecord(Record, kw_only=True, frozen=True):
    kind: Annotated[str, Meta(pattern=rf"^({'|'.join(RECORD_KINDS)})\Z", extra={"matter": Matter("word", f"one of {', '.join(RECORD_KINDS)}", RECORD_KINDS)})]
    old_slug: Slug
    new_slug: Slug


#: The kinds of record in the order in which one can refer to another.
SHAPES: dict[str, type[Record]] = {
    "party": PartyRecord,
    "participant": ParticipantRecord,
    "series": SeriesRecord,
    "source": SourceRecord,
    "commitment": CommitmentRecord,
    "meeting": MeetingRecord,
    "mention": MentionRecord,
    "milestone": MilestoneRecord,
    "deadline": DeadlineRecord,
    "redirect": RedirectRecord,
}
