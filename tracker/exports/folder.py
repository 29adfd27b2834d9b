"""A folder of files that takes the place of an earlier one at one stroke, or not at all. Why it is done so: docs/decisions/0013-export.md"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

#: Returns the paths of the files that an earlier export wrote into a folder, or None if none did.
Listed = Callable[[Path], set[str] | None]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def listed_in(manifest: str, name: str, files: str) -> Listed:
    """Return what reads the paths of an earlier export from the file ``manifest`` of a folder: of one that goes by ``name``, the files under ``files``."""

    def listed(folder: Path) -> set[str] | None:
        try:
            told = json.loads((folder / manifest).read_text("utf-8"))
            return {manifest, *(file["path"] for file in told[files])} if told["name"] == name else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    return listed


class ExportError(Exception):
    """The files can't be written. The message is a sentence for the person who asked for them."""


@contextmanager
def replaced(target: Path, listed: Listed) -> Iterator[Path]:
    """Give an empty folder to write into. If all went well it then stands at ``target``; otherwise what stood there before stands there still.

    Raises ``ExportError`` if the files can't be written, and before anything is if ``target`` holds what is not ``listed``: that would be lost.
    """
    target = Path(os.path.realpath(target))
    try:
        with _alone_beside(target) as work:
            _put_back(target)
            _refuse_what_is_not_ours(target, listed)
            _empty(work)
            try:
                yield work
                _sync_folders(work)
                _put_in_place(work, target)
            except BaseException:
                shutil.rmtree(work, ignore_errors=True)
                raise
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise ExportError(f"The files can't be written: {error.strerror or error}{where}. {_what_is_left(target)}") from error


def _what_is_left(target: Path) -> str:
    aside = _aside(target)
    if aside.exists() and not target.exists():
        return f"What stood in {target} is whole in {aside}; the next export puts it back."
    return f"What stood in {target} before stands there unchanged."


@contextmanager
def _alone_beside(target: Path) -> Iterator[Path]:
    """Make a hidden folder beside ``target``, which the last renaming must not leave its disk for, and hold it against other exports."""
    work = target.parent / f".{target.name}.export"
    work.mkdir(parents=True, exist_ok=True)
    handle = os.open(work, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if not _taken(handle, work):
            raise ExportError(f"Another export to {target} is at work: wait until it has ended.")
        yield work
    finally:
        os.close(handle)


def _taken(handle: int, work: Path) -> bool:
    """Lock the open folder; return whether it is ours, and still the one at its place: another export may have ended meanwhile."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return os.path.samestat(os.fstat(handle), work.lstat())


def _put_back(target: Path) -> None:
    """Undo a replacement that was interrupted between its two renamings."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    else:
        shutil.rmtree(aside, ignore_errors=True)


def _refuse_what_is_not_ours(target: Path, listed: Listed) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise ExportError(f"{target} is a file: name a folder.")
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_symlink() or not path.is_dir()}
    if not there:
        return
    ours = listed(target)
    if ours is None:
        raise ExportError(f"{target} holds files and no earlier export of this kind: name an empty folder, or one that is not there yet.")
    if others := sorted(there - ours):
        told = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
        raise ExportError(
            f"{target} holds files that the earlier export did not write, and they would be lost: {told}. Take them away, or name another folder."
        )


def _empty(folder: Path) -> None:
    """Take away what an interrupted export left."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _sync_folders(folder: Path) -> None:
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        to_disk(path)


def to_disk(path: Path) -> None:
    """Return when the file or folder has reached the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_in_place(work: Path, target: Path) -> None:
    """Bring ``work`` to ``target``; what stood there is set aside, out of the way of the next export, and then taken away."""
    aside = _aside(target)
    if not target.exists():
        work.rename(target)
    elif _exchanged(work, target):
        work.rename(aside)
    else:
        target.rename(aside)
        try:
            work.rename(target)
        except OSError:
            aside.rename(target)
            raise
    to_disk(target.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.parent / f".{target.name}.before"


def _exchanged(first: Path, second: Path) -> bool:
    """Exchange two folders at one stroke; return False where the system can't. Python has no call for it, Linux and its file systems mostly do."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    if (number := ctypes.get_errno()) in _CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(second))
