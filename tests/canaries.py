"""Records that nobody may see, a canary in every text: if a public page sings, the page and the field are known.

They are built through the models and not through the loader, because the database is what an editor's half-finished work lies in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from tests.universe import SERIES
from tracker import models as tables
from tracker.chronicle import Changes, Chronicle, begin
from tracker.models.kinds import RECORDS
from tracker.models.publication import PublishedRecord
from tracker.vocabulary import PublicationState

DAY = date(2025, 1, 15)
HIDDEN = (PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.WITHDRAWN)
#: Texts of two letters hold no canary; terms hold words of the vocabulary only.
MUTE = {"country", "iso2", "terms", "language"}
#: Meetings of the drawn world at which the salt mill was not yet mentioned: a hidden mention of it stands at each.
FREE_MEETINGS = ("ferry-22", "hillton-23", "reed-24")


class Aviary:
    """The canaries, each with the field it sits in; ``addresses`` keeps the hidden records that have a slug, by kind and state."""

    def __init__(self) -> None:
        self.canaries: dict[str, str] = {}
        self.addresses: dict[tuple[str, str], str] = {}
        self.reasons: dict[str, str] = {}
        self.rows: list[models.Model] = []
        self.public = {name: {row.slug: row for row in getattr(tables, name).objects.all()} for name in WITH_SLUGS}

    def row(self, kind: str, slug: str) -> Any:
        return self.public[kind][slug]

    def add(self, kind: str, /, **fields: Any) -> Any:
        """Make one row of ``kind``, a canary in every text that ``fields`` leaves open."""
        model: type[models.Model] = getattr(tables, kind)
        texts = {field.name: self.canary(field, f"{kind}.{field.name}") for field in model._meta.concrete_fields if _sings(field)}
        row = model._default_manager.create(**{**texts, **fields})
        self.rows.append(row)
        if isinstance(row, PublishedRecord) and hasattr(row, "slug") and row.state in HIDDEN:
            self.addresses[kind, row.state] = row.slug
            self.reasons[row.slug] = row.withdrawn_reason
        return row

    def canary(self, field: models.Field[Any, Any], place: str) -> str:
        canary = f"zq{len(self.canaries):03d}x"
        self.canaries[canary] = place
        if isinstance(field, models.URLField):
            return f"https://example.org/{canary}"
        return canary.ljust(64, "0") if field.name == "text_sha256" else canary


WITH_SLUGS = ("Party", "Participant", "Series", "Meeting", "Source", "Commitment")


def _sings(field: models.Field[Any, Any]) -> bool:
    written = isinstance(field, models.CharField | models.TextField) and not field.choices
    return written and field.editable and field.name not in MUTE


def hidden_on_public(aviary: Aviary) -> None:
    """Make one hidden record of every kind and state that hangs on published ones only, with its citation where it has some."""
    for state, meeting in zip(HIDDEN, FREE_MEETINGS, strict=True):
        for kind, fields in _required(aviary).items():
            row = aviary.add(kind, state=state, **fields | ({"meeting": aviary.row("Meeting", meeting)} if kind == "Mention" else {}))
            _proof(aviary, kind, row, aviary.row("Source", "north-24"))
            if kind in {"Commitment", "Participant"}:
                aviary.add(f"{kind}Name", **{kind.lower(): row}, language="ru")
            if kind == "Commitment":
                row.parties.add(aviary.row("Party", "northmark"), aviary.row("Party", "southland"))


def _required(aviary: Aviary) -> dict[str, dict[str, Any]]:
    """Return for each kind that can be published what a row of it needs, all of it public."""
    series, mill = aviary.row("Series", SERIES), aviary.row("Commitment", "salt-mill")
    return {
        "Party": {"kind": "organization"},
        "Participant": {"home_party": aviary.row("Party", "northmark")},
        "Series": {"kind": "dyad", "covered_until": DAY},
        "Meeting": {"series": series, "format": "talks", "level": 3, "starts_earliest": DAY, "starts_latest": DAY},
        "Source": {"kind": "newspaper", "published_earliest": DAY, "published_latest": DAY},
        "Commitment": {"series": series, "kind": "project", "parent": aviary.row("Commitment", "energy"), "listed_on": DAY},
        "Mention": {"commitment": mill, "act": "reaffirmed"},
        "Milestone": {"commitment": mill, "stage": 5, "happened_earliest": DAY, "happened_latest": DAY},
        "Deadline": {"commitment": mill, "due_earliest": DAY, "due_latest": DAY, "stated_earliest": DAY, "stated_latest": DAY},
    }


_CODED: Mapping[str, Mapping[str, Any]] = {
    "Mention": {"reach": "voiced", "act": "signed", "strength": 5},
    "Milestone": {},
    "Deadline": {"proves": "promise"},
}


def _proof(aviary: Aviary, kind: str, row: Any, source: Any) -> None:
    if kind in _CODED:
        aviary.add("Citation", **{kind.lower(): row}, source=source, **_CODED[kind])


def public_on_hidden(aviary: Aviary) -> None:
    """Make published records that hang on draft ones: they are no more public than what they hang on."""
    draft = {kind: getattr(tables, kind).objects.get(slug=aviary.addresses[kind, PublicationState.DRAFT]) for kind in WITH_SLUGS}
    for kind, changes in _hung(aviary, draft).items():
        for change in changes:
            row = aviary.add(kind, state=PublicationState.PUBLISHED, **_required(aviary)[kind] | change)
            _proof(aviary, kind, row, aviary.row("Source", "north-24"))


def _hung(aviary: Aviary, draft: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return for each kind the keys that lead to drafts, for one published row each."""
    commitment, meeting, free = draft["Commitment"], draft["Meeting"], aviary.row("Meeting", "oakport-21")
    return {
        "Participant": [{"home_party": draft["Party"]}],
        "Meeting": [{"series": draft["Series"]}, {"part_of": meeting}],
        "Source": [{"issued_by": draft["Party"]}],
        "Commitment": [{"series": draft["Series"]}, {"parent": commitment}],
        "Mention": [{"commitment": commitment, "meeting": free}, {"meeting": meeting}],
        "Milestone": [{"commitment": commitment}, {"meeting": meeting}],
        "Deadline": [{"commitment": commitment}, {"stated_at": meeting, "stated_earliest": None, "stated_latest": None}],
    }


