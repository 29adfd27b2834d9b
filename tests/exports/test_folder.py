"""A folder that is replaced at one stroke: whatever happens on the way, it is wholly the old one or wholly the new one."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import BASE_DIR
from tracker.exports import folder
from tracker.exports.files import NewFile
from tracker.exports.folder import ExportError, replaced

OLD = {"index": "one\ntwo/three\n", "one": "old", "two/three": "old"}
NEW = {"index": "one\nfour/five\n", "one": "new", "four/five": "new"}

#: Runs in a process of its own: forks once for each event that Python's audit tells of, and has the child fail there. Ends as soon as a child gets through.
FAULTS = """
import os, shutil, sys
from pathlib import Path
from tests.exports.test_folder import NEW, OLD, listed, put, standing
from tracker.exports import folder

root, fault, swap = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
os.fsync = lambda handle: None  # a process that ends does not lose what it wrote: waiting for the disk would only take time
if swap == "renamed":
    folder._exchanged = lambda first, second: False
events = ("open", "os.", "shutil.", "ctypes.", "fcntl.")

def strike(at):
    seen = 0
    def hook(event, _arguments):
        nonlocal seen
        if event.startswith(events):
            seen += 1
            if fault == "killed" and seen == at:
                os._exit(9)
            if fault == "full" and seen >= at and event in ("open", "os.mkdir", "os.rename"):
                raise OSError(28, "No space left on device")
    sys.addaudithook(hook)
    try:
        put(root / "out", NEW)
    except folder.ExportError as error:
        os._exit(3 if "No space left on device" in str(error) else 4)
    os._exit(0)

ends = []
for at in range(1, 500):
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    put(root / "out", OLD)
    if (child := os.fork()) == 0:
        strike(at)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if swap == "renamed" and not (root / "out").exists():
        assert standing(root / ".out.before") == OLD, at
    else:
        assert standing(root / "out") in (OLD, NEW), at
    put(root / "out", NEW)
    assert standing(root / "out") == NEW, at
    assert sorted(path.name for path in root.iterdir()) == ["out"], at
    ends.append(code)
    if code == 0:
        break
print(len(ends), sorted(set(ends)))
"""


def listed(place: Path) -> set[str] | None:
    index = place / "index"
    return {"index", *index.read_text("utf-8").split()} if index.exists() else None


def put(target: Path, files: dict[str, str]) -> None:
    with replaced(target, listed) as work:
        for name, text in files.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_text(text, encoding="utf-8")


def standing(place: Path) -> dict[str, str]:
    return {path.relative_to(place).as_posix(): path.read_text("utf-8") for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("swap", ["exchanged", "renamed"])
@pytest.mark.parametrize("fault", ["killed", "full"])
def test_a_fault_at_any_step_leaves_one_whole_folder_and_the_next_export_succeeds(fault: str, swap: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", FAULTS, str(tmp_path / "root"), fault, swap]
    run = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    strikes, codes = run.stdout.split(" ", 1)
    assert int(strikes) > 10
    assert codes.strip() == ("[0, 9]" if fault == "killed" else "[0, 3]")


def test_files_and_folders_reach_the_disk_before_they_take_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: order.append(Path(f"/proc/self/fd/{handle}").readlink().name))
    monkeypatch.setattr(folder, "_put_in_place", lambda *_folders: order.append("in place"))
    with replaced(tmp_path / "out", listed) as work, NewFile(work, "two/three") as file:
        file.write("new")
    assert order == ["three", ".out.export", "two", "in place"]


def test_an_export_that_ends_early_leaves_the_old_files_and_nothing_beside_them(tmp_path: Path) -> None:
    put(tmp_path / "out", OLD)
    with pytest.raises(UnicodeEncodeError):
        put(tmp_path / "out", {"index": "one\ntwo", "one": "new", "two": "\ud800"})
    assert standing(tmp_path / "out") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    put(tmp_path / "out", OLD)
    told = r"The files can't be written: No space left on device\. What stood in .*out before stands there unchanged\."
    with pytest.raises(ExportError, match=told), replaced(tmp_path / "out", listed):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert standing(tmp_path / "out") == OLD


def test_an_interrupted_replacement_is_put_back_before_anything_else(tmp_path: Path) -> None:
    put(tmp_path / "out", OLD)
    (tmp_path / "out").rename(tmp_path / ".out.before")
    with pytest.raises(KeyboardInterrupt), replaced(tmp_path / "out", listed):
        raise KeyboardInterrupt
    assert standing(tmp_path / "out") == OLD


OTHERS = {
    "files and no earlier export": ({"notes.txt": "mine"}, "holds files and no earlier export"),
    "an earlier export and others": (OLD | {"notes.txt": "mine"}, "they would be lost: notes.txt"),
    "an earlier export and a hidden folder": (OLD | {".git/config": "mine"}, r"they would be lost: \.git/config"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_files_that_no_export_wrote_are_never_replaced(case: str, tmp_path: Path) -> None:
    files, told = OTHERS[case]
    for name, text in files.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_text(text, encoding="utf-8")
    with pytest.raises(ExportError, match=told):
        put(tmp_path / "out", NEW)
    assert standing(tmp_path / "out") == files


def test_a_file_is_no_folder_to_write_into(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="is a file: name a folder"):
        put(tmp_path / "out", NEW)


def test_where_the_old_files_went_is_told_if_they_cannot_be_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "out", OLD)
    rename = Path.rename

    def only_aside(self: Path, target: Path) -> Path:
        if target.name != ".out.before":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    monkeypatch.setattr(folder, "_exchanged", lambda *_folders: False)
    monkeypatch.setattr(Path, "rename", only_aside)
    with pytest.raises(ExportError, match=r"Input/output error\. What stood in .*out is whole in .*\.out\.before"):
        put(tmp_path / "out", NEW)
    assert standing(tmp_path / ".out.before") == OLD


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "real")
    put(tmp_path / "out", OLD)
    put(tmp_path / "out", NEW)
    assert (tmp_path / "out").is_symlink()
    assert standing(tmp_path / "real") == NEW


def test_two_exports_to_one_folder_do_not_mix(tmp_path: Path) -> None:
    put(tmp_path / "out", OLD)
    (tmp_path / ".out.export").mkdir()
    handle = os.open(tmp_path / ".out.export", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(ExportError, match=r"Another export to .* is at work"):
        put(tmp_path / "out", NEW)
    os.close(handle)
    put(tmp_path / "out", NEW)
    assert standing(tmp_path / "out") == NEW


def test_the_system_of_the_tests_exchanges_folders_at_one_stroke(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    if not folder._exchanged(tmp_path / "first", tmp_path / "second"):
        pytest.skip("this file system has no exchange")
    assert (tmp_path / "first" / "file").read_text("utf-8") == "second"
