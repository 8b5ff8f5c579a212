"""A preview that runs as a user runs it, Debian's Chromium, and vim in a terminal."""

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

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

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
