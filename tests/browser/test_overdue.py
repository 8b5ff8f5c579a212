"""What a page says of an update that it promised, before and after the time of the promise."""

import pytest

from advgen.words import de, en
from tests.browser import sites

pytestmark = pytest.mark.browser

CASES = {
    "long before": ("2026-11-23T12:00:00Z", "page.next_update_late", ""),
    "a minute before": ("2026-12-01T14:59:00Z", "page.next_update_late", ""),
    "an hour after": ("2026-12-01T16:00:00Z", "late.today", ""),
    "late in the night after": ("2026-12-02T14:59:00Z", "late.today", ""),
    "a day after": ("2026-12-02T15:00:00Z", "late.one", "1"),
    "two days after": ("2026-12-03T15:00:01Z", "late.other", "2"),
    "years after": ("2030-02-03T00:00:00Z", "late.other", "1,159"),
}


@pytest.mark.parametrize(("now", "key", "count"), CASES.values(), ids=CASES)
@pytest.mark.parametrize(("prefix", "catalogue"), [("", en.CATALOGUE), ("de/", de.CATALOGUE)], ids=["en", "de"])
def test_how_late_it_is(visit, prefix, catalogue, now, key, count):
    assert sites.DUE == "2026-12-01T15:00:00Z"
    page = visit(f"security/{prefix}advisories/EX-2026-003/", before=lambda page: page.clock.set_fixed_time(now))
    places = page.locator("[data-due]")
    wanted = catalogue[key].replace("{count}", count.replace(",", catalogue["thousands"]))
    assert places.all_inner_texts() == [wanted] * places.count()
    assert places.count() == 2
    assert page.locator("[data-due].late").count() == (0 if key == "page.next_update_late" else 2)


@pytest.mark.parametrize(
    ("now", "key"),
    [("2026-12-02T23:59:00Z", "page.next_update_late"), ("2026-12-03T00:00:00Z", "late.today"), ("2026-12-04T00:00:00Z", "late.one")],
)
def test_a_date_is_kept_until_its_day_is_over(visit, now, key):
    assert sites.DUE_DAY == "2026-12-02"
    page = visit("security/advisories/EX-2026-007/", before=lambda page: page.clock.set_fixed_time(now))
    assert page.locator("[data-due]").first.inner_text() == en.CATALOGUE[key].replace("{count}", "1")
