"""Every number that a page shows: its name, what it counts, and its formula. The thresholds in the formulas come from the engine."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Measure(TextChoices):
    VOICED = "voiced", _("Meetings voiced")
    STATEMENTS = "statements", _("Statements")
    LAST_MENTION = "last_mention", _("Last known mention")
    STAGE = "stage", _("Rung reached")
    LAST_MOVED = "last_moved", _("Last moved")
    IDLE = "idle", _("Restated, not moved")
    RECURRENCE = "recurrence", _("Recurrence")
    ECHO = "echo", _("Echo rate")
    QUIET_MEETINGS = "quiet_meetings", _("Meetings read since the last mention")
    QUIET_DAYS = "quiet_days", _("Days since the last mention")
    GAP = "gap", _("Chance of such a gap")
    CAME_BACK = "came_back", _("Came back")
    TALK_TO_INK = "talk_to_ink", _("From talk to ink")
    INK_TO_WORKS = "ink_to_works", _("From ink to works")
    KEPT = "kept", _("Promised dates missed")
    SLIP = "slip", _("Slip")
    OVERDUE = "overdue", _("Overdue")
    STRENGTH_DRIFT = "strength_drift", _("Drift of strength")
    TERMS_DRIFT = "terms_drift", _("Drift of terms")
    ONE_SIDED = "one_sided", _("One-sided")
    EVIDENCE = "evidence", _("Evidence grade")
    CARRY_OVER = "carry_over", _("Carried over")
    READ = "read", _("How much was read")


COUNTS = {
    Measure.VOICED: _("The meetings of this series at which it is known to have been said. Rooms of one journey count once."),
    Measure.STATEMENTS: _("Interviews, briefings and hearings in which it was said. They are never added to the meetings."),
    Measure.LAST_MENTION: _("The latest day on which it is known to have been said anywhere, statements and other series included."),
    Measure.STAGE: _("The highest rung of the ladder that a document proves."),
    Measure.LAST_MOVED: _("When a paper was last signed or works last began. A new paper on the same rung is a move too."),
    Measure.IDLE: _("Meetings at which it was said again although nothing had moved since."),
    Measure.RECURRENCE: _("How often it comes up at the meetings whose texts were read."),
    Measure.ECHO: _("How often only its area was named, while it was not."),
    Measure.QUIET_MEETINGS: _(
        "Read meetings at which it could have come up and did not, since it was last said anywhere. Meetings nobody read are not among them."
    ),
    Measure.QUIET_DAYS: _("How long ago it was last said, as far as we know. The days end where the search of the record ends."),
    Measure.GAP: _(
        "How likely so long a gap would be if it came up at random meetings as often as it does. A small number says that the silence is no accident."
    ),
    Measure.CAME_BACK: _("It was said again after a long time without a known mention."),
    Measure.TALK_TO_INK: _("How long it took from the first word to the first binding paper."),
    Measure.INK_TO_WORKS: _("How long it took from the first binding paper to works on the ground."),
    Measure.KEPT: _("How many of the promised dates whose outcome is known were missed."),
    Measure.SLIP: _("How far the promised date of one target has moved."),
    Measure.OVERDUE: _("The latest promised date of a target has passed, and nothing is known of the outcome."),
    Measure.STRENGTH_DRIFT: _("Whether the wording binds more or less than it did at first."),
    Measure.TERMS_DRIFT: _("Whether the wording names more particulars than it did at first, or fewer."),
    Measure.ONE_SIDED: _("The texts of both sides were read, and only one of them has it. It says nothing about what was said in the room."),
    Measure.EVIDENCE: _("How well the latest mention is proved, from A to D."),
    Measure.CARRY_OVER: _("What two read meetings have in common: what came up at both, what was dropped, what is new."),
    Measure.READ: _("The meetings read closely enough to say what was left out. The rest is not known, which is not the same as silent."),
}

FORMULAS = {
    Measure.VOICED: _("Meetings with an accepted mention that was voiced. Those called for the commitment are told beside it."),
    Measure.STATEMENTS: _("Statements with an accepted mention that was voiced."),
    Measure.LAST_MENTION: _("Day of the latest accepted mention that was voiced."),
    Measure.STAGE: _("The highest accepted milestone. Without one: 0 if it was only floated, proposed or invited, else 1."),
    Measure.LAST_MOVED: _("Day of the latest accepted milestone on rung 2 or above."),
    Measure.IDLE: _("Meetings voiced later than the last move; later than the first mention, if it never moved."),
    Measure.RECURRENCE: _(
        "k of n. n: general meetings after the first mention that were read; k: those of them at which it was voiced. "
        "Shown from n = %(recurrence_needs)s on, with the coverage n of N, where N counts unread meetings too."
    ),
    Measure.ECHO: _("Meetings with only its area named, of n read general meetings after the first mention. Shown from n = %(recurrence_needs)s on."),
    Measure.QUIET_MEETINGS: _("K: read general meetings after the last known mention, none of which has it."),
    Measure.QUIET_DAYS: _("Days from the last known mention to the day asked for, or to the end of the search if that is earlier."),
    Measure.GAP: _("C(n−K, k) of C(n, k): ways to place k voicings outside the last K of n read meetings. Only from n = %(recurrence_needs)s and k = 1 on."),
    Measure.CAME_BACK: _("Two neighbouring mentions more than %(came_back_days)s days apart."),
    Measure.TALK_TO_INK: _("Days from the first mention to the first accepted milestone on rung 3 or above."),
    Measure.INK_TO_WORKS: _("Days from the first accepted milestone on rung 3 or above to the first on rung 5 or above."),
    Measure.KEPT: _("Missed of resolved. Resolved: met, met late or missed. What is pending or not known is in neither number."),
    Measure.SLIP: _("Latest due day less the first due day of the same target."),
    Measure.OVERDUE: _("Days from the due day of the latest promise to the end of the record, while the outcome is open."),
    Measure.STRENGTH_DRIFT: _("Strength of the last mention less that of the first, of those that look forward."),
    Measure.TERMS_DRIFT: _("Number of terms in the last mention less that in the first."),
    Measure.ONE_SIDED: _("Own texts of two sides read, and one of them without the mention."),
    Measure.EVIDENCE: _(
        "A: a joint text, or both sides’ own texts. B: one side’s own, or two that share no origin. C: one media report with its wording. D: less."
    ),
    Measure.CARRY_OVER: _("What came up at both meetings, of what came up at the earlier one."),
    Measure.READ: _("Meetings whose reading reaches the grade: %(reading)s."),
}
