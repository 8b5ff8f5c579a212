"""The feed that readers keep: which advisories, in which order, under which ids, and nothing that a reader could stumble over."""

import html
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import html5lib
import pytest
from lxml import etree

from tests.support import AS_OF, CONFIG, MISSING, built, make_site, text, tree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SITE = "https://security.example.com"
MAJOR = {"date": "2026-11-21T09:00:00Z", "level": "major", "summary": "The web player is affected too."}
MINOR = {"date": "2026-11-22T09:00:00Z", "level": "minor", "summary": "A link was mended."}
WITHDRAWN = {"date": "2026-11-22T18:30:00Z", "reason": "It was never exploitable."}


def feed(folder: Path, advisories: dict, toml: str = CONFIG) -> bytes:
    site = make_site(folder, advisories, toml)
    made = built(site)
    assert made.written is not None, made.diagnostics
    return (site / "output/feed.xml").read_bytes()


def channel(data: bytes) -> etree._Element:
    found = etree.fromstring(data).find("channel")
    assert found is not None
    return found


def items(data: bytes) -> list[etree._Element]:
    return channel(data).findall("item")


def ids(data: bytes) -> list[str]:
    return [item.findtext("guid").rpartition(":")[2] for item in items(data)]


def only(folder: Path, body: str = "", **changes) -> etree._Element:
    """The entry of a site with one advisory."""
    [item] = items(feed(folder, {"EX-2026-001": text(body, **changes)}))
    return item


def day(number: int) -> str:
    return (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)).date().isoformat()


WINDOW = CONFIG.replace("[feeds]", "[feeds]\nwindow = 3")


def test_the_feed_holds_the_newest_as_many_as_the_window(tmp_path):
    data = feed(tmp_path, {f"EX-2026-{number:03}": text(published=day(number)) for number in range(6)}, WINDOW)
    assert ids(data) == ["EX-2026-005", "EX-2026-004", "EX-2026-003"]


def test_the_window_is_fifty_when_nothing_is_said(tmp_path):
    assert len(ids(feed(tmp_path, {f"EX-2026-{number:03}": text(published=day(number)) for number in range(53)}))) == 50


def test_what_is_interim_never_falls_out_of_the_window(tmp_path):
    advisories = {f"EX-2026-{number:03}": text(published=day(number)) for number in range(1, 6)}
    waiting = text(published=day(0), next_update={"unknown": "We are waiting for the vendor."})
    assert ids(feed(tmp_path, {**advisories, "EX-2026-000": waiting}, WINDOW)) == [
        "EX-2026-005",
        "EX-2026-004",
        "EX-2026-003",
        "EX-2026-000",
    ]


def test_a_major_revision_comes_back_to_the_top_and_into_the_window(tmp_path):
    advisories = {f"EX-2026-{number:03}": text(published=day(number)) for number in range(6)}
    revised = text(published=day(0), revisions=[MAJOR])
    assert ids(feed(tmp_path, advisories | {"EX-2026-000": revised}, WINDOW)) == ["EX-2026-000", "EX-2026-005", "EX-2026-004"]


def test_a_minor_revision_moves_nothing(tmp_path):
    advisories = {f"EX-2026-{number:03}": text(published=day(number)) for number in range(6)}
    revised = text(published=day(0), revisions=[MINOR])
    assert ids(feed(tmp_path, advisories | {"EX-2026-000": revised}, WINDOW)) == ["EX-2026-005", "EX-2026-004", "EX-2026-003"]


def test_a_withdrawal_comes_back_to_the_top(tmp_path):
    advisories = {f"EX-2026-{number:03}": text(published=day(number)) for number in range(6)}
    assert ids(feed(tmp_path, advisories | {"EX-2026-000": text(published=day(0), withdrawn=WITHDRAWN)}, WINDOW))[0] == "EX-2026-000"


def test_two_of_the_same_time_are_ordered_by_publication_and_id(tmp_path):
    advisories = {
        "EX-2026-001": text(published="2026-10-01", revisions=[MAJOR]),
        "EX-2026-002": text(published=MAJOR["date"]),
        "EX-2026-003": text(published=MAJOR["date"]),
    }
    assert ids(feed(tmp_path, advisories)) == ["EX-2026-003", "EX-2026-002", "EX-2026-001"]


