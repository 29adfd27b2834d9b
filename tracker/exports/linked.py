"""Pages as linked data (schema.org): what a search engine or a library reads of a meeting, a commitment, a document and the data set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.dates import UncertainDate
from tracker.exports.package.releases import Release
from tracker.history.facts import CitationFact, SourceFact
from tracker.history.results import Occasion, Trace
from tracker.queries.meetings import MeetingPage
from tracker.queries.sources import SourcePage
from tracker.vocabulary import MeetingStatus, Presence, SourceKind

Document = dict[str, Any]
#: The whole address of a page, of its kind and the slug of its record.
Address = Callable[[str, str], str]
CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
STATUS = {
    MeetingStatus.PLANNED: "EventScheduled",
    MeetingStatus.HELD: "EventScheduled",
    MeetingStatus.POSTPONED: "EventPostponed",
    MeetingStatus.CANCELLED: "EventCancelled",
}
#: Documents of governments and parties; everything else is press.
NO_PRESS = frozenset({SourceKind.OFFICIAL, SourceKind.TRANSCRIPT, SourceKind.JOINT_TEXT})
#: So many mentions of a commitment are told: the interface for programs tells all.
MOST_CLAIMS = 100


def event(page: MeetingPage, address: Address) -> Document:
    """Return a meeting as an Event. Its date is as fine as it is known, and no finer."""
    one = page.meeting
    people = [{"@type": "Person", "name": there.participant.name, "@id": address("participant", there.participant.slug)} for there in _present(page)]
    place = {"@type": "Place", "name": one.place, "address": _filled({"@type": "PostalAddress", "addressLocality": one.place, "addressCountry": one.country})}
    found = {
        "@context": CONTEXT,
        "@type": "Event",
        "@id": address("meeting", one.slug),
        "url": address("meeting", one.slug),
        "name": one.title,
        "description": page.summary,
        "startDate": as_known(one.starts),
        "endDate": page.ends.isoformat() if page.ends else None,
        "eventStatus": f"{CONTEXT}/{STATUS[one.status]}",
        "location": place if one.place else None,
        "superEvent": {"@type": "Event", "@id": address("meeting", page.part_of.slug), "name": page.part_of.name} if page.part_of else None,
        "attendee": people,
        "subjectOf": [_document(report.source, address) for report in page.reports],
    }
    return _filled(found)


def _present(page: MeetingPage) -> list[Any]:
    known = {there.participant.slug: there for there in page.attendances if there.participant and there.presence != Presence.ABSENT}
    return list(known.values())


def claims(trace: Trace, name: str, description: str, names: Mapping[str, str], address: Address) -> Document:
    """Return a commitment and its latest counted mentions as Claims: what was said, by whom, and in which documents it stands."""
    own = address("commitment", trace.commitment.slug)
    counted = [one for one in trace.occasions if one.counts]
    sources = {citation.source.slug: citation.source for one in counted for citation in one.mention.citations}
    whole = {
        "@type": "Claim",
        "@id": own,
        "url": own,
        "name": name,
        "description": description,
        "datePublished": as_known(counted[0].when) if counted else None,
        "appearance": [_document(one, address) for one in list(sources.values())[:MOST_CLAIMS]],
    }
    return {"@context": CONTEXT, "@graph": [_filled(whole), *(_claim(one, own, names, address) for one in counted[-MOST_CLAIMS:])]}


def _claim(one: Occasion, about: str, names: Mapping[str, str], address: Address) -> Document:
    citations = one.mention.citations
    found = {
        "@type": "Claim",
        "@id": f"{about}#at-{one.meeting.slug}",
        "about": {"@id": about},
        "text": one.mention.summary or _said(citations),
        "datePublished": as_known(one.when),
        "author": [{"@type": "Organization", "name": names[party], "@id": address("party", party)} for party in sorted(one.voice) if party in names],
        "subjectOf": {"@type": "Event", "@id": address("meeting", one.meeting.slug), "name": one.meeting.title},
        "appearance": [_document(source, address) for source in {citation.source.slug: citation.source for citation in citations}.values()],
    }
    return _filled(found)


def _said(citations: Iterable[CitationFact]) -> str:
    return next((one.paraphrase or one.phrase for one in citations), "")


def _document(one: SourceFact, address: Address) -> Document:
    return {"@type": _type(one), "@id": address("source", one.slug), "headline": one.title}


def _type(one: SourceFact) -> str:
    return "DigitalDocument" if one.kind in NO_PRESS else "NewsArticle"


def article(page: SourcePage, address: Address) -> Document:
    """Return a document as what it is: an article of the press, or a document of a government."""
    one = page.source
    found = {
        "@context": CONTEXT,
        "@type": _type(one),
        "@id": address("source", one.slug),
        "headline": one.title,
        "url": page.url,
        "archivedAt": page.archived_url,
        "datePublished": as_known(one.published) if one.published else None,
        "inLanguage": one.language,
        "publisher": {"@type": "Organization", "name": one.publisher},
        "sourceOrganization": {"@type": "Organization", "name": page.issuer.name, "@id": address("party", page.issuer.slug)} if page.issuer else None,
        "isBasedOn": {"@id": address("source", page.copied_from.slug)} if page.copied_from else None,
        "about": [{"@type": "Event", "@id": address("meeting", report.meeting.slug), "name": report.meeting.name} for report in page.reports],
    }
    return _filled(found)


def dataset(newest: Release | None, files: Iterable[tuple[str, str]], url: str, package: str) -> Document:
    """Return the whole record as a Dataset; ``files`` are the addresses and media types of the lists."""
    downloads = [{"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type} for address, media_type in files]
    if newest:
        about = {"@type": "DataDownload", "contentUrl": package, "encodingFormat": "application/zip", "contentSize": str(newest.bytes), "sha256": newest.sha256}
        downloads.insert(0, about)
    found = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": "Reaffirmed: cooperation commitments between states, meeting by meeting",
        "description": (
            "What states pledged to each other, at which later meetings it was voiced again, in which words, by whom, what moved, what fell silent, "
            "and which source proves each of these statements."
        ),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "Reaffirmed"},
        "keywords": ["diplomacy", "cooperation", "commitments", "meetings", "restatement"],
        "dateModified": newest.made.isoformat() if newest else None,
        "version": newest.software if newest else None,
        "distribution": downloads,
    }
    return _filled(found)


def as_known(when: UncertainDate) -> str:
    """Return a date as ISO 8601 writes it: a day, a month or a year; of two days the span between them."""
    return when.edtf()


def _filled(document: Document) -> Document:
    """Return the document without what is empty."""
    return {name: value for name, value in document.items() if value not in (None, "", [])}
