"""Meetings, who was there, and which sources report them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.vocabulary import STATEMENT_FORMATS, Extent, Format, Level, MeetingStatus, Presence, Role

from .edit import Versions
from .named import SearchTextField
from .publication import WITH_PUBLISHING, Dated, PublishedRecord, RecordQuerySet, in_order, known_word, withdrawal_has_a_reason


class MeetingQuerySet(RecordQuerySet):
    def in_order(self) -> MeetingQuerySet:
        """Return the meetings as a matrix orders its columns: earliest day, latest day, slug."""
        return self.order_by("starts_earliest", "starts_latest", "slug", "pk")

    def newest_first(self) -> MeetingQuerySet:
        return self.order_by("-starts_latest", "-starts_earliest", "slug", "pk")

    def in_series(self, slug: str) -> MeetingQuerySet:
        return self.filter(series__slug=slug)

    def encounters(self) -> MeetingQuerySet:
        """Return the meetings proper: no interviews, briefings, hearings or statements."""
        return self.exclude(format__in=STATEMENT_FORMATS)

    def held(self) -> MeetingQuerySet:
        return self.filter(status=MeetingStatus.HELD)


class Meeting(PublishedRecord):
    slug = models.SlugField(_("slug"), max_length=100, unique=True, help_text=_("Place and date, for example beijing-2025-09-02."))
    title = models.CharField(_("title"), max_length=300)
    series = models.ForeignKey("tracker.Series", models.PROTECT, related_name="meetings", verbose_name=_("series"))
    format = models.CharField(_("format"), max_length=12, choices=Format)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    status = models.CharField(_("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.HELD)
    remit = models.ManyToManyField(
        "tracker.Commitment",
        related_name="called_for_by",
        blank=True,
        verbose_name=_("remit"),
        help_text=_("What the meeting was called for. Leave empty for a general meeting."),
    )
    starts_earliest = models.DateField(_("first day, earliest"))
    starts_latest = models.DateField(_("first day, latest"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    date_note = models.CharField(_("note on the date"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country code"), max_length=2, blank=True)
    occasion = models.CharField(_("occasion"), max_length=200, blank=True, help_text=_("For example: on the margins of the SCO summit."))
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="rooms",
        null=True,
        blank=True,
        verbose_name=_("part of"),
        help_text=_("The journey this room belongs to. Rooms count once, with their journey."),
    )
    summary = models.TextField(_("summary"), blank=True)
    words_key = SearchTextField(source=["title", "place", "occasion"])

    hangs_on = ("series", "part_of")
    objects = MeetingQuerySet.as_manager()
    history = Versions("remit")

    class Meta:
        default_permissions = WITH_PUBLISHING
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            withdrawal_has_a_reason(),
            known_word("format", Format.values),
            known_word("level", Level.values),
            known_word("status", MeetingStatus.values),
            in_order("starts_earliest", "starts_latest", _("The earliest first day can't be after the latest.")),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts_earliest")),
                violation_error_message=_("A meeting can't end before it starts."),
            ),
            models.CheckConstraint(
                name="meeting_is_no_room_of_itself",
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("pk")),
                violation_error_message=_("A meeting can't be part of itself."),
            ),
            models.CheckConstraint(
                name="meeting_country_is_a_code",
                condition=Q(country="") | Q(country__length=2),
                violation_error_message=_("A country code has two letters."),
            ),
        ]
        indexes = [
            models.Index(fields=["series", "starts_earliest", "starts_latest", "slug"], name="meeting_in_series_order"),
            models.Index(fields=["-starts_latest", "-starts_earliest", "slug"], name="meeting_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.starts.edtf()}"

    def get_absolute_url(self) -> str:
        return reverse("tracker:meeting", args=[self.slug])

    @property
    def starts(self) -> UncertainDate:
        return UncertainDate(self.starts_earliest, self.starts_latest)

    @property
    def is_statement(self) -> bool:
        return self.format in STATEMENT_FORMATS


class Attendance(Dated):
    hangs_on = ("meeting", "party", "participant")
    beside = ("meeting",)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    key = models.SlugField(_("key"), max_length=60, help_text=_("Short, unique within the meeting, never changed."))
    party = models.ForeignKey("tracker.Party", models.PROTECT, related_name="attendances", verbose_name=_("party"))
    participant = models.ForeignKey(
        "tracker.Participant",
        models.PROTECT,
        related_name="attendances",
        null=True,
        blank=True,
        verbose_name=_("participant"),
        help_text=_("Empty for a delegation whose members are not named."),
    )
    office = models.CharField(_("office"), max_length=200, blank=True, help_text=_("The office held on that day, as reported."))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PRINCIPAL)
    presence = models.CharField(_("presence"), max_length=10, choices=Presence, default=Presence.CONFIRMED)

    objects = RecordQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            known_word("role", Role.values),
            known_word("presence", Presence.values),
            models.UniqueConstraint(
                name="attendance_key_is_used_once",
                fields=["meeting", "key"],
                violation_error_message=_("This meeting already has an attendance under this key."),
            ),
            models.UniqueConstraint(
                name="attendance_person_stands_once",
                fields=["meeting", "participant"],
                condition=Q(participant__isnull=False),
                violation_error_message=_("This person is already listed for this meeting."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.office})" if self.office else self.key


class Report(Dated):
    hangs_on = ("meeting", "source")
    beside = ("meeting",)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports", verbose_name=_("meeting"))
    source = models.ForeignKey("tracker.Source", models.PROTECT, related_name="reports", verbose_name=_("source"))
    extent = models.CharField(_("extent"), max_length=10, choices=Extent, help_text=_("How much of the source we hold."))
    read_on = models.DateField(_("read on"), null=True, blank=True, help_text=_("The day on which the whole text was read against the list of commitments."))
    read_by = models.CharField(_("read by"), max_length=120, blank=True)

    objects = RecordQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            known_word("extent", Extent.values),
            models.UniqueConstraint(
                name="report_source_stands_once",
                fields=["meeting", "source"],
                violation_error_message=_("This source is already listed as a report of this meeting."),
            ),
            models.CheckConstraint(
                name="report_reading_has_day_and_reader",
                condition=Q(read_on__isnull=True, read_by="") | (Q(read_on__isnull=False) & ~Q(read_by="")),
                violation_error_message=_("A reading states both the day and the reader, or neither."),
            ),
            models.CheckConstraint(
                name="report_reading_needs_the_full_text",
                condition=Q(read_on__isnull=True) | Q(extent=Extent.FULL),
                violation_error_message=_("Only a source held in full can be read in full."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.meeting}"
