"""The way of a record from a draft to its readers: who may move it, what each move leaves behind, and what is refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.admin.desk import address, change, form_of, move, said, save, somebody
from tests.admin.test_saving import assert_roll_ups_are_true, of
from tests.edits import edited
from tracker.curation.workflow import WAYS, Move
from tracker.models import Mention, Party, Summary
from tracker.models.edit import versions_of
from tracker.vocabulary import PublicationState

pytestmark = pytest.mark.usefixtures("universe", "roles")


def drafted(client: Client, slug: str = "weirland") -> Any:
    """Have ``client`` add a record."""
    assert save(client, address(Party, "add"), name=slug.title(), slug=slug, kind="state").status_code == 302
    return Party.objects.get(slug=slug)


def last(row: Any) -> Any:
    return versions_of(type(row))._default_manager.filter(id=row.pk).latest("history_id")


def offered(client: Client, row: Any) -> set[str]:
    return {one.value for one in client.get(change(row)).context["moves"]}


def act(client: Client, action: str, *rows: Any, reason: str = "") -> str:
    """Choose an action in the list of records."""
    sent = {"action": action, "_selected_action": [row.pk for row in rows], "reason": reason, "select_across": "0"}
    return said(client.post(address(type(rows[0]), "changelist"), sent, follow=True))


def test_a_record_goes_its_way_and_each_step_says_whose_it_was(author: Client, reviewer: Client) -> None:
    party = drafted(author)
    assert party.state == "draft"
    where = f"/parties/{party.slug}/"
    steps = ((author, "submit", "in_review", ""), (reviewer, "publish", "published", "added"), (reviewer, "withdraw", "withdrawn", "withdrawn"))
    for client, one, state, shown in steps:
        move(client, party, one, reason="Entered twice.")
        version = last(party)
        assert (party.state, version.state, version.shown) == (state, state, shown)
        assert version.history_user == client.get("/admin/").wsgi_request.user
        assert Client().get(where).status_code == {"published": 200, "withdrawn": 410}.get(state, 404)
    assert (party.withdrawn_reason, last(party).history_change_reason) == ("Entered twice.",) * 2
    move(reviewer, party, "publish_again")
    assert (party.state, party.withdrawn_reason, Client().get(where).status_code) == ("published", "", 200)


def test_the_state_is_not_typed(author: Client, reviewer: Client) -> None:
    party = drafted(author)
    for client in (author, reviewer):
        sent: dict[str, Any] = dict(form_of(client.get(change(party))))
        assert not {"state", "withdrawn_reason"} & set(sent)
        client.post(change(party), sent | {"state": "published", "withdrawn_reason": "x", "name": "Weir"})
        party.refresh_from_db()
        assert (party.state, party.withdrawn_reason) == ("draft", "")
    save(reviewer, address(Party, "add"), name="Sluice", slug="sluice", kind="state", state="published")
    assert Party.objects.get(slug="sluice").state == "draft"


def test_an_editor_submits_and_takes_back_but_does_not_publish(author: Client) -> None:
    party = drafted(author)
    assert offered(author, party) == {"submit"}
    move(author, party, "submit")
    assert offered(author, party) == {"send_back"}
    assert "you are not allowed to" in move(author, party, "publish")
    assert party.state == "in_review"
    move(author, party, "send_back")
    assert party.state == "draft"
    known = Party.objects.get(slug="northmark")
    assert offered(author, known) == set()
    assert author.get(address(Party, "changelist")).context["action_form"].fields["action"].choices[1:] == [
        ("submit", "Submit for review"),
        ("send_back", "Send back to draft"),
    ]


def test_nobody_publishes_what_they_changed_or_submitted_last(author: Client, reviewer: Client) -> None:
    other = somebody("Administrator")
    party = drafted(author)
    move(reviewer, party, "submit")
    assert "a second person publishes it" in move(reviewer, party, "publish")
    save(other, change(party), name="Weir")
    assert "a second person publishes it" in move(other, party, "publish")
    move(author, party, "send_back", "submit")
    move(reviewer, party, "publish")
    assert party.state == "published"


def test_who_changes_what_stands_beside_a_record_has_it_in_hand(author: Client, reviewer: Client) -> None:
    mention = of("salt-mill", "salt-room-25")
    edited(mention, state="in_review")
    citation = mention.citations.get()
    save(reviewer, change(mention), citations_0_note="Seen.")
    assert "a second person publishes it" in move(reviewer, mention, "publish")
    save(author, change(citation), note="Seen twice.")
    assert "1 record is published now." in move(reviewer, mention, "publish")


def test_one_person_publishes_alone_where_the_site_says_so(reviewer: Client, settings: Any) -> None:
    settings.FOUR_EYES = False
    party = drafted(reviewer)
    move(reviewer, party, "submit", "publish")
    assert party.state == "published"
    assert "One person edits and publishes this record" in Client().get("/methods/").content.decode()
    settings.FOUR_EYES = True
    assert "Every record is published by a second person" in Client().get("/methods/").content.decode()


def test_what_is_typed_is_saved_before_the_move(author: Client, reviewer: Client) -> None:
    party = drafted(author)
    sent: dict[str, Any] = dict(form_of(author.get(change(party))))
    author.post(change(party), sent | {"name": "Weir", "_move": "submit"})
    party.refresh_from_db()
    assert (party.name, party.state) == ("Weir", "in_review")
    sent = dict(form_of(reviewer.get(change(party))))
    page = reviewer.post(change(party), sent | {"name": "The Weir", "_move": "publish"}, follow=True)
    party.refresh_from_db()
    assert (party.name, party.state) == ("The Weir", "in_review")
    assert "a second person publishes it" in said(page)


def test_a_reviewer_publishes_what_they_have_seen_and_nothing_else(author: Client, reviewer: Client) -> None:
    mention = of("salt-mill", "salt-room-25")
    edited(mention, state="in_review")
    seen: dict[str, Any] = dict(form_of(reviewer.get(change(mention))))
    save(author, change(mention.citations.get()), note="Added since.")
    compared = reviewer.post(change(mention), seen | {"_move": "publish"})
    assert "Added since." in compared.content.decode()
    seen = dict(form_of(reviewer.get(change(mention))))
    move(author, mention, "send_back", "submit")
    assert "somebody else changed it meanwhile" in said(reviewer.post(change(mention), seen | {"_move": "publish"}, follow=True))
    mention.refresh_from_db()
    assert mention.state == "in_review"


def test_a_withdrawal_needs_a_reason(reviewer: Client) -> None:
    party = Party.objects.get(slug="southland")
    assert "say why" in move(reviewer, party, "withdraw", reason="  ")
    assert "say why" in act(reviewer, "withdraw", party)
    party.refresh_from_db()
    assert party.state == "published"


@pytest.mark.parametrize("state", PublicationState.values)
def test_each_state_leads_where_it_may_and_nowhere_else(state: str, settings: Any, editor: Client) -> None:
    settings.FOUR_EYES = False
    for one in Move:
        Party.objects.filter(slug="southland").update(state=state, withdrawn_reason="Once.")
        party = Party.objects.get(slug="southland")
        move(editor, party, one.value)
        assert party.state == (WAYS[one].target if WAYS[one].source == state else state)


def test_an_action_moves_what_it_can_and_names_the_rest(author: Client, reviewer: Client) -> None:
    mine, theirs, draft = drafted(reviewer, "mine"), drafted(author, "theirs"), drafted(author, "draft")
    assert "2 records are in review now." in act(author, "submit", mine, theirs)
    save(reviewer, change(mine), name="Mine too")
    told = act(reviewer, "publish", mine, theirs, draft, Party.objects.get(slug="northmark"))
    assert "1 record is published now." in told
    assert "“Mine too” was left as it is: you changed or submitted it last" in told
    assert "“Draft” was left as it is: it is draft." in told
    assert "“Northmark” was left as it is: it is published." in told
    theirs.refresh_from_db()
    assert (theirs.state, last(theirs).shown) == ("published", "added")
    act(author, "publish", draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_action_on_many_is_one_edit_and_every_roll_up_follows(reviewer: Client) -> None:
    mentions = list(Mention.objects.filter(commitment__slug="river-pipeline"))
    act(reviewer, "withdraw", *mentions, reason="Another pipeline.")
    assert {last(row).edit for row in mentions} == {last(mentions[0]).edit}
    assert Summary.objects.get(commitment__slug="river-pipeline").voiced_meetings == 0
    assert_roll_ups_are_true()
