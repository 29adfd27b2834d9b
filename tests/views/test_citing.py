"""Citations of a dossier, read back by readers that do not know how they were written."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.universe import Universe
from tracker.exports.citing import Citable, bibtex, csl_json, plain, ris
from tracker.models import Commitment
from tracker.vocabulary import PublicationState

PAGE = Citable(
    "mill", "Mill {50 % & more}\n_new_", "North–South", "https://example.org/commitments/mill/?as_of=2026-01-31", date(2026, 1, 31), date(2026, 1, 2)
)


def fields_of_ris(text: str) -> dict[str, str]:
    """Return the fields of one record: two letters, two spaces, a hyphen, a space."""
    lines = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in text.removesuffix("\r\n").split("\r\n")]
    assert all(lines)
    return {line[1]: line[2] for line in lines if line}


def test_ris_is_a_record_from_its_type_to_its_end() -> None:
    fields = fields_of_ris(ris(PAGE))
    assert next(iter(fields)) == "TY"
    assert list(fields)[-1] == "ER"
    assert (fields["TI"], fields["UR"], fields["PY"]) == ("Mill {50 % & more} _new_", PAGE.url, "2026")


def test_bibtex_balances_its_braces_whatever_the_title_holds() -> None:
    text = bibtex(PAGE)
    unescaped = re.sub(r"\\[{}]", "", text)
    assert unescaped.count("{") == unescaped.count("}")
    assert r"title = {{Mill \{50 \% \& more\} \_new\_}}" in text
    assert text.startswith("@misc{reaffirmed-mill-2026-01-31,\n")


def test_csl_json_is_a_list_of_one_web_page() -> None:
    (item,) = json.loads(csl_json(PAGE))
    assert (item["type"], item["title"], item["URL"]) == ("webpage", PAGE.title, PAGE.url)
    assert item["issued"] == {"date-parts": [[2026, 1, 31]]}


def test_plain_names_the_day_and_the_address() -> None:
    assert plain(PAGE).endswith(f"as of 2026-01-31, record changed 2026-01-02. {PAGE.url}")


@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_the_address_in_a_citation_shows_the_day_that_was_cited(client: Client, universe: Universe, form: str) -> None:
    response = client.get(reverse("tracker:commitment_citation", args=["river-pipeline", form]), {"as_of": "2024-12"})
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="river-pipeline.{form}"'
    (url,) = re.findall(r"http://testserver(/commitments/river-pipeline/\?as_of=2024-12-31)", response.content.decode())
    assert "As of 31 December 2024" in client.get(url).content.decode()


def test_the_dossier_prints_the_citation_and_leads_to_the_files(client: Client, universe: Universe) -> None:
    html = client.get(reverse("tracker:commitment", args=["river-pipeline"]), {"as_of": "2024-12-31"}).content.decode()
    assert "Reaffirmed, “River pipeline” (Northmark and Southland), as of 2024-12-31" in html
    assert "/commitments/river-pipeline/cite.bib?as_of=2024-12-31" in html


def test_nothing_cites_what_nobody_may_see(client: Client, universe: Universe) -> None:
    assert client.get(reverse("tracker:commitment_citation", args=["river-pipeline", "docx"])).status_code == 404
    Commitment.objects.filter(slug="river-pipeline").update(state=PublicationState.DRAFT)
    assert client.get(reverse("tracker:commitment_citation", args=["river-pipeline", "bib"])).status_code == 404
