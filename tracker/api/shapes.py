"""JSON Schemas of what is answered, made of the same columns as the files of the lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.listing import Listing, Nested, many, span_columns
from tracker.exports.lists.statements import CODED, PASSAGE
from tracker.exports.package.columns import Column
from tracker.exports.package.measures import measure_layout
from tracker.history.results import Measures
from tracker.vocabulary import (
    Act,
    CellState,
    Change,
    CommitmentKind,
    Condition,
    EvidenceGrade,
    Grade,
    Outcome,
    Proves,
    Reach,
    Rule,
    Stage,
    Standing,
    StatedCondition,
    Strength,
)

Schema = dict[str, Any]
SLUG = "^[-a-zA-Z0-9_]+$"


def names_of(listing: Listing) -> str:
    """Return what a row of the list is called among the schemas."""
    return {"series": "Series", "parties": "Party"}.get(listing.name, listing.name[:-1].capitalize())


def column_schema(column: Column) -> Schema:
    """Return the schema of one value."""
    if column.type == "array":
        return {"type": "array", "items": {"type": "string"}, "description": column.about}
    kind: Schema = {"type": "string", "format": "date"} if column.type == "date" else {"type": column.type}
    if not column.required:
        kind["type"] = [kind["type"], "null"]
    if column.words:
        kind["enum"] = [*column.words] if column.required else [*column.words, None]
    return {**kind, "description": column.about}


def object_schema(columns: Iterable[Column | Nested], about: str = "", *, whole: bool = True, **more: Schema) -> Schema:
    """Return the schema of a document. Not ``whole``: ``fields`` may leave columns out."""
    shapes = {one.name: column_schema(one) if isinstance(one, Column) else array_of(object_schema(one.columns), one.about) for one in columns} | more
    found: Schema = {"type": "object", "properties": shapes, "additionalProperties": False}
    return ({"description": about} if about else {}) | found | ({"required": list(shapes)} if whole else {})


def array_of(items: Schema, about: str = "") -> Schema:
    return {"type": "array", "items": items} | ({"description": about} if about else {})


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _because() -> Schema:
    columns = (
        Column("kind", "The kind of row: mention, milestone, attendance, meeting, report or commitment.", required=True),
        Column("ref", "The row: a slug, or owner/key.", required=True),
        Column("says", "What the row says of the cell.", required=True),
    )
    return array_of(object_schema(columns), "The rows that decided.")


_CELL = (
    Column("meeting", "The slug of the meeting. Rooms of one journey are folded into it.", required=True),
    Column("state", "What the meeting is to the commitment. “unobserved” means that nobody looked.", words=tuple(CellState.values), required=True),
    Column("grade", "How firmly the readings that count show what was left out.", words=Grade.words(), required=True),
    Column("counted", "Whether the meeting is one of the n behind the recurrence.", "boolean", required=True),
    Column("rule", "The rule that decided.", words=tuple(Rule.values), required=True),
)
_EXPLAINED = (
    Column("commitment", "The slug of the commitment.", required=True),
    Column("as_of", "The day as of which it is told.", "date", required=True),
    Column("date", "The date of the meeting as finely as it is known.", required=True),
    *_CELL,
    Column("state_in_words", "The state in words.", required=True),
    Column("rule_in_words", "The rule in words.", required=True),
    Column("grade_in_words", "The grade in words.", required=True),
    Column("counted_because", "Why it is counted, or not.", required=True),
)
_COLUMN = (
    Column("slug", "The slug of the meeting.", required=True),
    Column("date", "The date as finely as it is known.", required=True),
    Column("precision", "How finely that is.", words=("day", "month", "year", "interval"), required=True),
    Column("title", "The title of the meeting.", required=True),
    Column("general", "Whether it was called for nothing in particular.", "boolean", required=True),
)
_MENTION = (
    Column("meeting", "The slug of the meeting or statement.", required=True),
    Column("meeting_title", "Its title.", required=True),
    Column("place", "Where it was."),
    *span_columns("date", "Its first day.", required=True),
    Column("statement", "Whether it is a statement: told apart, and counted apart.", "boolean", required=True),
    Column("guest", "Whether it was at a meeting of another series: shown, never counted.", "boolean", required=True),
    Column("counts", "Whether it is accepted and was voiced.", "boolean", required=True),
    Column("reach", "The highest reach of its passages.", words=tuple(Reach.values), required=True),
    Column("act", "What was done by saying it.", words=tuple(Act.values), required=True),
    Column("standing", "Only accepted mentions count.", words=tuple(Standing.values), required=True),
    many("voice", "The slugs of the parties that voiced it."),
    Column("both_sides", "Whether a document reports it of both sides together.", "boolean", required=True),
    Column("one_sided", "Whether both sides' own texts were read and only one of them has it.", "boolean", required=True),
    Column("strength", "The highest strength of what was voiced.", words=Strength.words()),
    many("terms", "The particulars that were named."),
    many("changes", f"Against the counted mention before: {', '.join(Change.values)}."),
    Column("evidence", "The grade of the evidence.", words=tuple(EvidenceGrade.values), required=True),
    Column("summary", "What was said, in the record's own words."),
    Nested("citations", "The passages that prove it.", (*PASSAGE, *CODED)),
)
_MILESTONE = (
    Column("key", "Tells the milestones of one commitment apart.", required=True),
    Column("stage", "The rung reached. Empty where it states a condition.", words=Stage.words()),
    Column("condition", "The condition stated. Empty where it states a rung.", words=tuple(StatedCondition.values)),
    *span_columns("happened", "When it happened.", required=True),
    Column("meeting", "The slug of the meeting at which it did."),
    Column("standing", "Only accepted milestones count.", words=tuple(Standing.values), required=True),
    Column("reason", "Why this rung or condition, and why this standing.", required=True),
    Nested("citations", "The passages that prove it.", PASSAGE),
)
_PROMISE = (
    Column("key", "Tells the promises of one commitment apart.", required=True),
    Column("what", "What was promised.", required=True),
    *span_columns("due", "The date promised.", required=True),
    *span_columns("stated", "When it was promised.", required=True),
    Column("stated_at", "The slug of the meeting at which it was promised."),
    Column("outcome", "What became of it.", words=tuple(Outcome.values), required=True),
    *span_columns("resolved", "When that was known."),
    Column("note", "What a reader should know of it."),
    Nested("citations", "The passages that prove the promise or its outcome.", (*PASSAGE, Column("proves", "Which of the two.", words=tuple(Proves.values)))),
)
_TRACK = (
    Column("target", "What is promised, as a key: the same for each new promise of the same thing.", required=True),
    Column("slip_days", "Days between the first date promised and the last.", "integer", required=True),
    *(Column(name, f"How many of the promises were {name.replace('_', ' ')}.", "integer", required=True) for name in ("resolved", "missed", "met_late", "met")),
    Column("overdue", "Whether the latest date has passed and nothing is known of the outcome.", "boolean", required=True),
    Column("overdue_days", "For how many days.", "integer", required=True),
)
_HISTORY = (
    Column("commitment", "The slug of the commitment.", required=True),
    Column("name", "Its name.", required=True),
    Column("kind", "Its kind.", words=tuple(CommitmentKind.values), required=True),
    Column("series", "The slug of its series.", required=True),
    Column("area", "The slug of the area above it."),
    Column("as_of", "The day as of which all is told: what happened later is left out.", "date", required=True),
    Column("until", "The day to which days are counted: as_of, or the end of the search of the series if that is earlier.", "date", required=True),
    Nested(
        "names",
        "Other names that it goes by.",
        (
            Column("key", "Tells the names apart.", required=True),
            Column("name", "The name.", required=True),
            Column("language", "The language of the name, as a tag.", required=True),
            Column("note", "What a reader should know of it."),
            *span_columns("valid_from", "Since when it is in use."),
        ),
    ),
    Column("stage", "The rung reached.", words=Stage.words(), required=True),
    Column("stage_by", "The key of the milestone that proves the rung."),
    Column("condition", "Where it stands.", words=tuple(Condition.values), required=True),
    Column("condition_inferred", "Whether that follows from counts; otherwise a milestone states it.", "boolean", required=True),
    Column("condition_by", "The key of the milestone that states it."),
)


_ROW = (
    Column("slug", "The slug of the commitment.", required=True),
    Column("kind", "Its kind.", words=tuple(CommitmentKind.values), required=True),
    Column("parent", "The slug of the area above it."),
    Column("stage", "The rung reached.", words=Stage.words(), required=True),
    Column("condition", "Where it stands.", words=tuple(Condition.values), required=True),
)


def _measures(names: Iterable[str]) -> Schema:
    """Return the schema of numbers, with what each of them means."""
    known = {column.name: column for column in measure_layout().columns}
    return object_schema([known[name] for name in names], "The numbers of the commitment. An empty one is not shown because too little was read.")


def components() -> dict[str, Schema]:
    """Return all schemas by name."""
    matrix_numbers = ("voiced_meetings", "called_for", "statements", "read", "eligible", "voiced_of_read", "quiet_meetings", "quiet_days")
    more_numbers = ("idle_restatements", "last_voiced", "last_moved", "coverage")
    found = {names_of(one): object_schema(one.columns, one.about, whole=False) for one in LISTINGS.values()}
    found["Cell"] = object_schema(_CELL, because=_because())
    found["Explanation"] = object_schema(_EXPLAINED, because=_because())
    found["History"] = object_schema(
        _HISTORY,
        condition_numbers={"type": "object", "additionalProperties": {"type": "integer"}, "description": "What was compared to infer the condition."},
        measures=_measures(each.name for each in fields(Measures)),
        mentions=array_of(object_schema(_MENTION), "Every mention up to that day, in the order of time."),
        milestones=array_of(object_schema(_MILESTONE), "What proves a rung or states a condition."),
        deadlines=array_of(object_schema(_TRACK, promises=array_of(object_schema(_PROMISE))), "Promised dates by target, in the order stated."),
        cells=array_of(ref("Cell"), "One for each held meeting of the series."),
    )
    found["MatrixRow"] = object_schema(
        _ROW, cells=array_of(ref("Cell"), "One for each meeting, in the order of the meetings."), measures=_measures((*matrix_numbers, *more_numbers))
    )
    found["Matrix"] = object_schema(
        (Column("series", "The slug of the series.", required=True), Column("as_of", "The day as of which it is told.", "date", required=True)),
        meetings=array_of(object_schema(_COLUMN), "The held meetings, in order."),
        commitments=array_of(ref("MatrixRow"), "Areas before what hangs under them."),
    )
    found["Problem"] = _problem()
    return found


def _problem() -> Schema:
    error = object_schema((Column("parameter", "Which parameter.", required=True), Column("detail", "What would be right.", required=True)))
    return {
        "type": "object",
        "description": "What was wrong, as in RFC 9457.",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": array_of(error, "Each parameter that can't be understood."),
        },
    }
