"""Debian's Chromium, sites as readers have them, a preview that runs as a user runs it, and vim in a terminal."""

import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser import sites
from tests.support import make_site, text

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), "")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "there is no Chromium; `make test-browser` installs it where it may"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """The folder with the sites of `sites`, each below its name."""
    folder = tmp_path_factory.mktemp("sites")
    sites.make(tmp_path_factory.mktemp("sources"), folder)
    return folder


@pytest.fixture(scope="session")
def host(made) -> Iterator[str]:
    """The address that they are served from."""
    yield from sites.serve(made)


@pytest.fixture(scope="session")
def entries(made) -> list[dict[str, Any]]:
    """What is public on the site that has everything, newest publication first."""
    return json.loads((made / "security/index.json").read_bytes())["advisories"]


@pytest.fixture(scope="session")
def usual(chromium) -> Iterator[BrowserContext]:
    """What pages are opened in that ask for nothing special."""
    context = chromium.new_context()
    yield context
    context.close()


class Visit(Protocol):
    """Opens a page of one of the sites, as the options of `new_context` say."""

    def __call__(self, address: str, *, may_say: str = "", before: Callable[[Page], None] | None = None, **options: Any) -> Page: ...


@pytest.fixture
def visit(chromium, usual, host) -> Iterator[Visit]:
    """Opens pages that may ask nobody but the host; in the end none may have said anything but what holds `may_say`."""
    open_ones: list[BrowserContext | Page] = []
    wrong: list[str] = []

    def opened(address: str, *, may_say: str = "", before: Callable[[Page], None] | None = None, **options: Any) -> Page:
        def hear(said: str) -> None:
            if not may_say or may_say not in said:
                wrong.append(said)

        context = chromium.new_context(**options) if options or before else usual
        page = context.new_page()
        open_ones.append(page if context is usual else context)
        page.on("console", lambda message: hear(message.text))
        page.on("pageerror", lambda error: hear(str(error)))
        page.on("dialog", lambda dialog: (hear(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith(host) else hear(request.url))
        if before:
            before(page)
        page.goto(host + address)
        return page

    yield opened
    for each in open_ones:
        each.close()
    assert wrong == []


class Served:
    """A running `advgen serve`."""

    def __init__(self, site: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        self.site = site
        self.url = f"http://127.0.0.1:{port}/"
        self.lines: list[str] = []
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "advgen", "serve", str(site), "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=site, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()
        until(lambda: any("Preview at" in line for line in self.lines), 30)

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout:
            for line in self.process.stdout:
                self.lines.append(line)

    @property
    def builds(self) -> int:
        """How often it was built."""
        return sum("built in" in line for line in self.lines)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(10) == 0, "".join(self.lines)
        self._reading.join(10)
        assert "Traceback" not in "".join(self.lines)


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    site = make_site(tmp_path / "site", {"EX-2026-001": text("Body.\n\n" + "A line of it.\n\n" * 80), "EX-2026-002": text(status="draft")})
    running = Served(site)
    yield running
    running.stop()


@pytest.fixture
def page(chromium, served) -> Iterator[Page]:
    """A page that may ask nobody but the preview, and has nothing to complain of."""
    opened = chromium.new_page(viewport={"width": 1280, "height": 500})
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda request: None if request.url.startswith(served.url) else wrong.append(request.url))
    yield opened
    opened.close()
    assert wrong == []


class Vim:
    """Vim in a terminal."""

    def __init__(self, path: Path) -> None:
        self._terminal, inner = pty.openpty()
        env = {**os.environ, "TERM": "xterm"}
        self.process = subprocess.Popen(
            ["vim", "-u", "NONE", "-N", str(path)], stdin=inner, stdout=inner, stderr=inner, env=env, start_new_session=True, close_fds=True
        )
        os.close(inner)
        Thread(target=self._drain, daemon=True).start()
        time.sleep(0.5)

    def _drain(self) -> None:
        try:
            while os.read(self._terminal, 65536):
                pass
        except OSError:
            return

    def type(self, *commands: str) -> None:
        """Type commands, such as `:w`."""
        for command in commands:
            os.write(self._terminal, f"\x1b{command}\r".encode())

    def close(self) -> None:
        self.type(":qa!")
        self.process.wait(10)
        os.close(self._terminal)


@pytest.fixture
def vim(served) -> Iterator[Vim]:
    assert shutil.which("vim"), "there is no vim; `make test-browser` installs it where it may"
    opened = Vim(served.site / "advisories/EX-2026-001.md")
    yield opened
    opened.close()


def until(true: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something is so; a page that is being loaded anew is asked again."""
    end = time.monotonic() + seconds
    while True:
        try:
            if true():
                return
        except Error as error:
            if "context" not in str(error) and "navigat" not in str(error):
                raise
        assert time.monotonic() < end, "it did not come to be so"
        time.sleep(0.01)
