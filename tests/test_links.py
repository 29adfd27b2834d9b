"""From the first page, every link of the site: each leads to a page, each fragment to a place on it."""

from __future__ import annotations

from collections import deque
from urllib.parse import urldefrag, urljoin

from django.test import Client
from django.urls import resolve, reverse

from tests.addresses import pages
from tests.markup import Document
from tests.universe import SERIES, Universe
from tracker.exports.lists.known import LISTINGS
from tracker.models import Commitment, Meeting, Participant, Party, Series, Source

#: Faces of the matrix that a reader reaches through a form, which no link leads to.
BY_FORM = f"/series/{SERIES}/?sort=idle&meetings=all&as_of=2024"
HOST = "http://testserver"
#: Suggestions are asked for by the script of the search field alone, a package is offered once one was made, and search engines know where to look.
BY_PROGRAMS = {
    *("tracker:search_suggestions", "tracker:data_package", "tracker:sitemap", "tracker:sitemap_section", "tracker:robots"),
    *("tracker:healthz", "tracker:readyz"),
}


class Crawl:
    """What the links of the site lead to, from ``starts`` on."""

    def __init__(self, client: Client, *starts: str, follow: bool = True) -> None:
        self.client = client
        self.ids: dict[str, set[str]] = {}
        self.broken: list[str] = []
        self.fragments: list[tuple[str, str, str]] = []
        waiting = deque(starts)
        while waiting:
            if (address := waiting.popleft()) not in self.ids:
                found = self._visit(address)
                waiting.extend(found if follow else ())

    def _visit(self, address: str) -> list[str]:
        answer = self.client.get(address)
        self.ids[address] = set()
        if answer.status_code != 200:
            self.broken.append(f"{address}: {answer.status_code}")
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            return []
        page = Document(answer.content)
        self.ids[address] = set(page.ids)
        # Filters and orders multiply without end, so nobody is to crawl them; tests/views/test_lists.py follows them.
        links = [one for one in page.every("a") if "href" in one.attrib and one.attrib.get("rel") != "nofollow"]
        found = [urljoin(HOST + address, one.attrib["href"]) for one in links]
        inside = [urldefrag(link.removeprefix(HOST)) for link in found if link.startswith(f"{HOST}/")]
        self.fragments += [(address, target, fragment) for target, fragment in inside if fragment]
        return [target for target, _fragment in inside]

    def lost_fragments(self) -> list[str]:
        return sorted({f"{address}: {target}#{fragment}" for address, target, fragment in self.fragments if fragment not in self.ids.get(target, ())})


def test_every_link_leads_somewhere_and_everything_can_be_reached(universe: Universe, client: Client) -> None:
    """One crawl answers all of it, because it reads every page of the site."""
    crawl = Crawl(client, reverse("tracker:home"), BY_FORM)
    assert len(crawl.ids) > 100
    assert len(crawl.fragments) > 100
    assert crawl.broken == []
    assert crawl.lost_fragments() == []
    reached = {resolve(address.partition("?")[0]).view_name for address in crawl.ids}
    # Programs follow no links of pages: what is left leads on from what these name.
    assert {page.name for page in pages() if not page.name.startswith("api:")} - reached == BY_PROGRAMS
    assert {f"api:{name}" for name in ("docs", "schema", *LISTINGS)} <= reached
    assert records() - crawl.ids.keys() == set()


def records() -> set[str]:
    """Return the addresses of all records of the drawn world, which are all public."""
    kinds = (Series, Commitment, Meeting, Source, Participant, Party)
    found = {reverse(f"tracker:{kind._meta.model_name}", args=[row.slug]) for kind in kinds for row in kind._default_manager.all()}
    assert len(found) > 20
    return found


def test_a_dead_end_is_found(universe: Universe, client: Client) -> None:
    assert Crawl(client, "/nothing/", follow=False).broken == ["/nothing/: 404"]
    found = Crawl(client, reverse("tracker:commitment", args=["river-pipeline"]), reverse("tracker:methods"), follow=False)
    found.fragments.append(("here", reverse("tracker:methods"), "no-such-place"))
    assert [lost for lost in found.lost_fragments() if lost.startswith("here")] == ["here: /methods/#no-such-place"]
