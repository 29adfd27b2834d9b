"""The history of edits: who changed what, when, why and from which load, and which versions readers are told of."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.loading.miniature import MINIATURE, changed, load, number_of_rows, rows, written
from tests.universe import Universe
from tracker import models as tables
from tracker.chronicle import Changes, Chronicle, begin
from tracker.evidence import checksum
from tracker.models import Attendance, Citation, Commitment, Edit, Load, Meeting, Mention, Redirect, Series, Source
from tracker.models.edit import UNKEPT, pairs_of, versions_of
from tracker.models.kinds import CHILDREN, RECORDS
from tracker.models.publication import Dated, RecordQuerySet
from tracker.vocabulary import PublicationState

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEPT: tuple[type[Any], ...] = (*RECORDS, *CHILDREN, Redirect)


def versions(row: Any) -> list[Any]:
    """Return the versions of ``row``, the oldest first."""
    return list(versions_of(type(row))._default_manager.filter(id=row.pk).order_by("history_id"))


def edited(row: Any, *, reason: str = "", **fields: Any) -> Edit:
    """Change ``fields`` of a row as an edit of its own."""
    type(row)._default_manager.filter(pk=row.pk).update(**fields)
    edit = begin(NOW)
    changes = Changes()
    changes.change(type(row), row.pk, list(fields))
    Chronicle(edit, reason).write(changes)
    edit.refresh_from_db()
    return edit


def test_every_table_that_can_be_written_has_versions() -> None:
    own = {model for model in apps.get_app_config("tracker").get_models() if issubclass(model, Dated)}
    assert own == set(KEPT)
    for model in KEPT:
        kept = {field.name for field in versions_of(model)._meta.get_fields()}
        missing = {field.name for field in model._meta.concrete_fields} - kept
        assert {name for name in missing if not name.endswith("_key")} == {"revision"} | ({"text"} if model is Source else set()), model
        assert {pair.name for pair in pairs_of(model)} == {pair.name for pair in model._meta.many_to_many}, model
    assert {"text"} == UNKEPT


def test_every_row_beside_a_record_says_which() -> None:
    assert all(model.beside for model in CHILDREN)
    assert [model for model in RECORDS if model.beside] == []


def test_a_load_writes_one_version_of_each_row_it_wrote(universe: Universe) -> None:
    (edit,) = Edit.objects.all()
    assert edit.public
    for model in KEPT:
        kept = versions_of(model)._default_manager.order_by("id")
        names = [field.attname for field in kept.model.tracked_fields]  # type: ignore[attr-defined]  # the library's
        assert list(kept.values_list(*names)) == list(model._default_manager.order_by("pk").values_list(*names))
        shown = "" if model is Redirect else "added"
        assert set(kept.values_list("history_type", "shown", "edit", "history_date")) <= {("+", shown, edit.pk, edit.made)}
        for pair in pairs_of(model):
            through = pair.remote_field.through._default_manager
            own, other = pair.m2m_column_name(), pair.m2m_reverse_name()
            copied = getattr(kept.model, pair.name).model._default_manager
            assert sorted(copied.values_list(own, other)) == sorted(through.values_list(own, other)) != []
            assert copied.exclude(history__edit=edit).count() == 0


def test_a_load_says_when_from_which_files_and_how_many(tmp_path: Path) -> None:
    path = written(tmp_path, MINIATURE)
    load(path, reason="The first\n records.")
    run = Load.objects.get()
    assert run.reason == "The first records."
    assert run.counts == {"new": 14, "changed": 0, "same": 0, "withdrawn": 0, "gone": 0, "untouched": 0}
    assert run.files == [{"path": str(path), "sha256": checksum(path.read_bytes()), "bytes": path.stat().st_size}]
    assert run.edit.by is None


def test_a_load_that_changes_nothing_or_is_refused_leaves_no_trace(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    before = rows()
    assert load(written(tmp_path, MINIATURE)).out.startswith("No change")
    assert load(written(tmp_path, changed('kind = "dyad"', 'kind = "dyed"'))).code == 1
    assert load(written(tmp_path, changed('name = "Steel mill"', 'name = "Mill"')), dry_run=True).code == 0
    assert rows() == before


def test_the_versions_of_a_load_take_as_many_queries_for_few_rows_as_for_many(tmp_path: Path) -> None:
    def cost(number: int) -> int:
        more = "".join(f'\n[[party]]\nslug = "p{place}-{number}"\nname = "P {place} {number}"\nkind = "organization"\n' for place in range(number))
        with CaptureQueriesContext(connection) as queries:
            load(written(tmp_path, MINIATURE + more))
        return sum("historical" in query["sql"] for query in queries)

    load(written(tmp_path, MINIATURE))
    assert 0 < cost(5) == cost(80)


def test_a_changed_field_a_changed_pair_and_a_child_that_left_are_versions(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    gone = Attendance.objects.get(key="south").pk
    text = changed('[[meeting.attendances]]\nkey = "south"\nparty = "south"\n', "").replace('level = "ministers"\nstarts', 'level = "leaders"\nstarts')
    text = text.replace('criteria = "It pours steel."', 'criteria = "It pours."').replace(
        'parties = ["north", "south"]\ncriteria', 'parties = ["north"]\ncriteria'
    )
    load(written(tmp_path, text))
    mill, como, hearing = Commitment.objects.get(slug="steel-mill"), *Meeting.objects.order_by("slug")
    assert [(one.history_type, one.shown, one.criteria, one.parties.count()) for one in versions(mill)] == [
        ("+", "added", "It pours steel.", 2),
        ("~", "corrected", "It pours.", 1),
    ]
    assert [one.level for one in versions(hearing)] == [3, 4]
    assert [(one.history_type, one.shown) for one in versions(como)] == [("+", "added"), ("~", "corrected")]
    last: Any = versions_of(Attendance)._default_manager.filter(id=gone).order_by("-history_id")[0]
    assert (last.history_type, last.shown, last.key, last.edit) == ("-", "withdrawn", "south", versions(como)[-1].edit)
    assert len(versions(Series.objects.get())) == 1


def test_the_text_of_a_source_is_in_no_version(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    load(written(tmp_path, changed("Both sides met.", "Both sides met again.")))
    assert "met again" in Source.objects.get(slug="release").text
    assert len(versions(Source.objects.get(slug="release"))) == 1
    assert "Both sides met" not in str([list(versions_of(model)._default_manager.values()) for model in KEPT])


def test_a_draft_is_shown_to_nobody_until_it_is_published(universe: Universe) -> None:
    mention: Any = Mention.objects.get(commitment__slug="salt-mill")
    citation: Any = mention.citations.get()
    mention.pk = citation.pk = None
    mention.meeting = Meeting.objects.get(slug="reed-24")
    mention.state = PublicationState.DRAFT
    mention.skip_history_when_saving = citation.skip_history_when_saving = True
    mention.save()
    citation.mention = mention
    citation.save()
    edit = begin(NOW)
    changes = Changes()
    changes.added[Mention].add(mention.pk)
    changes.added[Citation].add(citation.pk)
    Chronicle(edit).write(changes)
    edit.refresh_from_db()
    assert not edit.public
    assert not edited(mention, summary="Still a draft.").public
    assert edited(mention, state=PublicationState.PUBLISHED).public
    assert [one.shown for one in versions(mention)] == ["", "", "added"]
    assert [one.shown for one in versions(citation)] == ["", "added"]


def test_what_hangs_on_a_record_comes_before_the_public_with_it(universe: Universe) -> None:
    """A published mention of a commitment that is still a draft is no more public than the draft."""
    area, series = Commitment.objects.get(slug="transport"), Series.objects.get(slug="league")
    for model in KEPT:
        versions_of(model)._default_manager.update(shown="")
    edited(area, state=PublicationState.DRAFT)
    edited(series, state=PublicationState.DRAFT)
    line, summit = Commitment.objects.get(slug="ferry-line"), Meeting.objects.get(slug="summit-23")
    edit = edited(area, state=PublicationState.PUBLISHED)
    assert [one.shown for one in versions(line)] == ["", "added"]
    assert {one.edit for one in versions(line)[1:]} == {edit}
    for mention in Mention.objects.filter(commitment=line):
        assert versions(mention)[-1].edit == edit
        assert [versions(citation)[-1].shown for citation in mention.citations.all()] == ["added"] * mention.citations.count()
    assert versions(summit)[-1].shown == ""
    assert versions(Commitment.objects.get(slug="energy"))[-1].shown == ""
    assert len(versions(line)) == 2
    edited(area, state=PublicationState.PUBLISHED)
    assert len(versions(line)) == 2


def test_a_withdrawn_record_is_told_once_and_back_as_a_correction(universe: Universe) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    edited(meeting, state=PublicationState.WITHDRAWN, withdrawn_reason="Never held.")
    edited(meeting, withdrawn_reason="It was never held.")
    edited(meeting, state=PublicationState.PUBLISHED)
    assert [one.shown for one in versions(meeting)] == ["added", "withdrawn", "", "corrected"]


def test_a_change_beside_a_record_that_nobody_sees_is_no_version_of_the_record(universe: Universe) -> None:
    citation = Citation.objects.filter(mention__isnull=False).order_by("pk")[0]
    mention = citation.mention
    assert mention is not None
    Source.objects.filter(pk=citation.source_id).update(state=PublicationState.DRAFT)
    assert not edited(citation, paraphrase="Of a draft.").public
    assert len(versions(mention)) == 1
    Source.objects.filter(pk=citation.source_id).update(state=PublicationState.PUBLISHED)
    assert edited(citation, paraphrase="Of a public source.").public
    assert [one.shown for one in versions(mention)] == ["added", "corrected"]


def test_what_is_saved_past_the_edits_is_kept_and_not_told(universe: Universe) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    meeting.title = "Saved in a shell"
    meeting.save()
    last = versions(meeting)[-1]
    assert (last.title, last.edit, last.shown) == ("Saved in a shell", None, "")


def test_records_from_before_the_history_have_a_first_version_that_readers_are_not_told_of(universe: Universe) -> None:
    """Compare what the migration writes of these rows with what the load wrote: all but the edit is the same."""
    Meeting.objects.filter(slug="reed-24").update(state=PublicationState.DRAFT)
    Series.objects.filter(slug="league").update(state=PublicationState.DRAFT)
    for model in KEPT:
        kept: Any = versions_of(model)
        for pair in pairs_of(model):
            getattr(kept, pair.name).model._default_manager.all().delete()
        kept._default_manager.all().delete()
    import_module("tracker.migrations.0006_first_versions").write_first_versions(apps, connection.schema_editor())
    for model in KEPT:
        kept = versions_of(model)
        names = [field.attname for field in kept.tracked_fields]
        assert list(kept._default_manager.order_by("id").values_list(*names)) == list(model._default_manager.order_by("pk").values_list(*names))
        assert set(kept._default_manager.values_list("edit", "history_type")) <= {(None, "+")}
        public = set() if model is Redirect else set(RecordQuerySet(model).published().values_list("pk", flat=True))
        assert set(kept._default_manager.filter(shown="added").values_list("id", flat=True)) == public, model
        for pair in pairs_of(model):
            own, other = pair.m2m_column_name(), pair.m2m_reverse_name()
            pairs = pair.remote_field.through._default_manager.values_list(own, other)
            assert sorted(getattr(kept, pair.name).model._default_manager.values_list(own, other)) == sorted(pairs)
    edited(Commitment.objects.get(slug="salt-mill"), criteria="Salt.")
    assert [one.shown for one in versions(Commitment.objects.get(slug="salt-mill"))] == ["added", "corrected"]


def test_a_record_has_one_version_in_an_edit(universe: Universe) -> None:
    for model in (Commitment, Meeting, Mention, Citation):
        names = versions_of(model)._default_manager.order_by("id")
        assert names.values("edit", "id").distinct().count() == names.count() == RecordQuerySet(model).count()


def test_nothing_of_the_history_stands_in_the_way_of_an_empty_database(db: None) -> None:
    assert number_of_rows() == 0
    assert {"Edit", "Load"} <= set(tables.__all__)
