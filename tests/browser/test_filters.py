"""The filters of the home page: what they show is what `index.json` says that fits, and the address says what they show."""

from functools import partial
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.browser import sites
from tests.browser.conftest import until

pytestmark = pytest.mark.browser

RANK = ["none", "low", "medium", "high", "critical"]
CHOICES = {
    "platform": ["android", "ios", "web", "linux"],
    "product": ["player", "desktop", "all"],
    "severity": RANK[1:],
    "kind": ["vulnerability", "incident", "notice"],
    "year": [str(year) for year in range(2026, 2020, -1)],
    "exploited": ["1"],
}
SINGLE = [{name: value} for name, values in CHOICES.items() for value in values]
STOPS = "Failed to load resource"


def fits(entry: dict[str, Any], name: str, value: str) -> bool:
    """Say what the filter of a name promises."""
    match name:
        case "platform":
            return value in entry["platforms"] or "all" in entry["platforms"]
        case "product":
            return value in entry.get("products", [])
        case "severity":
            rated = entry.get("severity", "unrated")
            return rated == "unrated" or RANK.index(rated) >= RANK.index(value)
        case "year":
            return entry["published"].startswith(value)
        case "exploited":
            return entry.get("exploitation") == "confirmed"
    return entry[name] == value


def expected(entries, chosen: dict[str, str]) -> list[str]:
    return [entry["id"] for entry in entries if all(fits(entry, name, value) for name, value in chosen.items())]


def shown(page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('#list > li .title a')].map((each) => each.href.split('/').at(-2))")


def settled(page) -> bool:
    return page.evaluate("!document.querySelector('#list').hasAttribute('aria-busy')")


def choose(page, chosen: dict[str, str]) -> None:
    """Set every filter, those that are not chosen to nothing."""
    for name in CHOICES:
        if name == "exploited":
            page.get_by_role("checkbox").set_checked(name in chosen)
        else:
            page.select_option(f"select[name={name}]", chosen.get(name, ""))
    until(partial(settled, page))


def everything(page) -> list[str]:
    """Give the ids of the whole list, after as many clicks as that takes."""
    until(partial(settled, page))
    more = page.locator("button.more")
    while more.is_visible():
        before = len(shown(page))
        more.click()
        until(partial(settled, page))
        assert len(shown(page)) > before
    return shown(page)


def words(page, name: str, count: int) -> str:
    return page.get_attribute(".filters", f"data-{name}").replace("{count}", str(count))


def test_one_is_said_in_the_singular(visit, entries):
    chosen = {"kind": "notice", "year": "2026"}
    assert len(expected(entries, chosen)) == 1
    assert everything(page := visit(f"security/de/?{urlencode(chosen)}")) == expected(entries, chosen)
    assert page.get_by_role("status").inner_text() == "1 Meldung"


def test_each_choice_alone_shows_what_fits_it_and_says_how_many(visit, entries):
    page = visit("security/")
    newest = shown(page)
    for chosen in SINGLE:
        choose(page, chosen)
        wanted = expected(entries, chosen)
        first = shown(page)
        assert first == wanted[:50], chosen
        said = page.get_by_role("status").inner_text()
        assert said == (words(page, "other", len(wanted)) if len(wanted) <= 50 else words(page, "first", 50)), chosen
        assert page.locator("button.more").is_visible() == (len(wanted) > 50), chosen
        assert everything(page) == wanted, chosen
        assert page.get_by_role("status").inner_text() == words(page, "other", len(wanted)), chosen
        assert page.url.partition("?")[2] == urlencode(chosen)
    choose(page, {})
    assert shown(page) == newest
    assert page.get_by_role("status").inner_text() == ""
    assert "?" not in page.url


