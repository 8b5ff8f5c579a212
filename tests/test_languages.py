"""A site in several languages: every advisory in each, translated or as it was written; ids of feeds are the same in all of them."""

import json
import re

import feedparser
import pytest

from advgen import words
from advgen.words import de, en
from tests.support import CONFIG, built, make_site, text, tree

TOML = CONFIG.replace("[publisher]", 'languages = ["en", "de"]\n[publisher]', 1)
GERMAN = """---
translates: 1
title: Der Example Player schreibt Sitzungsschlüssel ins Protokoll
summary: Jede App mit Zugriff auf das Protokoll kann den Schlüssel lesen und bis zu seinem Ende benutzen.
affected:
  - {}
  - reason: Die iOS-App schreibt nie Schlüssel ins Protokoll.
---

Der Schlüssel steht in [der Datei](key.asc); siehe auch [die andere Meldung](EX-2026-002.md).
"""
MAJOR = {"date": "2026-11-21T09:00:00Z", "level": "major", "summary": "The web player is affected too."}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> dict[str, bytes]:
    folder = make_site(
        tmp_path_factory.mktemp("languages"),
        {
            "EX-2026-001": text("See [the file](key.asc) and [the other](EX-2026-002.md).", revisions=[MAJOR], related=["EX-2026-002"]),
            "advisories/EX-2026-001.de.md": GERMAN,
            "advisories/EX-2026-001/key.asc": "-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
            "EX-2026-002": text(title="Another flaw of Example Player"),
            "pages/report.md": "---\ntitle: Report\n---\n\nWrite to us.\n",
        },
        TOML,
    )
    made = built(folder)
    assert made.written is not None, made.diagnostics
    return tree(folder / "output")


def test_what_is_written_from_the_right_says_so(tmp_path):
    toml = CONFIG.replace("[publisher]", 'language = "ar"\n[publisher]', 1)
    files = {"EX-2026-001": text(), "EX-2026-002": text(title="Another flaw of Example Player", language="en")}
    assert built(make_site(tmp_path, files, toml)).written
    assert '<html lang="ar" dir="rtl">' in (tmp_path / "output/index.html").read_text()
    assert '<main id="main" lang="en" dir="ltr">' in (tmp_path / "output/advisories/EX-2026-002/index.html").read_text()
    assert 'lang="en" dir="ltr">' in (tmp_path / "output/index.html").read_text()


def test_each_language_has_every_page_and_feed(site):
    here = {path for path in site if path.endswith((".html", ".xml", ".json")) and not path.startswith("de/")}
    once = {"404.html", "index.json", "manifest.json", "report/index.html", "sitemap.xml", "sitemap-1.xml", "products/player/versions.json"}
    assert {path.removeprefix("de/") for path in site if path.startswith("de/")} >= here - once
    assert not {f"de/{path}" for path in once} & site.keys()
    assert sum(path.endswith("key.asc") for path in site) == 1


def test_a_translated_page_is_in_its_language_with_its_links(site):
    page = site["de/advisories/EX-2026-001/index.html"].decode()
    assert '<html lang="de">' in page
    assert "<h1>Der Example Player schreibt Sitzungsschlüssel ins Protokoll</h1>" in page
    assert "Die iOS-App schreibt nie Schlüssel ins Protokoll." in page
    assert de.CATALOGUE["do.title"] in page
    assert '<a href="../../../advisories/EX-2026-001/key.asc">der Datei</a>' in page
    assert '<a href="../../advisories/EX-2026-002/">die andere Meldung</a>' in page
    assert 'href="../../../assets/style.css"' in page
    assert '<a href="../../../advisories/EX-2026-001/" hreflang="en" lang="en">English</a>' in page
    assert '<a href="../../../report/">Report</a>' in page


def test_a_translation_that_is_behind_says_so_and_leads_to_the_original(site):
    page = site["de/advisories/EX-2026-001/index.html"].decode()
    assert de.CATALOGUE["banner.behind"] in page
    assert de.CATALOGUE["banner.behind"] not in site["de/advisories/EX-2026-002/index.html"].decode()
    assert en.CATALOGUE["banner.behind"] not in site["advisories/EX-2026-001/index.html"].decode()


def test_what_is_not_translated_stands_as_it_was_written_and_is_marked(site):
    page = site["de/advisories/EX-2026-002/index.html"].decode()
    assert '<html lang="de">' in page
    assert '<main id="main" lang="en">' in page
    assert de.CATALOGUE["banner.not_translated"] in page
    assert "<h1>Another flaw of Example Player</h1>" in page
    assert en.CATALOGUE["do.title"] in page
    assert re.search('<li [^>]*lang="en">', site["de/index.html"].decode())


def test_feeds_have_the_same_ids_in_every_language_and_addresses_of_their_own(site):
    here, there = (feedparser.parse(site[f"{prefix}atom.xml"]) for prefix in ("", "de/"))
    assert [each.id for each in here.entries] == [each.id for each in there.entries]
    assert here.feed.id != there.feed.id
    [entry] = [each for each in there.entries if each.id.endswith("EX-2026-001")]
    assert entry.title == "Der Example Player schreibt Sitzungsschlüssel ins Protokoll"
    assert entry.link == "https://security.example.com/de/advisories/EX-2026-001/"
    content = entry.content[0].value
    assert 'href="https://security.example.com/advisories/EX-2026-001/key.asc"' in content
    assert 'href="https://security.example.com/de/advisories/EX-2026-002/"' in content
    assert (there.feed.language, entry.content[0].language) == ("de", "de")


def test_the_index_names_the_feeds_of_every_language(site):
    found = json.loads(site["index.json"])
    named = {feed for channel in found["feeds"] for feed in channel["feeds"]}
    written = {
        f"https://security.example.com/{path}" for path in site if path.endswith(("feed.xml", "atom.xml", "feed.json", "updates.xml"))
    }
    assert named == written


def test_a_site_in_one_language_has_no_choice_of_languages(tmp_path):
    folder = make_site(tmp_path)
    built(folder)
    assert b'class="languages"' not in (folder / "output/index.html").read_bytes()


@pytest.mark.parametrize("catalogue", [de.CATALOGUE])
def test_a_catalogue_has_every_text_with_the_same_places_to_fill_in(catalogue):
    import string

    def places(value: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(value) if name}

    assert catalogue.keys() == en.CATALOGUE.keys()
    assert {key: places(value) for key, value in catalogue.items()} == {key: places(value) for key, value in en.CATALOGUE.items()}


def test_a_language_without_a_catalogue_is_said_in_english():
    assert words.text("do.title", "eo") == words.text("do.title", "en-GB") == en.CATALOGUE["do.title"]
    assert words.text("do.title", "de-AT") == de.CATALOGUE["do.title"]
