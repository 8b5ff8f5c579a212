"""Markdown: what is safe, where links lead, and what rules are told."""

from time import process_time

import html5lib
import pytest

from advgen.parse import markdown
from advgen.parse.markdown import Home

ADDRESS = "advisories/EX-2026-001/"
HOME = Home(ADDRESS, {name: f"{ADDRESS}{name}" for name in ("key.asc", "shot.png")}, "../../")


def html(text, home=HOME):
    return str(markdown.html(text, home))


def elements(text):
    tree = html5lib.parse(html(text), namespaceHTMLElements=False)
    return {element.tag for element in tree.iter() if isinstance(element.tag, str)} - {"html", "head", "body"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[x](EX-2026-002.md)", '<a href="../../advisories/EX-2026-002/">x</a>'),
        ("[x](key.asc)", '<a href="../../advisories/EX-2026-001/key.asc">x</a>'),
        ("[x](https://a.example/b)", '<a href="https://a.example/b">x</a>'),
        ("[x](mailto:a@b.example)", '<a href="mailto:a@b.example">x</a>'),
        ("see https://a.example/b.", 'see <a href="https://a.example/b">https://a.example/b</a>.'),
        ("![A dialog](shot.png)", '<img src="../../advisories/EX-2026-001/shot.png" alt="A dialog">'),
        ("~~no~~", "<s>no</s>"),
    ],
)
def test_links_and_images_lead_where_they_mean(source, expected):
    assert expected in html(source)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "data:image/png;base64,x",
        "vbscript:x",
        "//evil.example",
        "/etc/passwd",
        "file:///etc/passwd",
        "ftp://a.example",
        "tel:123",
        "feed:x",
        "blob:x",
        "view-source:x",
        "intent:x",
        "ms-msdt:x",
        "jar:x",
        "missing.asc",
        "#nowhere",
        "../other/",
        "\\\\evil.example",
    ],
)
def test_every_other_link_is_dropped_and_its_text_stays(target):
    rendered = html(f"[words](<{target}>)")
    assert "href" not in rendered
    assert "words" in rendered


def test_images_from_elsewhere_are_never_loaded():
    rendered = html("![A dialog](https://evil.example/pixel.png)")
    assert "<img" not in rendered
    assert "A dialog" in rendered


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<style>*{}</style>",
        "<!-- x -->",
        "<iframe src=//x>",
        "<a href=javascript:alert(1)>x</a>",
        "<form action=//x><input></form>",
        "<base href=//x>",
        "<meta http-equiv=refresh content=0>",
        "<math><mi//xlink:href=x>",
        "```\n<script>alert(1)</script>\n```",
        '```"><script>\nx\n```',
        "[x]: <javascript:alert(1)>\n\n[x]",
        '[x](https://a.example "\\"><script>")',
    ],
)
def test_raw_html_is_shown_as_text(source):
    assert elements(source) <= {"p", "a", "pre", "code"}
    assert "javascript" not in html(source) or "&lt;a href" in html(source)


def test_headings_begin_at_level_two_and_have_ids_of_their_own():
    rendered = html("# Impact\n\n### Impact\n\n[up](#impact)")
    assert '<h2 id="text-impact">' in rendered
    assert '<h4 id="text-impact-2">' in rendered
    assert '<a href="#text-impact">' in rendered


def test_addresses_in_a_feed_are_whole():
    rendered = html(
        "# A\n\n[x](EX-2026-002.md) [y](key.asc) [z](#a)", Home(ADDRESS, {"key.asc": f"{ADDRESS}key.asc"}, "https://s.example/")
    )
    assert 'href="https://s.example/advisories/EX-2026-002/"' in rendered
    assert 'href="https://s.example/advisories/EX-2026-001/key.asc"' in rendered
    assert 'href="https://s.example/advisories/EX-2026-001/#text-a"' in rendered


def test_facts_know_the_lines_of_links_and_raw_html():
    found = markdown.facts("One\ntwo [x](a.md)\n\n- <b>three</b>\n")
    assert [(link.target, link.line) for link in found.links] == [("a.md", 1)]
    assert found.raw == (("<b>", 3), ("</b>", 3))
    assert found.opening == "One two x"


def test_code_is_not_raw_html():
    assert not markdown.facts("`<b>` and\n\n    <i>\n").raw


def test_many_equal_headings_are_numbered_without_looking_at_each_other():
    found = markdown.facts("# a\n" * 3000).fragments
    assert {"a", "a-2", "a-3000"} <= found
    assert len(found) == 3000


def test_openings_that_nothing_closes_take_time_in_proportion_to_their_number():
    """A quadratic search takes a minute for these; four times the text would take sixteen times as long, whatever the machine."""

    def seconds(count: int) -> float:
        begun = process_time()
        markdown.facts("<x " * count)
        return process_time() - begun

    assert seconds(80_000) < 9 * max(seconds(20_000), 0.02)
