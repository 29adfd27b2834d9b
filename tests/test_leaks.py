"""What is not published never leaves the admin: not its text, not its number, not the fact that it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.addresses import EXAMPLES, fetch, pages
from tests.canaries import HIDDEN, WITH_SLUGS, Aviary, all_hidden, hidden_in_the_past, hidden_on_public, public_on_hidden, written_down
from tests.universe import Universe
from tracker import models as tables
from tracker.exports import citing
from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.writing import FORMS as ENDINGS
from tracker.feeds.sitemaps import SECTIONS
from tracker.models.publication import PublishedRecord
from tracker.search import entries
from tracker.summaries import refresh
from tracker.views import figures
from tracker.vocabulary import PublicationState

SLUGS = {kind: kind.lower() for kind in WITH_SLUGS}


#: The forms in which a citation of a dossier is offered.
FORMS = sorted(citing.FORMS)
#: The charts of the numbers page.
FIGURES = sorted(figures.FIGURES)


def every_address() -> Iterator[str]:
    """Yield every address of every public pattern with every slug of its kind in the database and every old one, whatever its state.

    Of each other kind it is asked for one record, which is not there for it: all with all would be thousands, nearly all of them the same page 404. A page
    is of the kind of its example; one that has none is asked for every record.
    """
    slugs = {kind: list(getattr(tables, kind).objects.order_by("pk").values_list("slug", flat=True)) for kind in WITH_SLUGS}
    old = list(tables.Redirect.objects.order_by("pk").values_list("old_slug", flat=True))
    keys = list(tables.Edit.objects.order_by("pk").values_list("key", flat=True))
    promises = list(tables.Deadline.objects.order_by("pk").values_list("key", flat=True))
    for page in pages():
        example = EXAMPLES.get(page.name, {}).get("slug")
        own = next((some for some in slugs.values() if example in some), [slug for some in slugs.values() for slug in some])
        alone = [*own, *(some[-1] for some in slugs.values() if some is not own), *old, "nothing-here"]
        of_records = {"slug": alone if len(page.parameters) < 2 else slugs["Commitment"], "meeting": slugs["Meeting"], "key": keys}
        of_records |= {"commitment": slugs["Commitment"], "promise": promises}
        yield from page.addresses(
            {**of_records, "form": FORMS, "figure": FIGURES, "rows": sorted(LISTINGS), "ending": sorted(ENDINGS), "section": sorted(SECTIONS)}
        )
    yield from (f"{reverse('tracker:changes')}?record={kind.lower()}:{slug}" for kind in WITH_SLUGS for slug in slugs[kind])
    for name in ("compare", "compare_csv", "compare_svg"):
        yield from (f"{reverse(f'tracker:{name}')}?{kind.lower()}={slug}" for kind in ("Commitment", "Series") for slug in slugs[kind])


def sung(body: bytes, address: str, canaries: Sequence[str]) -> list[str]:
    """Return the canaries in ``body``. A page may repeat the address it was asked for and the word in it, and nothing else."""
    text = unpacked(body).decode("utf-8", errors="replace").replace(address, "").replace(address.partition("=")[2] or address, "")
    return [canary for canary in canaries if canary in text] if "zq" in text else []


def unpacked(body: bytes) -> bytes:
    """Return what a packed file holds, whatever else as it is."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


@pytest.fixture
def aviary(universe: Universe) -> Aviary:
    """Return the drawn world with everything in it that nobody may see."""
    kept = all_hidden()
    hidden_in_the_past(kept)
    written_down(kept)
    refresh(tables.Commitment.objects.values_list("pk", flat=True))
    entries.rebuild()
    return kept


def test_the_aviary_holds_every_kind_that_can_be_published_in_every_hidden_state(aviary: Aviary) -> None:
    kinds = [model for model in vars(tables).values() if isinstance(model, type) and issubclass(model, PublishedRecord)]
    assert len(kinds) >= 9
    for model in kinds:
        states = set(model._default_manager.values_list("state", flat=True))
        assert states == set(PublicationState.values), model.__name__
    assert len(aviary.canaries) > 150


def test_a_canary_sings_once_its_record_is_published(aviary: Aviary, client: Client) -> None:
    """Show that the crawl would notice: what is looked for does stand on a page as soon as it may."""
    slug = aviary.addresses["Source", PublicationState.DRAFT]
    tables.Source.objects.filter(slug=slug).update(state=PublicationState.PUBLISHED)
    address = reverse("tracker:source", args=[slug])
    status, body = fetch(client, address)
    told = {aviary.canaries[canary] for canary in sung(body, address, list(aviary.canaries))}
    assert status == 200
    assert {"Source.title", "Source.publisher", "Source.note"} <= told
    assert "Source.text" not in told


