"""The forms of the reading desk: one for each commitment on the list, and one for a commitment that the list lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.curation.reading.adding import LooksLike, looks_like, proposed_slug
from tracker.curation.reading.finishing import Ticked
from tracker.curation.reading.sheet import Entry, Sheet
from tracker.evidence import lines, lines_with
from tracker.models import Commitment
from tracker.vocabulary import Act, CommitmentKind, Reach, Strength

from .fields import PhraseField, ProseField, TermsField

ABSENT, BOTH = "absent", "both"
#: The key that ticks each, and the word that is sent. A background paragraph is no mention (docs/coding.md): nothing is stored of it.
CHOICES = ((Reach.VOICED.value, _("Voiced")), (Reach.RECALLED.value, _("Recalled")), (Reach.BACKGROUND.value, _("Background")), (ABSENT, _("Absent")))
STORED = {Reach.VOICED.value, Reach.RECALLED.value}


class RowForm(forms.Form):
    """What an editor found of one commitment. Until it is voiced or recalled the rest is not asked for."""

    choice = forms.ChoiceField(label=_("In this text"), choices=CHOICES, required=False, widget=forms.RadioSelect)
    phrase = PhraseField(label=_("key phrase"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    line = forms.IntegerField(label=_("paragraph"), required=False, min_value=1, max_value=99_999)
    paraphrase = ProseField(label=_("in your words"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}))
    voice = forms.ChoiceField(label=_("said by"), required=False)
    act = forms.ChoiceField(label=_("act"), required=False, choices=[("", "–"), *Act.choices])
    strength = forms.TypedChoiceField(label=_("strength"), required=False, coerce=int, empty_value=None, choices=[("", "–"), *Strength.choices])
    terms = TermsField(label=_("terms"))
    confirmed = forms.BooleanField(label=_("Confirmed"), required=False)

    def __init__(self, *args: Any, entry: Entry | None, text: str, voices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry, self._text = entry, text
        voice: Any = self.fields["voice"]
        voice.choices = voices

    def typed(self) -> dict[str, Any]:
        """Return what was sent, right or wrong, as an unfinished reading keeps it."""
        return {name: field.widget.value_from_datadict(self.data, {}, self.add_prefix(name)) for name, field in self.fields.items()}

    @property
    def ways(self) -> tuple[tuple[str, Any], ...]:
        """Return the words to choose from. Printed by the page itself: four boxes for each of a hundred rows take Django's own widgets half a second."""
        return CHOICES

    @property
    def chosen(self) -> str:
        return str(self["choice"].value() or "")

    @property
    def shows_details(self) -> bool:
        return self.chosen in STORED or bool(self.entry and self.entry.is_named)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("choice") not in STORED:
            # Nothing is stored of the row, so that nothing in it can be wrong, but that nobody decided.
            for name in [name for name in self.errors if name != "choice"]:
                del self.errors[name]
            if self.entry and self.entry.is_named and not self.entry.recorded and not typed.get("choice") and "choice" not in self.errors:
                numbers = ", ".join(map(str, self.entry.line_numbers))
                self.add_error("choice", _("Its name stands in paragraph %(numbers)s: say voiced, recalled, background or absent.") % {"numbers": numbers})
            return typed
        for name, sentence in self._faults(typed):
            self.add_error(name, sentence)
        return typed

    def _faults(self, typed: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        if not self.errors.get("phrase") and not self.errors.get("paraphrase") and not (typed.get("phrase") or typed.get("paraphrase")):
            yield "phrase", _("Select the words in the text, or say in your own what the passage says.")
        if not typed.get("act") and "act" not in self.errors:
            yield "act", _("Choose the act.")
        if not typed.get("confirmed"):
            yield "confirmed", _("Act, strength and side are suggestions: confirm them, or correct them and confirm.")
        if typed.get("phrase"):
            try:
                typed["locator"] = self._locator(typed["phrase"], typed.get("line"))
            except ValidationError as error:
                yield "phrase", error.message
        elif typed.get("line") and typed["line"] > len(lines(self._text)):
            yield "line", _("The text has no such paragraph.")

    def _locator(self, phrase: str, line: int | None) -> str:
        """Return the number of the paragraph in which ``phrase`` stands: the one that was named, if it stands there."""
        found = lines_with(self._text, phrase)
        if not found:
            raise ValidationError(_("These words do not stand in one paragraph of the text: copy them exactly."))
        return str(line if line in found else found[0])

    def ticked(self) -> Ticked | None:
        """Return what is to be stored of a row that is right, or None."""
        typed = self.cleaned_data
        if self.entry is None or typed.get("choice") not in STORED:
            return None
        strength = typed["strength"]
        return Ticked(
            commitment=self.entry.commitment.pk,
            reach=Reach(typed["choice"]),
            act=Act(typed["act"]),
            strength=None if strength is None else Strength(strength),
            locator=typed.get("locator") or str(typed["line"] or ""),
            phrase=typed["phrase"],
            paraphrase=typed["paraphrase"],
            terms=typed["terms"],
            **_side(typed["voice"]),
        )


def _side(voice: str) -> dict[str, Any]:
    """Return whose words they are: of both sides, of one, of a person and so of the side."""
    if voice == BOTH:
        return {"both_sides": True}
    sort, _dash, keys = voice.partition("-")
    party, _dash, person = keys.partition("-")
    return {"party": int(party), "speaker": int(person) if person else None} if sort in {"party", "person"} else {}


def voices(sheet: Sheet) -> list[tuple[str, str]]:
    """Return who may have spoken, as choices."""
    both = [(BOTH, str(_("both sides")))] if len(sheet.parties) > 1 else []
    people = [(f"person-{one.party.pk}-{one.pk}", f"{one.name} ({one.party})") for one in sheet.people]
    return [("", str(_("not said"))), *both, *((f"party-{party.pk}", str(party)) for party in sheet.parties), *people]


def proposed(entry: Entry) -> dict[str, Any]:
    """Return what a row begins with: what the text suggests where the name stands in it, and absent where it does not."""
    if not entry.is_named:
        return {"choice": ABSENT}
    said = entry.suggestion
    return {
        "choice": "",
        "phrase": entry.phrase,
        "line": entry.line,
        "act": said.act or "",
        "strength": "" if said.strength is None else said.strength.value,
        "voice": BOTH if said.both_sides else "",
    }


class AddingForm(forms.ModelForm):
    """A commitment that the list lacks. What it looks like is told first, and it is added once an editor says that it is another thing."""

    different = forms.BooleanField(label=_("It is none of these"), required=False)

    class Meta:
        model = Commitment
        fields = ("name", "kind", "parent", "criteria")
        widgets = {"criteria": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, series: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.series, self.instance.listed_on = series, today
        self.alike: list[LooksLike] = []
        parent: Any = self.fields["parent"]
        parent.queryset = Commitment.objects.filter(series=series).areas().in_order()
        kind: Any = self.fields["kind"]
        kind.initial = CommitmentKind.PROJECT

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("name"):
            self.instance.slug = proposed_slug(typed["name"], self.instance.series)
            self.alike = [] if typed.get("different") else looks_like(typed["name"], self.instance.series.pk)
            if self.alike:
                self.add_error("name", _("It looks like something that is on the list. Say that it is none of these, or choose the one it is."))
        if typed.get("kind") == CommitmentKind.AREA and typed.get("parent") and typed["parent"].parent_id:
            self.add_error("parent", _("Areas are nested two deep at most."))
        return typed

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return excluded - {"series"}
