"""The nouns of the record: what a party, a mention, a reading is."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Concept(TextChoices):
    PARTY = "party", _("Party")
    PARTICIPANT = "participant", _("Participant")
    SERIES = "series", _("Series")
    MEETING = "meeting", _("Meeting")
    REMIT = "remit", _("Remit")
    ROOM = "room", _("Journey and room")
    STATEMENT = "statement", _("Statement")
    SOURCE = "source", _("Source")
    REPORT = "report", _("Report")
    READING = "reading", _("Reading")
    COMMITMENT = "commitment", _("Commitment")
    AREA = "area", _("Area")
    MENTION = "mention", _("Mention")
    CITATION = "citation", _("Citation")
    MILESTONE = "milestone", _("Milestone")
    DEADLINE = "deadline", _("Promised date")
    STAGE = "stage", _("Rung")
    CONDITION = "condition", _("Condition")
    STANDING = "standing", _("Standing")
    REACH = "reach", _("Reach")
    ACT = "act", _("Act")
    VOICE = "voice", _("Voice")
    STRENGTH = "strength", _("Strength")
    TERMS = "terms", _("Terms")
    CHANGE = "change", _("Change")
    AS_OF = "as_of", _("As of")
    EDIT = "edit", _("Edit")
    LOAD = "load", _("Load")


CONCEPTS = {
    Concept.PARTY: _("A state or an organization that meets others, pledges something or publishes its own account of a meeting."),
    Concept.PARTICIPANT: _("A person who was at a meeting. The office is recorded with each attendance, because people change office."),
    Concept.SERIES: _("Meetings that are read together, in the order in which they were held: those of two parties, or of one forum."),
    Concept.MEETING: _("One dated encounter, by telephone too. Each meeting that was held is a column of the matrix."),
    Concept.REMIT: _(
        "What a meeting was called for, if it was called for one thing: a pipeline committee, a signing. Without a remit it is a general meeting."
    ),
    Concept.ROOM: _("Talks on the same visit as others. They hang under the journey, which is one column and counts once."),
    Concept.STATEMENT: _(
        "One side speaking in public while nobody meets: an interview, a briefing, a hearing. Statements are shown and counted apart from meetings."
    ),
    Concept.SOURCE: _("One document as it was published: a release, a joint text, a news report. It knows whose text it rests on and what it copies."),
    Concept.REPORT: _("The fact that a source tells of a meeting, and how much of that source we hold."),
    Concept.READING: _(
        "Somebody went through the whole text of a report against the whole list of commitments, on a known day. Only this can show what was left out."
    ),
    Concept.COMMITMENT: _("One identifiable object of cooperation, followed under one name however often it is restated, renamed or given a new size."),
    Concept.AREA: _("A broad field such as energy. It cannot be delivered; projects, processes, visits and agreements hang under it."),
    Concept.MENTION: _("The finding that a commitment came up at a meeting. There is one for each pair, however many articles report it."),
    Concept.CITATION: _("The proof: which passage of which source says so, in whose voice, with a key phrase of at most eight words."),
    Concept.MILESTONE: _("Dated proof that a rung was reached, that a new paper was signed, or that the condition changed."),
    Concept.DEADLINE: _("A day, month or year that was promised for one target, when it was promised, and what became of it."),
    Concept.STAGE: _("How far a commitment has got, on a ladder from floated (0) to delivered (7). The rung reached never falls."),
    Concept.CONDITION: _("Where a commitment stands now, apart from its rung: stated by a document, or inferred from silence and then always labelled so."),
    Concept.STANDING: _("Whether a finding counts: accepted ones do; claimed ones are shown and never counted."),
    Concept.REACH: _("How a commitment came up: said there, looked back at, or only told by the reporter."),
    Concept.ACT: _("What was done with the commitment in words: proposed, reaffirmed, agreed and so on."),
    Concept.VOICE: _("Which parties said it: one side, both, or nobody named."),
    Concept.STRENGTH: _("How far a wording that looks forward binds its speaker, from 0 (noted) to 5 (bound with terms)."),
    Concept.TERMS: _(
        "The particulars that a wording names: object, place, quantity, amount, date, responsible body, instrument. Their number is its specificity."
    ),
    Concept.CHANGE: _("What a mention changed against the one before it. It is worked out from the record, not typed in."),
    Concept.AS_OF: _("The day whose state is shown. What happened later is left out; what has been read since is used."),
    Concept.EDIT: _(
        "All that was changed in the record at one time, by an editor or by a load. The page of changes tells of each, with the reason where one was given."
    ),
    Concept.LOAD: _("An edit made by reading files into the record, often many records at once."),
}