def test_no_public_address_sings(aviary: Aviary, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    call_command("build_data", verbosity=0, stdout=StringIO())
    reasons = {slug: reason for slug, reason in aviary.reasons.items() if tables_state(slug) == PublicationState.WITHDRAWN}
    heard: list[tuple[str, str]] = []
    asked = 0
    for address in every_address():
        status, body = fetch(client, address)
        asked += 1
        # A file that is asked for without a word, or with a wrong one, is refused.
        assert status in {200, 301, 302, 404, 410, *({400} if address.startswith("/compare.") else ())}, address
        own = {reason for slug, reason in reasons.items() if f"/{slug}/" in address and status == 410}
        heard += [(address, aviary.canaries[canary]) for canary in sung(body, address, list(aviary.canaries)) if canary not in own]
    assert asked > 500
    assert heard == []


def tables_state(slug: str) -> str:
    """Return the state of the record under ``slug``, whatever its kind."""
    rows = (getattr(tables, kind).objects.filter(slug=slug).values_list("state", flat=True).first() for kind in WITH_SLUGS)
    return str(next(state for state in rows if state))


@pytest.mark.parametrize("kind", WITH_SLUGS)
def test_a_draft_answers_as_if_it_were_not_there(aviary: Aviary, client: Client, kind: str) -> None:
    nowhere = reverse(f"tracker:{SLUGS[kind]}", args=["nothing-here"])
    nothing = fetch(client, nowhere)
    assert nothing[0] == 404
    for state in (PublicationState.DRAFT, PublicationState.IN_REVIEW):
        address = reverse(f"tracker:{SLUGS[kind]}", args=[aviary.addresses[kind, state]])
        status, body = fetch(client, address)
        assert (status, body.replace(address.encode(), nowhere.encode())) == nothing
    status, body = fetch(client, old := reverse(f"tracker:{SLUGS[kind]}", args=[f"old-{SLUGS[kind]}"]))
    assert (status, body.replace(old.encode(), nowhere.encode())) == nothing


@pytest.mark.parametrize("kind", WITH_SLUGS)
def test_a_withdrawn_record_says_why(aviary: Aviary, client: Client, kind: str) -> None:
    slug = aviary.addresses[kind, PublicationState.WITHDRAWN]
    status, body = fetch(client, reverse(f"tracker:{SLUGS[kind]}", args=[slug]))
    assert status == 410
    assert aviary.reasons[slug] in body.decode()


def test_a_cell_of_a_draft_answers_as_if_it_were_not_there(aviary: Aviary, client: Client) -> None:
    nowhere = reverse("tracker:cell", args=["nothing-here", "oakport-25"])
    nothing = fetch(client, nowhere)
    draft = reverse("tracker:cell", args=[aviary.addresses["Commitment", PublicationState.DRAFT], "oakport-25"])
    status, body = fetch(client, draft)
    assert nothing[0] == 404
    assert (status, body.replace(draft.encode(), nowhere.encode())) == nothing


def test_no_page_moves_when_something_hidden_is_saved(universe: Universe, client: Client) -> None:
    """Compare every public page, byte for byte: a count, a date or an order that moves tells of what nobody may see."""
    # Some answers tell how old the record is: no second is to pass.
    with time_machine.travel(timezone.now(), tick=False):
        before = {address: answer for address in every_address() if (answer := fetch(client, address))[0] == 200}
        assert len(before) > 60
        kept = Aviary()
        hidden_on_public(kept)
        public_on_hidden(kept)
        written_down(kept)
        refresh(tables.Commitment.objects.values_list("pk", flat=True))
        entries.rebuild()
        moved = [address for address, answer in before.items() if fetch(client, address) != answer]
    assert moved == []


@pytest.mark.parametrize("text", ["Commitment.name", "CommitmentName.name"])
def test_no_filter_finds_a_draft_by_its_name(aviary: Aviary, client: Client, text: str) -> None:
    nothing = fetch(client, f"{reverse('tracker:commitment_list')}?text=zzzzzz")
    for canary in (canary for canary, place in aviary.canaries.items() if place == text):
        status, body = fetch(client, f"{reverse('tracker:commitment_list')}?text={canary}")
        assert (status, body.replace(canary.encode(), b"zzzzzz")) == nothing


#: The texts that the search looks through.
SEARCHED = re.compile(
    r"(Commitment|Participant)(Name)?\.name|Party\.name|Meeting\.(title|place|occasion)|Source\.(title|publisher)|Citation\.(phrase|paraphrase)"
)


@pytest.mark.parametrize(("page", "wrong"), [("search", 0), ("search", 1), ("search_suggestions", 0)])
def test_no_search_finds_what_is_hidden_nor_a_word_like_it(aviary: Aviary, client: Client, page: str, wrong: int) -> None:
    """Ask for every canary, whole or without its last letter: the answer is that of a word that stands nowhere."""
    address = reverse(f"tracker:{page}")
    nothing = fetch(client, f"{address}?q=zzzzzz")
    asked = [canary[: len(canary) - wrong] for canary, place in aviary.canaries.items() if SEARCHED.fullmatch(place)]
    # Citations of milestones and deadlines are not searched, so not all of them have an entry.
    assert sum(tables.SearchEntry.objects.filter(key__contains=typed).exists() for typed in asked) > 40
    for typed in asked:
        status, body = fetch(client, f"{address}?q={typed}")
        assert (status, body.replace(typed.encode(), b"zzzzzz")) == nothing


def test_the_hidden_states_are_all_but_published() -> None:
    assert {*HIDDEN, PublicationState.PUBLISHED} == set(PublicationState)