@pytest.mark.parametrize("prefix", ["", "de/"])
def test_choices_together_show_what_fits_all_of_them(visit, entries, prefix):
    page = visit(f"security/{prefix}")
    chance = Random(prefix)
    seen = set()
    for number in range(20):
        names = chance.sample(list(CHOICES), 2 + number % 5)
        chosen = {name: chance.choice(CHOICES[name]) for name in names}
        choose(page, chosen)
        wanted = expected(entries, chosen)
        assert everything(page) == wanted, chosen
        kind = "none" if not wanted else "one" if len(wanted) == 1 else "other"
        assert page.get_by_role("status").inner_text() == words(page, kind, len(wanted)), chosen
        seen.add(kind)
    assert {"none", "other"} <= seen


def test_a_copied_address_shows_the_same_list(visit, entries):
    page = visit("security/")
    for chosen in ({"platform": "ios", "severity": "high"}, {"kind": "notice"}, {"exploited": "1", "year": "2024"}):
        choose(page, chosen)
        copied = page.url
        fresh = visit(copied.split("/", 3)[3])
        assert everything(fresh) == everything(page) == expected(entries, chosen)
        assert fresh.evaluate("[...document.querySelectorAll('.filters select')].map((each) => each.value).join()") == page.evaluate(
            "[...document.querySelectorAll('.filters select')].map((each) => each.value).join()"
        )
        assert fresh.get_by_role("checkbox").is_checked() == ("exploited" in chosen)


def test_the_way_back_and_forward_shows_what_the_address_says(visit, entries):
    page = visit("security/?kind=notice")
    first = everything(page)
    page.locator("#list a").first.click()
    page.wait_for_url("**/advisories/**")
    page.go_back()
    until(lambda: shown(page) == first)
    page.evaluate("location.hash = '#list'")
    choose(page, {"kind": "incident", "platform": "ios"})
    second = everything(page)
    assert second == expected(entries, {"kind": "incident", "platform": "ios"})
    page.go_back()
    until(lambda: shown(page) == first)
    assert page.input_value("select[name=kind]") == "notice"
    page.go_forward()
    until(lambda: shown(page) == second)
    assert page.input_value("select[name=platform]") == "ios"


def test_show_all_gives_the_newest_back_and_leaves_with_the_next_choice(visit):
    page = visit("security/")
    newest = shown(page)
    clear = page.get_by_role("button", name="Show all")
    assert not clear.is_visible()
    choose(page, {"kind": "notice", "exploited": "1"})
    clear.click()
    assert shown(page) == newest
    assert not clear.is_visible()
    assert not page.locator("button.more").is_visible()
    assert "?" not in page.url
    assert page.evaluate("document.activeElement.name") == "platform"


def test_a_list_of_exactly_fifty_offers_no_more(visit, entries):
    chosen = {"year": "2021"}
    assert len(expected(entries, chosen)) == 50
    page = visit("security/?year=2021")
    until(partial(settled, page))
    assert not page.locator("button.more").is_visible()
    assert everything(page) == expected(entries, chosen)
    assert page.get_by_role("status").inner_text() == words(page, "other", 50)


HOSTILE = ['"><img src=x onerror=alert(1)>', "'];alert(1)//", "javascript:alert(1)", "../../x", "__proto__", "android android", "%00", ""]


@pytest.mark.parametrize("value", ["nowhere", *HOSTILE])
def test_a_value_that_does_not_exist_is_left_out_and_said_to_be_unknown(visit, entries, value):
    plain = shown(visit("security/"))
    page = visit(f"security/?{urlencode({'platform': value, 'severity': value, 'constructor': value})}")
    assert shown(page) == plain
    assert page.get_by_role("status").inner_text() == (f"“{value}” is not known here, and does not filter." if value else "")
    page = visit(f"security/?{urlencode({'platform': value, 'kind': 'notice', 'x': value})}")
    assert everything(page) == expected(entries, {"kind": "notice"})
    assert page.locator("img").count() == 0


