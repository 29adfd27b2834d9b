"""Meetings, people, parties and sources as documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tracker.exports.package.columns import Column
from tracker.filters import MeetingFilter, ParticipantFilter, PartyFilter, SourceFilter
from tracker.models import Attendance, Source
from tracker.models.publication import span
from tracker.queries.columns import meeting_remit, slug_list, slug_set, where_public
from tracker.queries.lists import all_meetings, all_participants, all_sources
from tracker.queries.parties import all_parties
from tracker.vocabulary import Carried, DateBasis, Fidelity, Format, Held, Level, MeetingStatus, PartyKind, Presence, SourceKind

from .listing import Document, Listing, Site, many, span_columns, span_values

_MEETING = (
    Column("slug", "The name of the meeting in addresses.", required=True),
    Column("title", "The title of the meeting.", required=True),
    Column("series", "The slug of its series.", required=True),
    Column("format", "The format of the meeting.", words=tuple(Format.values), required=True),
    Column("statement", "Whether it is a statement: an interview, a briefing, a hearing. Statements are counted apart.", "boolean", required=True),
    Column("level", "Who met.", words=Level.words(), ordered=True, required=True),
    Column("status", "Whether it was held.", words=tuple(MeetingStatus.values), required=True),
    *span_columns("date", "The first day.", required=True),
    Column("ends", "The last day.", "date"),
    Column("place", "Where it was."),
    Column("country", "The two letters of the country."),
    Column("occasion", "On the margins of what."),
    Column("part_of", "The slug of the journey that this room belongs to. Rooms count once, with their journey."),
    many("remit", "The slugs of the commitments that it was called for. Empty for a general meeting."),
    many("parties", "The slugs of the parties that are recorded as present."),
    Column("mentions", "Mentions at this meeting.", "integer", required=True),
    Column("held", "The best that is held of any document that reports it.", words=tuple(Held.values), required=True),
    Column("summary", "What the meeting was, in the record's own words."),
    Column("url", "The page of the meeting.", required=True),
)


def _meeting_rows(_today: date) -> QuerySet[Any]:
    there = Attendance.objects.published().exclude(presence=Presence.ABSENT)
    rows: QuerySet[Any] = all_meetings().select_related("series", "part_of").annotate(
        remit_slugs=meeting_remit(), party_slugs=slug_list(there, "meeting", "party__slug")
    )  # fmt: skip
    return rows


def _meetings(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    for row in rows:
        yield {
            "slug": row.slug,
            "title": row.title,
            "series": row.series.slug,
            "format": row.format,
            "statement": row.is_statement,
            "level": Level(row.level).word,
            "status": row.status,
            **span_values("date", row.starts),
            "ends": row.ends.isoformat() if row.ends else None,
            "place": row.place or None,
            "country": row.country or None,
            "occasion": row.occasion or None,
            "part_of": row.part_of.slug if row.part_of else None,
            "remit": sorted(slug_set(row.remit_slugs)),
            "parties": sorted(slug_set(row.party_slugs)),
            "mentions": row.mention_count,
            "held": row.held_of_it,
            "summary": row.summary or None,
            "url": site.page("meeting", row.slug),
        }


MEETINGS = Listing(
    "meetings",
    "Dated encounters, rooms of journeys, and statements. What is held of each says whether silence could be seen.",
    MeetingFilter,
    _meeting_rows,
    _MEETING,
    _meetings,
)

_PARTICIPANT = (
    Column("slug", "The name of the person in addresses.", required=True),
    Column("name", "The name of the person.", required=True),
    Column("party", "The slug of the home party.", required=True),
    Column("wikidata_id", "The item of Wikidata about the person."),
    Column("meetings", "Meetings and statements at which the person was.", "integer", required=True),
    Column("passages", "Cited passages in which the person speaks.", "integer", required=True),
    *span_columns("last_seen", "The first day of the latest of these meetings."),
    Column("url", "The page of the person, with the offices held at each meeting.", required=True),
)


def _participants(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    for row in rows:
        yield {
            "slug": row.slug,
            "name": row.name,
            "party": row.home_party.slug,
            "wikidata_id": row.wikidata_id or None,
            "meetings": row.meeting_count,
            "passages": row.quoted,
            **span_values("last_seen", span(row.last_earliest, row.last_latest)),
            "url": site.page("participant", row.slug),
        }


PARTICIPANTS = Listing(
    "participants",
    "People. The office held is a fact of each meeting, because it changes.",
    ParticipantFilter,
    lambda _today: all_participants(),
    _PARTICIPANT,
    _participants,
)

_PARTY = (
    Column("slug", "The name of the party in addresses.", required=True),
    Column("name", "The name of the party.", required=True),
    Column("kind", "A state or an organization.", words=tuple(PartyKind.values), required=True),
    Column("iso2", "The two letters of ISO 3166, of a state."),
    Column("wikidata_id", "The item of Wikidata about the party."),
    Column("participants", "People whose home party it is.", "integer", required=True),
    Column("sources", "Documents that it issued.", "integer", required=True),
    Column("url", "The page of the party.", required=True),
)


def _parties(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    for row in rows:
        yield {
            "slug": row.slug,
            "name": row.name,
            "kind": row.kind,
            "iso2": row.iso2 or None,
            "wikidata_id": row.wikidata_id or None,
            "participants": row.participant_count,
            "sources": row.source_count,
            "url": site.page("party", row.slug),
        }


PARTIES = Listing("parties", "States and organizations that meet, pledge and issue documents.", PartyFilter, lambda _today: all_parties(), _PARTY, _parties)

_SOURCE = (
    Column("slug", "The name of the document in addresses.", required=True),
    Column("title", "The title of the document.", required=True),
    Column("publisher", "Who put it before the public.", required=True),
    Column("address", "Where the document is, or was."),
    Column("archived_address", "Where an archive keeps it."),
    Column("language", "The language of the document, as a tag.", required=True),
    Column("kind", "What kind of document it is.", words=tuple(SourceKind.values), required=True),
    Column("issued_by", "The slug of the party whose release it rests on, whoever carries it."),
    Column("carried", "How much of the issuer's text stands in it.", words=tuple(Carried.values), required=True),
    *span_columns("published", "When it was published."),
    Column("date_basis", "What that date rests on.", words=tuple(DateBasis.values), required=True),
    Column("derived_from", "The slug of the document that it copies."),
    Column("fidelity", "Whether the wording is the original, or a translation.", words=tuple(Fidelity.values), required=True),
    Column("passages", "Passages of it that are cited.", "integer", required=True),
    Column("read", "Whether one of the meetings that it reports was read in it against the whole list of commitments.", "boolean", required=True),
    Column("note", "What a reader should know of it."),
    Column("url", "The page of the document, with everything it proves.", required=True),
)


def _source_rows(_today: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = all_sources().annotate(copied_from=where_public(Source, "derived_from__", "slug"))
    return rows


def _sources(rows: Sequence[Any], site: Site) -> Iterator[Document]:
    for row in rows:
        yield {
            "slug": row.slug,
            "title": row.title,
            "publisher": row.publisher,
            "address": row.url or None,
            "archived_address": row.archived_url or None,
            "language": row.language,
            "kind": row.kind,
            "issued_by": row.issued_by.slug if row.issued_by else None,
            "carried": row.carried,
            **span_values("published", span(row.published_earliest, row.published_latest)),
            "date_basis": row.date_basis,
            "derived_from": row.copied_from,
            "fidelity": row.fidelity,
            "passages": row.citation_count,
            "read": row.was_read,
            "note": row.note or None,
            "url": site.page("source", row.slug),
        }


SOURCES = Listing("sources", "Documents as published. Their texts are not kept here for readers.", SourceFilter, _source_rows, _SOURCE, _sources)
