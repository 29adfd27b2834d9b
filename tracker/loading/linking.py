"""What holds between records: nothing stands twice, nothing leads nowhere, phrases stand in their texts. Looks at the files and the database together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tracker.evidence import lines_with, stands_at
from tracker.models.redirect import RECORD_KINDS
from tracker.vocabulary import PublicationState

from .chains import broken_chains
from .fields import fields_of
from .problems import Problem, did_you_mean, shown
from .records import Entry, Records
from .rules import broken_rules
from .shapes import Record
from .stored import Stored, texts
from .twins import twins
from .world import World, world


@dataclass(frozen=True, slots=True)
class Linked:
    """What the rules between records have to say, and which records stand under a new slug (kind, old slug → new slug)."""

    problems: list[Problem]
    renames: dict[tuple[str, str], str]
    everything: World


def linked(records: Records, stored: Stored, glimpsed: set[str], *, only_files: bool) -> Linked:
    """Return every problem between ``records`` and with what is ``stored``.

    A slug ``glimpsed`` in an unreadable file is taken as known. ``only_files``: what stands in the database alone is about to be withdrawn.
    """
    renames = {
        (entry.kind, entry.record.renamed_from): entry.own[0]
        for entry in records.of(*RECORD_KINDS)
        if entry.record.renamed_from and stored.has(entry.kind, entry.record.renamed_from) and not stored.has(entry.kind, entry.own[0])
    }
    everything = world(records, stored, renames)
    problems = checked(records, everything, stored, glimpsed)
    for check in _BETWEEN_HEADS:
        problems.extend(check(records, everything, stored))
    if only_files:
        problems.extend(_losing_ground(records, everything))
    return Linked(problems, renames, everything)


def checked(records: Records, everything: World, stored: Stored, glimpsed: set[str]) -> list[Problem]:
    """Return every problem that can be seen in ``records`` and what they refer to, whatever stands beside them: it may be asked of a few at a time."""
    problems = [problem for entry in records.entries for problem in broken_rules(entry)]
    problems.extend(_repeated(records, everything, stored))
    problems.extend(_phrases(records, everything, stored))
    problems.extend(_dangling(records, everything, stored, glimpsed))
    return problems


def _repeated(records: Records, _everything: World, _stored: Stored) -> Iterator[Problem]:
    """Yield a problem for each record that stands twice, naming the other place."""
    places: dict[tuple[str, tuple[str, ...]], Entry] = {}
    for entry in records.entries:
        table = f"{entry.owner.kind} {entry.kind}" if entry.owner else entry.kind
        if "?" in entry.own or (entry.owner and places.get((entry.owner.kind, entry.owner.identity)) is not entry.owner):
            continue
        first = places.setdefault((table, entry.identity), entry)
        if first is not entry:
            name = "key" if "key" in fields_of(entry.shape) else next(iter(fields_of(entry.shape)))
            yield entry.problem(name, f"{entry.label} stands twice", f"it stands first at {first.document.path}:{first.line}")


def _attended_twice(records: Records, _everything: World, _stored: Stored) -> Iterator[Problem]:
    seen: dict[tuple[tuple[str, ...], str], Entry] = {}
    for entry in records.of("attendance"):
        if entry.owner is None or not entry.record.participant:
            continue
        first = seen.setdefault((entry.owner.identity, entry.record.participant), entry)
        if first.own != entry.own:
            yield entry.problem("participant", f"{shown(entry.record.participant)} is listed twice for this meeting", f"see {first.label}")


def _references(records: Records) -> Iterator[tuple[Entry, str, str, str, tuple[int, ...]]]:
    """Yield every reference: the entry, the field, the kind and slug it names, and its place in the field's list."""
    for entry in records.entries:
        for name, kind in _leading(entry.shape):
            value = getattr(entry.record, name)
            if value is None or name in entry.faulty:
                continue
            if isinstance(value, list):
                yield from ((entry, name, kind, slug, (place,)) for place, slug in enumerate(value))
            else:
                yield entry, name, kind, value, ()


