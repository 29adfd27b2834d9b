"""The work of several people at the desk, in browsers: two in one form, and what an editor typed before a reviewer's eyes."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from tests.admin.desk import address, change, rows, somebody
from tests.browser.conftest import Open
from tests.browser.test_pages import barriers
from tests.universe import Universe
from tracker.admin.edits import REASON
from tracker.chronicle import begin
from tracker.models import Commitment, Meeting, Merge, Proposal, Source
from tracker.models.edit import versions_of

pytestmark = pytest.mark.usefixtures("universe", "roles")
PAYLOAD = '<script>document.title="run"</script><img src=x onerror=\'document.title="run"\'>'


class Desk:
    """A browser in which somebody has signed in."""

    def __init__(self, open_page: Open, server: str, role: str, name: str) -> None:
        cookie = somebody(role, name).cookies["sessionid"].value
        self.page, self.complaints = open_page()
        self.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": server}])
        self.server = server

    def open(self, where: str) -> Page:
        self.page.goto(self.server + where)
        return self.page

    def type(self, **typed: str) -> None:
        for name, value in typed.items():
            self.page.fill(f"[name={name}]", value)

    def save(self) -> None:
        self.page.click("[name=_save] >> nth=0")

    def found(self) -> set[str]:
        """Return the rules that the page breaks."""
        return {one.partition(":")[0] for one in barriers(self.page)}


def test_the_second_of_two_browsers_compares_and_chooses(open_page: Open, live_server: Any, universe: Universe) -> None:
    first, second = (Desk(open_page, live_server.url, "Reviewer", name) for name in ("first", "second"))
    meeting = Meeting.objects.get(slug="reed-24")
    for desk in (first, second):
        desk.open(change(meeting))
    first.type(title="Talks at Reed", place="Reed Hall", **{REASON: "Looked up."})
    first.save()
    second.type(title="Reed talks", summary="Both met.\nTwice.", **{REASON: "Read again."})
    second.save()
    page = second.page
    expect(page.locator("h1")).to_have_text("Somebody else has saved this, too")
    chosen = page.locator("input[type=radio]:checked")
    assert chosen.evaluate_all("all => all.map(one => one.name + one.value)") == ["_choice-placenow", "_choice-summarymine"]
    stock = Desk(open_page, live_server.url, "Administrator", "other")
    stock.open("/admin/auth/user/add/")
    assert second.found() <= stock.found()
    page.check("[name=_choice-title][value=mine]")
    page.click("text=Save what I chose")
    expect(page.locator(".messagelist .success")).to_be_visible()
    meeting.refresh_from_db()
    assert (meeting.title, meeting.place, meeting.summary) == ("Reed talks", "Reed Hall", "Both met.\nTwice.")
    assert first.complaints == second.complaints == []


def test_what_an_editor_typed_never_runs_before_a_reviewer(open_page: Open, live_server: Any, universe: Universe) -> None:
    author, reviewer = Desk(open_page, live_server.url, "Editor", "author"), Desk(open_page, live_server.url, "Reviewer", "reviewer")
    source = Source.objects.get(slug="wire-24")
    author.open(change(source))
    author.type(title=PAYLOAD, publisher=PAYLOAD, archived_url="javascript:document.title='run'", **{REASON: PAYLOAD})
    author.save()
    expect(author.page.locator(".field-archived_url .errorlist")).to_contain_text("valid URL")
    author.type(archived_url="")
    author.save()
    expect(author.page.locator(".messagelist .success")).to_contain_text("was proposed")
    proposal = Proposal.objects.get()
    smuggled = proposal.changes["record"] | {"archived_url": {"was": [""], "now": ["javascript:document.title='run'"]}}
    Proposal.objects.update(changes={"record": smuggled, "rows": {}})
    for where in (address(Proposal, "changelist"), change(source), address(Proposal, "change", proposal.pk)):
        _assert_nothing_ran(reviewer.open(where))
    reviewer.page.click("[name=_apply]")
    expect(reviewer.page.locator(".messagelist .error")).to_contain_text("valid URL")
    Proposal.objects.update(changes=proposal.changes)
    reviewer.page.click("[name=_apply]")
    expect(reviewer.page.locator(".messagelist .success")).to_have_text("The proposal was applied.")
    first = versions_of(Source)._default_manager.filter(id=source.pk).earliest("pk").pk
    for where in (address(Source, "history", source.pk), address(Source, "restore", source.pk, first)):
        _assert_nothing_ran(reviewer.open(where))
    assert reviewer.page.locator("td", has_text="onerror").count() > 0
    assert author.complaints == reviewer.complaints == []


def _assert_nothing_ran(page: Page) -> None:
    assert page.title() != "run"
    assert page.locator("[onerror], #content script:not([src]), a[href^='javascript:']").count() == 0


def test_every_new_page_is_as_accessible_as_the_stock_admin(open_page: Open, live_server: Any, universe: Universe) -> None:
    reviewer, stock = Desk(open_page, live_server.url, "Reviewer", "reviewer"), Desk(open_page, live_server.url, "Administrator", "other")
    known: set[str] = set()
    # A list, and a page at the end of a path of links: the stock admin's own path breaks a rule.
    for where in ("/admin/auth/user/", f"/admin/auth/group/{Group.objects.all()[0].pk}/history/"):
        stock.open(where)
        known |= stock.found()
    meeting = rows(Meeting)[0]
    field = {"was": [str(meeting.place)], "now": ["Elsewhere"]}
    found = Proposal.objects.create(
        kind="meeting", row=meeting.pk, revision=1, changes={"record": {"place": field}, "rows": {}}, reason="So.", made=meeting.created
    )
    version = versions_of(Meeting)._default_manager.filter(id=meeting.pk).latest("pk").pk
    Meeting.objects.filter(pk=meeting.pk).update(place="Weir")
    one, other = rows(Commitment).concrete()[:2]
    Commitment.objects.filter(pk=other.pk).update(name_key=f"{one.name_key}s")
    empty: dict[str, list[Any]] = {"shifts": [], "pairs": [], "adding": [], "leaving": [], "parts": []}
    about = {"edit": begin(meeting.created), "undone": begin(meeting.created), "kept_title": "One", "gone_title": "Other"}
    done = Merge.objects.create(kind="commitment", kept=one.pk, gone=other.pk, reason="So.", moves=empty, **about)
    pages = (
        f"{address(Commitment, 'merge', one.pk)}?other={other.pk}",
        "/admin/tracker/merge/duplicates/",
        address(Merge, "change", done.pk),
        address(Proposal, "changelist"),
        address(Proposal, "change", found.pk),
        address(Meeting, "restore", meeting.pk, version),
        address(Meeting, "changelist"),
    )
    for where in pages:
        reviewer.open(where)
        assert reviewer.found() <= known, (where, barriers(reviewer.page))
    assert reviewer.complaints == []
