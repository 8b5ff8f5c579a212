"""Without scripts: the same words, no filters, and links in their place."""

import pytest

from advgen.words import de, en
from tests.browser.test_site import PAGES, opened

pytestmark = pytest.mark.browser

WORDS = """
() => {
  for (const each of document.querySelectorAll(".filters, .answer, .to-browse, .narrower, [data-due]")) each.remove();
  return document.body.innerText;
}
"""


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_page_says_the_same(visit, address):
    assert opened(visit, address, java_script_enabled=False).evaluate(WORDS) == opened(visit, address).evaluate(WORDS)


@pytest.mark.parametrize("prefix", ["", "de/"])
def test_links_stand_in_the_place_of_filters_and_lead_on(visit, prefix):
    page = visit(f"security/{prefix}", java_script_enabled=False)
    for part in (".filters", "button.clear", "button.more"):
        assert not page.locator(part).is_visible()
    page.locator(".to-browse a").click()
    assert page.url.endswith("#browse")
    links = page.locator(".slices a")
    assert links.count() > 15
    for address in [link.evaluate("(each) => each.href") for link in links.all()]:
        counted = page.locator(f".slices a[href='{address.partition(f'/security/{prefix}')[2]}'] .quiet")
        answer = page.request.get(address)
        assert answer.ok
        assert not counted.count() or f"<span>{counted.inner_text()} " in answer.text()
    links.first.click()
    page.wait_for_url("**/platforms/android/")
    assert page.locator("ol.list > li").count() == 50
    assert not page.locator(".narrower").is_visible()
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/platforms/android/page/1/")


@pytest.mark.parametrize(
    ("address", "catalogue"), [("advisories/EX-2026-003/", en.CATALOGUE), ("de/advisories/EX-2026-003/", de.CATALOGUE)]
)
def test_that_an_update_is_late_is_said_in_words(visit, address, catalogue):
    page = visit(f"security/{address}", java_script_enabled=False)
    said = page.locator("[data-due]").all_inner_texts()
    assert said == [catalogue["page.next_update_late"]] * len(said)
    assert said
