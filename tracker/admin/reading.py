"""The reading desk: a source beside the commitments that are open, ticked one by one and stored with one click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from tracker.curation.reading.adding import add
from tracker.curation.reading.drafts import Rows, keep, kept_rows
from tracker.curation.reading.finishing import HeldInPartError, Reader, RowsRefusedError, finish
from tracker.curation.reading.sheet import Entry, Sheet, sheet
from tracker.curation.workflow import may_decide
from tracker.models import Meeting, Mention, ReadingDraft, Source
from tracker.vocabulary import PublicationState

from .ticking import ABSENT, AddingForm, RowForm, proposed, voices

#: What a reading writes, beside the right to see sources, whose texts are private.
NEEDED = ("tracker.add_mention", "tracker.add_citation", "tracker.change_report")


class ReadingAdmin:
    """The pages on which a source is read."""

    def get_urls(self) -> Any:
        guarded = self.admin_site.admin_view  # type: ignore[attr-defined]
        pages = [
            path("<int:source>/read/", guarded(self.readings_view), name="tracker_source_readings"),
            path("<int:source>/read/<int:meeting>/", guarded(self.read_view), name="tracker_source_read"),
        ]
        return [*pages, *super().get_urls()]  # type: ignore[misc]  # an admin's, to which this is mixed in

    def readings_view(self, request: HttpRequest, source: int) -> HttpResponse:
        """Answer with the meetings that the source reports; with its desk at once, if that is one."""
        row = self._source(request, source)
        reports = list(row.reports.select_related("meeting").order_by("-meeting__starts_latest", "pk"))
        if len(reports) == 1 and "finished" not in request.GET:
            return HttpResponseRedirect(reverse("admin:tracker_source_read", args=[row.pk, reports[0].meeting_id]))
        unfinished = set(ReadingDraft.objects.filter(source=row, reader=request.user.pk).values_list("meeting_id", flat=True))
        return self._reading_page(request, "readings", {"source": row, "reports": reports, "unfinished": unfinished, "title": _("Readings")})

    def read_view(self, request: HttpRequest, source: int, meeting: int) -> HttpResponse:
        row = self._source(request, source)
        occasion = get_object_or_404(Meeting.objects.select_related("series"), pk=meeting)
        desk = Reading(request, row, occasion)
        if request.method != "POST" or not row.text:
            return self._desk(request, desk, desk.rows())
        if "_finish" in request.POST:
            return self._finished(request, desk) if desk.may_finish else self._left_to_others(request, desk)
        if "_add" in request.POST:
            return self._added(request, desk)
        desk.keep()
        if "X-Quietly" in request.headers:
            return HttpResponse(status=204)
        messages.info(request, _("Kept as it stands. Nothing of it is recorded before you finish."))
        return HttpResponseRedirect(request.path)

    def _source(self, request: HttpRequest, pk: int) -> Source:
        if not (self.has_view_permission(request) and request.user.has_perms(NEEDED)):  # type: ignore[attr-defined]
            raise PermissionDenied
        return get_object_or_404(Source, pk=pk)

    def _finished(self, request: HttpRequest, desk: Reading) -> HttpResponse:
        rows = desk.rows(sent=True)
        right = [row.is_valid() for row in rows]
        if all(right):
            try:
                left = desk.finish(rows)
            except RowsRefusedError as refused:
                for row in rows:
                    for sentence in refused.rows.get(row.entry.commitment.pk, ()) if row.entry else ():
                        row.add_error(None, sentence)
            except HeldInPartError:
                messages.error(
                    request,
                    _("Nothing was stored: the report says that only a part of the text is held. If this is all of it, say so beside the meeting first."),
                )
            except (IntegrityError, ValidationError):
                messages.error(request, _("Nothing was stored: somebody else stored one of these mentions just now. Finish again."))
            else:
                messages.success(request, _told(left.mentions, left.citations))
                return HttpResponseRedirect(reverse("admin:tracker_source_readings", args=[desk.source.pk]) + "?finished")
        desk.keep()
        return self._desk(request, desk, rows)

    def _left_to_others(self, request: HttpRequest, desk: Reading) -> HttpResponse:
        desk.keep()
        told = _("Nothing was stored: source and meeting are published, so readers would see the reading at once. A reviewer may finish it; yours is kept.")
        messages.error(request, told)
        return self._desk(request, desk, desk.rows(sent=True))

    def _added(self, request: HttpRequest, desk: Reading) -> HttpResponse:
        """Put a commitment on the list that the desk lacks, and keep what was ticked."""
        if not request.user.has_perm("tracker.add_commitment"):
            raise PermissionDenied
        desk.keep()
        form = desk.adding(sent=True)
        if not form.is_valid():
            return self._desk(request, desk, desk.rows(), form)
        add(form.instance, list(desk.meeting.series.parties.all()), timezone.now(), request.user)
        messages.success(request, _("“%s” is on the list, as a draft.") % form.instance)
        return HttpResponseRedirect(f"{request.path}#row-{form.instance.pk}")

    def _desk(self, request: HttpRequest, desk: Reading, rows: Sequence[RowForm], adding: AddingForm | None = None) -> HttpResponse:
        wrong = [row for row in rows if row.is_bound and row.errors]
        context = {
            "source": desk.source,
            "meeting": desk.meeting,
            "sheet": desk.sheet,
            "direction": _direction(desk.source.language),
            "named": [row for row in rows if row.entry and row.entry.is_named],
            "others": [row for row in rows if row.entry and not row.entry.is_named],
            "names": {row.entry.commitment.pk: row.entry.commitment.name for row in rows if row.entry},
            "blank": desk.row(None, prefix="__prefix__"),
            "adding": adding or desk.adding(),
            "may_add": request.user.has_perm("tracker.add_commitment"),
            "wrong": wrong,
            "errors": wrong or (adding and adding.errors),
            "is_public": desk.is_public,
            "may_finish": desk.may_finish,
            "report": desk.source.reports.filter(meeting=desk.meeting).first(),
            "title": _("Reading desk"),
        }
        return self._reading_page(request, "read", context)

    def _reading_page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}  # type: ignore[attr-defined]
        return TemplateResponse(request, f"admin/tracker/source/{template}.html", shared | context)


class Reading:
    """One request to the desk: the sheet that is read, and the forms over it."""

    def __init__(self, request: HttpRequest, source: Source, meeting: Meeting) -> None:
        self.request, self.source, self.meeting = request, source, meeting
        self.sheet: Sheet = sheet(source, meeting)
        self._voices = voices(self.sheet)
        self._kept: Rows = {}
        #: Whether readers see at once what is stored.
        self.is_public = source.state == meeting.state == PublicationState.PUBLISHED
        self.may_finish = not self.is_public or may_decide(request.user, Mention)

    def rows(self, *, sent: bool = False) -> list[RowForm]:
        """Return a form for each commitment: with what was ``sent``, else with what was kept over what is proposed."""
        if sent:
            return [self.row(entry, data=self.request.POST) for entry in self.sheet.entries]
        kept = kept_rows(self.source, self.meeting, self.request.user)
        return [self.row(entry, initial=proposed(entry) | kept.get(str(entry.commitment.pk), {})) for entry in self.sheet.entries]

    def row(self, entry: Entry | None, **kwargs: Any) -> RowForm:
        kwargs.setdefault("prefix", f"row-{entry.commitment.pk}" if entry else "")
        return RowForm(entry=entry, text=self.source.text, voices=self._voices, auto_id="%s", **kwargs)

    def keep(self) -> None:
        """Keep what was sent, of the rows in which something was ticked or typed."""
        typed = {str(row.entry.commitment.pk): row.typed() for row in self.rows(sent=True) if row.entry}
        kept = {key: row for key, row in typed.items() if row["phrase"] is not None or row["choice"] not in {None, "", ABSENT}}
        keep(self.source, self.meeting, self.request.user, kept, timezone.now())

    def finish(self, rows: Sequence[RowForm]) -> Any:
        by: Any = self.request.user
        reader = Reader(by, by.get_full_name() or by.get_username(), timezone.localdate(), timezone.now())
        return finish(self.source, self.meeting, [one for row in rows if (one := row.ticked())], reader)

    def adding(self, *, sent: bool = False) -> AddingForm:
        about = {"series": self.meeting.series, "today": timezone.localdate(), "prefix": "new"}
        return AddingForm(self.request.POST, **about) if sent else AddingForm(**about)


def _direction(language: str) -> str:
    """Return from which side a language is written, so that the numbers of the paragraphs stand where its lines begin."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def _told(mentions: int, citations: int) -> str:
    if not citations:
        return str(_("The reading is recorded: nothing on the list came up."))
    first = ngettext("The reading is recorded, with %(number)s passage", "The reading is recorded, with %(number)s passages", citations) % {"number": citations}
    return first + " " + ngettext("and %(number)s new mention, as a draft.", "and %(number)s new mentions, as drafts.", mentions) % {"number": mentions}
