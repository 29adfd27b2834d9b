"""From a press release to evidence, in a browser: pasted, read against the list, finished. Every action of the editor is counted."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, wait_until
from tests.browser.test_pages import barriers, overflows
from tests.curation.listed import SERIES, only_names
from tests.curation.papers import ARTICLE
from tests.tree import dossiers, seed_texts
from tests.universe import Universe
from tracker.evidence import lines
from tracker.models import Citation, Commitment, Meeting, Mention, ReadingDraft, Report, Source
from tracker.vocabulary import Strength

MOST_ACTIONS = 40
PASSWORD = "not-a-secret"
SEED = next(dossier for dossier in dossiers() if dossier["source"] == "urdupoint-2025-09-02")
ARTICLE_ENDS = 17


def coded() -> dict[str, tuple[str, str]]:
    """Return the act and the strength that the shipped record codes for each commitment by the seed document."""
    found: dict[str, tuple[str, str]] = {}
    for mention in tomllib.loads((SERIES / "mentions" / "2025" / "beijing-2025-09-02.toml").read_text("utf-8"))["mention"]:
        for citation in mention["citations"]:
            if citation["source"] == SEED["source"]:
                found.setdefault(mention["commitment"], (citation["act"], citation["strength"]))
    return found


class Hand:
    """The editor's hand: each click, each key, each field that is filled and each stretch of words that is selected is one action."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def click(self, selector: str) -> None:
        self.actions += 1
        self.page.click(selector)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.actions += 1
            self.page.keyboard.press(key)

    def fill(self, selector: str, text: str) -> None:
        self.actions += 1
        self.page.fill(selector, text)

    def select(self, words: str) -> None:
        """Drag over ``words`` in the text."""
        self.actions += 1
        box = self.page.evaluate(
            """(words) => {
                for (const line of document.querySelectorAll("#paper li")) {
                    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
                    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                        const start = node.data.indexOf(words);
                        if (start < 0) continue;
                        line.scrollIntoView({ block: "center" });
                        const range = document.createRange();
                        range.setStart(node, start);
                        range.setEnd(node, start + words.length);
                        const rects = [...range.getClientRects()];
                        const first = rects[0], last = rects[rects.length - 1];
                        return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
                    }
                }
            }""",
            words,
        )
        mouse = self.page.mouse
        mouse.move(box[0], box[1])
        mouse.down()
        mouse.move(box[2], box[3], steps=5)
        mouse.up()

    def row(self) -> str:
        """Return the name of the commitment in whose row the hand is."""
        return str(self.page.evaluate("document.activeElement.closest('li.row')?.querySelector('.name').textContent ?? ''"))


@pytest.fixture
def document() -> str:
    """Return the text of the seed document; skip where this machine has none."""
    folder = seed_texts()
    if folder is None:
        pytest.skip("the seed documents are not on this machine: name their folder in SEED_TEXTS")
    return (folder / str(SEED["document"])).read_text("utf-8")


def signed_in(open_page: Open, server: str, where: str, width: int = 1440) -> tuple[Hand, list[str]]:
    """Return the hand of an editor who has signed in and stands at ``where``, and the list of what the page complains about."""
    get_user_model().objects.create_superuser("editor", "editor@example.org", PASSWORD)
    page, complaints = open_page(width)
    page.goto(f"{server}/admin/login/?next={where}")
    page.fill("#id_login", "editor")
    page.fill("#id_password", PASSWORD)
    page.click("button >> text='Sign in' >> nth=0")
    expect(page.locator("#content-main")).to_be_visible()
    return Hand(page), complaints


def test_a_pasted_page_becomes_a_read_source_with_its_mentions_in_few_actions(db: None, live_server: Any, open_page: Open, document: str) -> None:
    only_names()
    hand, complaints = signed_in(open_page, live_server.url, reverse("admin:tracker_source_take_in"))
    hand.fill("#id_text", document)
    hand.click("[name=_look]")
    expect(hand.page.locator("#id_which input:checked")).to_have_value("new")
    hand.click("[name=_keep]")
    wanted = set(coded())
    read(hand, wanted)
    assert ReadingDraft.objects.get().reader.get_username() == "editor"
    hand.click("[name=_finish]")
    expect(hand.page.locator(".messagelist .success")).to_contain_text("The reading is recorded")
    assert complaints == []
    assert hand.actions <= MOST_ACTIONS
    assert_that_the_article_was_taken_in_and_read()
    assert_that_its_mentions_are_recorded(wanted)


