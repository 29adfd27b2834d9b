"""The shipped names of commitments, found in sentences that were made up for this test: no document says so."""

from __future__ import annotations

import pytest

from tests.curation.listed import only_names
from tracker.curation.intake.occasions import occasion_of
from tracker.curation.reading.sheet import sheet
from tracker.models import Meeting, Series, Source

SYNTHETIC = {
    "ru": (
        "Министры обсудили восстановление Карачинского металлургического завода.\n"
        "Они вспомнили и о газопроводе «Пакистанский поток», и о прямых авиарейсах.\n"
        "О прямом авиасообщении договорятся позже."
    ),
    "ur": "وزیر نے پاکستان اسٹیل ملز کی بحالی پر زور دیا۔\nپاکستان اسٹریم گیس پائپ‌لائن کا ذکر ہوا۔\nبراہِ راست پروازوں پر بات ہوئی۔",
    "en": "The ministers spoke of the Pakistan Steel Mills.\nThe Pakistan Stream came up.\nA direct flight is wanted, and direct flights too.",
}
WANTED = {"karachi-steel-mill", "pakistan-stream-gas-pipeline", "direct-flights"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", SYNTHETIC)
def test_a_text_that_names_no_party_belongs_to_the_series_of_its_commitments(language: str) -> None:
    only_names()
    Series.objects.create(slug="other", title="Other", kind="forum", covered_until="2026-01-01")
    occasion = occasion_of(SYNTHETIC[language].splitlines(), [], None)
    assert (occasion.series.slug, occasion.title) == ("pakistan-russia", "Pakistan and Russia")
    assert occasion_of(["Nothing."], [], None).series is None


@pytest.mark.django_db
@pytest.mark.parametrize("language", SYNTHETIC)
def test_mill_pipeline_and_flights_are_named_in_any_script(language: str) -> None:
    only_names()
    series = Series.objects.get(slug="pakistan-russia")
    meeting = Meeting.objects.create(slug="x", title="x", series=series, format="talks", level=3, starts_earliest="2025-01-01", starts_latest="2025-01-01")
    source = Source.objects.create(slug="x", title="x", publisher="x", kind="wire", language=language, text=SYNTHETIC[language])
    shown = sheet(source, meeting)
    named = {entry.commitment.slug: entry.line_numbers for entry in shown.named if not entry.commitment.is_area}
    assert set(named) == WANTED
    assert [named[slug][0] for slug in ("karachi-steel-mill", "pakistan-stream-gas-pipeline", "direct-flights")] == [1, 2, 2 if language == "ru" else 3]
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in shown.lines) == SYNTHETIC[language]
