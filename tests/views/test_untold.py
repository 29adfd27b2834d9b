"""What the public log never tells: drafts, what a record was before it was published, inner reasons, editors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import fetch
from tests.edits import LOG, context, edited, hidden_draft, lines, newest, text, told, words_of
from tests.universe import Universe
from tracker.models import Commitment, Edit, Load, Meeting, Mention, Report, Source
from tracker.vocabulary import PublicationState


def test_a_draft_published_later_is_added_on_that_day_and_what_it_was_before_is_never_told(universe: Universe, client: Client) -> None:
    draft = hidden_draft()
    edited(draft, day=1, reason="A secret reason.")
    edited(draft, day=2, place="Secret place", reason="Another secret reason.")
    before = words_of(client)
    assert "ecret" not in before
    edited(draft, day=3, title="Open talks", place="Open place", state=PublicationState.PUBLISHED, reason="Confirmed.")
    ((day, (one,)), *_rest) = context(client)["days"]
    (entry,) = one.entries
    assert (day.isoformat(), entry.what, entry.lines, one.reason) == ("2026-02-03", "added", (), "Confirmed.")
    edited(draft, day=4, place="Corrected place")
    assert lines(newest(client).entries[0]) == [("place", "Open place", "Corrected place")]
    for address in (LOG, f"{LOG}?record=meeting:secret", *(reverse("tracker:change", args=[key]) for key in Edit.objects.values_list("key", flat=True))):
        body = words_of(client, address).replace("meeting:secret", "").replace("/meetings/secret/", "")
        assert "ecret" not in body, address


@pytest.mark.parametrize("state", [PublicationState.DRAFT, PublicationState.IN_REVIEW])
def test_a_record_that_is_no_longer_public_takes_its_whole_past_with_it(universe: Universe, client: Client, state: str) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    edited(meeting, day=1, title="A name that was public", reason="Said so.")
    edited(meeting, day=2, state=state, title="A draft name", reason="Doubtful.")
    assert [one.edit.is_load for one in told(client)] == [True]
    assert context(client, record="meeting:reed-24")["form"].errors.keys() == {"record"}
    assert f"{Meeting.objects.published().count()} meetings" in words_of(client)
    edited(meeting, day=3, state=PublicationState.PUBLISHED, title="A third name", reason="It was true.")
    assert [lines(one.entries[0]) for one in told(client)[:2]] == [
        [("title", "A name that was public", "A third name")],
        [("title", "Talks reed-24", "A name that was public")],
    ]
    assert "draft name" not in words_of(client)
    assert "Doubtful" not in words_of(client)


def test_a_withdrawn_record_is_told_by_its_address_and_the_reason_that_stands_there(universe: Universe, client: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    edited(meeting, day=1, title="Wrongly named")
    edited(meeting, day=2, state=PublicationState.WITHDRAWN, withdrawn_reason="Never held.", reason="An inner reason.")
    one = newest(client)
    (entry,) = one.entries
    assert (entry.what, text(entry.words), one.reason) == ("withdrawn", "reed-24", "Never held.")
    assert client.get(entry.words[0].href).status_code == 410
    Meeting.objects.filter(pk=meeting.pk).update(withdrawn_reason="It was never held.")
    body = words_of(client)
    assert "It was never held." in body
    assert "Wrongly named" not in body
    assert "An inner reason." not in body


def test_a_withdrawn_mention_is_told_without_a_reason(universe: Universe, client: Client) -> None:
    mention = Mention.objects.get(commitment__slug="salt-mill")
    edited(mention, state=PublicationState.WITHDRAWN, withdrawn_reason="A misreading.", reason="An inner reason.")
    (entry,) = newest(client).entries
    assert (entry.what, text(entry.words)) == ("withdrawn", "Salt mill, Salt: Talks salt-room-25, 2 September 2025")
    assert "misreading" not in words_of(client)
    Commitment.objects.filter(slug="salt-mill").update(state=PublicationState.DRAFT)
    assert len(told(client)) == 1


def test_a_key_that_leads_to_a_draft_is_told_as_if_it_were_empty(universe: Universe, client: Client) -> None:
    """A correction of nothing else is not told of at all."""
    line, secret = Commitment.objects.get(slug="ferry-line"), Commitment.objects.get(slug="night-train")
    Commitment.objects.filter(pk=secret.pk).update(state=PublicationState.DRAFT)
    edited(line, succeeds=secret)
    assert len(told(client)) == 1
    edited(line, day=2, succeeds=None, description="A ferry.")
    assert lines(newest(client).entries[0]) == [("description", "", "A ferry.")]
    assert "Night train" not in words_of(client)


def test_what_is_beside_a_record_and_rests_on_a_draft_is_not_told(universe: Universe, client: Client) -> None:
    report = Report.objects.filter(source__slug="post-23").get()
    edited(report, extent="full")
    assert newest(client).entries[0].beside[0].kind == "report"
    Source.objects.filter(slug="post-23").update(state=PublicationState.DRAFT)
    assert len(told(client)) == 1


def test_editors_are_not_named(universe: Universe, client: Client, django_user_model: Any) -> None:
    edited(Meeting.objects.get(slug="reed-24"), place="Reeds")
    Edit.objects.update(by=django_user_model.objects.create_user("zelda-the-editor"))
    Load.objects.update(by_account="zelda-the-editor")
    for address in (LOG, *(reverse("tracker:change", args=[key]) for key in Edit.objects.values_list("key", flat=True))):
        assert "zelda" not in words_of(client, address)
    assert "An editor" in words_of(client)


def test_an_edit_that_nobody_may_know_of_is_not_there(universe: Universe, client: Client) -> None:
    edit = edited(hidden_draft())
    nothing = fetch(client, reverse("tracker:change", args=["nothing"]))
    address = reverse("tracker:change", args=[edit.key])
    status, body = fetch(client, address)
    assert (status, body.replace(address.encode(), b"/changes/nothing/")) == nothing
    public = edited(Meeting.objects.get(slug="reed-24"), place="Reeds")
    address = reverse("tracker:change", args=[public.key])
    assert fetch(client, address)[0] == 200
    Meeting.objects.filter(slug="reed-24").update(state=PublicationState.DRAFT)
    assert fetch(client, address)[0] == 404
