"""Measure public pages with Lighthouse, as a telephone sees them: the median of several runs for each page.

Serve the site as a server does, then ask (Lighthouse 12 is enough for node 20: `npm install --prefix /tmp/lighthouse lighthouse@12`):

    scripts/run.sh
    .venv/bin/python benchmarks/lighthouse.py --lighthouse /tmp/lighthouse/node_modules/.bin/lighthouse

A busy machine makes a page look slow: the power of the machine, which Lighthouse measures itself, stands beside the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

PAGES = ("/", "/series/pakistan-russia/", "/commitments/pakistan-stream-gas-pipeline/", "/commitments/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {"first-contentful-paint": "FCP ms", "largest-contentful-paint": "LCP ms", "total-blocking-time": "TBT ms", "cumulative-layout-shift": "CLS"}
#: No category may be below this.
LOWEST = 97
ATTEMPTS = 3


def report(lighthouse: str, address: str) -> dict[str, Any]:
    """Return what one run says of a page. A run that breaks off, as happens on a busy machine, is made again."""
    browser = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        command = [lighthouse, address, "--quiet", "--chrome-flags=--headless=new --no-sandbox", "--output=json", f"--output-path={path}"]
        for _attempt in range(ATTEMPTS):
            if subprocess.run(command, env=os.environ | {"CHROME_PATH": browser}, stderr=subprocess.DEVNULL).returncode == 0:
                found: dict[str, Any] = json.loads(path.read_text("utf-8"))
                return found
    sys.exit(f"Lighthouse could not measure {address} in {ATTEMPTS} attempts.")


def figures(found: dict[str, Any]) -> dict[str, float]:
    scores = {name: round((found["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
    times = {short: round(found["audits"][name]["numericValue"], 3) for name, short in METRICS.items()}
    return {**scores, **times, "machine": found["environment"]["benchmarkIndex"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", default="http://127.0.0.1:8000", help="where the site is served")
    parser.add_argument("--lighthouse", default="lighthouse", help="the command of Lighthouse")
    parser.add_argument("--runs", type=int, default=5, help="how many runs for each page")
    parser.add_argument("pages", nargs="*", default=PAGES, help="paths of pages")
    asked = parser.parse_args()
    low = []
    for page in asked.pages:
        runs = [figures(report(asked.lighthouse, asked.site + page)) for _ in range(asked.runs)]
        middle = {name: median(run[name] for run in runs) for name in runs[0]}
        print(page, *(f"{name} {value:g}" for name, value in middle.items()), sep="\n    ", flush=True)
        low += [f"{page}: {name} {middle[name]:g}" for name in CATEGORIES if middle[name] < LOWEST]
    if low:
        sys.exit("Below " + str(LOWEST) + ": " + "; ".join(low))


if __name__ == "__main__":
    main()
