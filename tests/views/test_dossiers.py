"""The dossier: why its rung, its chart as files, its permanent addresses, its prepared e-mails."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import EXAMPLES
from tests.universe import Universe, mention
from tracker.models import Commitment, Meeting
from tracker.views.corrections import mailto
from tracker.vocabulary import PublicationState

PIPELINE = "river-pipeline"


def page(client: Client, slug: str = PIPELINE, **asked: str) -> str:
    return client.get(reverse("tracker:commitment", args=[slug]), asked).content.decode()


def test_the_milestone_that_decides_is_named_with_its_evidence(client: Client, universe: Universe) -> None:
    html = page(client)
    assert "Why rung 2, memorandum" in html
    assert "Decides the rung" in html
    assert "Both releases say that it was signed." in html
    assert "Why rung" not in page(client, "energy")


def test_every_mention_keeps_an_address_of_its_own(client: Client, universe: Universe) -> None:
    html = page(client)
    for meeting in ("oakport-21", "quay-24", "summit-23", "hillton-23"):
        assert f'<li id="at-{meeting}"' in html
        assert f'href="/commitments/{PIPELINE}/#at-{meeting}"' in html


def test_an_error_is_reported_by_a_prepared_letter(client: Client, universe: Universe, settings: Any) -> None:
    assert "mailto:" not in page(client)
    assert "Report an error" not in page(client)
    settings.CORRECTIONS_EMAIL = "desk+errors@example.org"
    found = [unescape(link) for link in re.findall(r'href="(mailto:[^"]+)"', page(client))]
    assert len(found) == 4
    link = next(link for link in found if "quay-24" in link)
    parts = urlsplit(link)
    assert unquote(parts.path) == "desk+errors@example.org"
    fields = parse_qs(parts.query)
    assert fields["subject"] == ["Error in River pipeline, quay-24"]
    lines = fields["body"][0].split("\r\n")
    assert lines[0] == f"http://testserver/commitments/{PIPELINE}/#at-quay-24"
    assert "Citations: north-24, south-24" in lines


def test_nothing_in_a_name_breaks_out_of_the_letter() -> None:
    link = mailto("a@example.org", "50 % & more? #1 “завод”", ["a=b&c", "+ plus"])
    assert re.fullmatch(r"mailto:a@example\.org\?subject=[\w%.~-]+&body=[\w%.~-]+", link)
    fields = parse_qs(urlsplit(link).query)
    assert fields == {"subject": ["50 % & more? #1 “завод”"], "body": ["a=b&c\r\n+ plus"]}
    assert mailto("", "anything", []) == ""


def test_what_is_voiced_at_the_same_meetings_is_named_with_them(client: Client, universe: Universe) -> None:
    universe.add("\n".join(mention("ferry-line", at, "south-24", party="southland") for at in ("quay-24", "reed-24")), "again")
    html = page(client)
    assert "Voiced most often at the same meetings" in html
    assert '<a href="/commitments/ferry-line/at/quay-24/">' in html
    assert "Voiced most often at the same meetings" not in page(client, as_of="2022")


def test_what_hangs_under_the_same_area_is_related(client: Client, universe: Universe) -> None:
    related = page(client).partition('id="related"')[2].partition("</section>")[0]
    assert "/commitments/salt-mill/" in related
    Commitment.objects.filter(slug="salt-mill").update(state=PublicationState.DRAFT)
    assert "salt-mill" not in page(client)


def test_the_chart_is_a_drawing_of_its_own(client: Client, universe: Universe) -> None:
    answer = client.get(reverse("tracker:commitment_ladder", args=[PIPELINE]), {"as_of": "2024-12"})
    assert answer["Content-Type"] == "image/svg+xml"
    text = answer.content.decode()
    assert "As of 31 December 2024" in text
    assert f"http://testserver/commitments/{PIPELINE}/?as_of=2024-12-31" in text


def test_the_rows_of_the_chart_are_the_rows_of_its_table(client: Client, universe: Universe) -> None:
    answer = client.get(reverse("tracker:commitment_ladder_rows", args=[PIPELINE]))
    assert answer["Content-Type"].startswith("text/csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode())))
    html = page(client)
    assert f"The chart as a table: {len(table)} rows" in html
    assert html.partition('id="rows-title"')[2].partition("</table>")[0].count("<tr><td") == len(table)
    assert {row["place"] for row in table} <= set(re.findall(r'id="([^"]+)"', html))


def test_a_formula_in_a_name_stays_text(client: Client, universe: Universe) -> None:
    universe.add(mention("ferry-line", "reed-24", "wire-24"), "again")
    Meeting.objects.filter(slug="reed-24").update(title="=1+1")
    answer = client.get(reverse("tracker:commitment_ladder_rows", args=["ferry-line"])).content.decode()
    assert "'=1+1" in answer
    assert ",=1+1" not in answer


@pytest.mark.parametrize("name", ["commitment_ladder", "commitment_ladder_rows", "commitment_citation"])
@pytest.mark.parametrize("asked", ["someday", "2024-13-45", "9" * 30, "\x00"])
def test_a_file_of_a_day_that_is_none_is_refused(client: Client, universe: Universe, name: str, asked: str) -> None:
    address = reverse(f"tracker:{name}", kwargs=dict(EXAMPLES[f"tracker:{name}"]))
    assert client.get(address, {"as_of": asked}).status_code == 400
