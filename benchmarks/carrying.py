"""How many requests one server answers: by the application alone, asked again for a page that has not changed, and from the pages that nginx keeps.

.venv/bin/python -m benchmarks.carrying --seconds 10
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import tempfile
from pathlib import Path

from .drills.fronts import Nginx, SecureBrowser
from .drills.machines import Web, manage, prepared
from .drills.people import Browser

PAGES = {
    "dossier": "/commitments/karachi-steel-mill/",
    "list of commitments": "/commitments/",
    "matrix": "/series/pakistan-russia/",
    "list of meetings": "/meetings/",
    "methods": "/methods/",
}


def used(pids: list[int]) -> float:
    """Return the seconds of a core that these processes have used so far."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split() for pid in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def core_time(browser: Browser, path: str, pids: list[int], times: int, headers: dict[str, str]) -> float:
    """Return the milliseconds of a core that one answer takes: other work on the machine does not change them, as it changes how long one waits."""
    browser.send("GET", path, headers=headers)
    before = used(pids)
    for _time in range(times):
        answer = browser.send("GET", path, headers=headers)
        assert answer.status in {200, 304}, (path, answer.status)
    return (used(pids) - before) / times * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=100, help="requests for each figure (default: 100)")
    times = parser.parse_args().times
    manage({}, "collectstatic", "--noinput", "--verbosity", "0")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # One who is starved of cores is no reader who asked for too much.
        variables = {"DATABASE_URL": f"sqlite:///{folder / 'carry.sqlite3'}", "TRUST_PROXY": "true", "STATEMENT_SECONDS": "0"}
        prepared(variables)
        web = Web(variables, folder)
        # One address asks more than a reader may.
        nginx = Nginx(folder, web.port, limited=False)
        print("| | core-ms made anew | core-ms unchanged (304) | core-ms kept by nginx (a TLS connection each) |\n|---|---:|---:|---:|")
        try:
            for title, path in PAGES.items():
                plain, secure = Browser(web.port), SecureBrowser(nginx.port)
                tag = plain.get(path).headers.get("ETag", "")
                figures = (
                    core_time(plain, path, web.children(), times, {}),
                    core_time(plain, path, web.children(), times, {"If-None-Match": tag}),
                    core_time(secure, path, nginx.children(), times, {}),
                )
                print(f"| {title} | {figures[0]:.0f} | {figures[1]:.1f} | {figures[2]:.1f} |", flush=True)
            sizes = [int(re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{worker}/status").read_text())[0]) // 1024 for worker in web.children()]
            print(f"A process of gunicorn holds {max(sizes)} MB.", flush=True)
        finally:
            nginx.kill(signal.SIGTERM)
            web.kill()


if __name__ == "__main__":
    main()
