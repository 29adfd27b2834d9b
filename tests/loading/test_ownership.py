"""Who owns a record: what an editor changed is never written over in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.desk import change, form_of
from tests.loading.miniature import MINIATURE, changed, load, rows, written
from tracker.chronicle import Changes, Chronicle, begin
from tracker.models import Citation, Commitment, FieldLock, Load, Loaded, Meeting, Mention, Party, Redirect

pytestmark = pytest.mark.django_db

CHANGED = changed('summary = "They agreed to build it."', 'summary = "They agreed on it."')


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    path = written(tmp_path, MINIATURE)
    assert load(path).code == 0
    return path


def edited(row: Any, **values: Any) -> None:
    """Change a row as the admin does: the row, and its version in an edit of its own."""
    for name, value in values.items():
        setattr(row, name, value)
    row.skip_history_when_saving = True
    row.save()
    changes = Changes()
    changes.change(type(row), row.pk, values)
    Chronicle(begin(timezone.now())).write(changes)


def summary() -> str:
    return str(Mention.objects.get().summary)


def test_what_an_editor_changed_is_refused_with_both_values_and_nothing_is_written(miniature: Path) -> None:
    edited(Mention.objects.get(), summary="They only spoke of it.")
    before = rows()
    for text in (MINIATURE, CHANGED):
        run = load(written(miniature.parent, text))
        line = 1 + text[: text.index("[[mention]]")].count("\n")
        file = "They agreed on it." if text == CHANGED else "They agreed to build it."
        assert run.code == 1
        assert run.err == (
            f"{miniature}:{line}: mention steel-mill@como-2024-07-03: summary: an editor changed the record since it was loaded: "
            f"the site says “They only spoke of it.”, the file “{file}”; --ours keeps the site's, and locks it; --theirs takes the file's\n"
            "1 problem. Nothing was written.\n"
        )
        assert rows() == before


def test_theirs_takes_the_files_and_the_record_is_theirs_again(miniature: Path) -> None:
    edited(Mention.objects.get(), summary="They only spoke of it.")
    assert load(written(miniature.parent, CHANGED), side="theirs").code == 0
    assert summary() == "They agreed on it."
    assert load(written(miniature.parent, MINIATURE)).code == 0
    assert summary() == "They agreed to build it."


def test_ours_keeps_the_site_and_locks_the_field_so_that_later_loads_pass(miniature: Path) -> None:
    edited(Mention.objects.get(), summary="They only spoke of it.")
    run = load(miniature, side="ours")
    assert "= mention steel-mill@como-2024-07-03: summary stays, and is locked now\n" in run.out
    assert summary() == "They only spoke of it."
    assert list(FieldLock.objects.values_list("kind", "field")) == [("mention", "summary")]
    again = load(written(miniature.parent, CHANGED.replace('act = "agreed"\nsummary', 'act = "signed"\nsummary')))
    assert (again.code, again.err) == (0, "")
    assert "~ act: “agreed” → “signed”" in again.out
    assert "= mention steel-mill@como-2024-07-03: summary is locked\n" in again.out
    assert (summary(), Mention.objects.get().act) == ("They only spoke of it.", "signed")


def test_a_locked_field_keeps_its_value_without_being_asked(miniature: Path) -> None:
    mention = Mention.objects.get()
    FieldLock.objects.create(kind="mention", row=mention.pk, field="summary")
    FieldLock.objects.create(kind="mention", row=mention.pk, field="citations")
    edited(mention, summary="They only spoke of it.")
    edited(Citation.objects.get(mention=mention), paraphrase="Spoken of.")
    assert load(miniature).out.endswith("No change: 14 same.\n")
    assert (summary(), Citation.objects.get(mention=mention).paraphrase) == ("They only spoke of it.", "Spoken of.")


def test_a_change_that_an_editor_took_back_is_none(miniature: Path) -> None:
    edited(Mention.objects.get(), summary="They only spoke of it.")
    edited(Mention.objects.get(), summary="They agreed to build it.")
    assert load(written(miniature.parent, CHANGED)).code == 0


def test_an_editor_and_a_file_that_agree_are_no_conflict(miniature: Path) -> None:
    edited(Mention.objects.get(), summary="They agreed on it.")
    assert load(written(miniature.parent, CHANGED)).out == "No change: 14 same.\n"


@pytest.mark.parametrize("model", [Citation, Meeting])
def test_what_stands_beside_a_record_belongs_to_it(miniature: Path, model: Any) -> None:
    if model is Citation:
        edited(Citation.objects.get(mention__isnull=False), paraphrase="In other words.")
        told = "citations: an editor changed it since it was loaded: citation release differs (paraphrase: the site says “In other words.”, the file “nothing”)"
    else:
        attendance: Any = Meeting.objects.get(slug="como-2024-07-03").attendances.get(key="south")
        edited(attendance, office="Envoy")
        told = "attendances: an editor changed it since it was loaded: attendance south differs (office: the site says “Envoy”, the file “nothing”)"
    assert told in load(miniature).err


def test_a_record_that_an_editor_made_is_a_conflict_where_a_file_says_otherwise_and_is_never_pruned(miniature: Path) -> None:
    for slug in ("east", "west"):
        row: Any = Party(slug=slug, name=slug.title(), kind="organization", state="published")
        row.skip_history_when_saving = True
        row.save()
        changes = Changes()
        changes.added[Party].add(row.pk)
        Chronicle(begin(timezone.now())).write(changes)
    east = written(miniature.parent, MINIATURE + '\n[[party]]\nslug = "east"\nname = "Eastland"\nkind = "organization"\n')
    assert "the site says “East”, the file “Eastland”" in load(east).err
    assert load(east, side="theirs", prune=True).code == 0
    assert list(Party.objects.order_by("slug").values_list("slug", "name", "state"))[0::3] == [("east", "Eastland", "published"), ("west", "West", "published")]


def test_pruning_what_an_editor_changed_asks_first(miniature: Path) -> None:
    edited(Redirect.objects.get(), old_slug="mill")
    edited(Meeting.objects.get(slug="hearing-2024-09"), place="Rome")
    path = written(miniature.parent, MINIATURE[: MINIATURE.index('[[meeting]]\nslug = "hearing')] + MINIATURE[MINIATURE.index("[[mention]]") :])
    run = load(path, prune=True)
    assert run.code == 1
    assert run.err.startswith(
        "meeting hearing-2024-09: state: an editor changed the record since it was loaded: the site says “published”, --prune “withdrawn”"
    )
    assert load(path, prune=True, side="theirs").code == 0
    assert Meeting.objects.get(slug="hearing-2024-09").state == "withdrawn"


def test_what_was_loaded_before_digests_were_kept_belongs_to_the_files(miniature: Path) -> None:
    Loaded.objects.all().delete()
    assert load(written(miniature.parent, CHANGED)).code == 0
    assert Loaded.objects.count() == 14


def test_a_dry_run_tells_conflicts_too(miniature: Path) -> None:
    edited(Mention.objects.get(), summary="They only spoke of it.")
    assert load(miniature, dry_run=True).code == 1
    assert load(miniature, dry_run=True, side="ours").code == 0
    assert FieldLock.objects.count() == 0


def test_an_editor_locks_and_unlocks_a_field_in_the_admin(miniature: Path, admin_client: Any) -> None:
    mill = Commitment.objects.get(slug="steel-mill")
    address = change(mill)
    sent = form_of(admin_client.get(address))
    sent |= {"criteria": ["It pours."], "fields_locked_against_loads": ["criteria", "names"], "reason_for_the_change": ["It pours."]}
    assert admin_client.post(address, sent).status_code == 302
    assert sorted(FieldLock.objects.values_list("kind", "row", "field")) == [("commitment", mill.pk, "criteria"), ("commitment", mill.pk, "names")]
    assert "= commitment steel-mill: criteria is locked\n" in load(miniature).out
    sent = form_of(admin_client.get(address))
    assert sorted(sent.pop("fields_locked_against_loads")) == ["criteria", "names"]
    assert admin_client.post(address, sent).status_code == 302
    assert FieldLock.objects.count() == 0
    assert "the site says “It pours.”, the file “It pours steel.”" in load(miniature).err
    assert User.objects.get().username == "admin"
    assert Load.objects.count() == 1
