"""What the templates say: an example value for every field, and the records that the examples refer to."""

from __future__ import annotations

from collections.abc import Mapping

#: A sentence on each kind.
ABOUT: Mapping[str, str] = {
    "party": "A party: a state or an organization.",
    "participant": "A participant: a person. The office held is a fact of the attendance.",
    "series": "A series: the ordered meetings that are read together.",
    "source": "A source: one document as it was published.",
    "commitment": "A commitment: one identifiable object of cooperation, one record however often it is restated.",
    "meeting": "A meeting: one dated encounter, or a statement of one side. Who was there and which sources report it stand under it.",
    "mention": "A mention: this commitment came up at this meeting. One record for the two, with a citation for each source.",
    "milestone": "A milestone: dated evidence that a rung was reached, a new paper signed, or the condition changed.",
    "deadline": "A deadline: a dated promise about one target, and what became of it.",
    "redirect": "A redirect: an old address of a record. Renaming with renamed_from writes it by itself.",
}

#: What fields mean that are columns of no table under that name, or mean more in a file than in a form.
MEANINGS: Mapping[str, str] = {
    "slug": "Part of the record's address; it never changes once published.",
    "renamed_from": "The slug under which the record stood before. Its old address then leads here.",
    "state": "The publication state: only published records are public.",
    "starts": "The first day, as finely as it is known.",
    "published": "The date of publication, as finely as it is known.",
    "happened": "When it happened, as finely as it is known.",
    "due": "The date that was promised.",
    "stated": "When it was stated, if not at a meeting of the data set: write this or stated_at.",
    "stated_at": "The meeting at which it was stated: write this or stated.",
    "resolved": "When it was met, or known to be missed.",
    "valid_from": "Since when the name has been in use.",
    "stage": "The rung reached: write this or condition.",
    "condition": "The condition stated: write this or stage.",
    "criteria": "What would count as delivered. Everything but an area must say it.",
    "parent": "The area above. Everything but an area must have one.",
    "terms": "The particulars named.",
    "phrase": "At most eight words, exactly as they stand in the document. Give this or a paraphrase.",
    "paraphrase": "What the passage says, in your own words. Give this or a phrase.",
    "extent": "How much of the source we hold.",
    "read_by": "Who read the whole text against the list of commitments. Goes with read_on.",
    "text": "The document's text, kept for checking phrases, never shown unless it may be published.",
    "names": "Other names it goes by.",
    "attendances": "Who was there.",
    "reports": "Which sources report it.",
    "citations": "The passages that prove it: at least one.",
}

_RECORD = {"state": '"published"', "withdrawn_reason": '""'}
_HEADED = _RECORD | {"renamed_from": '"example-old-slug"'}
_NAME = {"key": '"ru"', "name": '"Пример"', "language": '"ru"', "note": '"As the host spells it."'}
_CITATION = {
    "key": '"release"',
    "source": '"example-release"',
    "locator": "8",
    "speaker": '"example-person"',
    "party": '"example-north"',
    "both_sides": "false",
    "phrase": '"to build a bridge"',
    "paraphrase": '"Both sides want to build the bridge."',
    "note": '""',
}

