"""The list of mentions: every coded statement, by what was coded and by what its citations amount to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models import Mention, Participant, Party, Series
from tracker.models.publication import publication_rule
from tracker.vocabulary import Act, CommitmentKind, EvidenceGrade, Format, Level, Reach, Standing, Strength, Voice

from .asked import (
    HIGHEST,
    LATEST,
    MOST,
    NAMES,
    ListFilter,
    among,
    by_word,
    choice,
    column,
    public_areas,
    public_commitments,
    public_participants,
    public_parties,
    public_series,
    sort_by,
    year,
)
from .commitments import cited, spoken
from .facets import Areas, Keys, Marks, Records, Through, Words, WordsThrough, of_these, tally


class Sides(Records):
    """The parties that voiced a mention. A passage that reports it of both sides speaks for every party of the series."""

    def tallies(self, rows: QuerySet[Any], keys: Keys) -> Iterator[QuerySet[Any]]:  # noqa: ARG002  counts from the keys
        voiced = of_these(cited(), "mention", keys).filter(reach=Reach.VOICED)
        members = "mention__commitment__series__parties"
        yield tally(
            self.name,
            voiced.filter(Q(both_sides=True) | Q(party=F(members)), publication_rule(Party, f"{members}__")),
            f"{members}__slug",
            f"{members}__name",
            "mention",
        )
        member = Series.parties.through._default_manager.filter(series=OuterRef("mention__commitment__series"), party=OuterRef("party"))
        guests = voiced.filter(~Exists(member), publication_rule(Party, "party__"), party__isnull=False)
        yield tally(self.name, guests, "party__slug", "party__name", "mention")


class MentionFilter(ListFilter):
    """Every coded statement. ``party`` finds what that side voiced, or both sides did."""

    title = _("Mentions")
    to_meeting = "meeting__"
    columns = {
        "when": column(_("When"), LATEST, "meeting__starts_latest", "meeting__starts_earliest"),
        "commitment": column(_("Commitment"), NAMES, "commitment__name_key"),
        "act": column(_("Act"), NAMES, "act"),
        "meeting": column(_("Meeting"), NAMES, "meeting__place", "meeting__title"),
        "strength": column(_("Strength"), HIGHEST, "roll_up__strength"),
        "terms": column(_("Terms named"), MOST, "roll_up__specificity"),
        "evidence": column(_("Evidence"), (_("best first"), _("weakest first")), "roll_up__evidence_grade"),
    }
    default = "-when"
    ties = ("-meeting__starts_latest", "-meeting__starts_earliest", "meeting__slug", "commitment__name_key", "pk")
    counted_by = ("-meeting__starts_latest", "-meeting__starts_earliest", "meeting__slug", "pk")
    facets = (
        Records("series", _("Series"), "meeting__series", "title"),
        Areas("area", _("Area"), "commitment__"),
        Records("commitment", _("Commitment"), "commitment"),
        Words("kind", _("Kind"), "commitment__kind", CommitmentKind),
        Words("act", _("Act"), "act", Act),
        Sides("party", _("Voiced by"), ""),
        Words("voice", _("Voice"), "roll_up__voice", Voice),
        Through("participant", _("Speaker"), "speaker", hanging=spoken, owner="mention"),
        WordsThrough("strength", _("Strength"), "strength", Strength, hanging=cited, owner="mention"),
        Words("evidence", _("Evidence"), "roll_up__evidence_grade", EvidenceGrade),
        WordsThrough("reach", _("Reach"), "reach", Reach, hanging=cited, owner="mention"),
        Words("standing", _("Standing"), "standing", Standing),
        Words("format", _("Format"), "meeting__format", Format),
        Words("level", _("Level"), "meeting__level", Level),
        Marks("mark", _("Marks"), {"one_sided": (_("In one side’s text only, though both were read"), Q(roll_up__one_sided=True))}),
    )
    text = django_filters.CharFilter(label=_("Commitment"), method="with_commitment_named", max_length=100)
    said = django_filters.CharFilter(label=_("Wording"), method="with_wording", max_length=100)
    series = among(_("Series"), public_series, field_name="meeting__series")
    area = among(_("Area"), public_areas, method="in_area")
    commitment = among(_("Commitment"), public_commitments)
    kind = choice(_("Kind"), CommitmentKind.choices, field_name="commitment__kind")
    act = choice(_("Act"), Act.choices)
    party = among(_("Voiced by"), public_parties, method="voiced_by")
    voice = choice(_("Voice"), Voice.choices, field_name="roll_up__voice")
    participant = among(_("Speaker"), public_participants, method="spoken_by")
    strength = choice(_("Strength"), by_word(Strength), method="of_strength")
    evidence = choice(_("Evidence"), EvidenceGrade.choices, field_name="roll_up__evidence_grade")
    reach = choice(_("Reach"), Reach.choices, method="of_reach")
    standing = choice(_("Standing"), Standing.choices)
    format = choice(_("Format"), Format.choices, field_name="meeting__format")
    level = choice(_("Level"), by_word(Level), method="at_level")
    mark = choice(_("Mark"), [(word, label) for word, (label, _rule) in facets[-1].marks.items()], method="bearing")
    since = year(_("From year"), "meeting__starts_latest", "year__gte")
    until = year(_("To year"), "meeting__starts_earliest", "year__lte")
    sort = sort_by(columns)

    class Meta:
        model = Mention
        fields: list[str] = []

    def cited(self, rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
        """Return the mentions with a public citation of which ``condition`` is true."""
        return rows.filter(Exists(cited().filter(condition, mention=OuterRef("pk"))))

    def with_wording(self, rows: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        """Return the mentions whose key phrases or paraphrases hold the words as they are typed, in capitals or not."""
        return self.cited(rows, Q(phrase__icontains=typed) | Q(paraphrase__icontains=typed))

    def voiced_by(self, rows: QuerySet[Any], _name: str, party: Party) -> QuerySet[Any]:
        both = Q(both_sides=True, mention__commitment__series__parties=party.pk)
        return self.cited(rows, Q(reach=Reach.VOICED) & (Q(party=party.pk) | both))

    def spoken_by(self, rows: QuerySet[Any], _name: str, person: Participant) -> QuerySet[Any]:
        return rows.filter(Exists(spoken().filter(mention=OuterRef("pk"), speaker=person.pk)))

    def of_strength(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return self.cited(rows, Q(strength=Strength.from_word(word)))

    def of_reach(self, rows: QuerySet[Any], _name: str, word: str) -> QuerySet[Any]:
        return self.cited(rows, Q(reach=word))
