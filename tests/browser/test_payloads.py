"""Every hostile text in Chromium: no script runs, no request leaves, and the policy of the page has nothing to stop."""

import pytest

from tests.payloads import LINKS, PAYLOADS
from tests.support import built, make_site
from tests.test_payloads import CONFIGURED, advisory

pytestmark = pytest.mark.browser


def test_no_payload_runs_asks_or_is_stopped(chromium, tmp_path):
    advisories = {f"EX-2026-{number:03}": advisory(payload, payload) for number, payload in enumerate(PAYLOADS)}
    advisories["EX-2025-001"] = advisory("Links", "\n\n".join(LINKS))
    site = make_site(tmp_path, advisories, CONFIGURED)
    assert built(site).written
    output = site / "output"
    context = chromium.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(output.as_uri()) else wrong.append(request.url))
    for identifier in advisories:
        page.goto(f"{output.as_uri()}/advisories/{identifier}/index.html")
        assert wrong == [], identifier
    context.close()
