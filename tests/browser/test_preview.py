"""`serve` as an author sees it: each save is shown, faults lie over the page until they are mended, and nothing else happens."""

import subprocess

import pytest

from tests.browser.conftest import until
from tests.support import text, tree

pytestmark = pytest.mark.browser

OVERLAY = "document.querySelector('#advgen-problems .list')"


def heading(page) -> str:
    return page.evaluate("document.querySelector('h1')?.textContent")


def is_told(page) -> bool:
    return page.evaluate(f"({OVERLAY} || {{hidden: true}}).hidden === false")


def test_each_of_fifty_saves_in_vim_is_shown_and_the_page_stays_where_it_was(page, served, vim):
    page.goto(f"{served.url}advisories/EX-2026-001/", wait_until="domcontentloaded")
    page.evaluate("scrollTo(0, 400)")
    for number in range(50):
        title = f"Saved number {number} in an editor"
        vim.type(f":%s/^title:.*/title: {title}/", ":w")
        until(lambda title=title: heading(page) == title)
    until(lambda: page.evaluate("scrollY") == 400)
    assert not (served.site / "output").exists()


def test_a_fault_lies_over_the_page_until_it_is_mended(page, served, vim):
    page.goto(f"{served.url}advisories/EX-2026-001/", wait_until="domcontentloaded")
    before = heading(page)
    vim.type(":%s/^published:.*/published: [2026/", ":w")
    until(lambda: is_told(page))
    told = page.inner_text("#advgen-problems")
    assert "advisories/EX-2026-001.md:3:" in told
    assert "ADV0" in told
    assert heading(page) == before
    vim.type(":undo", ":w")
    until(lambda: not is_told(page))


def test_hostile_text_in_a_fault_is_shown_and_not_run(page, served):
    page.goto(f"{served.url}advisories/EX-2026-001/", wait_until="domcontentloaded")
    path = served.site / "advisories/EX-2026-001.md"
    path.write_text(path.read_text().replace("severity: high", "severity: '<img src=x onerror=alert(1)><script>alert(2)</script>'"))
    until(lambda: is_told(page))
    assert "<img src=x onerror=alert(1)>" in page.inner_text("#advgen-problems")
    assert page.evaluate("document.querySelectorAll('#advgen-problems img, #advgen-problems script').length") == 0


def test_a_draft_is_marked(page, served):
    page.goto(f"{served.url}advisories/EX-2026-002/", wait_until="domcontentloaded")
    assert "Draft. This is not published." in page.inner_text("main, body")
    assert "Preview." in page.inner_text("body")


def test_a_branch_switch_is_one_build(page, served):
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", *arguments], cwd=served.site, check=True, capture_output=True
        )

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    git("checkout", "-q", "-b", "other")
    for number in range(500):
        (served.site / f"advisories/EX-2025-{number:03}.md").write_text(text(title=f"Of another branch, {number}"))
    git("add", "-A")
    git("commit", "-q", "-m", "two")
    page.goto(served.url, wait_until="domcontentloaded")
    until(lambda: "Of another branch" in page.inner_text("body"), 30)
    git("checkout", "-q", "main")
    until(lambda: "Of another branch" not in page.inner_text("body"), 30)
    before = served.builds
    git("checkout", "-q", "other")
    until(lambda: "Of another branch" in page.inner_text("body"), 30)
    page.wait_for_timeout(2000)
    assert served.builds == before + 1


def test_a_theme_an_own_page_and_a_static_file_are_shown_as_they_come_and_go(page, served):
    page.goto(served.url, wait_until="domcontentloaded")
    before = heading(page)
    for folder in ("theme", "pages", "static"):
        (served.site / folder).mkdir()
    template = served.site / "theme/home.html"
    template.write_text('{% extends "shipped/home.html" %}{% block content %}<main id="main"><h1>Own theme</h1></main>{% endblock %}')
    until(lambda: heading(page) == "Own theme")
    template.unlink()
    until(lambda: heading(page) == before)
    (served.site / "pages/report.md").write_text("---\ntitle: Report it\n---\n\nWrite to us, with [our key](../static/key.asc).\n")
    (served.site / "static/key.asc").write_text("-----BEGIN PGP PUBLIC KEY BLOCK-----")
    until(lambda: "Report it" in page.inner_text("header"))
    page.goto(f"{served.url}report/", wait_until="domcontentloaded")
    assert page.request.get(f"{served.url}key.asc").text().startswith("-----BEGIN PGP")


def test_nothing_is_written(page, served, vim):
    page.goto(served.url, wait_until="domcontentloaded")
    vim.type(":%s/^title:.*/title: Written nowhere/", ":w")
    until(lambda: "Written nowhere" in page.inner_text("body"))
    assert {path for path in tree(served.site) if not path.endswith(".swp")} == {
        "advgen.toml",
        "advisories/EX-2026-001.md",
        "advisories/EX-2026-002.md",
    }
