"""The rules of docs/coding.md in a sentence or two beside the field that they govern. Whole, with their cases, they stand in the guide of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_STANDING = _(
    "Claimed: one unnamed voice or one undated page is all there is, or another source denies it. Only what is accepted counts; claims are shown as such."
)

#: By kind of record and field.
RULES: Mapping[str, Mapping[str, Any]] = {
    "citation": {
        "reach": _(
            "Voiced: somebody is reported to have said it at the meeting. Recalled: a speaker looks back at a past act. "
            "A paragraph of the reporter’s own is no mention."
        ),
        "act": _(
            "Reaffirmed: restated as something already meant, also the first time we see it. Proposed: put to the other side, or called needed. "
            "Discussed: only said to have been talked about. Signed, refused, suspended, withdrawn: as stated, never inferred."
        ),
        "strength": _(
            "Only for wording that looks forward. Talked: discussed, goes on. Wished: ready, keen, needed. Agreed loosely: to cooperate, to enhance. "
            "Bound: decided, or will with an object. With terms: the same with a date or an amount, or signed."
        ),
        "terms": _("The particulars that the wording names: “the steel mill in Karachi” names object and place. An area has no object of its own."),
        "party": _("The side that spoke. Empty where the source names none, and where it was both. Whose text it is stands with the source."),
        "both_sides": _("The passage reports it of both together: “both leaders agreed”, also in a release of one side."),
    },
    "mention": {
        "act": _("Your choice among what the citations report: the strongest act that a good source supports."),
        "standing": _STANDING,
    },
    "milestone": {
        "stage": _(
            "A document has to say that the rung was reached. Memorandum and Heads of Terms are rung 2, whatever a newspaper calls them; "
            "what amends a binding agreement is rung 3; a ceremony is no works."
        ),
        "standing": _STANDING,
    },
    "deadline": {
        "target": _(
            "What is promised for that date: one key for each target. A new date is a new promise about it; the same date again is a further citation."
        ),
        "outcome": _("Missed, too, if the occasion it was tied to is called off. Not known: somebody has looked for what became of it and found nothing."),
    },
    "commitment": {
        "kind": _(
            "An area is a field of cooperation that can’t say what would count as delivered. Same object, same principal parties, not closed between: one."
        ),
    },
    "source": {
        "carried": _("Whole: nothing of substance of the issuer’s text is missing, and you know that. Otherwise say extract, or that it isn’t known."),
    },
    "report": {
        "extent": _("Full: nothing of substance is missing. An opening or a reference proves what it says, and never what it leaves out."),
    },
    "attendance": {
        "presence": _("Confirmed: in the room. Travelling party: said to have come along. Who only received the guest took no part and isn’t listed."),
    },
}