#: An example for every field, as TOML spells it.
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "party": _HEADED | {"slug": '"example-north"', "name": '"Example North"', "kind": '"state"', "iso2": '"XN"', "wikidata_id": '"Q1"'},
    "participant": _HEADED | {"slug": '"example-person"', "name": '"Example Person"', "home_party": '"example-north"', "wikidata_id": '"Q2"'},
    "participant.names": _NAME,
    "series": _HEADED
    | {
        "slug": '"example-series"',
        "title": '"Example North and Example South"',
        "kind": '"dyad"',
        "parties": '["example-north", "example-south"]',
        "covered_until": '"2026-01-31"',
    },
    "source": _HEADED
    | {
        "slug": '"example-release"',
        "title": '"Joint press release"',
        "publisher": '"Foreign Ministry of Example North"',
        "url": '"https://example.org/release"',
        "archived_url": '"https://example.org/archived/release"',
        "language": '"en"',
        "kind": '"official"',
        "issued_by": '"example-north"',
        "carried": '"whole"',
        "published": '"2026-01-31"',
        "date_basis": '"byline"',
        "derived_from": '"example-first-release"',
        "fidelity": '"original"',
        "text": '""',
        "text_sha256": '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
        "may_publish_text": "false",
        "note": '""',
    },
    "commitment": _HEADED
    | {
        "slug": '"example-bridge"',
        "name": '"Example bridge"',
        "kind": '"project"',
        "parent": '"example-area"',
        "series": '"example-series"',
        "parties": '["example-north", "example-south"]',
        "description": '"A bridge over the border river."',
        "criteria": '"Traffic crosses it."',
        "listed_on": '"2026-01-31"',
        "minimum_level": '"ministers"',
        "succeeds": '"example-ferry"',
    },
    "commitment.names": _NAME | {"valid_from": '"2026-01"'},
    "meeting": _HEADED
    | {
        "slug": '"example-city-2026-01-31"',
        "title": '"Talks in Example City"',
        "series": '"example-series"',
        "format": '"talks"',
        "level": '"leaders"',
        "status": '"held"',
        "remit": '["example-area"]',
        "starts": '"2026-01-31"',
        "ends": '"2026-02-01"',
        "date_note": '"The releases differ by a day."',
        "place": '"Example City"',
        "country": '"XN"',
        "occasion": '"On the margins of a summit"',
        "part_of": '"example-journey-2026-01"',
        "summary": '"What it was about, in a sentence or two."',
    },
    "meeting.attendances": {
        "key": '"person"',
        "party": '"example-north"',
        "participant": '"example-person"',
        "office": '"Foreign Minister"',
        "role": '"principal"',
        "presence": '"confirmed"',
    },
    "meeting.reports": {"source": '"example-release"', "extent": '"full"', "read_on": '"2026-02-02"', "read_by": '"A. Reader"'},
    "mention": _RECORD
    | {
        "commitment": '"example-bridge"',
        "meeting": '"example-city-2026-01-31"',
        "act": '"reaffirmed"',
        "standing": '"accepted"',
        "summary": '"Both sides want the bridge."',
    },
    "mention.citations": _CITATION | {"reach": '"voiced"', "act": '"reaffirmed"', "strength": '"wished"', "terms": '["object", "place"]'},
    "milestone": _RECORD
    | {
        "commitment": '"example-bridge"',
        "key": '"memorandum-2026"',
        "stage": '"memorandum"',
        "condition": '"suspended"',
        "happened": '"2026-01-31"',
        "meeting": '"example-city-2026-01-31"',
        "standing": '"accepted"',
        "reason": '"A memorandum was signed, as both releases say."',
    },
    "milestone.citations": _CITATION,
    "deadline": _RECORD
    | {
        "commitment": '"example-bridge"',
        "key": '"contract-by-2027"',
        "target": '"contract"',
        "what": '"The contract is signed."',
        "due": '"2027"',
        "stated_at": '"example-city-2026-01-31"',
        "stated": '"2026-01"',
        "outcome": '"missed"',
        "resolved": '"2027-12-31"',
        "note": '""',
    },
    "deadline.citations": _CITATION | {"proves": '"promise"'},
    "redirect": {"kind": '"commitment"', "old_slug": '"example-crossing"', "new_slug": '"example-bridge"'},
}

#: Optional fields that a sensible first record has.
SWITCHED_ON = frozenset(
    {
        ("commitment", "parent"),
        ("commitment", "criteria"),
        ("milestone", "stage"),
        ("deadline", "stated"),
        ("mention.citations", "paraphrase"),
        ("milestone.citations", "paraphrase"),
        ("deadline.citations", "paraphrase"),
    }
)

_PARTIES = """\
[[party]]
slug = "example-north"
name = "Example North"
kind = "state"

[[party]]
slug = "example-south"
name = "Example South"
kind = "state"
"""
_SERIES = """\
[[series]]
slug = "example-series"
title = "Example North and Example South"
kind = "dyad"
parties = ["example-north", "example-south"]
covered_until = "2026-01-31"
"""
_SOURCE = """\
[[source]]
slug = "example-release"
title = "Joint press release"
publisher = "Foreign Ministry of Example North"
kind = "official"
"""
_AREA = """\
[[commitment]]
slug = "example-area"
name = "Example area"
kind = "area"
series = "example-series"
parties = ["example-north", "example-south"]
listed_on = "2026-01-31"
"""
_BRIDGE = """\
[[commitment]]
slug = "example-bridge"
name = "Example bridge"
kind = "project"
parent = "example-area"
series = "example-series"
parties = ["example-north", "example-south"]
criteria = "Traffic crosses it."
listed_on = "2026-01-31"
"""
_MEETING = """\
[[meeting]]
slug = "example-city-2026-01-31"
title = "Talks in Example City"
series = "example-series"
format = "talks"
level = "leaders"
starts = "2026-01-31"
"""

#: What each template's example needs beside it, as TOML.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "party": (),
    "participant": (_PARTIES,),
    "series": (_PARTIES,),
    "source": (),
    "commitment": (_PARTIES, _SERIES, _AREA),
    "meeting": (_PARTIES, _SERIES),
    "mention": (_PARTIES, _SERIES, _SOURCE, _AREA, _BRIDGE, _MEETING),
    "milestone": (_PARTIES, _SERIES, _SOURCE, _AREA, _BRIDGE),
    "deadline": (_PARTIES, _SERIES, _SOURCE, _AREA, _BRIDGE),
    "redirect": (_PARTIES, _SERIES, _AREA, _BRIDGE),
}
