"""Some three hundred hostile texts in every field, body and own page: in pages, feed and index they are text and nothing else."""

import json
import re

import html5lib
import pytest
from lxml import etree

from advgen import check, report, urls
from advgen.diagnostics import Source
from advgen.parse import parse
from advgen.phrases import UNSEEN
from tests.fuzz.targets import CONFIGURATION
from tests.payloads import LINKS, PAYLOADS
from tests.support import CONFIG, built, make_site, text, tree

BODY = frozenset("a blockquote br code del em h2 h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th thead tr ul".split())  # noqa: SIM905 - one line reads better
FRAME = BODY | frozenset("html head body meta title link script header nav main section div span h1 footer time dl dt dd".split())  # noqa: SIM905 - as above
FRAME |= frozenset("aside article label select option input button picture source tfoot".split())  # noqa: SIM905 - as above
ATTRIBUTES = frozenset("href src alt title class id lang rel type name content http-equiv charset datetime role scope start".split())  # noqa: SIM905 - as above
CONFIGURED = (
    CONFIG
    + """
[check]
ignore = [
    {code = "ADV503", reason = "What leads nowhere is drawn without its link."},
    {code = "ADV605", reason = "Some payloads have no words."},
]
"""
)


def advisory(payload: str, body: str) -> str:
    return text(
        body,
        title=payload,
        summary=payload,
        impact=payload,
        cause=payload,
        affected=[{"platforms": ["android"], "versions": "all"}, {"platforms": ["ios"], "status": "not_affected", "reason": payload}],
        actions=[
            {
                "kind": "other",
                "text": payload,
                "who": payload,
                "command": payload,
                "links": [{"url": "https://a.example", "title": payload}],
            }
        ],
        credits=[{"name": payload}],
        references=[{"url": "https://a.example", "title": payload}],
        revisions=[{"date": "2026-11-21T09:00:00Z", "level": "major", "summary": payload}],
        timeline=[{"date": "2026-11-19", "text": payload}],
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with an advisory and an own page for each payload."""
    advisories = {f"EX-2026-{number:03}": advisory(payload, payload) for number, payload in enumerate(PAYLOADS)}
    advisories |= {f"EX-2025-{number:03}": text(link) for number, link in enumerate(LINKS)}
    front = "---\ntitle: {}\n---\n\n{}\n"
    advisories |= {f"pages/page-{n}.md": front.format(json.dumps(payload), payload) for n, payload in enumerate(PAYLOADS[::10])}
    advisories |= {f"pages/link-{n}.md": front.format("x", link) for n, link in enumerate(LINKS[::10])}
    folder = make_site(tmp_path_factory.mktemp("hostile"), advisories, CONFIGURED)
    made = built(folder)
    assert made.written, [problem for problem in made.diagnostics if problem.stops]
    return tree(folder / "output")


def is_harmless(href: str) -> bool:
    return href.startswith(("https://", "http://", "mailto:", "#", "../", "./", "/")) or ":" not in href


def test_there_are_enough_of_them():
    assert len(PAYLOADS) + len(LINKS) >= 250


def scripts_are_ours(page):
    """Whether each script is a file of the theme, and holds nothing itself."""
    return all(
        (each.attrib.keys(), each.text) == ({"src", "defer"}, None)
        and re.fullmatch(r"(\.\./)*assets/(filter|overdue)\.js", each.get("src"))
        for each in page.iter("script")
    )


def data_block(page):
    """Data in the head of an advisory's page, which no browser runs."""
    [found] = page.iterfind("head/script[@type]")
    assert (found.attrib, list(found)) == ({"type": "application/ld+json"}, [])
    page.find("head").remove(found)
    return json.loads(found.text)


def test_no_page_has_an_element_attribute_or_address_that_is_not_ours(site):
    pages = {path: data for path, data in site.items() if path.endswith(".html")}
    assert len(pages) > len(PAYLOADS) + len(LINKS)
    for path, data in pages.items():
        page = html5lib.parse(data.decode(), namespaceHTMLElements=False)
        if path.startswith("advisories/"):
            data_block(page)
        assert scripts_are_ours(page)
        for element in page.iter():
            assert element.tag in FRAME, element.tag
            assert set(element.attrib) <= ATTRIBUTES | {
                "aria-label",
                "aria-labelledby",
                "aria-current",
                "data-label",
                "property",
                "tabindex",
                "defer",
                "hidden",
                "value",
                "width",
                "height",
                "media",
                "srcset",
                *(name for name in element.attrib if name.startswith("data-") and element.tag in ("li", "option", "input", "div", "span")),
            }, element.attrib
            assert is_harmless(element.get("href", "")), element.attrib
            assert all(element.get(name, "../").startswith(("../", "assets/")) for name in ("src", "srcset")), element.attrib
            assert element.get("http-equiv", "Content-Security-Policy") == "Content-Security-Policy"


def test_every_page_shows_its_payload_as_it_was_written(site):
    for number, payload in enumerate(PAYLOADS):
        page = html5lib.parse(site[f"advisories/EX-2026-{number:03}/index.html"].decode(), namespaceHTMLElements=False)
        assert " ".join(page.find(".//h1").text.split()) == " ".join(payload.split())
        assert page.find(".//title").text.startswith(payload.strip())
        told = data_block(page)
        assert (told["headline"], told["description"]) == (payload.strip(), payload.strip())


def test_the_feed_is_well_formed_and_its_markup_is_ours(site):
    channel = etree.fromstring(site["feed.xml"], etree.XMLParser(resolve_entities=False, no_network=True)).find("channel")
    items = channel.findall("item")
    assert len(items) == 50
    for item in items:
        assert html5lib.parseFragment(item.findtext("description"), namespaceHTMLElements=False).find(".//*") is None
        content = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
        for element in html5lib.parseFragment(content, namespaceHTMLElements=False).iter():
            assert element.tag in BODY | {"DOCUMENT_FRAGMENT", "dl", "dt", "dd", "time", "section", "div", "span"}, element.tag
            assert set(element.attrib) <= ATTRIBUTES, element.attrib
            assert is_harmless(element.get("href", "https://")), element.attrib


def test_the_index_says_every_payload_as_it_was_written(site):
    said = {each["id"]: each for each in json.loads(site["index.json"])["advisories"]}
    for number, payload in enumerate(PAYLOADS):
        found = said[f"EX-2026-{number:03}"]
        assert (found["title"], found["summary"]) == (payload.strip(), payload.strip())


def test_nothing_of_the_machine_is_in_any_file(site):
    for path, data in site.items():
        assert b"root:x:0" not in data, path
        assert b"1337" not in re.sub(rb"[0-9a-f]{64}", b"", data), path  # a digest may hold it


# The configuration, file names, and what is told of them


def named(payload: str) -> str:
    """A payload as the name of a file, as far as there can be such a file."""
    return f"{payload.replace('/', '')[:80].strip().lstrip('._') or 'x'}.txt"


@pytest.fixture(scope="module")
def configured(tmp_path_factory):
    """A site whose configuration and file names are payloads."""
    toml = CONFIGURED
    for number, payload in enumerate(PAYLOADS):
        quoted = json.dumps(payload)
        toml += f'[[platforms]]\nid = "p{number}"\nname = {quoted}\n'
        toml += f'[[products]]\nid = "q{number}"\nname = {quoted}\nplatforms = ["p{number}"]\n'
    rows = [
        {"product": f"q{number}", "platforms": [f"p{number}"], "versions": "before 2.0", "fixed": "2.0"} for number in range(len(PAYLOADS))
    ]
    files = {f"advisories/EX-2026-001/{named(payload)}".casefold().replace("ex-2026", "EX-2026"): b"x" for payload in PAYLOADS}
    folder = make_site(tmp_path_factory.mktemp("named"), {"EX-2026-001": text(affected=rows, actions=[{"kind": "update"}]), **files}, toml)
    made = built(folder)
    assert made.written, [problem for problem in made.diagnostics if problem.stops]
    return tree(folder / "output"), len(files)


def test_names_of_the_configuration_and_of_files_are_text_and_nothing_else(configured):
    found, files = configured
    assert sum(path.startswith("advisories/EX-2026-001/") for path in found) == files + 2  # the page and the text
    for path, data in found.items():
        assert urls.is_path(path), path
        if path.endswith(".html"):
            page = html5lib.parse(data.decode(), namespaceHTMLElements=False)
            if path.startswith("advisories/"):
                assert [each["name"] for each in data_block(page)["about"]] == list(dict.fromkeys(payload.strip() for payload in PAYLOADS))
            assert scripts_are_ours(page)
            for element in page.iter():
                assert element.tag in FRAME, element.tag
                assert is_harmless(element.get("href", "")), element.attrib
    etree.fromstring(found["feed.xml"], etree.XMLParser(resolve_entities=False, no_network=True))
    json.loads(found["index.json"])


@pytest.mark.parametrize("field", ["severity", "kind", "published", "tlp", "feed_id", "titel"])
def test_a_report_obeys_no_payload(field):
    for payload in (*PAYLOADS, "a\x1b[31mb", "a\n::error::b", "a\r\n##[error]b", "\u202eevil", "\x9b31m", "a\tb"):
        for number, name in enumerate(("EX-2026-001", payload)):
            source = Source(f"advisories/{name}.md", text(**({field: payload} if number == 0 else {"severity": "x"})).encode())
            for _, shown in report.text(check.advisory(parse(source), CONFIGURATION).diagnostics):
                assert not UNSEEN.search(shown)
                assert not re.search(r"##(\[|vso)", shown)
                assert not any(line.lstrip().startswith("::") for line in shown.split("\n"))
