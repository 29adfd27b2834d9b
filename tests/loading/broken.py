"""Broken fixtures, one case a line: what is done to the miniature, and a part of the message that must be told.

In each case the line that must be told carries the comment ``# here``, or is named in ``ELSEWHERE``.
"""
# ruff: noqa: E501  a case is read as one line

from __future__ import annotations

PARTY = '\n[[party]]\nslug = "{}" # here\nname = "{}"\nkind = "organization"\n'
PERSON = '\n[[participant]]\nslug = "{}"\nname = "{}" # here\nhome_party = "north"\n'
SOURCE = '\n[[source]]\nslug = "{}"\ntitle = "T"\npublisher = "P"\nkind = "wire"\nderived_from = "{}"'
CITATION = '\n[[mention.citations]] # here\nkey = "{}"\nsource = "copy"\nparaphrase = "p"\nreach = "voiced"\nact = "agreed"\n'
AREA = (
    '\n[[commitment]]\nslug = "{}"\nname = "{}"\nkind = "area"\nseries = "north-south"\nparties = ["north"]\nlisted_on = "2024-01-01"\nparent = "{}" # here\n'
)
ROOM = '\n[[meeting]]\nslug = "{}"\ntitle = "R"\nseries = "{}"\nformat = "talks"\nlevel = "leaders"\nstarts = "2024-07-03"\npart_of = "{}" # here\n'
OTHER_SERIES = '\n[[series]]\nslug = "other"\ntitle = "O"\nkind = "forum"\nparties = ["north"]\ncovered_until = "2024-12-31"\n'

