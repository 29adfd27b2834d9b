"""Merging at the desk: choosing, looking, deciding, undoing; and what looks alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.desk import address, change, form_of, move, said, save
from tests.admin.test_saving import everything
from tests.costs import assert_cost_is_flat
from tests.curation.twins import TWINS, both, twins
from tests.universe import Universe, meeting, mention
from tracker.admin.edits import REASON
from tracker.models import Apart, Commitment, Mention, Merge, Participant, Party

pytestmark = pytest.mark.usefixtures("roles")
DUPLICATES = "/admin/tracker/merge/duplicates/"


@pytest.fixture
def two(universe: Universe) -> Universe:
    twins(universe)
    return universe


def preview(kept: Any, gone: Any) -> str:
    return f"{address(type(kept), 'merge', kept.pk)}?other={gone.pk}"


def send(client: Client, where: str, **typed: Any) -> Any:
    return client.post(where.partition("?")[0], form_of(client.get(where)) | {name: [value] for name, value in typed.items()}, follow=True)


def test_a_reviewer_chooses_looks_merges_and_undoes(two: Universe, reviewer: Client) -> None:
    kept, gone = both(*TWINS[0])
    before = everything()
    assert address(Commitment, "merge", kept.pk) in reviewer.get(change(kept)).content.decode()
    assert "Look at both" in reviewer.get(address(Commitment, "merge", kept.pk)).content.decode()
    page = reviewer.get(preview(kept, gone)).content.decode()
    for told in ("A pipe along the river.", "1 milestone", "memorandum", "leads to", "becomes another name"):
        assert told in page
    swapped = reviewer.get(f"{address(Commitment, 'merge', gone.pk)}?other={kept.pk}&stays=other")
    assert [side.row for side in swapped.context["sides"]] == [kept, gone]
    assert "Say why" in said(send(reviewer, preview(kept, gone)))
    looked = form_of(reviewer.get(preview(kept, gone)))
    Commitment.objects.filter(pk=kept.pk).update(revision=kept.revision + 1)
    late = reviewer.post(preview(kept, gone).partition("?")[0], looked | {REASON: ["One."]})
    assert "Somebody else has changed one of the two" in said(late)
    for nonsense in ("", "x.y.z", "9" * 30):
        sent = looked | {REASON: ["One."], "seen": [nonsense]}
        assert "look again" in said(reviewer.post(preview(kept, gone).partition("?")[0], sent))
    assert (everything(), Merge.objects.count()) == (before, 0)
    done = send(reviewer, preview(kept, gone), **{REASON: "One thing.", "take_parties": "both"})
    assert "“River pipe line” was merged into “River pipeline”." in said(done)
    merge = Merge.objects.get()
    assert merge.edit.by == User.objects.get(username="reviewer")
    assert "was merged into “River pipeline”" in reviewer.get(change(gone)).content.decode()
    assert "it was merged into “River pipeline”: undo the merge instead" in move(reviewer, gone, "publish_again")
    assert "a merge" in reviewer.get(address(Commitment, "history", kept.pk)).content.decode()
    assert "already" in reviewer.get(preview(kept, gone)).content.decode()
    where = address(Merge, "change", merge.pk)
    assert "Say why" in said(send(reviewer, where))
    assert "The merge was undone" in said(send(reviewer, where, **{REASON: "Two."}))
    assert everything() == before
    assert "Nothing was undone" in said(reviewer.post(where, {REASON: "Twice."}, follow=True))
    assert "undone" in reviewer.get(address(Merge, "changelist")).content.decode()


def test_what_stands_in_the_way_is_told_on_both_pages(two: Universe, reviewer: Client) -> None:
    kept, gone = both(*TWINS[1])
    sent = send(reviewer, preview(kept, gone), **{REASON: "One."})
    assert "was merged into" in said(sent)
    merge = Merge.objects.get()
    moved = Participant.objects.get(pk=kept.pk).attendances.get(meeting__slug="lock-25")
    assert save(reviewer, change(moved.meeting), attendances_0_office="Envoy").status_code == 302
    page = reviewer.get(address(Merge, "change", merge.pk))
    assert page.context["hindrances"] == [f"Changed since the merge: attendance “{moved.key} (Envoy)”."]
    assert "Undo this merge" not in page.content.decode()
    assert "Changed since the merge" in said(reviewer.post(address(Merge, "change", merge.pk), {REASON: "Two."}, follow=True))
    again = reviewer.get(preview(kept, gone)).content.decode()
    assert "can’t be merged as they stand" in again
    assert "reason_for_the_change" not in again


def test_only_who_may_publish_merges_and_undoes(two: Universe, author: Client, reviewer: Client) -> None:
    kept, gone = both(*TWINS[0])
    assert author.get(preview(kept, gone)).status_code == author.post(preview(kept, gone)).status_code == 403
    assert "Merge with" not in author.get(change(kept)).content.decode()
    send(reviewer, preview(kept, gone), **{REASON: "One."})
    where = address(Merge, "change", Merge.objects.get().pk)
    assert "Who may publish can undo it." in author.get(where).content.decode()
    assert author.post(where, {REASON: "Two."}).status_code == 403
    for key in ("x", "0", "9" * 30):
        assert reviewer.get(address(Commitment, "merge", key)).status_code == 404
        assert "Look at both" in reviewer.get(f"{address(Commitment, 'merge', kept.pk)}?other={key}").content.decode()


def test_what_looks_alike_is_hinted_at_and_can_be_set_aside(two: Universe, author: Client, reviewer: Client) -> None:
    kept, gone = both(*TWINS[0])
    assert preview(kept, gone) in reviewer.get(change(kept)).content.decode()
    assert f'<a href="{change(gone)}">“River pipe line”</a>' in author.get(change(kept)).content.decode()
    added = save(author, address(Participant, "add"), name="Bo Linde", slug="bo-linde", home_party=Party.objects.get(slug="southland").pk)
    assert added.status_code == 302
    assert "It looks like" in author.get(added["Location"]).content.decode()
    for kind, number in (("commitment", 1), ("participant", 1), ("nonsense", 1)):
        page = author.get(DUPLICATES, {"kind": kind})
        assert (page.status_code, len(page.context["pairs"])) == (200, number)
    first, second = sorted((kept.pk, gone.pk))
    pair = {"kind": "commitment", "first": str(second), "second": str(first)}
    page = author.post(DUPLICATES, pair | {"reason": "A line and a pipe."}, follow=True)
    assert (page.context["pairs"], page.context["aside"][0].reason) == ([], "A line and a pipe.")
    assert "looks-like" not in reviewer.get(change(kept)).content.decode()
    author.post(DUPLICATES, pair | {"_again": "1"})
    assert not Apart.objects.exists()
    for wrong in ({}, pair | {"kind": "party"}, pair | {"first": str(first)}, pair | {"second": "9" * 30}, pair | {"second": "0"}):
        assert author.post(DUPLICATES, wrong).status_code == 200
    assert not Apart.objects.exists()


def test_a_look_at_two_records_costs_the_same_however_much_moves(universe: Universe, reviewer: Client) -> None:
    kept, gone = Commitment.objects.get(slug="night-train"), Commitment.objects.get(slug="ferry-line")

    def grow(number: int) -> None:
        numbers = range(Mention.objects.filter(commitment=gone).count() - 2, number)
        meetings = [meeting(f"more-{number}", f"2020-{number // 28 + 1:02}-{number % 28 + 1:02}", {}) for number in numbers]
        came_up = [mention(slug, f"more-{number}", "wire-24") for number in numbers for slug in ("ferry-line", *(("night-train",) if number % 2 else ()))]
        universe.add("\n".join([*meetings, *came_up]), f"more-{number}")

    # What a session asks once is asked before anything is counted.
    reviewer.get(preview(kept, gone))
    assert_cost_is_flat(lambda: reviewer.get(preview(kept, gone)), grow, budget=60, few=22, many=50)
    page = reviewer.get(preview(kept, gone)).content.decode()
    assert f"commitment__id__exact={gone.pk}" in page
    assert Mention.objects.filter(commitment=gone).count() == 52
