"""How far a long load has come: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tracker.loading.bulk.spool import Tick

#: A log gets a line after so many seconds, and one for each new part of the work.
SECONDS = 10.0


@contextmanager
def progress(stream: Any, verbosity: int) -> Iterator[Tick]:
    """Give the function that is told how far the load is; silent at verbosity 0."""
    if verbosity == 0:
        yield lambda _what, _done, _whole: None
    elif stream.isatty():
        columns = (TextColumn("{task.description:10}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(file=stream), transient=True) as shown:
            yield _Bars(shown)
    else:
        yield _Lines(stream)


class _Bars:
    """A bar for each part of the work. Of what nobody knows how much it is, the bar only moves."""

    def __init__(self, shown: Progress) -> None:
        self.shown, self.tasks = shown, dict[str, Any]()

    def __call__(self, what: str, done: int, whole: int) -> None:
        if what not in self.tasks:
            for task in self.tasks.values():
                self.shown.update(task, total=1, completed=1)
            self.tasks[what] = self.shown.add_task(what, total=whole or None)
        self.shown.update(self.tasks[what], completed=done)


class _Lines:
    def __init__(self, stream: Any) -> None:
        self.stream, self.what, self.since = stream, "", 0.0

    def __call__(self, what: str, done: int, whole: int) -> None:
        now = time.monotonic()
        if what == self.what and now - self.since < SECONDS:
            return
        self.what, self.since = what, now
        self.stream.write(f"{what}: {done:,} of {whole:,}" if whole else what)
