"""Every type of page as readers have it: in both colour schemes, on small and large screens, in large text, and from the right."""

import pytest

from tests.browser import looks

pytestmark = pytest.mark.browser

PAGES = {
    "home": "security/",
    "vulnerability": "security/advisories/EX-2026-001/",
    "several CVEs": "security/advisories/EX-2026-002/",
    "interim incident": "security/advisories/EX-2026-003/",
    "translated": "security/de/advisories/EX-2026-003/",
    "withdrawn": "security/advisories/EX-2026-004/",
    "redacted": "security/advisories/EX-2026-005/",
    "notice": "security/advisories/EX-2026-006/",
    "interim vulnerability": "security/de/advisories/EX-2026-007/",
    "platform": "security/platforms/android/",
    "older ones": "security/severity/low/page/1/",
    "product": "security/products/desktop/",
    "version": "security/products/desktop/2.0.0/",
    "version without flaws": "security/products/desktop/1.9.0/",
    "products": "security/products/",
    "CVE": "security/cve/CVE-2026-90001/",
    "feeds": "security/feeds/",
    "statistics": "security/statistics/",
    "own page": "security/report/",
    "not there": "security/nowhere/at/all/",
    "German home": "security/de/",
    "home of a site that has only begun": "empty/",
    "first notice": "example/advisories/TONAL-2014-001/",
}
MIRRORED = [
    each.removeprefix("security/") for each in PAGES.values() if each.startswith("security/") and not {"de", "page"} & set(each.split("/"))
]
"""All but what its site has not: other languages, and enough for a second page."""
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


def opened(visit, address, **options):
    """Open a page; of one that is not there the browser says so itself."""
    return visit(address, may_say="the server responded with a status of 404" if "nowhere" in address else "", **options)


@every_page
def test_all_of_it_can_be_seen_in_both_schemes_at_each_width(visit, address):
    page = opened(visit, address)
    grounds = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        grounds.add((looks.style(page, "body", "backgroundColor"), looks.style(page, "body", "color")))
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert looks.outside(page) == [], (scheme, width)
            assert looks.overlaps(page) == [], (scheme, width)
    assert len({ground for ground, _ in grounds}) == len({ink for _, ink in grounds}) == 2


@every_page
def test_it_is_put_together_as_assistive_technology_needs_it_and_moves_only_where_that_is_wanted(visit, address):
    page = opened(visit, address)
    assert looks.flaws(page) == []
    assert page.get_by_role("main").count() == page.get_by_role("banner").count() == page.get_by_role("contentinfo").count() == 1
    page.emulate_media(reduced_motion="reduce")
    assert looks.style(page, "html", "scrollBehavior") == "auto"
    assert looks.moving(page) == []


@every_page
def test_text_of_twice_the_size_is_all_there_and_stands_on_no_other(visit, address):
    page = opened(visit, address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (640, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert looks.outside(page) == [], width
        assert looks.overlaps(page) == [], width


@pytest.mark.parametrize("name", ["home", "vulnerability", "several CVEs", "translated", "version", "statistics", "own page"])
def test_zoomed_to_400_percent_it_scrolls_in_one_direction_alone(visit, name):
    """WCAG 2.2, 1.4.10: a window of 1280 by 1024 px is then one of 320 by 256."""
    page = visit(PAGES[name], viewport={"width": 320, "height": 256}, device_scale_factor=4)
    assert looks.outside(page) == []
    assert looks.overlaps(page) == []


@pytest.mark.parametrize("address", [f"arabic/{each}" for each in MIRRORED], ids=MIRRORED)
def test_a_site_from_the_right_is_one_from_the_left_in_a_mirror(visit, address):
    page = opened(visit, address)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert looks.outside(page) == [], width
    right = looks.sides(page)
    page.evaluate("document.documentElement.dir = 'ltr'")
    left = looks.sides(page)
    assert [each for each, other in zip(right, left, strict=True) if each[1:] != other[:0:-1]] == []


def test_forced_colours_leave_severity_and_boxes_apart_by_word_and_border(visit):
    page = visit("security/advisories/EX-2026-001/", forced_colors="active")
    assert page.inner_text(".kicker .severity") == "High"
    assert looks.style(page, ".severity", "content", "::before") == '"▂▄▆▁"'
    for box in (".action.needed", ".banner", ".actions"):
        side = "Left" if box == ".banner" else "Top"
        assert looks.style(page, box, f"border{side}Style") == "solid"
        assert float(looks.style(page, box, f"border{side}Width").removesuffix("px")) >= 1
        assert looks.style(page, box, f"border{side}Color") != looks.style(page, box, "backgroundColor")
    assert looks.style(page, ".calm li", "content", "::before") == '"✓"'
    assert page.locator(".action .do").all_inner_texts() == ["Update Example Player", "Block it."]
    assert looks.outside(page) == []


@pytest.mark.parametrize(
    "address", ["security/advisories/EX-2026-001/", "security/advisories/EX-2026-002/", "security/de/advisories/EX-2026-007/"]
)
def test_one_click_takes_the_whole_of_an_identifier(visit, address):
    page = visit(address)
    found = page.locator("code.copy")
    assert found.count() >= 1
    for each in found.all():
        each.click(position={"x": 4, "y": 6})
        assert page.evaluate("getSelection().toString()") == each.inner_text()
