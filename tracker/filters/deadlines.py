"""The list of promised dates: every dated promise, whatever became of it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models import Deadline
from tracker.queries.coded import with_outcome
from tracker.vocabulary import CommitmentKind, Level, Outcome, Stage

from .asked import LATEST, NAMES, ListFilter, among, by_word, choice, column, public_areas, public_commitments, public_parties, public_series, sort_by, year
from .commitments import CONDITIONS, public_sides
from .facets import Areas, Marks, Records, Through, Words


class DeadlineFilter(ListFilter):
    title = _("Promised dates")
    columns = {
        "due": column(_("Promised for"), LATEST, "due_latest", "due_earliest"),
        "commitment": column(_("Commitment"), NAMES, "commitment__name_key"),
        "what": column(_("What was promised"), NAMES, "what"),
        "stated": column(_("Stated"), LATEST, "stated_on"),
        "outcome": column(_("Outcome"), NAMES, "outcome"),
        "resolved": column(_("Resolved"), LATEST, "resolved_latest", "resolved_earliest"),
    }
    default = "-due"
    ties = ("-due_latest", "-due_earliest", "commitment__name_key", "target", "pk")
    facets = (
        Records("series", _("Series"), "commitment__series", "title"),
        Areas("area", _("Area"), "commitment__"),
        Records("commitment", _("Commitment"), "commitment"),
        Words("kind", _("Kind"), "commitment__kind", CommitmentKind),
        Words("outcome", _("Outcome"), "outcome", Outcome),
        Words("condition", _("Condition of the commitment"), "condition", CONDITIONS),
        Words("stage", _("Rung"), "commitment__roll_up__stage", Stage),
        Words("level", _("Stated at level"), "stated_at__level", Level),
        Through("party", _("Party"), "party", hanging=public_sides, owner="commitment__deadlines"),
        Marks(
            "mark",
            _("Marks"),
            {"overdue": (_("Passed, unresolved"), Q(overdue=True)), "open": (_("Not resolved"), Q(outcome__in=(Outcome.PENDING, Outcome.UNKNOWN)))},
        ),
    )
    text = django_filters.CharFilter(label=_("Commitment"), method="with_commitment_named", max_length=100)
    series = among(_("Series"), public_series, field_name="commitment__series")
    area = among(_("Area"), public_areas, method="in_area")
    commitment = among(_("Commitment"), public_commitments)
    kind = choice(_("Kind"), CommitmentKind.choices, field_name="commitment__kind")
    outcome = choice(_("Outcome"), Outcome.choices)
    condition = choice(_("Condition of the commitment"), [(one.value, one.label) for one in CONDITIONS])
    stage = choice(_("Rung"), by_word(Stage), method="at_stage")
    level = choice(_("Stated at level"), by_word(Level), method="at_level")
    party = among(_("Party"), public_parties, field_name="commitment__parties")
    mark = choice(_("Mark"), [(word, label) for word, (label, _rule) in facets[-1].marks.items()], method="bearing")
    since = year(_("Due from year"), "due_latest", "year__gte")
    until = year(_("Due to year"), "due_earliest", "year__lte")
    sort = sort_by(columns)
    to_meeting = "stated_at__"

    class Meta:
        model = Deadline
        fields: list[str] = []

    def described(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return with_outcome(rows, self.today)

    def at_stage(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return rows.filter(commitment__roll_up__stage=Stage.from_word(word))
