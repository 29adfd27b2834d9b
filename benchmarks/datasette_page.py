"""Time a page of Datasette; run by benchmarks/web.py with the interpreter of an environment that has it. Prints seconds as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import time


async def main(database: str, address: str, times: int) -> None:
    from datasette.app import Datasette  # type: ignore[import-not-found]  # in its own environment

    # Nothing is cut short: what it would leave out after 200 milliseconds it counts to the end.
    site = Datasette([database], settings={"facet_time_limit_ms": 600_000, "sql_time_limit_ms": 600_000})
    taken = []
    for _time in range(times + 1):
        start = time.process_time()
        answer = await site.client.get(address)
        taken.append(time.process_time() - start)
        if answer.status_code != 200:
            sys.exit(f"Datasette answered {answer.status_code}: {answer.text[:300]}")
    print(json.dumps(taken[1:]))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
