"""Records → entries of the search. Whoever writes records ends in ``follow``; ``rebuild`` makes all anew, ``faults`` says whether that is needed.

Drafts have entries too: what is public is asked of the rows themselves with every search, so that publishing a record changes nothing here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import QuerySet

from tracker.folding import apart, search_key
from tracker.models import Citation, Commitment, CommitmentName, Meeting, Mention, Participant, ParticipantName, Party, SearchEntry, SearchWord, Source
from tracker.models.rows import write

from . import engines
from .places import Kind, of_day, of_name

BATCH = 500
#: Longer words are no words that anybody mistypes.
LONGEST_WORD = 40

Rows = QuerySet[Any]


class Entry(NamedTuple):
    """One entry as a row: its columns in the order in which they are written."""

    place: int
    key: str
    alias: str = ""
    language: str = ""
    commitment_id: int | None = None
    party_id: int | None = None
    participant_id: int | None = None
    meeting_id: int | None = None
    source_id: int | None = None
    citation_id: int | None = None


def _names(kind: Kind, rows: Rows, *, name_key: str = "name_key") -> Iterator[Entry]:
    """Yield an entry for the first name of each record."""
    for pk, name in rows.values_list("pk", name_key).order_by("pk").iterator(chunk_size=BATCH):
        key = apart(search_key(name))
        yield Entry(place=of_name(kind, key, pk), key=key, **{f"{kind}_id": pk})


def _aliases(kind: Kind, rows: Rows) -> Iterator[Entry]:
    """Yield an entry for each other name of the records."""
    for pk, owner, name, key, language in rows.values_list("pk", f"{kind}_id", "name", "name_key", "language").order_by("pk").iterator(chunk_size=BATCH):
        place = of_name(kind, apart(key), pk, alias=True)
        yield Entry(place=place, key=apart(key), alias=name, language=language, **{f"{kind}_id": owner})


def _dated(kind: Kind, owner: str, day: str, rows: Rows) -> Iterator[Entry]:
    """Yield an entry for each row that stands by its day."""
    for pk, key, when in rows.values_list("pk", "words_key", day).order_by("pk").iterator(chunk_size=BATCH):
        yield Entry(place=of_day(kind, when, pk), key=apart(key), **{f"{owner}_id": pk})


#: For each kind of record that is found: how the rows that make its entries are reached from it, and how the entries are made.
_Maker = tuple[type[models.Model], str, Callable[[Rows], Iterator[Entry]]]
MAKERS: Mapping[str, tuple[_Maker, ...]] = {
    "commitment": ((Commitment, "pk", partial(_names, "commitment")), (CommitmentName, "commitment", partial(_aliases, "commitment"))),
    "party": ((Party, "pk", partial(_names, "party", name_key="name")),),
    "participant": ((Participant, "pk", partial(_names, "participant")), (ParticipantName, "participant", partial(_aliases, "participant"))),
    "meeting": ((Meeting, "pk", partial(_dated, "meeting", "meeting", "starts_latest")),),
    "source": ((Source, "pk", partial(_dated, "source", "source", "published_latest")),),
    "citation": ((Citation, "pk", partial(_dated, "passage", "citation", "mention__meeting__starts_latest")),),
}
#: Entries whose words help with a mistyped one.
SPELLED = ("commitment", "party", "participant", "meeting")


def follow(rows: Iterable[models.Model | tuple[type[models.Model], int]]) -> None:
    """Write the entries of these records anew, with all their names and passages. A record may be given as its model and its number."""
    touched: dict[type[models.Model], set[int]] = defaultdict(set)
    for model, pk in (row if isinstance(row, tuple) else (type(row), row.pk) for row in rows):
        touched[model].add(pk)
    with transaction.atomic():
        for model, keys in touched.items():
            for some in _batches(sorted(keys)):
                _follow(model, some)


def add(model: type[models.Model], keys: Iterable[int]) -> None:
    """Write the entries of new records, as far as they have none yet."""
    kind = model._meta.model_name or ""
    for some in _batches(keys) if kind in MAKERS else ():
        there = set(SearchEntry.objects.filter(**{f"{kind}__in": some}).values_list(f"{kind}_id", flat=True))
        new = [key for key in some if key not in there]
        _store(entry for made_of, way, make in MAKERS[kind] for entry in make(_found(made_of).filter(**{f"{way}__in": new})))


def _follow(model: type[models.Model], keys: Sequence[int]) -> None:
    """Passages stand by the day of their meeting, so they follow it, and the mention that they prove."""
    kind = model._meta.model_name or ""
    if kind in MAKERS:
        _write(kind, keys)
    if issubclass(model, Meeting | Mention):
        way = "mention" if issubclass(model, Mention) else "mention__meeting"
        for some in _batches(Citation.objects.filter(**{f"{way}__in": keys}).order_by("pk").values_list("pk", flat=True)):
            _write("citation", some)


def _write(kind: str, keys: Sequence[int]) -> None:
    SearchEntry.objects.filter(**{f"{kind}__in": keys}).delete()
    _store(entry for model, way, make in MAKERS[kind] for entry in make(_found(model).filter(**{f"{way}__in": keys})))


def _found(model: type[models.Model]) -> Rows:
    """Return the rows of a table that can be found: of citations those of mentions, which are what was said."""
    rows: Rows = model._default_manager.all()
    return rows.filter(mention__isnull=False) if model is Citation else rows


def _store(entries: Iterator[Entry]) -> None:
    for some in _batches(entries):
        write(SearchEntry, Entry._fields, some)
        write(SearchWord, ("entry_id", "word", "letters"), [(entry.place, word, len(word)) for entry in some for word in _words_of(entry)])


def _words_of(entry: Entry) -> Iterator[str]:
    """Yield the words of an entry that a mistyped word is compared with."""
    if any(getattr(entry, f"{kind}_id") for kind in SPELLED):
        yield from (word for word in dict.fromkeys(entry.key.split()) if len(word) <= LONGEST_WORD)


def every_entry() -> Iterator[Entry]:
    """Yield the entries as they should be, of all records."""
    for makers in MAKERS.values():
        for model, _way, make in makers:
            yield from make(_found(model))


@contextmanager
def many() -> Iterator[None]:
    """Let very many entries be written meanwhile, and the index of SQLite be made of all of them afterwards: row by row it takes ten times as long."""
    if not engines.can_be_set_aside():
        yield
        return
    with transaction.atomic():
        engines.drop()
        yield
        engines.build()


def rebuild() -> int:
    """Make all entries and the index of the engine anew; return how many entries there are."""
    with transaction.atomic():
        engines.drop()
        engines.empty()
        _store(every_entry())
        engines.build()
    return SearchEntry.objects.count()


def faults() -> list[str]:
    """Return what is wrong with the entries and the index, in sentences; nothing where the search finds what the records say."""
    right = missing = 0
    for some in _batches(every_entry()):
        kept = set(SearchEntry.objects.filter(place__in=[entry.place for entry in some]).values_list(*Entry._fields))
        same = len(kept.intersection(some))
        right, missing = right + same, missing + len(some) - same
    told = [
        (missing, "texts of records have no entry, or another"),
        (SearchEntry.objects.count() - right, "entries stand for nothing that a record says"),
        (_wordless().count(), "names lend no word to the spelling"),
    ]
    return [f"{number} {what}." for number, what in told if number] + engines.faults()


def _wordless() -> Rows:
    """Return the entries that should lend a word and do not."""
    return SearchEntry.objects.filter(citation=None, source=None, words=None, key__regex=rf"^[^ ]{{1,{LONGEST_WORD}}}( |$)")


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while some := list(islice(waiting, BATCH)):
        yield some
