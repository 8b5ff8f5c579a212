"""An advisory on paper: what to do first, every word of the page, and where its links lead."""

import re
import subprocess

import pytest

from tests.browser import looks
from tests.browser.test_site import PAGES

pytestmark = pytest.mark.browser

PRINTED = ["vulnerability", "several CVEs", "interim incident", "translated", "withdrawn", "notice"]


def paper(page, tmp_path, **how) -> str:
    """Print a page; give its text."""
    path = tmp_path / "page.pdf"
    page.pdf(path=path, **how)
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True).stdout


def joined(said: str) -> str:
    """Leave out what breaks lines, and what letters become in print."""
    return re.sub(r"[\s\u00ad]+", "", said.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff"))


@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("paper_format", ["A4", "A6"])
def test_every_word_is_on_paper_and_navigation_is_not(visit, tmp_path, name, paper_format):
    page = visit(PAGES[name])
    said = joined(paper(page, tmp_path, format=paper_format))
    page.emulate_media(media="print")
    words = page.evaluate("document.body.innerText").split()
    # After the text of a link comes its address, then what ended the sentence.
    assert [word for word in words if joined(word).strip(".,;:()") not in said] == []
    for part in (".masthead nav", ".foot nav", ".skip", ".languages"):
        assert not page.locator(part).first.is_visible(), part
    assert "Subscribe" not in words
    assert "Abonnieren" not in words


@pytest.mark.parametrize("name", PRINTED)
def test_what_to_do_comes_before_the_rest(visit, tmp_path, name):
    page = visit(PAGES[name])
    said = joined(paper(page, tmp_path, format="A4"))
    do = joined(page.inner_text("#do-h"))
    first, *others = [joined(each) for each in page.locator("main h2").all_inner_texts()]
    assert first == do
    assert said.index(do) < min(said.rindex(each) for each in others)


def test_where_links_lead_is_printed(visit, tmp_path):
    page = visit(PAGES["vulnerability"])
    said = joined(paper(page, tmp_path, format="A4"))
    found = page.locator("main a[href^=http]").evaluate_all("(found) => found.map((each) => each.getAttribute('href'))")
    addresses = set(found)
    assert len(addresses) > 4
    assert [address for address in addresses if joined(address) not in said] == []


def test_no_colour_is_needed(visit):
    page = visit(PAGES["vulnerability"])
    page.emulate_media(media="print")
    assert page.inner_text(".kicker .severity") == "High"
    assert looks.style(page, ".severity", "content", "::before") == '"▂▄▆▁"'
    for box in (".action.needed", ".actions"):
        assert looks.style(page, box, "borderTopStyle") == "solid"
    ink = "[...document.querySelectorAll('main *')].map((each) => getComputedStyle(each).color.match(/[\\d.]+/g).slice(0, 3).map(Number))"
    assert max(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in page.evaluate(ink)) < 140, "too light for white paper"
