"""Draws the pictures of docs/site.md: each kind of page of the example site, on a desktop in light and on a phone in dark.

`make screenshots` runs it. Fonts differ between machines, and so would the pictures: Noto Sans stands for the system's own.
"""

import os
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright

from advgen.cli import main

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
PAGES = {
    "home": "",
    "filtered": "?platform=android&severity=high",
    "vulnerability": "advisories/TONAL-2026-002/",
    "incident": "advisories/TONAL-2014-001/",
    "withdrawn": "advisories/TONAL-2021-001/",
    "platform": "platforms/windows/",
    "version": "products/player/5.0.0/",
    "statistics": "statistics/",
    "subscribe": "feeds/",
}
SIZES = {"desktop": (1280, 860, "light"), "phone": (390, 860, "dark")}
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include>{}</fontconfig>
"""
FONT = """<match><test name="family"><string>{}</string></test>
<edit name="family" mode="prepend" binding="strong"><string>{}</string></edit></match>
"""
NAMES = {"system-ui": "Noto Sans", "sans-serif": "Noto Sans", "ui-monospace": "Noto Sans Mono", "monospace": "Noto Sans Mono"}
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def draw(browser: Browser, origin: str) -> None:
    """Draw each page in each size."""
    for size, (width, height, scheme) in SIZES.items():
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
        page = context.new_page()
        for name, path in PAGES.items():
            page.goto(origin + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{name}-{size}.png")
        context.close()


def run() -> None:
    """Build the example site, serve it on loopback, and draw it."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        output, fonts = Path(folder) / "output", Path(folder) / "fonts.conf"
        fonts.write_text(FONTS.format("".join(FONT.format(*each) for each in NAMES.items())), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(fonts)
        CliRunner().invoke(main, ["build", str(ROOT), "--output", str(output)], catch_exceptions=False)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS.split())
            draw(browser, f"http://127.0.0.1:{server.server_address[1]}/")
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    run()
