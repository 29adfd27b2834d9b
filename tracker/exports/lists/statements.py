"""Mentions and promised dates as documents, each with the passages that prove it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tracker.exports.package.columns import Column
from tracker.filters import DeadlineFilter, MentionFilter
from tracker.history.facts import CitationFact
from tracker.queries.coded import CodedMention, all_deadlines, all_mentions, coded_deadlines, coded_mentions
from tracker.vocabulary import Act, CommitmentKind, EvidenceGrade, Format, Level, Outcome, Proves, Reach, Standing, Strength, Term

from .listing import Document, Listing, Nested, Site, many, span_columns, span_values

PASSAGE = (
    Column("key", "Tells the passages of one record apart. It does not change.", required=True),
    Column("source", "The slug of the document.", required=True),
    Column("publisher", "Who put the document before the public.", required=True),
    Column("language", "The language of the document, as a tag.", required=True),
    Column("locator", "The lines that say it, counting the non-empty lines of the document from 1."),
    Column("phrase", "At most eight words, exactly as they stand in the document."),
    Column("paraphrase", "What the passage says, in the record's own words."),
    Column("speaker", "The slug of the person who said it. Empty where the document names nobody."),
    Column("party", "The slug of the side that voiced it. Empty where the document names none, or both."),
    Column("both_sides", "Whether the passage reports it of both sides together.", "boolean", required=True),
)
CODED = (
    Column("reach", "Whether it was voiced, recalled, or the reporter's own background. Only what was voiced counts.", words=tuple(Reach.values)),
    Column("act", "What was done by saying it, by this document.", words=tuple(Act.values)),
    Column("strength", "How far this wording binds.", words=Strength.words(), ordered=True),
    many("terms", f"The particulars named: {', '.join(Term.values)}."),
)
_MENTION = (
    Column("commitment", "The slug of the commitment.", required=True),
    Column("commitment_name", "The name of the commitment.", required=True),
    Column("kind", "The kind of the commitment.", words=tuple(CommitmentKind.values), required=True),
    Column("area", "The slug of the area above the commitment."),
    Column("meeting", "The slug of the meeting or statement. Commitment and meeting together tell mentions apart.", required=True),
    Column("meeting_title", "The title of the meeting or statement.", required=True),
    Column("place", "Where it was."),
    *span_columns("date", "The first day of the meeting.", required=True),
    Column("series", "The slug of the series of the meeting.", required=True),
    Column("format", "The format of the meeting; interviews, briefings, hearings and statements are no meetings.", words=tuple(Format.values), required=True),
    Column("level", "The level of the meeting.", words=Level.words(), ordered=True, required=True),
    Column("act", "What was done by saying it, all documents considered.", words=tuple(Act.values), required=True),
    Column("standing", "Only accepted mentions count.", words=tuple(Standing.values), required=True),
    Column("reach", "The highest reach of its passages. Only what was voiced counts.", words=tuple(Reach.values), required=True),
    many("voice", "The slugs of the parties that voiced it. Empty where no document names one."),
    Column("both_sides", "Whether a document reports it of both sides together.", "boolean", required=True),
    Column("one_sided", "Whether both sides' own texts were read and only one of them has it.", "boolean", required=True),
    Column("strength", "The highest strength of what was voiced.", words=Strength.words(), ordered=True),
    Column("specificity", "How many particulars were named, 0 to 7.", "integer", required=True),
    Column("evidence", "The grade of the evidence, A to D.", words=tuple(EvidenceGrade.values)),
    Column("summary", "What was said, in the record's own words."),
    Column("phrase", "The key phrase of the leading passage, exactly as it stands in the document."),
    Column("paraphrase", "What the leading passage says, in the record's own words."),
    Column("source", "The slug of the document of the leading passage.", required=True),
    Column("publisher", "Who published that document.", required=True),
    Column("passages", "How many passages prove the mention.", "integer", required=True),
    Column("url", "The place of the mention on the page of its commitment.", required=True),
    Nested("citations", "The passages that prove the mention, and what each of them says.", (*PASSAGE, *CODED)),
)


def passage_document(one: CitationFact) -> Document:
    """Return a passage that proves a milestone or a promise."""
    return {
        "key": one.key,
        "source": one.source.slug,
        "publisher": one.source.publisher,
        "language": one.source.language,
        "locator": one.locator or None,
        "phrase": one.phrase or None,
        "paraphrase": one.paraphrase or None,
        "speaker": one.speaker,
        "party": one.party,
        "both_sides": one.both_sides,
    }


def citation_document(one: CitationFact) -> Document:
    """Return a passage that proves a mention."""
    return passage_document(one) | {
        "reach": one.reach.value if one.reach else None,
        "act": one.act.value if one.act else None,
        "strength": one.strength.word if one.strength is not None else None,
        "terms": [term.value for term in one.terms],
    }


def _mention_rows(_today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = all_mentions().select_related("meeting__series", "commitment__parent", "roll_up")
    return rows


def _mentions(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    coded = {one.mention.pk: one for one in coded_mentions(rows)}
    for row in rows:
        # What was taken from view while the rows were being sent is sent no more.
        if row.pk in coded:
            yield _mention(row, coded[row.pk], site)


def _mention(row: Any, coded: CodedMention, site: Site) -> Document:
    rolled, head, citations = getattr(row, "roll_up", None), coded.head, coded.mention.citations
    reaches = [one.reach for one in citations if one.reach]
    return {
        "commitment": coded.commitment.slug,
        "commitment_name": coded.commitment.name,
        "kind": coded.kind.value,
        "area": row.commitment.parent.slug if row.commitment.parent else None,
        "meeting": coded.meeting.slug,
        "meeting_title": row.meeting.title,
        "place": row.meeting.place or None,
        **span_values("date", coded.when),
        "series": row.meeting.series.slug,
        "format": coded.format.value,
        "level": Level(row.meeting.level).word,
        "act": coded.mention.act.value,
        "standing": coded.mention.standing.value,
        "reach": max(reaches, key=lambda reach: reach.rank).value,
        "voice": list(coded.voice),
        "both_sides": coded.both_sides,
        "one_sided": coded.one_sided,
        "strength": Strength(rolled.strength).word if rolled and rolled.strength is not None else None,
        "specificity": rolled.specificity if rolled else 0,
        "evidence": coded.evidence or None,
        "summary": coded.mention.summary or None,
        "phrase": head.phrase or None,
        "paraphrase": head.paraphrase or None,
        "source": head.source.slug,
        "publisher": head.source.publisher,
        "passages": len(citations),
        "url": f"{site.page('commitment', coded.commitment.slug)}#at-{coded.meeting.slug}",
        "citations": [citation_document(one) for one in citations],
    }


MENTIONS = Listing(
    "mentions",
    "Every coded statement: a commitment that came up at a meeting, once per meeting however many documents report it.",
    MentionFilter,
    _mention_rows,
    _MENTION,
    _mentions,
    ("commitment__slug", "meeting__slug"),
)

_DEADLINE = (
    Column("commitment", "The slug of the commitment.", required=True),
    Column("commitment_name", "The name of the commitment.", required=True),
    Column("key", "Tells the promises of one commitment apart. It does not change.", required=True),
    Column("series", "The slug of the series of the commitment.", required=True),
    Column("target", "What is promised for the date, as a key: the same for each new promise of the same thing.", required=True),
    Column("what", "What was promised.", required=True),
    *span_columns("due", "The date promised.", required=True),
    *span_columns("stated", "When it was promised.", required=True),
    Column("stated_at", "The slug of the meeting at which it was promised. Empty where it was elsewhere."),
    Column("outcome", "What became of it.", words=tuple(Outcome.values), required=True),
    *span_columns("resolved", "When that was known."),
    Column("overdue", "Whether it is the latest promise of its target, has passed, and nothing is known of the outcome.", "boolean", required=True),
    Column("note", "What a reader should know of it."),
    Column("url", "The promised dates on the page of the commitment.", required=True),
    Nested(
        "citations",
        "The passages that prove the promise or its outcome.",
        (*PASSAGE, Column("proves", "Whether it proves the promise or what became of it.", words=tuple(Proves.values))),
    ),
)


def _deadline_rows(today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = all_deadlines(today).select_related("commitment__series")
    return rows


def _deadlines(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    series = {row.pk: row.commitment.series.slug for row in rows}
    for one in coded_deadlines(rows, site.today):
        promise = one.deadline
        yield {
            "commitment": one.commitment.slug,
            "commitment_name": one.commitment.name,
            "key": promise.key,
            "series": series[promise.pk or 0],
            "target": promise.target,
            "what": promise.what,
            **span_values("due", promise.due),
            **span_values("stated", promise.stated),
            "stated_at": promise.stated_at,
            "outcome": promise.outcome.value,
            **span_values("resolved", promise.resolved),
            "overdue": one.overdue,
            "note": promise.note or None,
            "url": f"{site.page('commitment', one.commitment.slug)}#deadlines",
            "citations": [passage_document(passage) | {"proves": passage.proves.value if passage.proves else None} for passage in promise.citations],
        }


DEADLINES = Listing(
    "deadlines",
    "Every dated promise, whatever became of it.",
    DeadlineFilter,
    _deadline_rows,
    _DEADLINE,
    _deadlines,
    ("commitment__slug", "key"),
)
