"""Two records of one thing become one, with all that belongs to both, and become two again exactly as they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.admin.test_saving import assert_roll_ups_are_true, everything, of
from tests.curation.twins import REASON, TWINS, both, merged, seen, somebodys, twins
from tests.exports.written import contents, empty_the_database, export
from tests.loading.miniature import load
from tests.universe import Universe, mention
from tracker.curation.claims import OvertakenError
from tracker.curation.merging.carrying import RefusedMergeError, merge
from tracker.curation.merging.planning import plan
from tracker.curation.merging.undoing import hindrances, undo
from tracker.models import Attendance, Citation, Commitment, DataVersion, Meeting, Mention, Merge, Participant, Proposal, Redirect, Report, Source
from tracker.models.edit import versions_of
from tracker.search import entries

pytestmark = pytest.mark.usefixtures("roles")


@pytest.fixture
def two(universe: Universe) -> Universe:
    twins(universe)
    return universe


def told(kept: Any, gone: Any) -> dict[tuple[str, str], int]:
    return {(one.table.__name__, one.how.value): len(one.pks) for one in plan(kept, gone).parts}


def test_a_merge_and_its_undoing_leave_every_row_and_every_exported_byte_as_it_was(two: Universe, tmp_path: Path) -> None:
    before = everything()
    export(tmp_path / "before", with_drafts=True)
    choices: dict[Any, dict[str, str]] = {Commitment: {"name": "gone", "parties": "both", "criteria": "gone"}, Source: {"title": "gone"}}
    done = [merged(*both(*names), **choices.get(names[0], {})) for names in TWINS]
    assert everything() != before
    assert_roll_ups_are_true()
    assert entries.faults() == []
    for one in reversed(done):
        undo(one, "Two things after all.", somebodys())
    assert everything() == before
    assert_roll_ups_are_true()
    assert entries.faults() == []
    export(tmp_path / "after", with_drafts=True)
    assert contents(tmp_path / "after") == contents(tmp_path / "before")
    with pytest.raises(OvertakenError):
        undo(done[0], "Again.", somebodys())


def test_everything_of_a_commitment_moves_and_both_wordings_stand(two: Universe, client: Client) -> None:
    kept, gone = both(*TWINS[0])
    assert told(kept, gone) == {
        ("CommitmentName", "stay"): 1,
        ("CommitmentName", "rekey"): 1,
        ("Mention", "move"): 1,
        ("Mention", "join"): 1,
        ("Citation", "stay"): 1,
        ("Citation", "move"): 1,
        ("Milestone", "rekey"): 1,
        ("Deadline", "move"): 1,
        ("Commitment", "move"): 1,
        ("Meeting", "move"): 1,
    }
    number = DataVersion.current()
    merged(kept, gone, parties="both")
    assert DataVersion.current() > number
    gone.refresh_from_db()
    assert (gone.state, gone.withdrawn_reason) == ("withdrawn", f"Merged into “River pipeline”. {REASON}")
    assert set(of("river-pipeline", "quay-24").citations.values_list("key", flat=True)) == {"north-24", "south-24", "north-24-again"}
    assert set(kept.names.values_list("name", flat=True)) == {"Blue Water Line", "Line of blue water", "River pipe line"}
    assert set(kept.milestones.values_list("key", flat=True)) == {"memorandum", "memorandum-2"}
    assert Meeting.objects.get(slug="lock-25").remit.get() == kept
    assert Commitment.objects.get(slug="river-pump").succeeds == kept
    for row, verb in ((kept, "~"), (gone, "~"), (of("river-pipeline", "lock-25"), "~")):
        last: Any = versions_of(type(row))._default_manager.filter(id=row.pk).latest("history_id")
        assert (last.history_type, last.history_change_reason, last.history_user.username) == (verb, REASON, "reviewer")
        assert versions_of(type(row))._default_manager.filter(id=row.pk).count() > 1


def test_old_addresses_lead_on_for_pages_files_and_programs(two: Universe, client: Client) -> None:
    merged(*both(*TWINS[0]))
    places = ("/commitments/{}/", "/commitments/{}/ladder.svg", "/commitments/{}/cite.bib", "/commitments/{}/at/quay-24/", "/embed/commitments/{}/")
    files = ("/commitments/{}/changes.atom", "/api/v1/commitments/{}/", "/api/v1/commitments/{}/history/", "/api/v1/mentions/{}/lock-25/")
    assert client.get("/commitments/older-pipe/").headers["Location"] == "/commitments/river-pipeline/"
    for place in (*places, *files):
        query = "?as_of=2025-12-31" if place in places else ""
        answer = client.get(place.format("river-pipe-line") + query)
        assert (answer.status_code, answer.headers["Location"]) == (301, place.format("river-pipeline") + query)
    found = client.get("/search/?q=pipe line").content.decode()
    assert "/commitments/river-pipeline/" in found
    assert "river-pipe-line" not in found


def test_people_and_sources_bring_their_places_and_the_better_reading(two: Universe) -> None:
    kept, gone = both(*TWINS[1])
    assert told(kept, gone) == {("ParticipantName", "rekey"): 1, ("Attendance", "move"): 1, ("Attendance", "leave"): 1, ("Citation", "move"): 1}
    merged(kept, gone)
    assert not Attendance.objects.filter(participant=gone).exists()
    assert kept.attendances.filter(meeting__slug="weir-25").count() == kept.attendances.filter(meeting__slug="lock-25").count() == 1
    again, first = both(Source, "north-24-again", "north-24")
    assert told(again, first)["Report", "settle"] == 1
    merged(again, first)
    report = Report.objects.get(meeting__slug="weir-25")
    assert (report.source, report.extent, report.read_by) == (again, "full", "the universe")
    assert not Citation.objects.filter(source=first).exists()
    assert Source.objects.get(slug="copy-24").derived_from == again


def test_phrases_find_their_line_in_the_text_that_stays_or_the_merge_is_refused(two: Universe) -> None:
    kept, gone = both(*TWINS[2])
    cited: Any = Citation.objects.filter(source=gone, mention__isnull=False).earliest("pk")
    Citation.objects.filter(pk=cited.pk).update(phrase="a line for both", locator="1")
    Citation.objects.filter(source=kept).update(phrase="", paraphrase="Said so.")
    for text, chosen in (("One.\nTwo: a line for both.\n", "2"), ("One.\nNothing of it.\n", "")):
        Source.objects.filter(pk=kept.pk).update(text=text)
        kept.refresh_from_db()
        if not chosen:
            assert "does not stand in the text that stays" in plan(kept, gone).refusals[0]
            continue
        done = merged(kept, gone)
        cited.refresh_from_db()
        assert (cited.locator, cited.source) == (chosen, kept)
        undo(done, "No.", somebodys())
        cited.refresh_from_db()
        assert (cited.locator, cited.source) == ("1", gone)
        gone.refresh_from_db()
    Source.objects.filter(pk=gone.pk).update(text="A line, a line for both shores.\n")
    kept.refresh_from_db()
    gone.refresh_from_db()
    done = merged(kept, gone, text="gone")
    kept.refresh_from_db()
    assert kept.text == gone.text
    undo(done, "No.", somebodys())
    kept.refresh_from_db()
    assert kept.text == "One.\nNothing of it.\n"


def test_what_can_t_be_one_is_refused_with_the_rows_that_stand_against_it(two: Universe) -> None:
    pipeline, other = both(*TWINS[0])
    ada, wane = both(*TWINS[1])
    Attendance.objects.filter(meeting__slug="weir-25", participant=wane).update(office="Envoy")
    assert "as “Chancellor”, Northmark, principal, in the room and as “Envoy”" in plan(ada, wane).refusals[0]
    Mention.objects.filter(commitment=other, meeting__slug="quay-24").update(state="draft")
    assert "the mention of the record that stays is published, the other draft" in plan(pipeline, other).refusals[0]
    energy, pump = Commitment.objects.get(slug="energy"), Commitment.objects.get(slug="river-pump")
    assert "One is an area" in plan(energy, pump).refusals[0]
    assert "One succeeds the other" in plan(other, pump).refusals[0]
    assert plan(pump, pump).refusals == ["That is the same record."]
    Commitment.objects.filter(pk=pump.pk).update(state="draft")
    pump.refresh_from_db()
    assert "readers would lose" in plan(pump, pipeline).refusals[0]
    Proposal.objects.create(kind="participant", row=wane.pk, revision=1, changes={}, reason="So.", made=somebodys().now)
    assert "are proposed" in plan(ada, wane).refusals[0]
    with pytest.raises(RefusedMergeError):
        merged(ada, wane)
    assert (Merge.objects.count(), Participant.objects.get(pk=wane.pk).revision) == (0, wane.revision - 1)


def test_nothing_is_merged_or_undone_over_somebody_else_s_work(two: Universe) -> None:
    kept, gone = both(*TWINS[0])
    looked = seen(kept, gone)
    two.add(mention("river-pipe-line", "reed-24", "wire-24"), "more")
    before = everything()
    with pytest.raises(OvertakenError):
        merge(kept, gone, looked, {}, REASON, somebodys())
    assert everything() == before
    done = merged(*both(*TWINS[0]))
    assert hindrances(done) == []
    moved = of("river-pipeline", "reed-24")
    moved.summary = "Corrected."
    moved.save()
    before = everything()
    assert hindrances(done) == [f"Changed since the merge: mention “{moved}”."]
    with pytest.raises(RefusedMergeError):
        undo(done, "No.", somebodys())
    assert everything() == before


def test_a_draft_that_was_merged_never_had_an_address(two: Universe, client: Client) -> None:
    kept, gone = both(*TWINS[0])
    Commitment.objects.filter(pk=gone.pk).update(state="draft")
    Redirect.objects.filter(new_slug=gone.slug).delete()
    Mention.objects.filter(commitment=gone, meeting__slug="quay-24").delete()
    gone.refresh_from_db()
    merged(kept, gone)
    assert not Redirect.objects.filter(old_slug=gone.slug).exists()
    assert client.get(f"/commitments/{gone.slug}/").status_code == 404


def test_files_neither_bring_back_what_was_merged_nor_lose_it(two: Universe, tmp_path: Path) -> None:
    merged(*both(*TWINS[0]))
    merged(*both(*TWINS[1]))
    for with_drafts in (True, False):
        folder = tmp_path / f"out-{with_drafts:d}"
        export(folder, with_drafts=with_drafts)
        assert load(folder).out.startswith("No change: ")
    before, folder = everything(), tmp_path / "old"
    folder.mkdir()
    (folder / "old.toml").write_text((two.folder / "twins.toml").read_text("utf-8"), encoding="utf-8")
    for side in (None, "theirs"):
        run = load(folder, side=side)
        assert (run.code, everything()) == (1, before)
        assert "“river-pipe-line” was merged into “river-pipeline”; leave it out and name “river-pipeline” in its place, or undo the merge" in run.err
        assert "the participant “ada-wane” was merged into “ada-vane”; name “ada-vane” here" in run.err
    whole = contents(tmp_path / "out-1")
    empty_the_database()
    assert load(tmp_path / "out-1").code == 0
    export(tmp_path / "back", with_drafts=True)
    assert contents(tmp_path / "back") == whole
    assert load(folder).code == 1