def test_the_id_is_a_tag_of_the_authority_and_no_address(tmp_path):
    guid = only(tmp_path).find("guid")
    assert guid.text == "tag:security.example.com,2026:EX-2026-001"
    assert guid.get("isPermaLink") == "false"


def test_the_id_survives_a_new_title_folder_domain_and_theme(tmp_path):
    before = feed(tmp_path / "before", {"EX-2026-001": text()})
    moved = make_site(
        tmp_path / "after",
        {
            "advisories/2026/deep/EX-2026-001.md": text(title="Another title", revisions=[MAJOR]),
            "theme/entry.html": "<p>{{ page.advisory.title }}</p>",
        },
        CONFIG.replace(SITE, "https://elsewhere.example/a"),
    )
    assert built(moved).written
    after = (moved / "output/feed.xml").read_bytes()
    assert items(before)[0].findtext("title") != items(after)[0].findtext("title")
    assert items(before)[0].findtext("link") != items(after)[0].findtext("link")
    assert items(before)[0].findtext("guid") == items(after)[0].findtext("guid")


def test_an_own_feed_id_is_kept_as_it_is(tmp_path):
    assert only(tmp_path, feed_id="https://old.example/?p=123&x=<y>").findtext("guid") == "https://old.example/?p=123&x=<y>"


def test_every_id_of_a_feed_is_another(tmp_path):
    guids = [item.findtext("guid") for item in items(feed(tmp_path, {f"EX-2026-{number:03}": text() for number in range(20)}))]
    assert len(set(guids)) == 20


def dates(item: etree._Element) -> tuple[str, str]:
    """When it was published, and when readers were last told."""
    return parsedate_to_datetime(item.findtext("pubDate")).astimezone(UTC).isoformat(), item.findtext(f"{ATOM}updated")


@pytest.mark.parametrize(
    ("changes", "updated"),
    [
        ({}, "2026-11-20T14:00:00Z"),
        ({"revisions": [MAJOR]}, "2026-11-21T09:00:00Z"),
        ({"revisions": [MINOR]}, "2026-11-20T14:00:00Z"),
        ({"revisions": [MAJOR, MINOR]}, "2026-11-21T09:00:00Z"),
        ({"withdrawn": WITHDRAWN}, "2026-11-22T18:30:00Z"),
        ({"revisions": [MAJOR], "withdrawn": WITHDRAWN}, "2026-11-22T18:30:00Z"),
        ({"withdrawn": WITHDRAWN, "revisions": [{**MINOR, "date": "2026-11-22T20:00:00Z"}]}, "2026-11-22T18:30:00Z"),
        ({"next_update": "2026-11-30"}, "2026-11-20T14:00:00Z"),
        ({"published": "2026-11-20T15:00:00+02:00"}, "2026-11-20T13:00:00Z"),
        ({"published": "2026-11-20"}, "2026-11-20T00:00:00Z"),
    ],
    ids=["new", "major", "minor", "both", "withdrawn", "major, withdrawn", "withdrawn, minor", "announced", "zone", "date"],
)
def test_the_publication_stays_and_only_what_matters_moves_the_update(tmp_path, changes, updated):
    published, changed = dates(only(tmp_path, **changes))
    wanted = {"2026-11-20T13:00:00Z": "2026-11-20T13:00:00+00:00", "2026-11-20T00:00:00Z": "2026-11-20T00:00:00+00:00"}
    assert published == wanted.get(updated, "2026-11-20T14:00:00+00:00")
    assert changed == updated


RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)")


def test_the_date_of_the_channel_is_its_newest_update_and_no_clock(tmp_path):
    data = feed(tmp_path, {"EX-2026-001": text(revisions=[MAJOR, MINOR]), "EX-2026-002": text(published="2026-11-20T16:00:00Z")})
    built_at = channel(data).findtext("lastBuildDate")
    assert RFC_822.fullmatch(built_at)
    assert parsedate_to_datetime(built_at) == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert all(RFC_822.fullmatch(item.findtext("pubDate")) for item in items(data))


def test_the_description_of_the_site_is_text_and_no_markup(tmp_path):
    told = "We <b>care</b> & listen"
    toml = CONFIG.replace("[publisher]", f'description = "{told}"\n[publisher]')
    shown = channel(feed(tmp_path, {"EX-2026-001": text()}, toml)).findtext("description")
    assert html.unescape(shown) == told
    assert "<" not in shown