def hidden_beside_public(aviary: Aviary) -> None:
    """Tie drafts to published records from the side: as speaker, party, source, guest, successor, original, remit, name at an old address."""
    draft = {kind: getattr(tables, kind).objects.get(slug=aviary.addresses[kind, PublicationState.DRAFT]) for kind in WITH_SLUGS}
    meeting = aviary.row("Meeting", "oakport-25")
    mention = tables.Mention.objects.get(commitment__slug="river-pipeline", meeting__slug="oakport-21")
    aviary.add("Citation", mention=mention, source=draft["Source"], reach="voiced", act="signed", strength=5)
    aviary.add("Attendance", meeting=meeting, party=aviary.row("Party", "northmark"), participant=draft["Participant"])
    aviary.add("Attendance", meeting=meeting, party=draft["Party"])
    aviary.add("Attendance", meeting=draft["Meeting"], party=aviary.row("Party", "northmark"), participant=aviary.row("Participant", "ada-vane"))
    aviary.add("Report", meeting=meeting, source=draft["Source"], extent="full", read_on=DAY)
    aviary.add("Report", meeting=draft["Meeting"], source=aviary.row("Source", "north-24"), extent="full", read_on=DAY)
    for kind in ("Party", "Participant", "Series", "Meeting", "Source", "Commitment"):
        tables.Redirect.objects.create(kind=kind.lower(), old_slug=f"old-{kind.lower()}", new_slug=draft[kind].slug)
    tables.Commitment.objects.filter(slug="night-train").update(succeeds=draft["Commitment"])
    tables.Source.objects.filter(slug="wire-24").update(derived_from=draft["Source"])
    tables.Citation.objects.filter(mention=mention, source__slug="north-21").update(speaker=draft["Participant"])
    aviary.row("Series", SERIES).parties.add(draft["Party"])
    aviary.row("Commitment", "ferry-line").parties.add(draft["Party"])
    aviary.row("Meeting", "quay-24").remit.add(draft["Commitment"])


NOW = datetime(2026, 2, 1, tzinfo=UTC)


def all_hidden() -> Aviary:
    """Return the drawn world with everything in it that nobody may see."""
    aviary = Aviary()
    hidden_on_public(aviary)
    public_on_hidden(aviary)
    hidden_beside_public(aviary)
    return aviary


def written_down(aviary: Aviary) -> None:
    """Write the history that editors would have left of all hidden rows, with a canary for their reasons."""
    changes = Changes()
    for row in aviary.rows:
        changes.added[type(row)].add(row.pk)
    _chronicle(aviary).write(changes)
    _proposed(aviary)


def _proposed(aviary: Aviary) -> None:
    """Let a change be proposed of one public record of each kind, and have one declined."""
    model = tables.Proposal
    for table in RECORDS:
        row = table._default_manager.order_by("pk")[0]
        said = {name: aviary.canary(model._meta.get_field(name), f"Proposal.{name}") for name in ("reason", "answer")}  # type: ignore[arg-type]  # fields of its own
        typed = {"record": {"note": {"was": [""], "now": [aviary.canary(model._meta.get_field("reason"), "Proposal.changes")]}}, "rows": {}}
        when = datetime(2026, 1, 31, tzinfo=UTC)
        about: dict[str, Any] = {"kind": str(table._meta.model_name), "row": row.pk, "revision": 1, "changes": typed, "made": when}
        model.objects.create(**about, reason=said["reason"])
        model.objects.create(**about, **said, decided=when)


def hidden_in_the_past(aviary: Aviary) -> None:
    """Give one public record of each kind a past that nobody may see: a version in review and never published, and one that was withdrawn meanwhile.

    Beside it, a draft that was thrown away. What is public is as before.
    """
    for model in RECORDS:
        row: Any = model._default_manager.order_by("pk")[0]
        texts = {field.name: getattr(row, field.name) for field in model._meta.concrete_fields if _sings(field)}
        for state in (PublicationState.IN_REVIEW, PublicationState.DRAFT):
            canaries = {name: aviary.canary(model._meta.get_field(name), f"past {model.__name__}.{name}") for name in texts}  # type: ignore[arg-type]
            _edit(aviary, row, **canaries, state=state)
        _edit(aviary, row, **texts, state=PublicationState.PUBLISHED)
    draft = aviary.add("Milestone", state=PublicationState.DRAFT, **_required(aviary)["Milestone"])
    chronicle = _chronicle(aviary)
    changes = Changes()
    changes.added[type(draft)].add(draft.pk)
    chronicle.write(changes)
    _chronicle(aviary).take_away(type(draft), [draft.pk])
    aviary.rows.remove(draft)
    draft.delete()


def _edit(aviary: Aviary, row: Any, **fields: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**fields)
    changes = Changes()
    changes.change(type(row), row.pk, list(fields))
    public = fields["state"] == PublicationState.PUBLISHED
    (Chronicle(begin(NOW), "Read once more.") if public else _chronicle(aviary)).write(changes)


def _chronicle(aviary: Aviary) -> Chronicle:
    reason = tables.Mention.history.model._meta.get_field("history_change_reason")
    return Chronicle(begin(NOW), aviary.canary(reason, "reason of an edit"))
