"""What an editor changes of a published record waits for a reviewer, who sees it beside what stands now and applies or declines it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.admin.desk import Sent, address, another, beside, change, form_of, said, save
from tests.admin.test_saving import assert_roll_ups_are_true, everything
from tests.costs import assert_cost_is_flat
from tests.universe import Universe
from tracker.admin.edits import REASON
from tracker.models import Citation, Commitment, Edit, Meeting, Mention, Party, Proposal, Source
from tracker.models.edit import versions_of

pytestmark = pytest.mark.usefixtures("universe", "roles")


def proposed(author: Client, row: Any, **typed: Any) -> Proposal:
    assert save(author, change(row), **typed).status_code == 302
    return Proposal.objects.latest("pk")


def decide(client: Client, proposal: Proposal, how: str, answer: str = "") -> Any:
    where = address(Proposal, "change", proposal.pk)
    sent: Sent = form_of(client.get(where))
    return client.post(where, sent | {how: ["1"], "answer": [answer]}, follow=True)


def lines(client: Client, proposal: Proposal) -> dict[str, tuple[str, str, str]]:
    parts = client.get(address(Proposal, "change", proposal.pk)).context["parts"]
    return {line.label.lower(): (line.now, line.proposed, line.was) for _title, some in parts for line in some}


def mention_of_both() -> Any:
    return Mention.objects.get(commitment__slug="river-pipeline", meeting__slug="quay-24")


def test_a_change_of_a_published_record_waits_and_nothing_moves(author: Client) -> None:
    before, edits = everything(), Edit.objects.count()
    commitment = Commitment.objects.get(slug="salt-mill")
    found = proposed(author, commitment, name="Salt works", parties=[Party.objects.get(slug="northmark").pk])
    assert (found.by.username, found.reason, found.row, found.revision) == ("author", "Looked up.", commitment.pk, 1)  # type: ignore[union-attr]
    assert (everything(), Edit.objects.count()) == (before, edits)
    assert "Looked up." in author.get(change(commitment)).content.decode()


def test_what_a_reviewer_applies_stands_as_if_it_had_been_typed(author: Client, reviewer: Client) -> None:
    mention = mention_of_both()
    source = Source.objects.get(slug="south-24")
    new = {"key": "again", "source": source.pk, "paraphrase": "Said again.", "reach": "voiced", "act": "agreed", "terms": ["place", "object"]}
    sent = another(author, change(mention), "citations", **new)
    sent |= {"summary": ["They signed."], "citations-0-strength": ["5"], REASON: ["The protocol says so."]}
    assert author.post(change(mention), sent).status_code == 302
    found = Proposal.objects.get()
    told = lines(reviewer, found)
    assert told["summary"] == ("–", "They signed.", "")
    assert told["terms"] == ("–", "Object, Place", "") or "Place" in told["terms"][1]
    page = decide(reviewer, found, "_apply")
    assert "The proposal was applied." in said(page)
    mention.refresh_from_db()
    found.refresh_from_db()
    assert (mention.summary, mention.citations.count()) == ("They signed.", 3)
    assert Citation.objects.get(mention=mention, key="again").terms == "object,place"
    version: Any = versions_of(Mention)._default_manager.filter(id=mention.pk).latest("history_id")
    assert (version.history_user.username, version.history_change_reason, version.edit) == ("reviewer", "The protocol says so.", found.edit)
    assert_roll_ups_are_true()
    assert reviewer.post(address(Proposal, "change", found.pk), {"_apply": "1"}).status_code == 403


def test_what_was_changed_meanwhile_is_shown_and_fields_nobody_proposed_stay(author: Client, reviewer: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    found = proposed(author, meeting, title="Reed talks", place="Reed Hall")
    save(reviewer, change(meeting), title="Talks at Reed", occasion="The fair")
    assert lines(reviewer, found) == {"title": ("Talks at Reed", "Reed talks", "Talks reed-24"), "place": ("Reed", "Reed Hall", "")}
    decide(reviewer, found, "_apply")
    meeting.refresh_from_db()
    assert (meeting.title, meeting.place, meeting.occasion) == ("Reed talks", "Reed Hall", "The fair")


def test_a_reviewer_does_not_apply_what_was_changed_while_they_looked(author: Client, reviewer: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    found = proposed(author, meeting, title="Reed talks")
    where = address(Proposal, "change", found.pk)
    looked = form_of(reviewer.get(where))
    save(reviewer, change(meeting), title="Talks at Reed")
    page = reviewer.post(where, looked | {"_apply": ["1"]}, follow=True)
    assert "Somebody else has saved this since you opened it." in said(page)
    meeting.refresh_from_db()
    assert meeting.title == "Talks at Reed"


def test_a_proposal_is_declined_with_a_reason_that_its_author_reads(author: Client, reviewer: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    found = proposed(author, meeting, title="Reed talks")
    assert "Say why" in said(decide(reviewer, found, "_decline", " "))
    decide(reviewer, found, "_decline", "The source says otherwise.")
    assert "The source says otherwise." in author.get(address(Proposal, "change", found.pk)).content.decode()
    meeting.refresh_from_db()
    assert meeting.title == "Talks reed-24"
    assert "Reed talks" not in author.get(change(meeting)).content.decode()


def test_a_proposal_that_can_not_be_saved_any_more_says_why(author: Client, reviewer: Client) -> None:
    found = proposed(author, Party.objects.get(slug="northmark"), iso2="XW")
    Party.objects.create(name="Weirland", slug="weirland", kind="state", iso2="XW")
    page = decide(reviewer, found, "_apply")
    assert "Another party has this country code." in said(page)
    assert Proposal.objects.get().decided is None


def test_only_who_may_publish_decides_and_nobody_on_their_own(author: Client, reviewer: Client, settings: Any) -> None:
    found = proposed(author, Meeting.objects.get(slug="reed-24"), title="Reed talks")
    where = address(Proposal, "change", found.pk)
    assert author.post(where, {"_apply": "1"}).status_code == 403
    reviewers = reviewer.get(where).wsgi_request.user
    Proposal.objects.update(by=reviewers)
    assert reviewer.post(where, {"_apply": "1"}).status_code == 403
    settings.FOUR_EYES = False
    assert reviewer.post(where, form_of(reviewer.get(where)) | {"_apply": "1"}).status_code == 302
    assert Proposal.objects.get().edit is not None


def test_a_proposal_needs_a_reason_and_a_change(author: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    assert "Say why" in beside(save(author, change(meeting), title="Reed talks", **{REASON: " "}), REASON)
    assert "You changed nothing" in said(author.post(change(meeting), form_of(author.get(change(meeting))), follow=True))
    assert not Proposal.objects.exists()


def test_a_citation_of_a_published_mention_is_proposed_too(author: Client, reviewer: Client) -> None:
    citation = mention_of_both().citations.order_by("pk")[0]
    found = proposed(author, citation, paraphrase="They signed it.")
    citation.refresh_from_db()
    assert (found.kind, citation.paraphrase) == ("citation", "river-pipeline came up")
    decide(reviewer, found, "_apply")
    citation.refresh_from_db()
    assert citation.paraphrase == "They signed it."
    typed = {"mention": citation.mention_id, "key": "new", "source": citation.source_id, "paraphrase": "New.", "reach": "voiced", "act": "agreed"}
    page = save(author, address(Citation, "add"), **typed)
    assert "It would stand beside a published record" in page.content.decode()
    assert not Citation.objects.filter(key="new").exists()


def test_the_list_of_proposals_costs_the_same_with_more_of_them(author: Client, reviewer: Client) -> None:
    found = proposed(author, mention_of_both(), summary="They signed.")
    assert "River pipeline" in reviewer.get(address(Proposal, "changelist")).content.decode()

    def more(number: int) -> None:
        for _time in range(number):
            found.pk = None
            found.save()

    assert_cost_is_flat(lambda: reviewer.get(address(Proposal, "changelist")), more, budget=20)


def test_drafts_are_changed_at_once(author: Client) -> None:
    Meeting.objects.filter(slug="reed-24").update(state="draft")
    meeting = Meeting.objects.get(slug="reed-24")
    assert save(author, change(meeting), title="Reed talks").status_code == 302
    meeting.refresh_from_db()
    assert meeting.title == "Reed talks"
    assert not Proposal.objects.exists()


def test_a_record_that_is_gone_leaves_a_proposal_that_can_be_read(author: Client, reviewer: Client, universe: Universe) -> None:
    mention = mention_of_both()
    found = proposed(author, mention, summary="They signed.")
    mention.delete()
    assert "no longer there" in reviewer.get(address(Proposal, "change", found.pk)).content.decode()
    assert reviewer.get(address(Proposal, "changelist")).status_code == 200