def test_the_channel_links_to_the_site_and_itself(tmp_path):
    found = channel(feed(tmp_path, {"EX-2026-001": text()}, CONFIG.replace(SITE, f"{SITE}/en")))
    assert found.findtext("link") == f"{SITE}/en/"
    [its] = found.findall(f"{ATOM}link[@rel='self']")
    assert (its.get("href"), its.get("type")) == (f"{SITE}/en/feed.xml", "application/rss+xml")
    assert (found.findtext("title"), found.findtext("language")) == ("Example Security", "en")


def test_an_entry_links_to_its_page(tmp_path):
    assert only(tmp_path).findtext("link") == f"{SITE}/advisories/EX-2026-001/"
    assert (tmp_path / "output/advisories/EX-2026-001/index.html").is_file()


def test_an_entry_has_its_categories(tmp_path):
    item = only(tmp_path, cve="CVE-2026-12345")
    assert {each.text for each in item.findall("category")} >= {
        "Vulnerability",
        "High",
        "Android",
        "iOS",
        "Example Player",
        "CVE-2026-12345",
    }


def test_the_whole_notice_is_in_the_feed_and_what_to_do_comes_first(tmp_path):
    content = only(tmp_path, "The **details**.\n\n| a | b |\n|---|---|\n| c | d |").findtext(CONTENT)
    places = [
        content.index(part) for part in ("Update Example Player to 4.2.1 or later", "Any app with log access", "<strong>details</strong>")
    ]
    assert places == sorted(places)
    assert "<table>" in content
    assert "The iOS app never logs tokens." in content


def test_the_content_is_left_out_where_that_is_asked(tmp_path):
    data = feed(tmp_path, {"EX-2026-001": text("The details.")}, CONFIG.replace("[feeds]", "[feeds]\nfull_content = false"))
    assert items(data)[0].find(CONTENT) is None
    assert "Any app with log access" in items(data)[0].findtext("description")


def test_no_address_in_the_content_is_relative(tmp_path):
    body = "[other](EX-2026-002.md) [file](note.txt) ![image](image.png) [top](#heading) https://example.org/x\n\n# Heading"
    site = {
        "EX-2026-001": text(body, withdrawn=WITHDRAWN | {"superseded_by": "EX-2026-002"}),
        "EX-2026-002": text(body.replace("EX-2026-002", "EX-2026-001"), references=["https://example.com/more"]),
        "EX-2026-003": text(body),
    }
    site |= {f"advisories/{name}/note.txt": b"x" for name in list(site)}
    site |= {f"advisories/EX-2026-00{number}/image.png": b"\x89PNG\r\n\x1a\n" for number in (1, 2, 3)}
    found = []
    for item in items(feed(tmp_path, site, CONFIG.replace(SITE, f"{SITE}/sub"))):
        root = html5lib.parseFragment(item.findtext(CONTENT), treebuilder="etree", namespaceHTMLElements=False)
        found += [element.get(name) for element in root.iter() for name in ("href", "src") if element.get(name)]
    assert len(found) >= 12
    assert [each for each in found if not each.startswith("https://")] == []
    for address in found:
        if address.startswith(f"{SITE}/sub/"):
            path = address.removeprefix(f"{SITE}/sub/").partition("#")[0]
            assert (tmp_path / "output" / (f"{path}index.html" if path.endswith("/") or not path else path)).is_file(), address


def test_the_content_has_no_script_and_no_style(tmp_path):
    content = only(tmp_path, "# Heading\n\n<script>alert(1)</script>\n\n[x](#heading)").findtext(CONTENT)
    root = html5lib.parseFragment(content, treebuilder="etree", namespaceHTMLElements=False)
    assert not [element for element in root.iter() if element.tag in ("script", "style", "form", "link", "iframe")]
    assert not [name for element in root.iter() for name in element.attrib if name == "style" or name.startswith("on")]


