"""An hour of work in miniature: an edit each second before five browsers, and nothing grows."""

import os
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.browser.conftest import until
from tests.support import text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECONDS = int(os.environ.get("ADVGEN_SECONDS", "600"))


def usage(process: int) -> tuple[int, int, int]:
    """Memory in KiB, threads and open files of a process."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]), int(status["Threads"]), len(os.listdir(f"/proc/{process}/fd"))  # noqa: PTH208 - of /proc


def test_ten_minutes_of_edits_before_five_browsers(chromium, served):
    pages = [chromium.new_page() for _ in range(5)]
    for page in pages:
        page.goto(f"{served.url}advisories/EX-2026-001/", wait_until="domcontentloaded")
    path = served.site / "advisories/EX-2026-001.md"
    seen: list[tuple[int, int, int]] = []
    begun = time.monotonic()
    while time.monotonic() - begun < SECONDS:
        at = time.monotonic()
        title = f"Edit number {len(seen) + 1} of many"
        path.write_text(text("Body.", title=title))
        for page in pages:
            until(partial(shows, page, title))
        seen.append(usage(served.process.pid))
        time.sleep(max(0.0, 1 - (time.monotonic() - at)))
    early, late = seen[len(seen) // 5], seen[-1]
    told = f"{len(seen)} edits, each shown in five browsers; from {early} to {late} KiB, threads and files\n"
    sys.stderr.write(told)
    assert late[0] < early[0] * 1.1, told
    assert late[1] <= early[1] + 5, told
    assert late[2] <= early[2] + 5, told
    for page in pages:
        page.close()


def shows(page, title: str) -> bool:
    return page.evaluate("document.querySelector('h1')?.textContent") == title