def read(hand: Hand, wanted: set[str]) -> None:
    """Tick what the text names, and one area that it names in other words, which are selected."""
    page = hand.page
    hand.click("ul.rows input[value=voiced] >> nth=0")
    for _row in range(page.locator("ul.rows >> nth=0 >> li.row").count()):
        slug = Commitment.objects.get(pk=page.evaluate("document.activeElement.closest('li.row').id").removeprefix("row-")).slug
        hand.press(*(("v", "c") if slug in wanted else ("a",)))
    hand.fill("#find", "people-to-people")
    hand.press("Enter", "v")
    assert hand.row() == "People-to-people contacts"
    hand.select("people-to-people exchanges")
    wait_until(page, "() => document.querySelector('.current input[name$=-phrase]').value === 'people-to-people exchanges'")
    page.select_option(".current select[name$=-act]", "reaffirmed")
    page.check(".current input[name$=-confirmed]")
    hand.actions += 2
    wait_until(page, "() => document.querySelector('.status').textContent === 'Kept.'")


def assert_that_the_article_was_taken_in_and_read() -> None:
    source, report = Source.objects.get(), Report.objects.get()
    assert len(lines(source.text)) == ARTICLE_ENDS < SEED["paragraphs"]
    assert (source.publisher, source.language, str(source.published), source.state) == ("UrduPoint", "en", "2025-09-02", "draft")
    assert (report.read_by, report.extent, str(report.meeting.starts), report.meeting.place) == ("editor", "full", "2025-09-02", "Beijing")


def assert_that_its_mentions_are_recorded(wanted: set[str]) -> None:
    mentions = {mention.commitment.slug: mention for mention in Mention.objects.select_related("commitment")}
    things = {slug for slug, mention in mentions.items() if not mention.commitment.is_area}
    assert things == {"karachi-steel-mill", "official-visit-to-russia"} == wanted & concrete()
    assert set(mentions) <= wanted
    assert len(mentions) >= 11
    assert {mention.state for mention in mentions.values()} == {"draft"}
    rows: Any = Citation.objects.select_related("mention__commitment")
    cited = {citation.mention.commitment.slug: citation for citation in rows}
    assert [(cited[slug].locator, cited[slug].phrase) for slug in ("karachi-steel-mill", "official-visit-to-russia", "people-to-people")] == [
        ("10", "proposed Pakistan Steel Mill"),
        ("17", "official visit to Russia"),
        ("8", "people-to-people exchanges"),
    ]
    # Confirmed as they were suggested, act and strength are those that people had coded before.
    suggested = {slug: (citation.act, Strength(citation.strength).word) for slug, citation in cited.items() if slug != "people-to-people"}
    assert suggested == {slug: coding for slug, coding in coded().items() if slug in suggested}


def test_the_desk_works_by_keys_and_by_selected_words(universe: Universe, live_server: Any, open_page: Open) -> None:
    source = Source.objects.create(slug="harbour-2021", title="Talks", publisher="Harbour Wire", kind="wire", text="\n".join(ARTICLE))
    where = reverse("admin:tracker_source_read", args=[source.pk, Meeting.objects.get(slug="oakport-21").pk])
    hand, complaints = signed_in(open_page, live_server.url, where, 390)
    page = hand.page

    select_too_many_words_and_then_fewer(hand)
    hand.press("c")
    assert hand.row() == "Night train"
    hand.press("ArrowUp", "ArrowDown", "b")
    assert hand.row() == "Energy"
    expect(page.locator("li.row", has_text="Night train").locator(".fields")).to_be_hidden()
    hand.press("r")
    expect(page.locator(".current [name$=-phrase]")).to_be_visible()
    hand.press("a")
    hand.click("#adding summary")
    hand.select("before the end of the year")
    hand.click("[data-take]")
    expect(page.locator("#id_new-name")).to_have_value("before the end of the year")
    hand.fill("#id_new-name", "Night trains")
    hand.click("[name=_add]")
    expect(page.locator(".alike")).to_contain_text("Night train")
    # Looked at last: what axe itself does to a page breaks the policy.
    wrong = [*complaints, *barriers(page), *(["the page scrolls sideways"] if overflows(page) else [])]
    complaints.clear()
    hand.click("[name=_finish]")
    expect(page.locator(".messagelist .success")).to_contain_text("The reading is recorded")
    assert [(one.phrase, one.locator) for one in Citation.objects.filter(source=source)] == [("a bridge for both shores", "4")]
    assert (complaints, wrong) == ([], [])


def select_too_many_words_and_then_fewer(hand: Hand) -> None:
    status = hand.page.locator(".status")
    hand.select("bridge for both shores and for the people who live")
    expect(status).to_have_text("Go to a row first: the words become its key phrase.")
    hand.click("a.hit >> text=ferry line")
    assert hand.row() == "Ferry line"
    hand.press("c")
    assert hand.row() == "Ferry line"
    hand.press("v")
    hand.select("which she called a bridge for both shores and")
    expect(status).to_have_text("More than eight words: select fewer.")
    hand.select("a bridge for both shores")
    expect(hand.page.locator(".current [name$=-phrase]")).to_have_value("a bridge for both shores")


def concrete() -> set[str]:
    """Return the slugs of the listed commitments that are no areas."""
    rows = [row for path in SERIES.glob("commitments*.toml") for row in tomllib.loads(path.read_text("utf-8"))["commitment"]]
    return {row["slug"] for row in rows if row["kind"] != "area"}
