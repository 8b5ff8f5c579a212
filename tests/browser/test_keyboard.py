"""Every page with the keyboard alone: everything is reached in the order of the page, can be seen to have the focus, and lets it go."""

import pytest

from tests.browser import looks
from tests.browser.conftest import until
from tests.browser.test_filters import expected, settled, shown
from tests.browser.test_site import PAGES

pytestmark = pytest.mark.browser

FOCUS = """
() => {
  const each = document.activeElement;
  const style = getComputedStyle(each);
  const box = each.getBoundingClientRect();
  const inside = box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight;
  const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const ring = isDrawn && style.outlineColor !== getComputedStyle(document.body).backgroundColor;
  return [each === document.body ? "" : each.outerHTML, inside, ring];
}
"""
REACHED = """
[...document.querySelectorAll("a[href], button, select, input, [tabindex='0']")]
  .filter((each) => each.checkVisibility() && !each.disabled).map((each) => each.outerHTML)
"""


def tab(page, back: str = "") -> str:
    """Press the key; say what has the focus then, after a look at whether that can be seen."""
    page.keyboard.press(f"{back}Tab")
    each, is_inside, has_ring = page.evaluate(FOCUS)
    assert not each or (is_inside and has_ring), each
    return each


@pytest.mark.parametrize(
    "name", ["home", "vulnerability", "interim incident", "withdrawn", "platform", "version", "feeds", "statistics", "own page"]
)
def test_the_way_through_a_page_is_its_order_there_and_back(visit, name):
    page = visit(PAGES[name], viewport={"width": 1024, "height": 600}, reduced_motion="reduce")
    wanted = page.evaluate(REACHED)
    assert 'class="skip"' in wanted[0]
    assert [tab(page) for _ in wanted] == wanted
    assert [tab(page, "Shift+") for _ in wanted[1:]] == wanted[-2::-1]


def test_on_the_home_page_come_the_skip_link_the_navigation_the_filters_and_the_entries(visit):
    page = visit("security/", reduced_motion="reduce")
    places = []
    for _ in range(17):
        tab(page)
        places.append(page.evaluate("document.activeElement.closest('.skip, header, .filters, #list')?.tagName"))
    assert list(dict.fromkeys(places)) == ["A", "HEADER", "DIV", "OL"]


@pytest.mark.parametrize(
    ("name", "target"), [("home", "#list"), ("vulnerability", "#do"), ("version", "#do"), ("feeds", "#main"), ("own page", "#main")]
)
def test_the_skip_link_is_seen_with_the_focus_and_leads_past_the_navigation(visit, name, target):
    page = visit(PAGES[name])
    assert page.locator(".skip").bounding_box()["x"] < 0
    assert 'class="skip"' in tab(page)
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith(target)
    tab(page)
    beyond = "document.querySelector(where).compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"
    assert page.evaluate(f"(where) => Boolean({beyond})", target)


def test_filters_are_worked_with_the_keyboard(visit, entries):
    page = visit("security/")
    page.focus("select[name=platform]")
    page.keyboard.press("ArrowDown")
    until(lambda: settled(page))
    assert page.input_value("select[name=platform]") == "android"
    page.keyboard.type("iO")
    until(lambda: settled(page) and page.input_value("select[name=platform]") == "ios")
    page.focus(".filters input")
    page.keyboard.press("Space")
    until(lambda: settled(page))
    assert shown(page) == expected(entries, {"platform": "ios", "exploited": "1"})
    assert 'class="clear"' in tab(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "platform"


def test_show_more_leads_to_the_first_of_what_it_adds(visit, entries):
    page = visit("security/?platform=ios")
    until(lambda: page.locator("button.more").is_visible())
    page.focus("button.more")
    page.keyboard.press("Enter")
    until(lambda: len(shown(page)) > 50)
    until(lambda: expected(entries, {"platform": "ios"})[50] in page.evaluate("document.activeElement.href ?? ''"))


def test_the_focus_is_seen_in_forced_colours_too(visit):
    page = visit("security/", forced_colors="active")
    for _ in range(15):
        tab(page)
    assert looks.style(page, ":focus", "outlineStyle") == "solid"
