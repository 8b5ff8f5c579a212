"""The sitemap and robots.txt: every page once, no other, dates of content; read by parsers that are not ours."""

from urllib.robotparser import RobotFileParser

import pytest
from click.testing import CliRunner
from lxml import etree

from advgen.cli import main
from advgen.listings import sitemap
from tests.support import CONFIG, built, make_site, text, tree

URL = 'url = "https://security.example.com"'
TOML = CONFIG.replace(URL, 'url = "https://example.com/security"').replace("[publisher]", 'languages = ["en", "de"]\n[publisher]', 1)
SITE = "https://example.com/security/"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
FILES = {f"EX-2026-{number:03}": text(published=f"2026-09-{number % 28 + 1:02}") for number in range(1, 61)} | {
    "EX-2026-061": text(revisions=[{"date": "2026-11-22T09:00:00Z", "level": "minor", "summary": "A link was mended."}]),
    "EX-2026-062": text(status="draft"),
    "EX-2026-063": text(published="2026-12-24"),
    "pages/report.md": "---\ntitle: Report\n---\n\nWrite to us.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = make_site(tmp_path_factory.mktemp("sitemap"), FILES, TOML)
    assert built(folder).written
    return tree(folder / "output")


def listed(site):
    """Each address of the sitemap, with its entry."""
    index = etree.fromstring(site["sitemap.xml"])
    assert index.tag == f"{{{NAMES['s']}}}sitemapindex"
    parts = [loc.text.removeprefix(SITE) for loc in index.iterfind(".//s:loc", NAMES)]
    found = [url for part in parts for url in etree.fromstring(site[part]).iterfind("s:url", NAMES)]
    entries = {url.findtext("s:loc", namespaces=NAMES): url for url in found}
    assert len(entries) == len(found)
    return entries


def test_every_page_is_in_it_once_and_nothing_else(site):
    pages = {SITE + path.removesuffix("index.html") for path in site if path.endswith(".html") and path != "404.html"}
    assert len(pages) > 150
    assert f"{SITE}de/years/2026/page/1/" in pages
    assert listed(site).keys() == pages
    assert not any("062" in address or "063" in address for address in pages)


def test_dates_are_those_of_what_is_shown(site):
    found = {address.removeprefix(SITE): url.findtext("s:lastmod", namespaces=NAMES) for address, url in listed(site).items()}
    assert found["advisories/EX-2026-061/"] == found["de/advisories/EX-2026-061/"] == "2026-11-22T09:00:00Z"
    assert found["advisories/EX-2026-003/"] == "2026-09-04"
    assert found[""] == found["platforms/android/"] == "2026-11-22T09:00:00Z"
    assert found["kinds/incident/"] is None
    assert found["report/"] is None


def test_each_language_is_named_beside_the_others(site):
    for address, url in listed(site).items():
        found = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMES)}
        here = address.removeprefix(SITE).removeprefix("de/")
        assert found == ({} if here == "report/" else {"en": SITE + here, "de": f"{SITE}de/{here}"})


def test_a_part_holds_no_more_than_the_protocol_allows():
    entries = [b"<url><loc>https://example.com/%d</loc></url>\n" % number for number in range(25)]
    by_number = [etree.fromstring(part) for part in sitemap._parts(entries, most=10)]
    assert [len(part) for part in by_number] == [10, 10, 5]
    by_size = list(sitemap._parts(entries, size=400))
    assert all(len(part) <= 400 for part in by_size)
    assert sum(len(etree.fromstring(part)) for part in by_size) == 25
    assert len(etree.fromstring(next(sitemap._parts([])))) == 0


def test_robots_are_led_to_it_and_kept_from_nothing(site):
    robots = RobotFileParser()
    robots.parse(site["robots.txt"].decode().splitlines())
    assert robots.site_maps() == [f"{SITE}sitemap.xml"]
    assert robots.can_fetch("*", f"{SITE}.well-known/csaf/provider-metadata.json")
    assert robots.can_fetch("*", SITE)


def test_a_preview_has_no_sitemap_and_keeps_robots_out(tmp_path):
    folder = make_site(tmp_path, FILES, TOML)
    preview = tmp_path / "preview"
    assert CliRunner().invoke(main, ["build", str(folder), "--drafts", "--output", str(preview)]).exit_code == 0
    robots = RobotFileParser()
    robots.parse((preview / "robots.txt").read_text().splitlines())
    assert not robots.can_fetch("*", SITE)
    assert not list(preview.glob("sitemap*"))


def test_robots_of_the_sites_own_stay_as_they_are(tmp_path):
    folder = make_site(tmp_path, {"EX-2026-001": text(), "static/robots.txt": "User-agent: *\nDisallow: /private/\n"})
    assert built(folder).written
    assert (folder / "output/robots.txt").read_text() == "User-agent: *\nDisallow: /private/\n"
