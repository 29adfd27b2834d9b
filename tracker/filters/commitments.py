"""The list of commitments: by what they are, where they stand today, and how they were voiced."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.models import Citation, Commitment, Mention, Participant, Party, Source
from tracker.models.publication import publication_rule
from tracker.queries.lists import with_standing
from tracker.queries.standing import quiet_for
from tracker.vocabulary import CommitmentKind, Condition, EvidenceGrade, Looked, Reach, Stage

from .asked import (
    HIGHEST,
    LATEST,
    LONGEST,
    MOST,
    NAMES,
    ListFilter,
    among,
    at_least,
    by_word,
    choice,
    column,
    public_areas,
    public_participants,
    public_parties,
    public_series,
    sort_by,
    year,
)
from .facets import Areas, AtLeast, Marks, Records, Through, Word, Words

CONCRETE = ~Q(kind=CommitmentKind.AREA)


INFERRED = (Condition.PRESUMED_LAPSED, Condition.DORMANT, Condition.HOLLOWED, Condition.ONE_OFF)
#: The conditions; what is inferred from silence says so.
CONDITIONS = [Word(one.value, format_lazy(_("{condition} (inferred)"), condition=one.label) if one in INFERRED else one.label) for one in Condition]


def public_sides() -> QuerySet[Any]:
    """Return the pairs of a commitment and a public party of it."""
    pairs: QuerySet[Any] = Commitment.parties.through._default_manager.filter(publication_rule(Party, "party__"))
    return pairs


def spoken() -> QuerySet[Any]:
    """Return the public passages in which a public person voices a commitment."""
    return cited().filter(publication_rule(Participant, "speaker__"), reach=Reach.VOICED)


def cited() -> QuerySet[Any]:
    """Return the public passages that prove a mention. They hang on nothing but the mention and the source, so no other owner is asked for."""
    rows: QuerySet[Any] = Citation.objects.filter(publication_rule(Mention, "mention__"), publication_rule(Source, "source__"), mention__isnull=False)
    return rows


class CommitmentFilter(ListFilter):
    title = _("Commitments")
    to_commitment = ""
    columns = {
        "name": column(_("Commitment"), NAMES, "name_key"),
        "kind": column(_("Kind"), NAMES, "kind"),
        "area": column(_("Area"), NAMES, "parent__name_key"),
        "mentions": column(_("Meetings"), MOST, "roll_up__voiced_meetings"),
        "statements": column(_("Statements"), MOST, "roll_up__statements"),
        "idle": column(_("Restated, not moved"), MOST, "roll_up__idle_restatements"),
        "last": column(_("Last known mention"), LATEST, "roll_up__last_voiced_latest", "roll_up__last_voiced_earliest"),
        "quiet": column(_("Read since"), MOST, "roll_up__quiet_meetings", "quiet"),
        "days": column(_("Days since"), LONGEST, "quiet"),
        "stage": column(_("Rung"), HIGHEST, "roll_up__stage"),
        "moved": column(_("Last moved"), LATEST, "roll_up__last_moved_latest", "roll_up__last_moved_earliest"),
    }
    default = "name"
    ties = ("name_key", "pk")
    counted_by = ties
    facets = (
        Records("series", _("Series"), "series", "title"),
        Areas("area", _("Area"), ""),
        Words("kind", _("Kind"), "kind", CommitmentKind),
        Words("condition", _("Condition"), "condition", CONDITIONS),
        Words("looked", _("Read since"), "looked", Looked),
        Words("stage", _("Rung"), "roll_up__stage", Stage, CONCRETE),
        AtLeast("stage_from", _("Rung at least"), "roll_up__stage", Stage, CONCRETE),
        Through("party", _("Party"), "party", hanging=public_sides, owner="commitment"),
        Through("participant", _("Voiced by"), "speaker", hanging=spoken, owner="mention__commitment"),
        Words("evidence", _("Evidence"), "roll_up__evidence_grade", EvidenceGrade),
        Marks(
            "mark",
            _("Marks"),
            {
                "one_sided": (_("In one side’s text only, at a meeting of which both were read"), Q(roll_up__one_sided_meetings__gt=0)),
                "overdue": (_("A promised date has passed, unresolved"), Q(overdue=True)),
                "came_back": (_("Came back after more than two years"), Q(roll_up__came_back=True)),
                "never": (_("No known mention that counts"), Q(roll_up__last_voiced_latest__isnull=True)),
            },
        ),
    )
    text = django_filters.CharFilter(label=_("Name"), method="with_commitment_named", max_length=100)
    series = among(_("Series"), public_series)
    area = among(_("Area"), public_areas, method="in_area")
    kind = choice(_("Kind"), CommitmentKind.choices)
    condition = choice(_("Condition"), [(one.value, one.label) for one in CONDITIONS])
    looked = choice(_("Read since"), Looked.choices)
    stage = choice(_("Rung"), by_word(Stage), method="at_stage")
    stage_from = choice(_("Rung at least"), by_word(Stage)[1:], method="from_stage")
    party = among(_("Party"), public_parties, field_name="parties")
    participant = among(_("Voiced by"), public_participants, method="voiced_by")
    evidence = choice(_("Evidence"), EvidenceGrade.choices, field_name="roll_up__evidence_grade")
    mark = choice(_("Mark"), [(word, label) for word, (label, _rule) in facets[-1].marks.items()], method="bearing")
    since = year(_("Voiced in or after"), "roll_up__last_voiced_latest", "year__gte")
    until = year(_("No mention after"), "roll_up__last_voiced_latest", "year__lte")
    idle = at_least(_("Restated at least"), field_name="roll_up__idle_restatements")
    quiet = at_least(_("Read since at least"), field_name="roll_up__quiet_meetings")
    days = at_least(_("Days since at least"), method="without_mention")
    sort = sort_by(columns)

    class Meta:
        model = Commitment
        fields: list[str] = []

    def described(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return with_standing(rows, self.today)

    def at_stage(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(CONCRETE, roll_up__stage=Stage.from_word(word))

    def from_stage(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(CONCRETE, roll_up__stage__gte=Stage.from_word(word))

    def without_mention(self, rows: QuerySet[Any], _name: str, days: int) -> QuerySet[Any]:
        return rows.filter(quiet_for(days, self.today))

    def voiced_by(self, rows: QuerySet[Any], _name: str, person: Participant) -> QuerySet[Any]:
        return rows.filter(Exists(spoken().filter(mention__commitment=OuterRef("pk"), speaker=person.pk)))
