"""What a person typed, understood; and the public records that hold it, in any script, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.dates import UncertainDate
from tracker.folding import search_key
from tracker.models import Citation, Commitment, CommitmentName, Meeting, Mention, Participant, ParticipantName, Party, Source
from tracker.models.publication import publication_rule

Kind = Literal["commitment", "participant", "party", "meeting", "source", "passage"]
KINDS: tuple[Kind, ...] = ("commitment", "participant", "party", "meeting", "source", "passage")

#: More is not read: a search box is no place for an essay.
LONGEST, MOST_WORDS = 200, 16
#: At most so many hits of one kind are ranked and shown.
MOST_HITS = 20
#: A word of so many letters may have so many wrong ones, swapped neighbours counted once.
WRONG_LETTERS = {3: 1, 4: 1, 5: 1}
MOST_WRONG_LETTERS = 2
_PARTS = re.compile(r"""(?P<minus>(?:(?<=\s)|^)-)?(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))""")
_TYPOGRAPHY = str.maketrans("“”„«»", '"""""')


_Parties = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: folded words and quoted phrases that must all be there, and those that must not."""

    words: tuple[str, ...]
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record. ``text`` is what is shown of it, in ``language``; ``about`` says what it belongs to; ``anchor`` leads within its page."""

    kind: Kind
    slug: str
    text: str
    language: str = ""
    about: str = ""
    anchor: str = ""
    when: UncertainDate | None = None
    rank: float = 0


@dataclass(frozen=True, slots=True)
class Found:
    """``instead`` holds the words searched for where those typed were found nowhere; ``more`` the kinds of which not all is shown."""

    hits: tuple[Hit, ...]
    wanted: Wanted
    instead: tuple[str, ...] = ()
    more: tuple[Kind, ...] = ()

    def of(self, kind: Kind) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.hits if hit.kind == kind)


def understood(typed: str) -> Wanted:
    """Return what was typed as words to find: quoted words stay together, a minus before one leaves it out. Nothing is an error."""
    words: list[str] = []
    without: list[str] = []
    for part in _PARTS.finditer(typed[:LONGEST].translate(_TYPOGRAPHY)):
        key = search_key(part["quoted"] if part["quoted"] is not None else part["plain"])
        if key:
            (without if part["minus"] else words).extend([key] if part["quoted"] is not None else key.split())
    return Wanted(tuple(dict.fromkeys(words))[:MOST_WORDS], tuple(dict.fromkeys(without))[:MOST_WORDS])


def search(typed: str) -> Found:
    """Return the public records that hold all the words typed, best first within each kind.

    Words that stand nowhere are exchanged for the nearest words of names, and then ``instead`` says so.
    """
    wanted = understood(typed)
    if not wanted:
        return Found((), wanted)
    parties = list(Party.objects.published().order_by("name", "pk").values_list("slug", "name"))
    hits, more = _hits(wanted, parties)
    if hits:
        return Found(hits, wanted, (), more)
    nearest = _nearest(wanted, parties)
    if nearest is None:
        return Found((), wanted)
    hits, more = _hits(nearest, parties)
    return Found(hits, wanted, nearest.words, more)


def _hits(wanted: Wanted, parties: _Parties) -> tuple[tuple[Hit, ...], tuple[Kind, ...]]:
    found: list[Hit] = []
    more: list[Kind] = []
    looks: list[Callable[[Wanted], Iterable[Hit]]] = [_commitments, _participants, partial(_parties, parties), _meetings, _sources, _passages]
    for kind, look in zip(KINDS, looks, strict=True):
        hits = sorted(look(wanted), key=lambda hit: (-hit.rank, hit.slug, hit.anchor))
        if len(hits) > MOST_HITS:
            more.append(kind)
        found += hits[:MOST_HITS]
    return tuple(found), tuple(more)


