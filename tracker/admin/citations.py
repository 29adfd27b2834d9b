"""Citations in the admin: beside the record they prove, and as a list to search in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.evidence import lines_with, stands_at
from tracker.models import Citation
from tracker.models.citation import OWNERS

from .fields import LocatorField, PhraseField, TermsField
from .forms import RecordForm, was_public
from .records import ChildInline, RecordAdmin, UniqueTogether


class CitationForm(RecordForm):
    settled_once_stored = ("key", *OWNERS)

    locator = LocatorField(label=_("locator"), required=False, max_length=40, help_text=Citation._meta.get_field("locator").help_text)
    phrase = PhraseField(label=_("key phrase"), required=False, max_length=200, help_text=Citation._meta.get_field("phrase").help_text)
    terms = TermsField(label=_("terms"), help_text=_("The particulars that the wording names."))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        source, phrase, locator = (self.cleaned_data.get(name) for name in ("source", "phrase", "locator"))
        if source and source.text and phrase and locator is not None and not stands_at(source.text, locator, phrase):
            lines = ", ".join(str(line) for line in lines_with(source.text, phrase)[:5])
            right = _("it stands in line %(lines)s") % {"lines": lines} if lines else _("copy it exactly as it stands")
            self.add_error("phrase", _("This does not stand in the text of the source: %(right)s.") % {"right": right})
        return cleaned


class ProofForm(CitationForm):
    """A citation typed beside its record. The record may still have no number, so what depends on it is asked of the fields."""

    required_here: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.required_here:
            self.fields[name].required = True

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | set(OWNERS)


class CodedForm(ProofForm):
    required_here = ("reach", "act")


class PromiseForm(ProofForm):
    required_here = ("proves",)


class Proof(UniqueTogether):
    def clean(self) -> None:
        super().clean()
        if was_public(self.instance) and not any(self.errors) and not self.kept():
            raise ValidationError(_("Nothing proves it: add a citation before it is published."))


WHERE = (("key", "source", "locator"), "phrase", "paraphrase", ("speaker", "party", "both_sides"))


class CitationInline(ChildInline):
    model = Citation
    form = ProofForm
    formset = Proof
    autocomplete_fields = ("source", "speaker", "party")
    fields: ClassVar[Any] = (*WHERE, "note")


class CodedCitationInline(CitationInline):
    """Citations of a mention: they carry the coding."""

    form = CodedForm
    fields = (*WHERE, ("reach", "act", "strength"), "terms", "note")


class PromiseCitationInline(CitationInline):
    """Citations of a deadline: they say which half of it they prove."""

    form = PromiseForm
    fields = (*WHERE, "proves", "note")


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    form = CitationForm
    list_display = ("words", "source", "locator", "owner", "reach", "act")
    list_filter = ("reach", "act", "proves")
    list_select_related = ("source", "mention__commitment", "mention__meeting", "milestone__commitment", "deadline__commitment")
    search_fields = ("phrase", "paraphrase", "source__title", "key")
    ordering = ("-pk",)
    autocomplete_fields = (*OWNERS, "source", "speaker", "party")
    carries = (*OWNERS, "source")
    fieldsets = (
        (_("What it proves: one of the three"), {"fields": OWNERS}),
        (None, {"fields": WHERE}),
        (_("Coding, for a mention"), {"fields": (("reach", "act", "strength"), "terms")}),
        (_("For a deadline"), {"fields": ("proves",)}),
        (None, {"fields": ("note", "created", "changed")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and was_public(proven(obj))) and super().has_delete_permission(request, obj)

    def judged(self, row: Any) -> Any:
        return proven(row)

    def label(self, row: Any) -> str:
        return f"{proven(row)}: {row.source}"

    def public_address(self, row: Any) -> str:
        return str(proven(row).commitment.get_absolute_url())

    @admin.display(description=_("words"), ordering="phrase")
    def words(self, row: Any) -> str:
        return str(row.phrase or row.paraphrase)

    @admin.display(description=_("proves"))
    def owner(self, row: Any) -> str:
        return str(proven(row))


def proven(row: Any) -> Any:
    """Return the record that the citation proves."""
    return row.mention or row.milestone or row.deadline
