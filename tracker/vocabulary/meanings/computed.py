"""What the words of the engine mean. The rules are sentences already: their labels are their meanings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.vocabulary.computed import CellState, Change, Condition, EvidenceGrade, Grade, Held, Looked, Shown, Voice

COMPUTED: dict[type[Any], dict[Any, Any]] = {
    CellState: {
        CellState.BEFORE: _("The meeting lies before the first mention we know, statements included. It may have been talked of earlier; we have no proof."),
        CellState.VOICED: _(
            "It was said there, and a source proves it. A ring: by both sides. A rising tick: it moved. A half disc: an area, only through a project under it."
        ),
        CellState.CLOSED: _("It had been delivered, withdrawn, replaced or had lapsed before the meeting."),
        CellState.INELIGIBLE: _("It could not have come up: a party to it was absent, the level was too low, or the meeting was called for something else."),
        CellState.UNOBSERVED: _(
            "Nobody read enough about this meeting to tell. It may have come up, and it may not: this is a gap in our reading, not in the talks."
        ),
        CellState.ECHOED: _("The texts were read. The field it belongs to was named, the thing itself was not."),
        CellState.SILENT: _(
            "The texts were read, and neither it nor its field is in them. Heavy stroke: in neither side’s text, and only then we say silent. "
            "Thin stroke: not in the one text we read."
        ),
    },
    Grade: {
        Grade.NONE: _("No report of the meeting was read in full."),
        Grade.WEAK: _("Too little to say what was left out: one media report, or reports that may be copies of each other."),
        Grade.SOFT: _("Enough to say in whose text something is missing: one side’s own text, or two reports of different origin."),
        Grade.FIRM: _("Enough to say silent: a joint text, or the own texts of both sides."),
    },
    EvidenceGrade: {
        EvidenceGrade.A: _("The best proof: the parties’ joint text, or a text of each side that says it."),
        EvidenceGrade.B: _("A party’s own text says it, or at least two sources that are known not to copy one another."),
        EvidenceGrade.C: _("One media source says it, and we have its wording."),
        EvidenceGrade.D: _("We have only a paraphrase or a machine translation."),
    },
    Change: {
        Change.FIRST: _("Nothing earlier is known."),
        Change.SAME: _("As strong and as particular as the time before."),
        Change.STRONGER: _("The wording binds its speaker more than the time before."),
        Change.WEAKER: _("The wording binds its speaker less than the time before."),
        Change.MORE_SPECIFIC: _("It names more particulars than the time before."),
        Change.LESS_SPECIFIC: _("It names fewer particulars than the time before."),
        Change.RENAMED: _("It came up under another name."),
        Change.DEADLINE_SET: _("A date was promised for the first time."),
        Change.DEADLINE_LATER: _("A promised date was put off."),
        Change.DEADLINE_EARLIER: _("A promised date was brought forward."),
        Change.MOVED: _("A paper was signed, or a rung was reached, at this very meeting."),
    },
    Condition: {
        Condition.DELIVERED: _("A document states that what was promised is there."),
        Condition.WITHDRAWN: _("A document states that it was given up."),
        Condition.SUPERSEDED: _("A document states that something else took its place."),
        Condition.LAPSED: _("A document states, or its passed occasion shows, that it can no longer happen."),
        Condition.BLOCKED: _("A document names an obstacle that stops it."),
        Condition.SUSPENDED: _("A document states that it was put on hold."),
        Condition.PRESUMED_LAPSED: _("Inferred: for at least %(presumed_lapsed_days)s days without a known mention, although enough meetings were read."),
        Condition.DORMANT: _("Inferred: for at least %(dormant_days)s days without a known mention, although enough meetings were read."),
        Condition.HOLLOWED: _(
            "Inferred: voiced at least %(hollowed_voicings)s times, and at the last %(hollowed_echoes)s read meetings only its field was named."
        ),
        Condition.ONE_OFF: _("Inferred: voiced on one occasion and at none of the meetings read since, of which there are at least %(silence_needs)s."),
        Condition.ACTIVE: _("Nothing states otherwise, and silence does not suffice to infer otherwise. It does not mean that anybody works on it."),
    },
    Voice: {
        Voice.BOTH: _("More than one party voiced it at the meeting, each in words of its own or in a joint text."),
        Voice.ONE: _("Only one party is known to have voiced it at the meeting."),
        Voice.UNNAMED: _("It was voiced, but no source says by whom."),
    },
    Looked: {
        Looked.ENOUGH: _("At least half of the meetings at which it could have come up since were read, and at least %(silence_needs)s of them."),
        Looked.FEW: _("Some of the meetings since were read, but too few to infer anything from them."),
        Looked.NOBODY: _("There were meetings since, and no report of them was read closely enough. Nothing is known, so nothing is called silent."),
        Looked.NO_MEETING: _("There was no meeting since at which it could have come up."),
    },
    Held: {
        Held.READ: _("At least one report of the meeting was read in full against the list of commitments."),
        Held.FULL: _("We hold a full report of the meeting, and nobody has read it against the list yet."),
        Held.OPENING: _("Only the opening of a report is held: what comes later in it is not known."),
        Held.REFERENCE: _("Only a reference to the meeting is held: it says that the meeting took place."),
        Held.NOTHING: _("No report of the meeting is held."),
    },
    Shown: {
        Shown.ADDED: _("It could be seen here for the first time, newly written or published at last."),
        Shown.CORRECTED: _("It had been here, and something that readers can see of it, or of its proof, was made different. Both wordings are printed."),
        Shown.WITHDRAWN: _("It was taken out of the record, or what stood beside a record was taken away. A withdrawn record’s address says why."),
    },
}