#: What is replaced in the miniature, by what, and a part of the message.
CHANGES: dict[str, tuple[str, str, str]] = {
    # words and fields
    "unknown word": ('act = "agreed"\nsummary', 'act = "agred" # here\nsummary', "act: “agred” is not a known word; did you mean “agreed”?"),
    "unknown word unlike any": ('kind = "project"', 'kind = "zzz" # here', "expected one of area, project, process, visit, agreement"),
    "word in capitals": ('level = "leaders"', 'level = "LEADERS" # here', "“LEADERS” is not a known word"),
    "a word's number": ('level = "leaders"', "level = 4 # here", "level: a number (4); expected one of technical"),
    "unknown word in a list": ('["object", "place"]', '["object", "plaice"] # here', "did you mean “place”?"),
    "unknown word of a child": ('extent = "full"', 'extent = "fully" # here', "meeting como-2024-07-03, report release: extent: “fully” is not a known word; did you mean “full”?"),
    "unknown field": ('criteria = "', 'critera = "x" # here\ncriteria = "', "a record of this kind has no field “critera”; did you mean “criteria”?"),
    "unknown field of a child": ('office = "', 'ofice = "x" # here\noffice = "', "attendance ada: ofice: a record of this kind has no field “ofice”; did you mean “office”?"),
    "field of another kind's citation": ('paraphrase = "They signed."', 'paraphrase = "x"\nreach = "voiced" # here', "a record of this kind has no field “reach”; its fields: key,"),
    "missing field": ('[[series]]\nslug = "north-south"\ntitle = "Northland and Southland"', '[[series]] # here\nslug = "north-south"', "series north-south: title: is missing"),
    "missing slug": ('[[series]]\nslug = "north-south"', "[[series]] # here", "series ?: slug: is missing"),
    "missing field of a child": ('[[meeting.reports]]\nsource = "release"', "[[meeting.reports]] # here", "source: is missing"),
    # types
    "a year without quotes": ('published = "2024-07-04"', "published = 2024 # here", "published: a number (2024); expected a quoted date: a year (2024)"),
    "a day without quotes": ('published = "2024-07-04"', "published = 2024-07-04 # here", "published: a date without quotes (2024-07-04); expected a quoted date"),
    "a moment without quotes": ('published = "2024-07-04"', "published = 2024-07-04T10:00:00Z # here", "a date and time without quotes"),
    "a month without quotes": ('published = "2024-07-04"', "published = 2024-07 # here", 'a date without quotation marks; write dates in quotes: "2024-07"'),
    "a flag in quotes": ('carried = "whole"', 'may_publish_text = "yes" # here', "may_publish_text: a text; expected true or false, without quotes"),
    "a flag as a number": ('carried = "whole"', "may_publish_text = 1 # here", "may_publish_text: a number (1)"),
    "a locator with a fraction": ("locator = 2", "locator = 2.5 # here", "locator: a number (2.5); expected numbers of lines"),
    "a text for a list": ('kind = "dyad"\nparties = ["north", "south"]', 'kind = "dyad"\nparties = "north" # here', "parties: a text; expected a list of slugs"),
    "a number in a list": ('kind = "dyad"\nparties = ["north", "south"]', 'kind = "dyad"\nparties = [1, "south"] # here', "parties: a number (1)"),
    "a list for a text": ('place = "Como"', 'place = ["Como"] # here', "place: a list; expected a text in quotes"),
    "a table for a text": ('place = "Como"', "place.town = 'Como' # here", "place: a table"),
    "a text for children": ('starts = "2024-09"', 'starts = "2024-09"\nreports = "x" # here', "reports: a text; each begins with [[…reports]]"),
    "a number among children": ('starts = "2024-09"', 'starts = "2024-09"\nreports = [3] # here', "reports: a number (3); each begins with [[…reports]]"),
    "a slug with capitals": ('slug = "ada-north"', 'slug = "Ada-North" # here', "slug: “Ada-North” is not a slug"),
    "a slug with a new line": ('slug = "ada-north"', 'slug = "ada\\nnorth" # here', "is not a slug"),
    "an empty slug": ('slug = "ada-north"', 'slug = "" # here', "slug: “” is not a slug"),
    "a key with spaces": ('key = "foundry"', 'key = "the foundry" # here', "key: “the foundry” is not a key"),
    # dates
    "an impossible day": ('published = "2024-07-04"', 'published = "2024-02-30" # here', "“2024-02-30” is not a day of the calendar"),
    "an impossible month": ('happened = "2024-07"', 'happened = "2024-13" # here', "“2024-13” is not a day of the calendar"),
    "not a date": ('happened = "2024-07"', 'happened = "July 2024" # here', "“July 2024” is not a date: write a year (2024)"),
    "earliest after latest": ('happened = "2024-07"', 'happened = "2024-09/2024-07" # here', "the earlier date comes first"),
    "a month for a day": ('ends = "2024-07-04"', 'ends = "2024-07" # here', "ends: “2024-07”; expected a quoted day"),
    "an impossible single day": ('ends = "2024-07-04"', 'ends = "2024-06-31" # here', "“2024-06-31” is not a day of the calendar"),
    "ends before it starts": ('ends = "2024-07-04"', 'ends = "2024-07-02" # here', "“2024-07-02” is before the first day, 2024-07-03"),
    # texts
    "too long": ('title = "Talks at Como"', f'title = "{"x" * 301}" # here', "title: has 301 characters; at most 300"),
    "too long a slug": ('slug = "ada-north"', f'slug = "{"x" * 101}" # here', "slug: has 101 characters; at most 100"),
    "an empty text": ('reason = "A memorandum was signed."', 'reason = " " # here', "reason: is empty"),
    "a name without letters": ('name = "The Foundry"', 'name = "…" # here', "holds no letter and no digit"),
    "a control character": ('place = "Como"', 'place = "Co\\u0007mo" # here', "place: holds the invisible character U+0007"),
    "a mark that turns the writing": ('place = "Como"', 'place = "Co\u202emo" # here', "meeting como-2024-07-03: place: holds the invisible character U+202E"),
    "an escaped mark": ('place = "Como"', 'place = "Co\\u2066mo" # here', "holds the invisible character U+2066"),
    "a byte order mark inside": ('place = "Como"', 'place = "Co\ufeffmo" # here', "holds the invisible character U+FEFF"),
    "an escaped NUL": ('place = "Como"', 'place = "Co\\u0000mo" # here', "holds the invisible character U+0000"),
    "a carriage return": ('place = "Como"', 'place = "Co\\rmo" # here', "holds the invisible character U+000D"),
    "a mark in a child": ('office = "Chancellor"', 'office = "Chan\u2069cellor" # here', "meeting como-2024-07-03, attendance ada: office: holds the invisible character U+2069"),
    # addresses and codes
    "a script for an address": ("https://example.org/release", "javascript:alert(1)", "is not an address of the web"),
    "an address with a password": ("https://example.org/release", "https://me:secret@example.org/", "holds a user name or password"),
    "an address with a space": ("https://example.org/release", "https://example.org/a b", "is not an address of the web"),
    "an address in capitals": ("https://example.org/release", "HTTPS://example.org/", "is not an address of the web"),
    "an address without a host": ("https://example.org/release", "https:///release", "is not an address of the web"),
    "too long an address": ("https://example.org/release", f"https://example.org/{'x' * 1990}", "url: has 2010 characters; at most 2000"),
    "a country code in small letters": ('country = "IT"', 'country = "it" # here', "country: “it”; expected two capital letters"),
    "a code that is no code": ('iso2 = "NN"', 'iso2 = "N1" # here', "iso2: “N1”; expected two capital letters"),
    "a checksum too short": ('carried = "whole"', 'text_sha256 = "abc" # here', "expected 64 hexadecimal digits"),
    "a language that is no tag": ('language = "en"', 'language = "english please" # here', "expected a language tag"),
    "a Wikidata item without Q": ('iso2 = "NN"', 'wikidata_id = "843" # here', "expected Q and a number"),
    # fields that go together
    "withdrawn without a reason": ('place = "Como"', 'state = "withdrawn" # there', "withdrawn_reason: a withdrawn record without a reason"),
    "a project without criteria": ('criteria = "It pours steel."\n', "", "criteria: a project without criteria; say what would count as delivered"),
    "a project under no area": ('parent = "industry"\n', "", "parent: a project under no area"),
    "a dyad of one": ('kind = "dyad"\nparties = ["north", "south"]', 'kind = "dyad"\nparties = ["north"] # here', "a dyad has two parties, here stand 1"),
    "a code for an organization": ('kind = "state"\niso2 = "NN"', 'kind = "organization"\niso2 = "NN" # here', "only a state has a country code"),
    "a reading of an opening": ('extent = "full"', 'extent = "opening"', "only a source held in full can be read in full"),
    "a reading without a reader": ('read_by = "E. Ditor"\n', "", "read_by: a reading without a day or without a reader"),
    "a reader without a day": ('read_on = "2024-08-01"\n', "", "read_on: a reading without a day or without a reader"),
    "one side and both": ('speaker = "ada-north"', "both_sides = true # here", "both_sides: one side is named and both are"),
    "a citation that says nothing": ('phrase = "build a steel mill"\n', "", "citation release: paraphrase: says nothing"),
    "nine words": ('phrase = "build a steel mill"', 'phrase = "one two three four five six seven eight nine" # here', "phrase: has 9 words; a key phrase has at most 8"),
    "words apart": ('phrase = "build a steel mill"', 'phrase = "build  a steel mill" # here', "not separated by single spaces"),
    "not a locator": ("locator = 2", 'locator = "p. 2" # here', "“p. 2” is not a locator: write 8, 8-9 or 8,14"),
    "line nought": ("locator = 2", "locator = 0 # here", "lines count from 1"),
    "a rung and a condition": ('stage = "memorandum"\nhappened', 'stage = "memorandum" # here\ncondition = "suspended"\nhappened', "states a rung and a condition"),
    "no rung and no condition": ('stage = "memorandum"\nhappened', "happened", "states neither a rung nor a condition"),
    "stated twice": ('stated_at = "como-2024-07-03"', 'stated_at = "como-2024-07-03"\nstated = "2024-07" # here', "says twice when it was stated"),
    "never stated": ('stated_at = "como-2024-07-03"\n', "", "does not say when it was stated"),
    "resolved and pending": ('outcome = "missed"\n', "", "a day of resolution, but the outcome is “pending”"),
    "no citation": ('[[deadline.citations]]\nkey = "release"\nsource = "release"\nparaphrase = "The contract comes next year."\nproves = "promise"\n', "", "deadline steel-mill/by-2025: citations: is missing; write [[…citations]]"),
    "an empty list of citations": ('resolved = "2025-12-31"\n\n[[deadline.citations]]\nkey = "release"\nsource = "release"\nparaphrase = "The contract comes next year."\nproves = "promise"\n', "citations = [] # here\n", "no citation proves it; add [[deadline.citations]]"),
    "a deadline's citation that proves nothing": ('[[deadline.citations]]\nkey = "release"\nsource = "release"\nparaphrase = "The contract comes next year."\nproves = "promise"', '[[deadline.citations]] # here\nkey = "release"\nsource = "release"\nparaphrase = "x"', "proves: is missing"),
    "a mention's citation without an act": ('reach = "voiced"\nact = "agreed"\nstrength', 'reach = "voiced"\nstrength', "act: is missing"),
    "a term twice": ('["object", "place"]', '["object", "object"] # here', "“object” stands twice"),
    "a party twice": ('kind = "dyad"\nparties = ["north", "south"]', 'kind = "dyad"\nparties = ["north", "north"] # here', "“north” stands twice"),
    # references
    "a party that is not there": ('home_party = "north"', 'home_party = "nort" # here', "there is no party “nort”; did you mean “north”?"),
    "a reference in a list": ('kind = "dyad"\nparties = ["north", "south"]', 'kind = "dyad"\nparties = [\n"north",\n"east", # here\n]', "there is no party “east”; add [[party]] or correct the slug"),
    "a reference of a child": ('participant = "ada-north"', 'participant = "ada-nort" # here', "there is no participant “ada-nort”; did you mean “ada-north”?"),
    "a reference to another kind": ('derived_from = "release"', 'derived_from = "steel-mill" # here', "there is no source “steel-mill”; add [[source]] or correct the slug"),
    "an old address that leads nowhere": ('new_slug = "steel-mill"', 'new_slug = "still-mill" # here', "there is no commitment “still-mill”; did you mean “steel-mill”?"),
    "an old address that leads to itself": ('old_slug = "mill"\nnew_slug = "steel-mill"', 'old_slug = "mill"\nnew_slug = "mill" # here', "an old address can't lead to itself"),
    "an old address of a record that stands": ('old_slug = "mill"', 'old_slug = "industry" # here', "there is a commitment “industry”"),
    "renamed from a record that stands": ('slug = "industry"\n', 'slug = "industry"\nrenamed_from = "steel-mill" # here\n', "“steel-mill” still stands as a record of its own"),
    "renamed from itself": ('slug = "industry"\n', 'slug = "industry"\nrenamed_from = "industry" # here\n', "can't be renamed to its own slug"),
    "refers to the old slug": ('slug = "release"\n', 'slug = "office-release"\nrenamed_from = "release"\n', "there is no source “release”; it was renamed to “office-release”"),
    # chains
    "a copy of itself": ('derived_from = "release"', 'derived_from = "copy" # here', "a document can't be a copy of itself"),
    "under a project": ('kind = "area"\nseries', 'kind = "project"\ncriteria = "x"\nparent = "industry"\nseries', "only areas have anything under them"),
    # phrases
    "a phrase changed by one letter": ('phrase = "build a steel mill"', 'phrase = "build a steal mill" # here', "“build a steal mill” does not stand in release at “2”; copy it exactly as it stands"),
    "a phrase in another line": ("locator = 2\n", "locator = 1\n", "“build a steel mill” does not stand in release at “1”; it stands in line 2"),
    "a locator beyond the text": ("locator = 2\n", "locator = 9\n", "it stands in line 2"),
    # syntax
    "no closing quote": ('place = "Como"', 'place = "Como # here', "not valid TOML"),
    "a key twice": ('place = "Como"', 'place = "Como"\nplace = "Rome" # here', "not valid TOML"),
    "a single table": ('[[redirect]]\nkind = "commitment"\nold_slug = "mill"\nnew_slug = "steel-mill"\n', '[redirect] # here\nkind = "commitment"\n', "“redirect” is a table; a record begins with [[redirect]]"),
    "a kind in the plural": ("[[redirect]]", "[[redirects]] # here", "“redirects” is not a known kind of record; did you mean “redirect”?"),
}  # fmt: skip

