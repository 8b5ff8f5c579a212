"""The data block in the head of an advisory's page: it parses, repeats what the page shows, and no text ends it."""

import json

import html5lib
import pytest

from advgen import linked_data
from advgen.site import Frame
from tests.support import CONFIG, MISSING, built, configuration, make_site, parsed, text, tree

NAMED = CONFIG.replace("[publisher]", 'languages = ["en", "de"]\n[publisher]\nnamespace = "https://example.com"', 1)
GERMAN = "---\ntranslates: 1\ntitle: Der Player schreibt Schlüssel ins Protokoll\nsummary: Jede App kann sie lesen.\n---\n"
DATES = {"published": "2026-11-20", "revisions": [{"date": "2026-11-21T09:00:00Z", "level": "minor", "summary": "A link was mended."}]}
OVER = {"date": "2026-11-22T10:00:00Z", "reason": "A third party asked."}


def blocks(data):
    """Every script of a page that is no file, each of which has to be a data block of its head."""
    page = html5lib.parse(data, namespaceHTMLElements=False)
    found = [each for each in page.iter("script") if not each.get("src")]
    assert found == [each for each in page.findall("head/script") if not each.get("src")]
    assert all(each.attrib == {"type": "application/ld+json"} and not len(each) for each in found)
    return [json.loads(each.text) for each in found]


def said(folder, language="", toml=CONFIG, **changes):
    files = {"EX-2026-001": text(**changes)}
    if language:
        files["advisories/EX-2026-001.de.md"] = GERMAN
    site = make_site(folder, files, toml)
    made = built(site)
    assert made.written, made.diagnostics
    [found] = blocks((site / "output" / language / "advisories/EX-2026-001/index.html").read_bytes())
    return found


def test_it_says_what_the_page_says(tmp_path):
    found = said(tmp_path, toml=NAMED, cve="CVE-2026-12345", **DATES)
    assert found == {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": "Example Player writes session tokens to the system log",
        "description": "Any app with log access can read the signed-in user's session token and use it until it expires.",
        "identifier": ["EX-2026-001", "CVE-2026-12345"],
        "url": "https://security.example.com/advisories/EX-2026-001/",
        "datePublished": "2026-11-20",
        "dateModified": "2026-11-21T09:00:00Z",
        "inLanguage": "en",
        "publisher": {"@type": "Organization", "name": "Example", "url": "https://example.com"},
        "isPartOf": {"@type": "WebSite", "name": "Example Security", "url": "https://security.example.com/"},
        "about": [{"@type": "SoftwareApplication", "name": "Example Player", "operatingSystem": ["Android", "iOS"]}],
    }


def test_a_translation_is_said_in_its_language_and_at_its_address(tmp_path):
    found = said(tmp_path, "de", NAMED)
    assert (found["headline"], found["inLanguage"]) == ("Der Player schreibt Schlüssel ins Protokoll", "de")
    assert found["url"] == "https://security.example.com/de/advisories/EX-2026-001/"
    assert found["isPartOf"]["url"] == "https://security.example.com/"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "notice", "actions": [{"kind": "other", "text": "Fetch the new key."}]},
        {
            "incident": {"detected": "unknown", "accessed": "unknown", "users_affected": "unknown"},
            "next_update": "unknown",
            "actions": [{"kind": "verify", "platforms": ["all"], "text": "Look at your devices."}],
        },
    ],
)
def test_an_incident_and_a_notice_are_articles_without_what_they_do_not_name(tmp_path, changes):
    found = said(tmp_path, severity=MISSING, affected=MISSING, **changes)
    assert found["@type"] == "Article"
    assert found["identifier"] == ["EX-2026-001"]
    assert "about" not in found
    assert found["publisher"] == {"@type": "Organization", "name": "Example"}


def test_all_platforms_are_no_platform(tmp_path):
    toml = CONFIG + '[[products]]\nid = "library"\nname = "Example Library"\n'
    rows = [{"product": "library", "platforms": ["all"], "versions": "before 2.0", "fixed": "2.0"}]
    found = said(tmp_path, toml=toml, affected=rows, actions=[{"kind": "update"}])
    assert found["about"] == [{"@type": "SoftwareApplication", "name": "Example Library"}]


def test_what_was_withdrawn_is_described_by_why(tmp_path):
    assert said(tmp_path, withdrawn=OVER)["description"] == "A third party asked."


def test_of_what_was_redacted_only_what_is_public_is_said(tmp_path):
    found = said(tmp_path, withdrawn={**OVER, "redacted": True}, cve="CVE-2026-12345")
    assert (found["headline"], found["identifier"]) == ("EX-2026-001", ["EX-2026-001"])
    assert "about" not in found
    assert found["description"] == "A third party asked."
    assert found["dateModified"] == "2026-11-22T10:00:00Z"


def test_a_draft_in_a_preview_has_no_times():
    draft = parsed(status="draft", published=MISSING).advisory
    found = linked_data.article(draft, Frame(configuration()), "en", ())
    assert not {"datePublished", "dateModified"} & found.keys()


def test_pages_of_advisories_alone_have_it(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(redirect_from=["/old/one/"])})
    assert built(site).written
    have = {path for path, data in tree(site / "output").items() if path.endswith(".html") and blocks(data)}
    assert have == {"advisories/EX-2026-001/index.html"}


@pytest.mark.parametrize(
    "payload",
    ["</script><script>alert(1)</script>", "<!--", "<!-- <script>", "--> ]]> </SCRIPT\t>", "a & 'c' \"d\" \\u003c/script>", "\\"],
)
def test_no_text_ends_the_block(tmp_path, payload):
    reason = f"It was wrong {payload}"
    toml = CONFIG.replace('title = "Example Security"', f"title = {json.dumps(payload)}").replace('"Example"', json.dumps(payload))
    site = make_site(tmp_path, {"EX-2026-001": text(title=payload, withdrawn={**OVER, "reason": reason})}, toml)
    made = built(site)
    assert made.written, made.diagnostics
    data = (site / "output/advisories/EX-2026-001/index.html").read_bytes()
    [found] = blocks(data)
    assert (found["headline"], found["description"]) == (payload, reason)
    assert found["isPartOf"]["name"] == found["publisher"]["name"] == payload
    raw = data.split(b'<script type="application/ld+json">')[1].split(b"</script>")[0]
    assert json.loads(raw) == found  # what the parser saw is what was written
    assert not {*b"<>&'"} & {*raw}
