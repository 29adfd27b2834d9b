"""The reading desk without scripts: rows ticked, everything stored at once as drafts or nothing, and nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from tests.admin.desk import form_of, somebody
from tests.admin.table import TICKED, VOICED, Desk
from tests.costs import assert_cost_is_flat
from tests.universe import Universe
from tracker import summaries
from tracker.admin import reading
from tracker.admin.reading import NEEDED
from tracker.models import Citation, Commitment, Edit, Mention, MentionSummary, Participant, Party, ReadingDraft, Report, Source, Summary
from tracker.models.edit import versions_of

MOST_QUERIES = 40


@pytest.fixture
def desk(universe: Universe, editor: Client) -> Desk:
    return Desk(editor)


def wrong(response: Any) -> dict[str, dict[str, list[str]]]:
    assert response.status_code == 200
    return {row.entry.commitment.slug: dict(row.errors) for row in response.context["wrong"]}


def test_what_the_text_names_is_proposed_and_nothing_is_ticked(desk: Desk) -> None:
    page = desk.client.get(desk.address)
    assert [row.entry.commitment.slug for row in page.context["named"]] == ["ferry-line", "night-train"]
    fields, key = form_of(page), desk.key("ferry-line")
    wanted = {"phrase": "ferry line", "line": "4", "act": "reaffirmed", "strength": "2", "voice": ""}
    assert {name: fields[f"{key}-{name}"][0] for name in wanted} == wanted
    assert f"{key}-choice" not in fields
    assert fields[f"{desk.key('salt-mill')}-choice"] == ["absent"]
    assert (fields[f"{desk.key('night-train')}-voice"], fields[f"{desk.key('night-train')}-act"]) == (["both"], ["agreed"])
    body = page.content.decode()
    assert "suggested by “stressed”" in body
    assert '<mark class="participant">Ada Vane</mark>' in body
    assert '<mark class="party">Northmark</mark>' in body
    assert "style=" not in body


def test_a_finished_reading_is_one_edit_of_mentions_citations_and_the_reading(desk: Desk) -> None:
    Mention.objects.filter(meeting=desk.meeting, commitment__slug="ferry-line").delete()
    edits, before = Edit.objects.count(), Citation.objects.count()
    assert desk.finish(**TICKED).status_code == 302
    assert Edit.objects.count() == edits + 1
    assert Citation.objects.count() == before + 2
    ferry, train = (Mention.objects.get(meeting=desk.meeting, commitment__slug=slug) for slug in ("ferry-line", "night-train"))
    assert (ferry.state, ferry.act, train.act) == ("draft", "reaffirmed", "agreed")
    cited = train.citations.get()
    assert (cited.key, cited.locator, cited.phrase, cited.reach, cited.act, cited.strength, cited.both_sides, cited.terms) == (
        "harbour-2021",
        "5",
        "look into a night train",
        "voiced",
        "agreed",
        3,
        True,
        "object",
    )
    report = Report.objects.get(source=desk.source, meeting=desk.meeting)
    assert (report.extent, report.read_by) == ("full", "editor")
    assert report.read_on is not None
    edit = Edit.objects.latest("pk")
    assert not edit.public
    for row in (ferry, train, cited, report):
        assert versions_of(type(row))._default_manager.filter(id=row.pk, edit=edit).count() == 1


def test_a_mention_that_is_there_gets_a_further_citation(desk: Desk) -> None:
    mention = Mention.objects.get(meeting=desk.meeting, commitment__slug="ferry-line")
    assert desk.finish(**TICKED | {"night_train": {"choice": "absent"}}).status_code == 302
    assert Mention.objects.filter(meeting=desk.meeting, commitment__slug="ferry-line").get() == mention
    assert [one.source.slug for one in mention.citations.order_by("pk")] == ["south-21", "harbour-2021"]
    assert Mention.objects.filter(meeting=desk.meeting, commitment__slug="night-train").count() == 0


def test_recalled_is_stored_and_background_is_not(desk: Desk) -> None:
    north, vane = Party.objects.get(slug="northmark"), Participant.objects.get(slug="ada-vane")
    row = VOICED | {"choice": "recalled", "voice": f"person-{north.pk}-{vane.pk}", "strength": ""}
    assert desk.finish(ferry_line={"choice": "background"}, night_train=row).status_code == 302
    cited: Any = Citation.objects.get(source=desk.source)
    assert (cited.mention.commitment.slug, cited.reach, cited.party, cited.speaker, cited.strength) == ("night-train", "recalled", north, vane, None)


def test_a_named_commitment_has_to_be_decided_and_a_suggestion_confirmed(desk: Desk) -> None:
    before = Report.objects.count()
    assert wrong(desk.finish()) == {
        "ferry-line": {"choice": ["Its name stands in paragraph 4: say voiced, recalled, background or absent."]},
        "night-train": {"choice": ["Its name stands in paragraph 5: say voiced, recalled, background or absent."]},
    }
    told = wrong(desk.finish(ferry_line={"choice": "voiced"}, night_train={"choice": "absent"}))
    assert list(told) == ["ferry-line"]
    assert list(told["ferry-line"]) == ["confirmed"]
    assert Report.objects.count() == before


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        ({"phrase": ""}, "phrase", "Select the words"),
        ({"phrase": "one two three four five six seven eight nine"}, "phrase", "at most eight words"),
        ({"phrase": "the ferry of dreams"}, "phrase", "do not stand in one paragraph"),
        ({"phrase": "", "paraphrase": "So it says.", "line": "99"}, "line", "no such paragraph"),
        ({"line": "9" * 30}, "line", "less than or equal"),
        ({"act": ""}, "act", "Choose the act"),
        ({"act": "nonsense"}, "act", "not one of the available choices"),
        ({"strength": "9"}, "strength", "not one of the available choices"),
        ({"voice": "party-999999"}, "voice", "not one of the available choices"),
        ({"phrase": "a\x00b"}, "phrase", "Null characters"),
        ({"choice": "nonsense"}, "choice", "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_told_beside_its_row_and_nothing_is_stored_or_lost(desk: Desk, row: dict[str, Any], field: str, sentence: str) -> None:
    before = (Mention.objects.count(), Citation.objects.count(), Report.objects.count(), Edit.objects.count())
    response = desk.finish(night_train=VOICED | {"voice": "both"}, ferry_line=VOICED | row)
    told = wrong(response)
    assert list(told) == ["ferry-line"]
    assert sentence in " ".join(told["ferry-line"][field])
    assert (Mention.objects.count(), Citation.objects.count(), Report.objects.count(), Edit.objects.count()) == before
    for page in (response, desk.client.get(desk.address)):
        assert form_of(page)[f"{desk.key('night-train')}-confirmed"] == ["on"]


def test_words_that_stand_twice_are_located_where_the_editor_saw_them(desk: Desk) -> None:
    again = {"choice": "absent"}
    assert desk.finish(night_train=again, ferry_line=VOICED | {"phrase": "for", "line": "5"}).status_code == 302
    assert Citation.objects.get(source=desk.source).locator == "4"
    Citation.objects.filter(source=desk.source).delete()
    assert desk.finish(night_train=again, ferry_line=VOICED | {"phrase": "the", "line": "5"}).status_code == 302
    assert Citation.objects.get(source=desk.source).locator == "5"


def test_an_unfinished_reading_is_kept_for_its_reader_and_goes_when_it_is_finished(desk: Desk, django_user_model: Any) -> None:
    sent = desk.sent(ferry_line={"choice": "recalled", "phrase": "a bridge\x00 for"}, salt_mill={"choice": "voiced"})
    assert desk.client.post(desk.address, sent | {"_later": "1"}).status_code == 302
    assert desk.client.post(desk.address, sent | {"_later": "1"}, headers={"X-Quietly": "1"}).status_code == 204
    fields = form_of(desk.client.get(desk.address))
    assert (fields[f"{desk.key('ferry-line')}-choice"], fields[f"{desk.key('ferry-line')}-phrase"]) == (["recalled"], ["a bridge for"])
    assert fields[f"{desk.key('salt-mill')}-phrase"] == [""]
    other = Client()
    other.force_login(django_user_model.objects.create_superuser("other", password=None))
    assert f"{desk.key('ferry-line')}-choice" not in form_of(other.get(desk.address))
    assert desk.finish(**TICKED, salt_mill={"choice": "absent"}).status_code == 302
    assert ReadingDraft.objects.count() == 0


def test_a_passage_is_not_cited_twice(desk: Desk) -> None:
    assert desk.finish(**TICKED).status_code == 302
    page = desk.client.get(desk.address)
    assert "Recorded already from this source" in page.content.decode()
    assert desk.finish().status_code == 302
    told = wrong(desk.finish(ferry_line=VOICED))
    assert "already cited" in told["ferry-line"]["__all__"][0]
    assert Citation.objects.filter(source=desk.source).count() == 2


def test_what_was_closed_before_the_meeting_or_withdrawn_is_not_on_the_list(desk: Desk) -> None:
    line = Commitment.objects.get(slug="ferry-line")
    line.milestones.create(key="end", condition="withdrawn", happened_earliest="2020-01-01", happened_latest="2020-01-01", reason="Said.")
    Commitment.objects.filter(slug="salt-mill").update(state="withdrawn", withdrawn_reason="No.")
    entries = {entry.commitment.slug for entry in desk.client.get(desk.address).context["sheet"].entries}
    assert entries == {"energy", "transport", "river-pipeline", "night-train"}


def test_the_ways_to_the_desk(desk: Desk) -> None:
    readings = reverse("admin:tracker_source_readings", args=[desk.source.pk])
    assert "No meeting names this source" in desk.client.get(readings).content.decode()
    Report.objects.create(source=desk.source, meeting=desk.meeting, extent="full")
    assert desk.client.get(readings)["Location"] == desk.address
    assert readings in desk.client.get(reverse("admin:tracker_source_change", args=[desk.source.pk])).content.decode()
    assert "Talks oakport-21" in desk.client.get(readings + "?finished").content.decode()
    Source.objects.filter(pk=desk.source.pk).update(text="")
    assert "is not kept here" in desk.client.get(desk.address).content.decode()
    for missing in (reverse("admin:tracker_source_read", args=[desk.source.pk, 10**25]), reverse("admin:tracker_source_readings", args=[10**25])):
        assert desk.client.get(missing).status_code == 404


def test_a_reading_of_a_published_source_is_said_to_count_at_once(desk: Desk) -> None:
    assert "counts for readers" not in desk.client.get(desk.address).content.decode()
    Source.objects.filter(pk=desk.source.pk).update(state="published")
    assert "counts for readers" in desk.client.get(desk.address).content.decode()


def test_the_roll_ups_follow_a_reading_of_a_published_source(desk: Desk) -> None:
    Source.objects.filter(pk=desk.source.pk).update(state="published")
    assert desk.finish(**TICKED, river_pipeline={"choice": "absent"}).status_code == 302
    stored = [list(table.objects.order_by("pk").values()) for table in (Summary, MentionSummary)]
    summaries.refresh()
    assert [list(table.objects.order_by("pk").values()) for table in (Summary, MentionSummary)] == stored
    assert MentionSummary.objects.get(mention__commitment__slug="ferry-line", mention__meeting=desk.meeting).evidence_grade


def test_somebody_who_was_faster_is_told_of_and_nothing_is_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stored_by_another(*_about: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(reading, "finish", stored_by_another)
    response = desk.finish(**TICKED)
    assert "somebody else stored" in response.content.decode()
    assert form_of(response)[f"{desk.key('ferry-line')}-confirmed"] == ["on"]


def test_what_is_held_in_part_is_not_read_in_full(desk: Desk) -> None:
    report = Report.objects.create(source=desk.source, meeting=desk.meeting, extent="opening")
    assert "only a part of the text" in desk.client.get(desk.address).content.decode()
    response = desk.finish(**TICKED)
    assert "Nothing was stored" in response.content.decode()
    report.refresh_from_db()
    assert (report.extent, report.read_on, Citation.objects.filter(source=desk.source).count()) == ("opening", None, 0)
    assert form_of(response)[f"{desk.key('ferry-line')}-confirmed"] == ["on"]


def test_a_list_of_two_thousand_commitments_can_be_sent(desk: Desk) -> None:
    many = {f"row-{number}-choice": "absent" for number in range(10**6, 10**6 + 2_000)}
    assert desk.client.post(desk.address, desk.sent(**TICKED) | many | {"_finish": "1"}).status_code == 302
    assert Citation.objects.filter(source=desk.source).count() == 2


def test_the_desk_is_for_those_who_may_write_what_it_writes(desk: Desk, client: Client, django_user_model: Any) -> None:
    stranger = Client()
    stranger.force_login(django_user_model.objects.create_user("reader", password=None, is_staff=True))
    assert stranger.get(desk.address).status_code == 403
    assert stranger.post(desk.address, {"_finish": "1"}).status_code == 403
    assert Client().get(desk.address).status_code == 302
    names = [name.removeprefix("tracker.") for name in NEEDED]
    user = django_user_model.objects.get(username="reader")
    for rights, status in ((names, 403), ([*names, "view_source"], 200)):
        user.user_permissions.set(Permission.objects.filter(codename__in=rights, content_type__app_label="tracker"))
        assert stranger.get(desk.address).status_code == status
    page = stranger.get(desk.address)
    assert page.status_code == 200
    assert "Something that the list lacks" not in page.content.decode()
    assert stranger.post(desk.address, {"_add": "1", "new-name": "x"}).status_code == 403
    assert stranger.post(desk.address, dict(form_of(page)) | {"_later": "1"}).status_code == 302


def test_the_desk_costs_the_same_with_more_rows(desk: Desk, universe: Universe) -> None:
    assert_cost_is_flat(lambda: desk.client.get(desk.address), universe.grow, budget=MOST_QUERIES)


def test_what_readers_would_see_at_once_is_finished_by_who_may_publish(universe: Universe, roles: None) -> None:
    for role, stored in (("Editor", False), ("Reviewer", True)):
        desk = Desk(somebody(role))
        Source.objects.filter(pk=desk.source.pk).update(state="published")
        edits = Edit.objects.count()
        answer = desk.finish(**TICKED)
        assert (answer.status_code == 302, Edit.objects.count() == edits + 1) == (stored, stored), role
        assert Report.objects.filter(source=desk.source, meeting=desk.meeting).exists() == stored
        if not stored:
            assert "A reviewer may finish it; yours is kept." in answer.content.decode()
            assert ReadingDraft.objects.filter(source=desk.source).exists()
            Source.objects.filter(pk=desk.source.pk).delete()