def _holding(rows: QuerySet[Any], wanted: Wanted, column: str, names: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Return those of ``rows`` that hold each word in ``column`` or, together, in one of their other ``names``."""
    own: Any = Q(*(Q(**{f"{column}__contains": word}) for word in wanted.words))
    if names is not None:
        own |= Exists(names.filter(*(Q(name_key__contains=word) for word in wanted.words)))
    for word in wanted.without:
        rows = rows.exclude(**{f"{column}__contains": word})
    return rows.filter(own)


def _commitments(wanted: Wanted) -> Iterable[Hit]:
    names = CommitmentName.objects.filter(commitment=OuterRef("pk"))
    rows = _holding(Commitment.objects.published(), wanted, "name_key", names).select_related("series", "roll_up")
    for row in rows.order_by("-roll_up__voiced_meetings", "name_key", "pk")[: MOST_HITS + 1]:
        yield Hit("commitment", row.slug, row.name, about=row.series.title, rank=_rank(row.name_key, wanted))


def _participants(wanted: Wanted) -> Iterable[Hit]:
    names = ParticipantName.objects.filter(participant=OuterRef("pk"))
    rows = _holding(Participant.objects.published(), wanted, "name_key", names).select_related("home_party")
    for row in rows.order_by("name_key", "pk")[: MOST_HITS + 1]:
        yield Hit("participant", row.slug, row.name, about=row.home_party.name, rank=_rank(row.name_key, wanted))


def _parties(parties: _Parties, wanted: Wanted) -> Iterable[Hit]:
    """Parties are few, and their names are folded here."""
    for slug, name in parties:
        key = search_key(name)
        if all(word in key for word in wanted.words) and not any(word in key for word in wanted.without):
            yield Hit("party", slug, name, rank=_rank(key, wanted))


def _meetings(wanted: Wanted) -> Iterable[Hit]:
    rows = _holding(Meeting.objects.published(), wanted, "words_key").select_related("series")
    for row in rows.order_by("-starts_latest", "slug", "pk")[: MOST_HITS + 1]:
        title = f"{row.place}: {row.title}" if row.place else row.title
        yield Hit("meeting", row.slug, title, about=row.series.title, when=row.starts, rank=_rank(row.words_key, wanted))


def _sources(wanted: Wanted) -> Iterable[Hit]:
    rows = _holding(Source.objects.published(), wanted, "words_key").defer("text")
    for row in rows.order_by("-published_latest", "slug", "pk")[: MOST_HITS + 1]:
        yield Hit("source", row.slug, row.title, row.language, row.publisher, when=row.published, rank=_rank(row.words_key, wanted))


def _passages(wanted: Wanted) -> Iterable[Hit]:
    public = publication_rule(Mention, "mention__") & publication_rule(Source, "source__")
    rows = _holding(Citation.objects.filter(public, mention__isnull=False), wanted, "words_key")
    rows = rows.select_related("mention__commitment", "mention__meeting", "source")
    for row in rows.order_by("-mention__meeting__starts_latest", "pk")[: MOST_HITS + 1]:
        mention, phrase = row.mention, row.phrase
        shown = phrase if phrase and all(word in search_key(phrase) for word in wanted.words) else row.paraphrase or phrase
        language = row.source.language if shown == phrase else ""
        about, anchor = mention.commitment.name, f"at-{mention.meeting.slug}"
        yield Hit("passage", mention.commitment.slug, shown, language, about, anchor, mention.meeting.starts, _rank(row.words_key, wanted))


def _rank(key: str, wanted: Wanted) -> float:
    """Return how well ``key`` answers: all of it, its beginning, whole words, or somewhere within."""
    asked = " ".join(wanted.words)
    if key == asked:
        return 4
    whole = set(key.split())
    share = sum(word in whole or " " in word for word in wanted.words) / len(wanted.words)
    return (2 if key.startswith(asked) else 1) + share


def _nearest(wanted: Wanted, parties: _Parties) -> Wanted | None:
    """Return the same with each word exchanged for the nearest word of a public name, or None where one has no likeness."""
    known = _known_words(parties)
    nearest = [_near(word, known) for word in wanted.words]
    words = tuple(word for word in nearest if word is not None)
    return Wanted(words, wanted.without) if len(words) == len(nearest) and words != wanted.words else None


def _known_words(parties: _Parties) -> Sequence[str]:
    """Return every word of the public names of commitments, people and parties; one query."""
    commitments, people = Commitment.objects.published().order_by(), Participant.objects.published().order_by()
    keys = commitments.values_list("name_key").union(
        CommitmentName.objects.filter(commitment__in=commitments).order_by().values_list("name_key"),
        people.values_list("name_key"),
        ParticipantName.objects.filter(participant__in=people).order_by().values_list("name_key"),
    )
    return sorted({word for key in (*(key for (key,) in keys), *(search_key(name) for _slug, name in parties)) for word in key.split()})


def _near(word: str, known: Sequence[str]) -> str | None:
    """Return the word itself where it is known, quoted or too short to be told from others, else the nearest known one."""
    if word in known or " " in word or len(word) < min(WRONG_LETTERS):
        return word
    wrong = WRONG_LETTERS.get(len(word), MOST_WRONG_LETTERS)
    best = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=wrong)
    return best[0] if best else None