@cache
def _leading(shape: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a shape that lead to records, and to which kind."""
    return tuple((name, about.matter.kind) for name, about in fields_of(shape).items() if about.matter.kind)


def _dangling(records: Records, everything: World, stored: Stored, glimpsed: set[str]) -> Iterator[Problem]:
    for entry, name, kind, slug, further in _references(records):
        if slug not in everything[kind] and slug not in glimpsed:
            yield entry.problem(name, f"there is no {kind} {shown(slug)}", _instead(kind, slug, everything, stored), *further)
        elif (now := stored.merged.get((kind, slug))) and not _is_withdrawn(entry.owner or entry):
            yield entry.problem(
                name, f"the {kind} {shown(slug)} was merged into {shown(now)}", f"name {shown(now)} here, or undo the merge in the admin", *further
            )


def _losing_ground(records: Records, everything: World) -> Iterator[Problem]:
    for entry, name, kind, slug, further in _references(records):
        if slug in everything[kind] and slug not in everything.entries[kind]:
            yield entry.problem(name, f"the {kind} {shown(slug)} stands in no file, so --prune would withdraw it", "add it to the files", *further)


def _instead(kind: str, slug: str, everything: World, stored: Stored) -> str:
    now = everything.renamed.get((kind, slug)) or stored.redirects.get((kind, slug))
    return f"it was renamed to {shown(now)}" if now else did_you_mean(slug, everything[kind], f"add [[{kind}]] or correct the slug")


def _renamings(records: Records, everything: World, _stored: Stored) -> Iterator[Problem]:
    claimed: dict[tuple[str, str], Entry] = {}
    for entry in records.of(*RECORD_KINDS):
        old = entry.record.renamed_from
        if old is None or "renamed_from" in entry.faulty:
            continue
        if claimed.setdefault((entry.kind, old), entry) is not entry:
            yield entry.problem("renamed_from", f"two records were renamed from {shown(old)}", f"see {claimed[entry.kind, old].label}")
        if old in everything[entry.kind] and old != entry.own[0]:
            yield entry.problem("renamed_from", f"{shown(old)} still stands as a record of its own", "take one of the two away, or choose another slug")


def _old_addresses(records: Records, everything: World, stored: Stored) -> Iterator[Problem]:
    for entry in records.of(*RECORD_KINDS):
        slug = entry.own[0]
        if entry.record.renamed_from is None and not stored.has(entry.kind, slug) and (now := stored.redirects.get((entry.kind, slug))):
            yield entry.problem("slug", f"{shown(slug)} is the old address of {shown(now)}", "choose another slug")
        if (now := stored.merged.get((entry.kind, slug))) and not _is_withdrawn(entry):
            right = f"leave it out and name {shown(now)} in its place, or undo the merge in the admin"
            yield entry.problem("slug", f"{shown(slug)} was merged into {shown(now)}", right)
    for entry in records.of("redirect"):
        kind, old, new = entry.record.kind, entry.record.old_slug, entry.record.new_slug
        if not entry.faulty and old in everything[kind] and not _leads_on_from_a_withdrawn(kind, old, everything, stored):
            yield entry.problem("old_slug", f"there is a {kind} {shown(old)}", "an old address can't be that of a record")
        if not entry.faulty and new not in everything[kind]:
            yield entry.problem("new_slug", f"there is no {kind} {shown(new)}", _instead(kind, new, everything, stored))


def _is_withdrawn(entry: Entry) -> bool:
    """Return whether the files say that a record is withdrawn: as a merged one stands in an export, with what stayed with it."""
    return getattr(entry.record, "state", None) == PublicationState.WITHDRAWN


def _leads_on_from_a_withdrawn(kind: str, old: str, everything: World, stored: Stored) -> bool:
    """Return whether a record under an old address is one that was merged."""
    entry = everything.entries[kind].get(old)
    return _is_withdrawn(entry) if entry else (kind, old) in stored.merged


def _phrases(records: Records, _everything: World, _stored: Stored) -> Iterator[Problem]:
    """Yield a problem for each phrase that does not stand in its source's text, where the text is kept."""
    here = {entry.own[0]: entry.record.text for entry in records.of("source")}
    cited: dict[str, list[Entry]] = defaultdict(list)
    for entry in records.of("citation"):
        if entry.record.phrase and not entry.faulty & {"phrase", "locator", "source"}:
            cited[entry.record.source].append(entry)
    kept = texts(cited.keys() - here.keys()) | {slug: text for slug, text in here.items() if text}
    for slug in cited.keys() & kept.keys():
        for entry in cited[slug]:
            yield from _misplaced(entry, kept[slug])


def _misplaced(entry: Entry, text: str) -> Iterator[Problem]:
    phrase = entry.record.phrase
    try:
        stands = stands_at(text, str(entry.record.locator), phrase)
    except ValueError:
        return  # the locator is wrong, which is told with the record's own rules
    if not stands:
        lines = ", ".join(str(line) for line in lines_with(text, phrase)[:5])
        right = f"it stands in line {lines}" if lines else "copy it exactly as it stands"
        yield entry.problem("phrase", f"{shown(phrase)} does not stand in {entry.record.source} at {shown(entry.record.locator)}", right)


#: What holds between records that have an address, so that all of them must be there when it is asked.
_BETWEEN_HEADS: tuple[Callable[[Records, World, Stored], Iterator[Problem]], ...] = (
    _attended_twice,
    _renamings,
    _old_addresses,
    broken_chains,
    twins,
)