def test_of_rapid_choices_the_last_one_counts(visit, entries):
    def slow(page) -> None:
        chance = Random(1)
        page.route("**/severity/**", lambda route: (page.wait_for_timeout(chance.choice([5, 60])), route.continue_()))

    page = visit("security/")
    hurry = """
      (values) => { const field = document.querySelector("select[name=severity]");
        for (const value of values) { field.value = value; field.dispatchEvent(new Event("change", { bubbles: true })); } }
    """
    slow(page)
    for last in ("critical", "low", "medium", "high"):
        page.evaluate(hurry, ["low", "", "critical", "medium", "high", "", last])
        until(partial(settled, page))
        assert everything(page) == expected(entries, {"severity": last})
    newest = shown(visit("security/"))
    page.evaluate(hurry, ["low", "critical", ""])
    assert settled(page)
    assert shown(page) == newest
    page.wait_for_timeout(200)
    assert shown(page) == newest
    assert page.get_by_role("status").inner_text() == ""


@pytest.mark.parametrize("prefix", ["", "de/"])
@pytest.mark.parametrize("how", ["fails", "is cut off", "answers with something else"])
def test_where_the_host_fails_words_say_so_and_the_page_goes_on(visit, entries, prefix, how):
    def answer(route) -> None:
        if how == "is cut off":
            route.abort()
        else:
            route.fulfill(
                status=500 if how == "fails" else 200, body="", content_type="text/html" if how == "fails" else "application/json"
            )

    page = visit(f"security/{prefix}", may_say=STOPS)
    page.route("**/kinds/**", answer)
    page.select_option("select[name=kind]", "notice")
    told = "Die Liste konnte nicht geladen werden." if prefix else "The list could not be loaded."
    until(lambda: told in page.get_by_role("status").inner_text())
    assert settled(page)
    assert shown(page) == []
    page.unroute("**/kinds/**")
    choose(page, {"kind": "incident"})
    assert everything(page) == expected(entries, {"kind": "incident"})
    page.get_by_role("navigation", name="Art" if prefix else "Kind").get_by_role("link").first.click()
    page.wait_for_url("**/kinds/vulnerability/")


def test_where_the_host_fails_half_way_what_is_shown_stays(visit, entries):
    page = visit("security/", may_say=STOPS)
    page.route("**/severity/*/page/1/", lambda route: route.abort())
    choose(page, {"severity": "medium"})
    page.locator("button.more").click()
    until(lambda: "could not be loaded" in page.get_by_role("status").inner_text())
    assert settled(page)
    assert len(shown(page)) > 50
    assert shown(page) == expected(entries, {"severity": "medium"})[: len(shown(page))]
    assert not page.locator("button.more").is_visible()
    page.unroute("**/severity/*/page/1/")
    choose(page, {"severity": "high"})
    assert everything(page) == expected(entries, {"severity": "high"})


def test_a_list_leads_to_the_filters_with_itself_chosen(visit, entries):
    page = visit("security/platforms/ios/")
    page.get_by_role("link", name="Filter this list").click()
    page.wait_for_url("**/security/?platform=ios#list")
    assert everything(page) == expected(entries, {"platform": "ios"})


def test_every_advisory_of_the_made_up_site_can_be_found(entries):
    assert len(entries) == sites.ADVISORIES + 7
    assert set().union(*(expected(entries, chosen) for chosen in SINGLE)) == {entry["id"] for entry in entries}


def test_a_page_that_is_no_list_is_not_taken_for_an_empty_one(visit):
    page = visit("security/", may_say="")
    page.route("**/platforms/android/", lambda route: route.fulfill(status=200, body="<p>Maintenance</p>", content_type="text/html"))
    page.locator("select[name=platform]").select_option("android")
    page.get_by_role("status").get_by_text("could not be loaded").wait_for()


def test_where_nobody_is_affected_the_list_says_so_whatever_it_was_read_from(visit):
    page = visit("security/?platform=ios&kind=vulnerability")
    page.locator("ol.list > li").first.wait_for()
    calm = page.locator("ol.list > li[data-calm~=ios]:not(:has(.mark .quiet)) .mark")
    assert calm.count() > 0
    assert set(calm.all_inner_texts()) == {"Not affected"}