def test_a_withdrawn_advisory_stays_and_says_so(tmp_path):
    item = only(tmp_path, "The details.", withdrawn=WITHDRAWN)
    assert "Do not act on this advisory any more." in item.findtext(CONTENT)
    assert not [old for old in ("Update", "before 4.2.1", "The details.", "High") if old in item.findtext(CONTENT)]
    assert item.findtext("title") == "[Withdrawn] Example Player writes session tokens to the system log"
    assert "It was never exploitable." in item.findtext(CONTENT)
    assert item.findtext("guid") == "tag:security.example.com,2026:EX-2026-001"


def test_a_redacted_advisory_stays_with_its_reason_and_without_its_text(tmp_path):
    item = only(tmp_path, "Secret details.", withdrawn=WITHDRAWN | {"redacted": True})
    whole = etree.tostring(item, encoding="unicode")
    assert item.findtext("guid") == "tag:security.example.com,2026:EX-2026-001"
    assert item.findtext("title").startswith("[Withdrawn]")
    assert "It was never exploitable." in whole
    assert "Secret details" not in whole
    assert "session token" not in whole


TRICKY = {
    "end of CDATA": "a ]]> b",
    "twice": "]]>]]>",
    "split": "]]]]>>",
    "emoji": "😀 👩‍👩‍👧 🇩🇪",
    "markup": "a < b && c > d <b>",
    "entity": "&amp; &lt; &nbsp; &#0; &#x1F;",
    "declaration": "<?xml version='1.0'?> <!DOCTYPE x [<!ENTITY e 'x'>]>",
    "right to left": "שלום עולם",
    "line separator": "a\u2028b\u0085c",
    "noncharacter": "a\U0001ffffb",
    "private": "\ue000",
    "quotes": "\"'`",
}


@pytest.mark.parametrize("tricky", TRICKY.values(), ids=TRICKY)
def test_no_text_breaks_the_feed(tmp_path, tricky):
    site = make_site(
        tmp_path, {"EX-2026-001": text(f"Body: {tricky}\n\n    {tricky}", title=f"Title: {tricky}", impact=f"Impact: {tricky}")}
    )
    made = built(site)
    if "\u0085" in tricky:  # refused: it cannot be seen
        assert made.written is None
        return
    assert made.written, made.diagnostics
    data = (site / "output/feed.xml").read_bytes()
    [item] = items(data)
    assert item.findtext("title") == f"Title: {tricky}"
    shown = "".join(html5lib.parseFragment(item.findtext(CONTENT), treebuilder="etree", namespaceHTMLElements=False).itertext())
    assert f"Impact: {tricky}" in shown
    assert not feedparser.parse(data).bozo


CONTROLS = ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x9f", "\ufffe", "\uffff"]


@pytest.mark.parametrize("control", CONTROLS, ids=[f"U+{ord(each):04X}" for each in CONTROLS])
def test_a_control_character_is_refused_or_harmless_and_never_a_crash(tmp_path, control):
    """Written as it is, escaped in YAML, and as a reference in Markdown."""
    site = make_site(
        tmp_path,
        {
            "EX-2026-001": text(f"Body {control} and more."),
            "EX-2026-002": text().replace("session tokens to", f"session {control} tokens to", 1),
            "EX-2026-003": text()
            .replace("title: Example Player", f'title: "Example \\u{ord(control):04x} Player"\nx: {{a: b', 1)
            .replace("log\n", "}\n", 1),
        },
    )
    assert built(site).written is None
    for name in ("001", "002", "003"):
        (site / f"advisories/EX-2026-{name}.md").unlink()
    make_site(site, {"EX-2026-004": text(f"Body &#{ord(control)}; and &#x{ord(control):x}; more.", impact=f"&#{ord(control)};")})
    if built(site).written:
        data = (site / "output/feed.xml").read_bytes()
        assert len(items(data)) == 1
        assert not feedparser.parse(data).bozo


def test_a_feed_without_entries_is_valid(tmp_path):
    (tmp_path / "advgen.toml").write_text(CONFIG)
    (tmp_path / "advisories").mkdir()
    assert built(tmp_path).written
    data = (tmp_path / "output/feed.xml").read_bytes()
    found = channel(data)
    assert items(data) == []
    assert found.findtext("title") == "Example Security"
    assert found.findtext("link") == f"{SITE}/"
    assert found.findtext("description")
    assert not feedparser.parse(data).bozo


