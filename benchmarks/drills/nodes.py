"""Nodes for readers, each on a snapshot."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from .machines import Web, manage, prepared
from .outcome import Outcome
from .people import Browser, Crowd, Reader

PATHS = ("/", "/commitments/", "/commitments/karachi-steel-mill/", "/changes/", "/search/?q=steel", "/mentions.csv", "/api/v1/commitments/", "/sitemap.xml")


def snapshot_node() -> list[Outcome]:
    """A node that serves a snapshot: the same pages, nothing to write to, and a new snapshot without a restart."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A machine that is busy with other drills is no fault of the node: nothing is stopped for taking long.
        origin = {"DATABASE_URL": f"sqlite:///{folder / 'drill.sqlite3'}", "STATEMENT_SECONDS": "0"}
        prepared(origin)
        said = manage(origin, "publish_snapshot", str(folder / "public"))
        main, node = (
            Web(origin, folder),
            Web({"DATABASE_URL": f"sqlite:///{folder}/public/current.sqlite3", "READ_ONLY": "true", "STATEMENT_SECONDS": "0"}, folder),
        )
        other = [f"{path} ({there[0]}, {here[0]})" for path in PATHS if (there := _told(main, path)) != (here := _told(node, path))]
        same = len(PATHS) - len(other)
        doors = [Browser(node.port).get("/admin/").status, Browser(node.port).send("POST", "/", "a=b").status]
        _rename(folder / "drill.sqlite3")
        with Crowd(Reader(node.port).read, 4) as crowd:
            manage(origin, "publish_snapshot", str(folder / "public"))
        fresh = "Synthetic new name" in Browser(node.port).get("/commitments/karachi-steel-mill/").body
        main.kill()
        node.kill()
    measured = (
        f"{same} of {len(PATHS)} answers identical{' but for '.join(['', *other])}; admin {doors[0]}, POST {doors[1]}; "
        f"{len(crowd.failed())} of {len(crowd.answers)} failed while a new one took its place, {'served at once' if fresh else 'NOT SERVED'}"
    )
    held = same == len(PATHS) and doors == [404, 405] and not crowd.failed() and fresh and "SHA-256" in said
    return [
        Outcome(
            "snapshot node",
            "publish_snapshot, served READ_ONLY beside its origin; published again under load",
            "the same pages, no door, no restart",
            measured,
            held,
        )
    ]


def _rename(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE tracker_commitment SET name = 'Synthetic new name' WHERE slug = 'karachi-steel-mill'")
        connection.execute("UPDATE tracker_dataversion SET number = number + 1")
        connection.commit()


def _told(web: Web, path: str) -> tuple[int, str]:
    answer = Browser(web.port).get(path)
    return answer.status, answer.body.replace(str(web.port), "PORT")
