"""Taking in a document: a text or a file becomes proposals in a form, and what an editor makes of them becomes drafts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.curation.intake.documents import LARGEST_FILE, UnreadableError, read_file, read_pasted
from tracker.curation.intake.furniture import Reason
from tracker.curation.intake.keeping import take_in
from tracker.curation.intake.proposals import Proposal, proposal
from tracker.models import Meeting, Report
from tracker.vocabulary import Extent

from .fields import ProseField, WebAddressField
from .records import Chosen

NEW, OTHER, NONE = "new", "other", "none"
SOURCE_FIELDS = ("title", "slug", "publisher", "language", "kind", "published", "date_basis", "url", "issued_by", "carried", "derived_from", "fidelity", "text")
MEETING_FIELDS = ("title", "slug", "series", "format", "level", "starts", "place", "occasion")
SOURCE_SETS: Any = (
    (None, {"fields": ("title", "slug", ("publisher", "kind"), ("language", "fidelity"))}),
    (_("Date"), {"fields": (("published", "date_basis"),)}),
    (_("Whose text it is"), {"fields": ("url", "issued_by", "carried", "derived_from")}),
    (_("The text"), {"fields": ("text",), "description": _("One line is one paragraph: its number is what a locator names.")}),
)
MEETING_SETS: Any = ((None, {"fields": ("title", "slug", "series", ("format", "level"), "starts", ("place", "occasion"))}),)
REASONS = {
    Reason.MENU: _("a word of the menu"),
    Reason.AFTER: _("stands after the article"),
    Reason.LINK: _("leads to another article"),
    Reason.BUTTON: _("a button"),
    Reason.RIGHTS: _("the copyright"),
    Reason.HEADLINES: _("headlines after the article"),
}


class DocumentForm(forms.Form):
    """A text or a file. What is read of it stands in ``cleaned_data`` as ``document``."""

    text = ProseField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField", "dir": "auto"}),
        help_text=_("Paste the article, or the whole page: menus, links to other articles and comments are left out, and you see which."),
    )
    file = forms.FileField(label=_("File"), required=False, help_text=_("Or choose a .txt, .html or .pdf file of up to 10 MB."))
    url = WebAddressField(
        label=_("Address"), required=False, max_length=2000, widget=forms.URLInput(attrs={"class": "vURLField"}), help_text=_("Where it stands.")
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        text, file = typed.get("text"), typed.get("file")
        if not self.errors and bool(text) == bool(file):
            self.add_error("text", _("Paste a text, or choose a file: one of the two."))
        elif not self.errors:
            try:
                typed["document"] = _read(file) if file else read_pasted(text or "")
            except UnreadableError as error:
                self.add_error("file" if file else "text", str(error))
        return typed


def _read(file: Any) -> Any:
    if file.size > LARGEST_FILE:
        raise UnreadableError(_("The file is larger than 10 MB. Paste the text of the article."))
    return read_file(file.name, file.read())


class OccasionForm(forms.Form):
    """Which meeting the document reports, and what is carried from the first look to the last."""

    which = forms.ChoiceField(label=_("The meeting"), widget=forms.RadioSelect)
    other = forms.ModelChoiceField(Meeting.objects.all(), label=_("Another meeting"), required=False)
    extent = forms.ChoiceField(
        label=_("How much of it this is"), choices=Extent.choices, initial=Extent.FULL, help_text=_("Only what is held in full can be read in full.")
    )
    day_confirmed = forms.BooleanField(label=_("I have checked the day"), required=False, help_text=_("Until then its note says that the day is inferred."))
    day_words = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    day_inferred = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    left_out = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2_000_000)

    def __init__(self, *args: Any, candidates: Any, admin_site: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["which"]
        field.choices = [
            *((f"known-{one.meeting.pk}", _told(one)) for one in candidates),
            (OTHER, _("A meeting that is recorded already: choose it below")),
            (NEW, _("A new meeting, as described below")),
            (NONE, _("None: keep the source alone")),
        ]
        other: Any = self.fields["other"]
        other.widget = Chosen(Report._meta.get_field("meeting"), admin_site)
        other.widget.choices = other.choices
        other.label_from_instance = admin_site.get_model_admin(Meeting).label

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("which") == OTHER and not typed.get("other"):
            self.add_error("other", _("Choose the meeting."))
        return typed

    def note(self, day: Any) -> str:
        """Return the note on the date of a new meeting that begins on ``day``, where that day was worked out."""
        typed = self.cleaned_data
        if str(day or "") != typed["day_inferred"]:
            return ""
        if typed["day_words"]:
            sure, unsure = _("“%s”, worked out from the day of publication."), _("Inferred from “%s” and the day of publication; not confirmed.")
            words: str = typed["day_words"]
            return str(sure if typed["day_confirmed"] else unsure) % words
        return "" if typed["day_confirmed"] else str(_("The day of publication; that of the meeting is not told, and not confirmed."))


def _told(candidate: Any) -> str:
    """Return a known meeting with what speaks for it."""
    meeting = candidate.meeting
    speaks = [
        *([_("the day fits")] if candidate.same_day else []),
        *([_("the place is named")] if candidate.place_named else []),
        *([_("people who were there are named")] if candidate.people_named else []),
    ]
    about = ", ".join(str(part) for part in (meeting.title, meeting.place, meeting.starts.edtf()) if part)
    return f"{about} ({', '.join(map(str, speaks))})" if speaks else about


class IntakeAdmin:
    """The page “Take in a document” of the sources."""

    def get_urls(self) -> Any:
        page = path("take-in/", self.admin_site.admin_view(self.take_in_view), name="tracker_source_take_in")  # type: ignore[attr-defined]
        return [page, *super().get_urls()]  # type: ignore[misc]  # an admin's, to which this is mixed in

    def take_in_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if "_keep" in request.POST:
            return self._kept(request)
        asked = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
        if asked.is_bound and asked.is_valid():
            found = proposal(asked.cleaned_data["document"], asked.cleaned_data["url"])
            return self._second_form(request, found, *self._forms(request, found))
        form = AdminForm(asked, ((None, {"fields": ("text", "file", "url")}),), {}, model_admin=self)  # type: ignore[arg-type]
        return self._intake_page(request, "take_in", {"adminform": form, "errors": asked.errors, "title": _("Take in a document"), "has_file_field": True})

    def _forms(self, request: HttpRequest, found: Proposal | None = None, data: Any = None) -> tuple[forms.ModelForm, forms.ModelForm, OccasionForm]:
        """Return the three forms: with what is proposed, or with what was typed over it."""
        source = self.get_form(request, None, fields=SOURCE_FIELDS)  # type: ignore[attr-defined]
        meeting = self.admin_site.get_model_admin(Meeting).get_form(request, None, fields=MEETING_FIELDS)  # type: ignore[attr-defined]
        occasion = partial(OccasionForm, admin_site=self.admin_site, candidates=found.occasion.candidates if found else ())  # type: ignore[attr-defined]
        for form, name in ((source, "title"), (source, "text"), (meeting, "title")):
            form.base_fields[name].widget.attrs["dir"] = "auto"
        if data is not None:
            return source(data, prefix="source"), meeting(data, prefix="meeting"), occasion(data)
        assert found is not None
        return source(initial=found.source, prefix="source"), meeting(initial=found.meeting, prefix="meeting"), occasion(initial=_carried(found))

    def _kept(self, request: HttpRequest) -> HttpResponse:
        """Store what was typed, or show it again with what is wrong."""
        found = _looked_at_again(request.POST.get("source-text", ""), request.POST.get("source-url", ""))
        source, meeting, occasion = self._forms(request, found, request.POST)
        wants_new = request.POST.get("which") == NEW
        valid = [source.is_valid(), occasion.is_valid(), not wants_new or meeting.is_valid()]
        if not all(valid):
            return self._second_form(request, found, source, meeting, occasion, wants_new=wants_new)
        reported = self._reported(request, meeting, occasion)
        try:
            take_in(source.instance, reported, Extent(occasion.cleaned_data["extent"]), timezone.now(), request.user)
        except IntegrityError:
            # Between the check and the save somebody else stored a record under the same address.
            source.add_error(None, _("Somebody has just stored a record under one of these slugs: choose others."))
            return self._second_form(request, found, source, meeting, occasion, wants_new=wants_new)
        messages.success(request, _("“%s” is kept as a draft.") % source.instance)
        if reported is None:
            return HttpResponseRedirect(reverse("admin:tracker_source_change", args=[source.instance.pk]))
        return HttpResponseRedirect(reverse("admin:tracker_source_read", args=[source.instance.pk, reported.pk]))

    def _reported(self, request: HttpRequest, meeting: forms.ModelForm, occasion: OccasionForm) -> Meeting | None:
        which = occasion.cleaned_data["which"]
        if which == NONE:
            return None
        if not request.user.has_perm("tracker.add_report"):
            raise PermissionDenied
        if which == NEW:
            if not request.user.has_perm("tracker.add_meeting"):
                raise PermissionDenied
            row: Meeting = meeting.instance
            row.date_note = occasion.note(meeting.cleaned_data.get("starts"))
            return row
        known: Meeting = occasion.cleaned_data["other"] if which == OTHER else Meeting.objects.get(pk=which.removeprefix("known-"))
        return known

    def _second_form(
        self, request: HttpRequest, found: Proposal | None, source: Any, meeting: Any, occasion: OccasionForm, *, wants_new: bool = False
    ) -> HttpResponse:
        errors = [*source.errors.values(), *occasion.errors.values(), *(meeting.errors.values() if wants_new else ())]
        context = {
            "adminform": AdminForm(source, SOURCE_SETS, {}, model_admin=self),  # type: ignore[arg-type]
            "meetingform": AdminForm(meeting, MEETING_SETS, {}, model_admin=self.admin_site.get_model_admin(Meeting)),  # type: ignore[attr-defined]
            "occasion": occasion,
            "found": found,
            "left_out": list(_left_out(occasion)),
            "errors": errors,
            "media": self.media + source.media + meeting.media + occasion.media,  # type: ignore[attr-defined]
            "title": _("Take in a document: check what was found"),
        }
        return self._intake_page(request, "taken", context)

    def _intake_page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, "has_view_permission": True}  # type: ignore[attr-defined]
        return TemplateResponse(request, f"admin/tracker/source/{template}.html", shared | context)


def _carried(found: Proposal) -> dict[str, Any]:
    """Return what is proposed of the meeting, and what the last look has to know of the first."""
    likeliest = found.occasion.likeliest
    return {
        "which": f"known-{likeliest.pk}" if likeliest else NEW if found.occasion.series else NONE,
        "day_words": found.occasion.day_words,
        "day_inferred": str(found.occasion.day or "") if found.occasion.day_inferred else "",
        "left_out": json.dumps([(left.line, left.reason.value) for left in found.left_out], ensure_ascii=False),
    }


def _left_out(occasion: OccasionForm) -> Iterator[tuple[str, Any]]:
    """Yield each line that was left out, with its reason."""
    try:
        carried = json.loads(occasion["left_out"].value() or "[]")
        yield from [(str(line), REASONS[Reason(reason)]) for line, reason in carried]
    except (TypeError, ValueError):
        return


def _looked_at_again(text: str, url: str) -> Proposal | None:
    """Return what is proposed of the text as it was typed over, for the hints beside it; nothing where it can't be read."""
    try:
        return proposal(read_pasted(text), url)
    except UnreadableError:
        return None