def test_the_feed_is_the_same_whenever_and_wherever_it_is_built(tmp_path):
    advisories = {f"EX-2026-{number:03}": text("Body.", published=day(number)) for number in range(8)}
    one, other = make_site(tmp_path / "one", advisories), make_site(tmp_path / "other", dict(reversed(advisories.items())))
    assert built(one).written
    assert built(other, as_of=AS_OF + timedelta(days=400)).written
    assert tree(one / "output")["feed.xml"] == tree(other / "output")["feed.xml"]


def test_a_reader_takes_it_as_it_is(tmp_path):
    advisories = {
        "EX-2026-001": text("Body.", revisions=[MAJOR], cve="CVE-2026-12345"),
        "EX-2026-002": text(kind="notice", severity=MISSING, affected=MISSING, actions=[{"kind": "other", "text": "Fetch the new key."}]),
    }
    data = feed(tmp_path, advisories)
    found = feedparser.parse(data)
    assert not found.bozo
    assert found.version == "rss20"
    assert (found.feed.title, found.feed.link) == ("Example Security", f"{SITE}/")
    first, second = found.entries
    assert (first.id, first.guidislink) == ("tag:security.example.com,2026:EX-2026-001", False)
    assert first.link == f"{SITE}/advisories/EX-2026-001/"
    assert first.published_parsed[:5] == (2026, 11, 20, 14, 0)
    assert first.updated_parsed[:5] == (2026, 11, 21, 9, 0)
    assert "Fetch the new key." in second.content[0].value


def test_the_feed_has_one_of_each_thing_that_rss_wants_once(tmp_path):
    found = channel(feed(tmp_path, {"EX-2026-001": text("Body.")}))
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(found.findall(name)) == 1, name
    for name in ("title", "link", "description", "guid", "pubDate", CONTENT, f"{ATOM}updated"):
        assert len(found.find("item").findall(name)) == 1, name
    assert found.getparent().get("version") == "2.0"


def test_the_feed_is_utf_8_without_mark_and_document_type(tmp_path):
    data = feed(tmp_path, {"EX-2026-001": text("Bödy.")})
    assert re.match(rb"<\?xml version='1.0' encoding='UTF-8'\?>", data)
    assert b"<!DOCTYPE" not in data
    assert "Bödy" in data.decode("utf-8")


def test_an_entry_says_what_the_page_says(tmp_path):
    flaws = [
        {"cve": "CVE-2026-10001", "title": "First flaw", "severity": "high", "description": "How the first works."},
        {
            "cve": "CVE-2026-10002",
            "title": "Second flaw",
            "severity": "low",
            "exploitation": {"status": "confirmed", "details": "Seen since Monday."},
        },
    ]
    questions = [{"question": "How did they get in?", "answer": "Through an old account.", "answered": "2026-11-21"}]
    summary = "Attackers use one of the two to read session tokens."
    site = make_site(
        tmp_path, {"EX-2026-001": text(vulnerabilities=flaws, open_questions=questions, cause="A check was missing.", summary=summary)}
    )
    assert built(site).written
    data = (site / "output/feed.xml").read_text("utf-8")
    for said in (
        "First flaw",
        "How the first works.",
        "Second flaw",
        "This is being exploited.",
        "Seen since Monday.",
        "Through an old account.",
        "A check was missing.",
    ):
        assert said in data


def test_an_incident_in_the_feed_says_what_happened_before_what_is_not_known(tmp_path):
    incident = {"detected": "2026-11-19", "accessed": ["Names.", "Addresses."], "users_affected": 7, "authorities": ["The regulator"]}
    item = only(
        tmp_path,
        "Somebody signed in.",
        incident=incident,
        open_questions=["How did they get in?"],
        next_update="2026-12-01T10:00:00Z",
        severity=MISSING,
        affected=MISSING,
        actions=[{"kind": "verify", "platforms": ["all"], "text": "Sign in again."}],
    )
    content = item.findtext(CONTENT)
    order = [
        "The investigation continues",
        "Sign in again.",
        "Somebody signed in.",
        "19 November 2026",
        "How did they get in?",
        "1 December 2026",
    ]
    places = [content.index(words) for words in order]
    assert places == sorted(places)
    assert "<li>Names.</li><li>Addresses.</li>" in content
    assert "The regulator" in content
