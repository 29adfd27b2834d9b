"""Loading a file at the desk: the plan of the loader is shown, exactly that is written, and what can't be loaded is told."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.admin.desk import form_of, said
from tests.loading.miniature import MINIATURE, changed
from tests.loading.test_ownership import edited
from tracker.models import FieldLock, Load, Mention, Party
from tracker.models.edit import versions_of

WHERE = "/admin/load/"
CHANGED = changed('summary = "They agreed to build it."', 'summary = "They agreed on it."')


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.UPLOAD_MB = 1
    return tmp_path / "uploads"


def send(client: Client, raw: str | bytes, name: str = "records.toml", reason: str = "New records.") -> Any:
    file = SimpleUploadedFile(name, raw.encode() if isinstance(raw, str) else raw)
    answer = client.post(WHERE, {"file": file, "reason": reason})
    assert answer.status_code == 200
    return answer


def agree(client: Client, plan: Any, **typed: str) -> Any:
    """Press the button of a page that shows a plan, or asks whose values to take."""
    sent: dict[str, Any] = dict(form_of(plan)) | {"_plan" if "conflicts" in plan.context else "_apply": "1"} | typed
    return client.post(WHERE, sent, follow=True)


def test_a_plan_is_shown_then_written_as_it_was_shown_and_can_be_taken_back(editor: Client, folder: Path) -> None:
    plan = send(editor, MINIATURE)
    assert (plan.context["counts"]["new"], Party.objects.count()) == (14, 0)
    assert [path.name.endswith(".toml") and path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]
    done = agree(editor, plan)
    run = Load.objects.get()
    assert (run.edit.by and run.edit.by.username, run.by_account, run.reason, run.files[0]["path"]) == ("editor", "editor", "New records.", "records.toml")
    assert run.files[0]["sha256"] == plan.context["asked"].upload.digest
    assert done.redirect_chain == [(reverse("admin:load_run", args=[run.edit.key]), 302)]
    assert "14 new" in said(done)
    assert versions_of(Party)._default_manager.filter(history_user__username="editor").count() == 2
    assert list(folder.iterdir()) == []
    assert send(editor, MINIATURE).context["is_empty"]
    back = editor.post(done.redirect_chain[0][0], {"_revert": "1", "reason": "A mistake."}, follow=True)
    assert (Party.objects.count(), Load.objects.latest("edit_id").reverts) == (0, run)
    assert "taken back" in said(back)
    again = editor.post(done.redirect_chain[0][0], {"_revert": "1"}, follow=True)
    assert "It can’t be taken back: it has been taken back already" in said(again)


def test_a_load_that_is_too_large_for_a_browser_is_left_to_the_command_line(editor: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = agree(editor, send(editor, MINIATURE)).redirect_chain[0][0]
    monkeypatch.setattr("tracker.admin.loads.LARGEST_TAKEN_BACK", 10)
    page = editor.post(where, {"_revert": "1"})
    assert "manage.py revert_load" in page.context["why_not"]
    assert (Load.objects.count(), Party.objects.count()) == (1, 2)


def test_a_plan_shows_old_and_new_values_and_is_shown_anew_if_the_record_has_changed(editor: Client, folder: Path) -> None:
    agree(editor, send(editor, MINIATURE))
    plan = send(editor, CHANGED, name="../../etc/passwd.toml")
    assert plan.context["asked"].upload.name == "passwd.toml"
    (record,) = plan.context["records"]
    assert record["changes"][0]["fields"] == [{"field": "summary", "old": "They agreed to build it.", "new": "They agreed on it."}]
    Mention.objects.update(summary="Something else.")
    anew = agree(editor, plan)
    assert "the record has changed since" in said(anew)
    assert anew.context["records"][0]["changes"][0]["fields"][0]["old"] == "Something else."
    assert Mention.objects.get().summary == "Something else."
    agree(editor, anew)
    assert Mention.objects.get().summary == "They agreed on it."


def test_what_an_editor_changed_is_shown_with_both_values_and_somebody_chooses(editor: Client, folder: Path) -> None:
    agree(editor, send(editor, MINIATURE))
    for side, typed, summary, locks in (("ours", "They spoke.", "They spoke.", 1), ("theirs", "They met.", "They agreed on it.", 0)):
        FieldLock.objects.all().delete()
        edited(Mention.objects.get(), summary=typed)
        asks = send(editor, CHANGED)
        assert f"the site says “{typed}”, the file “They agreed on it.”" in asks.context["conflicts"][0].found
        assert Load.objects.count() == 1 + (side == "theirs")
        plan = agree(editor, asks, side=side)
        agree(editor, plan)
        assert (Mention.objects.get().summary, FieldLock.objects.count()) == (summary, locks)


def test_a_plan_can_be_forged_by_nobody(editor: Client, folder: Path) -> None:
    sent: dict[str, Any] = dict(form_of(send(editor, MINIATURE)))
    for more in ({"agreed": ["0" * 64]}, {"agreed": [""]}, {"name": ["x.jsonl"]}, {"digest": ["../../x"]}, {"digest": ["0" * 64]}, {"digest": [""]}):
        assert editor.post(WHERE, sent | more | {"_apply": "1"}, follow=True).status_code == 200
        assert Party.objects.count() == 0
    assert list(folder.rglob("x*")) == []


def test_a_file_that_cannot_be_loaded_is_told_with_its_place_and_nothing_of_it_is_kept(editor: Client, folder: Path) -> None:
    bad = {
        "records.txt": (b"x", "not a fixture file"),
        "large.toml": (b"#" * (1024**2 + 1), "larger than 1 MB"),
        "bomb.jsonl.gz": (gzip.compress(b" " * 5_000_000), "unpacked larger than 1 MB"),
        "broken.jsonl.gz": (gzip.compress(b'{"party": {}}' * 99)[:-20], "can't be unpacked"),
        "nul.toml": (b"a = 1\n\x00", "NUL"),
        "latin.toml": ("a = 'é'".encode("latin-1"), "not UTF-8"),
        "nothing.toml": (b"\n", "holds no record"),
        "deep.toml": (b"a = " + b"[" * 20_000, ""),
        "deep.jsonl": (b'{"party": ' + b"[" * 200_000, ""),
        "lines.jsonl": (b'{"party": {"slug": "x"}}\nnonsense\n{"crew": {}}\n', "not valid JSON"),
        "\u202eevil<script>.toml": (MINIATURE.replace('kind = "state"', 'kind = "stat"').encode(), "did you mean “state”?"),
    }
    for name, (raw, told) in bad.items():
        page = send(editor, raw, name=name)
        assert any(told in f"{one.found}; {one.right}" for one in page.context["problems"]), (name, page.context["problems"][:3])
        assert "<script>." not in page.content.decode()
    first = send(editor, MINIATURE.replace('kind = "state"', 'kind = "stat"')).context["problems"][0]
    assert (first.path, first.line, first.record, first.field) == ("records.toml", 4, "party north", "kind")
    assert [path for path in folder.iterdir() if path.is_file()] == []
    assert editor.post(WHERE, {}).context["errors"]
    assert editor.post(WHERE, {"file": SimpleUploadedFile("empty.toml", b"")}).status_code == 200
    assert (Party.objects.count(), Load.objects.count()) == (0, 0)


def test_packed_lines_are_loaded_and_what_nobody_agreed_to_is_thrown_away(editor: Client, folder: Path) -> None:
    line = b'{"party": {"slug": "north", "name": "Northland", "kind": "state", "iso2": "NN"}}\n'
    plan = send(editor, gzip.compress(line), name="one.jsonl.gz")
    (kept,) = folder.iterdir()
    assert kept.read_bytes() == line
    os.utime(kept, (time.time() - 2 * 24 * 60 * 60,) * 2)
    send(editor, MINIATURE)
    assert not kept.exists()
    gone = agree(editor, plan)
    assert "no longer kept" in said(gone)
    agree(editor, send(editor, gzip.compress(line), name="one.jsonl.gz"))
    assert Party.objects.get().name == "Northland"
    assert Load.objects.get().files[0]["path"] == "one.jsonl.gz"