#: What is added to the miniature, and a part of the message.
ADDITIONS: dict[str, tuple[str, str]] = {
    "a slug twice": (PARTY.format("north", "Another"), "party north stands twice; it stands first at {path}:1"),
    "a mention twice": (
        '\n[[mention]]\ncommitment = "steel-mill" # here\nmeeting = "como-2024-07-03"\nact = "agreed"\n' + CITATION.format("x").replace(" # here", ""),
        "mention steel-mill@como-2024-07-03 stands twice; it stands first at {path}:114",
    ),
    "a name twice": (PERSON.format("ada-other", "ADA  NÓRTH"), "“ADA NÓRTH” is already there as “ada-north”".replace("ADA NÓRTH", "ADA  NÓRTH")),
    "a name in another normal form": (
        PERSON.format("jose-one", "José").replace(" # here", "") + PERSON.format("jose-two", "Jose\u0301"),
        "“José” is already there as “jose-one”",
    ),
    "a country twice": ('\n[[party]]\nslug = "east"\nname = "E"\nkind = "state"\niso2 = "NN" # here\n', "iso2: “NN” is already there as “north”"),
    "four copies in a chain": (
        SOURCE.format("c2", "copy") + SOURCE.format("c3", "c2") + SOURCE.format("c4", "c3") + " # here\n",
        "a chain of 4 copies: c4 → c3 → c2 → copy → release; at most 3",
    ),
    "copies in a circle": (SOURCE.format("c2", "c3") + SOURCE.format("c3", "c2") + " # here\n", "the copies lead in a circle"),
    "three areas deep": (AREA.format("a2", "A2", "industry").replace(" # here", "") + AREA.format("a3", "A3", "a2"), "areas are nested two deep at most"),
    "areas in a circle": (AREA.format("a2", "A2", "a3") + AREA.format("a3", "A3", "a2"), "the commitments lead in a circle"),
    "an area of another series": (
        OTHER_SERIES + AREA.format("a2", "A2", "industry").replace("north-south", "other"),
        "“a2” hangs under “industry”, which belongs to north-south",
    ),
    "a room in a room": (
        ROOM.format("r1", "north-south", "como-2024-07-03").replace(" # here", "") + ROOM.format("r2", "north-south", "r1"),
        "“r2” is part of “r1”, which is a room itself",
    ),
    "a room of another series": (OTHER_SERIES + ROOM.format("r1", "other", "como-2024-07-03"), "“como-2024-07-03” belongs to another series"),
    "a room of itself": (ROOM.format("r1", "north-south", "r1"), "a meeting can't be part of itself"),
    "two records renamed from one": (
        PARTY.format("p1", "P1").replace(" # here", "") + 'renamed_from = "p0"\n' + PARTY.format("p2", "P2").replace(" # here", "") + 'renamed_from = "p0" # here\n',
        "two records were renamed from “p0”; see party p1",
    ),
}  # fmt: skip

#: Problems whose line is that of the record, since the field is not written or stands elsewhere: a part of that line.
ELSEWHERE: dict[str, str] = {
    "withdrawn without a reason": '[[meeting]]\nslug = "como-2024-07-03"',
    "a project without criteria": '[[commitment]]\nslug = "steel-mill"',
    "a project under no area": '[[commitment]]\nslug = "steel-mill"',
    "a reading of an opening": "read_on = ",
    "a reading without a reader": "[[meeting.reports]]",
    "a reader without a day": "[[meeting.reports]]",
    "a citation that says nothing": "[[mention.citations]]",
    "no rung and no condition": "[[milestone]]",
    "never stated": "[[deadline]]",
    "resolved and pending": "resolved = ",
    "no citation": "[[deadline]]",
    "a mention's citation without an act": "[[mention.citations]]",
    "refers to the old slug": 'derived_from = "release"',
    "under a project": 'parent = "industry"\nseries = "north-south"\nparties = ["north", "south"]\ncriteria = "It pours steel."',
    "a phrase in another line": 'phrase = "build',
    "a locator beyond the text": 'phrase = "build',
    "no closing quote": "place = ",
}
