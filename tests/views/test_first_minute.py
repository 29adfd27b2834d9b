"""The first minute of a reader who knows the first page only: each question of the design is a few clicks away, and its answer can be cited."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin
from xml.etree.ElementTree import Element

from django.test import Client
from django.urls import reverse

from tests.markup import Document
from tests.universe import SERIES, Universe

MOST_CLICKS = 4


class Reader:
    """Somebody who clicks on what a page says, and counts."""

    def __init__(self, client: Client) -> None:
        self.client, self.clicks, self.address = client, 0, reverse("tracker:home")
        self._read()

    def _read(self) -> None:
        response = self.client.get(self.address)
        assert response.status_code == 200
        self.page = Document(response.content)

    def click(self, words: str) -> Reader:
        """Follow the first link of the page that says ``words``."""
        links = (one.attrib["href"] for one in self.page.every("a") if _said(one).startswith(words))
        self.address = urljoin(self.address, next(links)).partition("#")[0]
        self.clicks += 1
        self._read()
        return self

    def ask(self, **fields: str) -> Reader:
        """Fill the form of a list and send it with what it keeps."""
        form = next(one for one in self.page.every("form") if one.attrib.get("role") == "search")
        kept = {one.attrib["name"]: one.attrib.get("value", "") for one in form.iter("input")}
        assert fields.keys() <= kept.keys()
        self.address = f"{self.address.partition('?')[0]}?{urlencode(kept | fields)}"
        self.clicks += 1
        self._read()
        return self

    @property
    def rows(self) -> list[list[str]]:
        """Return the cells of each row of the page's table."""
        return [
            [_said(cell) for cell in row] for row in self.page.every("tr") if _said(row[0]) and row[0].tag in ("td", "th") and "scope" not in row[-1].attrib
        ]

    @property
    def text(self) -> str:
        return _said(self.page.root)

    @property
    def citation(self) -> str:
        """Return what the page says of how to cite it."""
        block = next(one for one in self.page.every("section") if one.attrib.get("aria-labelledby") == "cite-title")
        return _said(next(block.iter("p")))


def _said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_question_of_the_first_minute_is_a_few_clicks_away_and_can_be_cited(client: Client, universe: Universe) -> None:
    often = Reader(client).click("River pipeline")
    assert "Voiced at at least 2 meetings (1 called for it)" in often.text
    assert "Rung 2 (memorandum)" in often.text
    assert "http://testserver/commitments/river-pipeline/?as_of=" in often.citation

    quiet = Reader(client).click("All, longest without a mention first").ask(until="2022")
    assert ["Night train", "2 of 3"] in [[row[0], row[8]] for row in quiet.rows]
    assert "(Series: Northmark and Southland; No mention after: 2022), 1 of 6, as of" in quiet.citation
    assert f"http://testserver/commitments/?series={SERIES}&until=2022" in quiet.citation

    missed = Reader(client).click("River pipeline").click("The missed ones")
    assert {row[4].partition(",")[0] for row in missed.rows} == {"Missed"}
    assert "http://testserver/deadlines/?commitment=river-pipeline&outcome=missed" in missed.citation

    said = Reader(client).click("Ferry line").click("Southland, ")
    assert all("Southland" in row[4] or "both sides" in row[4] for row in said.rows)
    assert "http://testserver/mentions/?commitment=ferry-line&party=southland" in said.citation
    assert f"), {len(said.rows)} of" in said.citation

    assert max(reader.clicks for reader in (often, quiet, missed, said)) <= MOST_CLICKS
