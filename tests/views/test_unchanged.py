"""A page that has not changed is not made again; a page that has is never withheld."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.settings import checksum
from tests.addresses import Page, pages
from tests.admin.desk import change, save
from tests.canaries import Aviary, hidden_on_public, public_on_hidden, written_down
from tests.costs import cost
from tests.universe import SERIES, Universe, table
from tracker.chronicle import Changes, Chronicle, begin
from tracker.models import Commitment, DataVersion
from tracker.vocabulary import PublicationState

HOME = reverse("tracker:home")


def tag(client: Client, address: str = HOME) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.getvalue()
    return answer.headers["ETag"]


def again(client: Client, address: str, etag: str, **headers: str) -> int:
    return client.get(address, headers={"If-None-Match": etag, **headers}).status_code


def kept(page: Page) -> bool:
    return page.name not in MADE_EACH_TIME | REFUSED_ALONE


#: Files that are asked for with words only.
REFUSED_ALONE = {"tracker:compare_csv", "tracker:compare_svg"}
#: What shows files, which no version of the data knows, and how the service is.
MADE_EACH_TIME = {"tracker:data", "tracker:data_package", "tracker:healthz", "tracker:readyz"}


def test_every_public_page_that_has_not_changed_is_answered_with_one_query_and_nothing_else(universe: Universe, client: Client) -> None:
    for address in (page.example for page in pages() if kept(page)):
        etag = tag(client, address)
        queries = cost(lambda address=address, etag=etag: again(client, address, etag))  # type: ignore[misc]
        assert len(queries) == 1, address
        assert "dataversion" in queries[0]
        answer = client.get(address, headers={"If-None-Match": f'"other", {etag}'})
        assert (answer.status_code, answer.content, answer.headers["ETag"], answer.headers["Cache-Control"]) == (304, b"", etag, "no-cache")


def test_a_load_that_changes_something_makes_pages_new(universe: Universe, client: Client) -> None:
    before = tag(client)
    universe.add(table("party", slug="east", name="East", kind="state"), "east")
    assert again(client, HOME, before) == 200
    after = tag(client)
    universe.add(table("party", slug="east", name="East", kind="state"), "east")
    assert tag(client) == after


def test_nothing_hidden_moves_it(universe: Universe, client: Client) -> None:
    before = tag(client)
    hidden = Aviary()
    hidden_on_public(hidden)
    public_on_hidden(hidden)
    written_down(hidden)
    assert tag(client) == before


def test_a_draft_saved_by_an_editor_moves_nothing_and_a_published_one_does(universe: Universe, editor: Client, client: Client) -> None:
    before = DataVersion.current()
    draft = Commitment.objects.create(**{**draft_of("ferry-line"), "slug": "draft-line", "name": "Draft line"})
    save(editor, change(draft), name="Drafted line")
    assert DataVersion.current() == before
    save(editor, change(Commitment.objects.get(slug="ferry-line")), name="Ferry across")
    assert DataVersion.current() == before + 1


def draft_of(slug: str) -> dict[str, Any]:
    values = Commitment.objects.filter(slug=slug).values().get()
    return {name: value for name, value in values.items() if name not in {"id", "state"}} | {"state": PublicationState.DRAFT}


def test_what_goes_back_to_being_a_draft_makes_pages_new(universe: Universe) -> None:
    """Whatever the desk allows: readers saw it, and now they do not."""
    row = Commitment.objects.get(slug="ferry-line")
    before = DataVersion.current()
    Commitment.objects.filter(pk=row.pk).update(state=PublicationState.DRAFT)
    changes = Changes()
    changes.change(Commitment, row.pk, ["state"])
    Chronicle(begin(datetime(2026, 2, 1, tzinfo=UTC))).write(changes)
    assert DataVersion.current() == before + 1


def test_old_addresses_make_pages_new(universe: Universe) -> None:
    before = DataVersion.current()
    universe.add(table("redirect", kind="commitment", old_slug="old-ferry", new_slug="ferry-line"), "old")
    assert DataVersion.current() == before + 1


def test_the_next_day_makes_pages_new_because_ages_have_grown(universe: Universe, client: Client) -> None:
    with time_machine.travel(datetime(2026, 1, 31, 23, 59, tzinfo=UTC), tick=False):
        before = tag(client)
        assert again(client, HOME, before) == 304
    with time_machine.travel(datetime(2026, 2, 1, 0, 1, tzinfo=UTC), tick=False):
        assert again(client, HOME, before) == 200


def test_pages_are_told_apart(universe: Universe, client: Client) -> None:
    mentions = reverse("tracker:mention_list")
    etag = tag(client, mentions)
    assert again(client, f"{mentions}?act=agreed", etag) == 200
    assert again(client, reverse("tracker:series", args=[SERIES]), etag) == 200
    assert again(client, mentions, etag, **{"HX-Request": "true"}) == 200
    assert again(client, mentions, etag, Host="localhost") == 200


@pytest.mark.parametrize("sent", ["*", "nonsense", '"', "W/", '""', "\x7f"])
def test_a_tag_that_is_none_gets_the_page(universe: Universe, client: Client, sent: str) -> None:
    assert again(client, HOME, sent) == 200


@pytest.mark.parametrize("address", ["/commitments/nothing-here/", "/mentions.csv?act=nonsense", "/nothing/"])
def test_what_is_no_page_has_no_tag(universe: Universe, client: Client, address: str) -> None:
    assert "ETag" not in client.get(address).headers


def test_the_admin_has_no_tag(editor: Client) -> None:
    assert "ETag" not in editor.get("/admin/").headers


def test_new_code_makes_pages_new(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("one")
    first = checksum(tmp_path, ["templates"], ["0.1"])
    assert first == checksum(tmp_path, ["templates"], ["0.1"]) != checksum(tmp_path, ["templates"], ["0.2"])
    (tmp_path / "templates" / "a.html").write_text("two")
    assert first != checksum(tmp_path, ["templates"], ["0.1"])
