"""How many requests one server answers: by the application alone, asked again for a page that has not changed, and from the pages that nginx keeps.

.venv/bin/python -m benchmarks.carrying --seconds 10
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path

from .drills.fronts import Nginx
from .drills.machines import Web, manage, prepared
from .drills.people import Browser

PAGES = {"dossier": "/commitments/karachi-steel-mill/", "list": "/commitments/", "methods": "/methods/"}


def carried(address: str, seconds: int, *headers: str) -> str:
    """Return what wrk says: requests in a second, and within which time half and nearly all of them are answered."""
    told = [part for header in headers for part in ("-H", header)]
    done = subprocess.run(["wrk", "-t2", "-c16", f"-d{seconds}s", "--latency", *told, address], capture_output=True, text=True, check=True)
    found = {name: re.search(rf"{name}:?\s+(\S+)", done.stdout) for name in ("Requests/sec", "50%", "99%")}
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    rate, half, most = (one[1] if one else "?" for one in found.values())
    return f"{float(rate):.0f} | {half} | {most}{f' ({failed[1]} failed)' if failed else ''}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=10, help="for each figure (default: 10)")
    seconds = parser.parse_args().seconds
    manage({}, "collectstatic", "--noinput", "--verbosity", "0")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = {"DATABASE_URL": f"sqlite:///{folder / 'carry.sqlite3'}", "TRUST_PROXY": "true"}
        prepared(variables)
        web = Web(variables, folder)
        # One address asks more than a reader may.
        nginx = Nginx(folder, web.port, limited=False)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}\n\n| | requests/s | half within | 99 % within |\n|---|---:|---:|---:|")
        try:
            for name, path in PAGES.items():
                tag = Browser(web.port).get(path).headers.get("ETag", "")
                print(f"| {name}, made anew | {carried(f'http://127.0.0.1:{web.port}{path}', seconds)} |", flush=True)
                print(f"| {name}, unchanged (304) | {carried(f'http://127.0.0.1:{web.port}{path}', seconds, f'If-None-Match: {tag}')} |", flush=True)
                print(f"| {name}, kept by nginx (TLS) | {carried(f'https://127.0.0.1:{nginx.port}{path}', seconds)} |", flush=True)
            for worker in web.children():
                size = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{worker}/status").read_text())
                print(f"a process of gunicorn holds {int(size[1]) // 1024 if size else 0} MB", flush=True)
        finally:
            nginx.kill(signal.SIGTERM)
            web.kill()


if __name__ == "__main__":
    main()
