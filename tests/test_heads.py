"""What stands in the head of every page: one address, what the page is called elsewhere, and the policy."""

import html5lib
import pytest

from tests.support import CONFIG, built, make_site, text, tree

TOML = CONFIG.replace('url = "https://security.example.com"', 'url = "https://example.com/security"').replace(
    "[publisher]", 'languages = ["en", "de"]\n[publisher]', 1
)
SITE = "https://example.com/security/"


@pytest.fixture(scope="module")
def heads(tmp_path_factory):
    folder = make_site(
        tmp_path_factory.mktemp("heads"),
        {
            "EX-2026-001": text(title='Tokens & "more" <in> the log'),
            "EX-2026-002": text(withdrawn={"date": "2026-11-21", "reason": "It was about another product."}),
            "pages/report.md": "---\ntitle: Report\n---\n\nWrite to us.\n",
        },
        TOML,
    )
    assert built(folder).written
    pages = {path: data for path, data in tree(folder / "output").items() if path.endswith(".html")}
    return {path: html5lib.parse(data.decode(), namespaceHTMLElements=False).find("head") for path, data in pages.items()}


def metas(head, kind):
    found = [(meta.get(kind), meta.get("content")) for meta in head.iter("meta") if meta.get(kind)]
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


def links(head, rel, *, tongues=False):
    return [link for link in head.iter("link") if link.get("rel") == rel and (not tongues or link.get("hreflang"))]


def address(path):
    return SITE + path.removesuffix("index.html")


def test_every_page_has_one_canonical_address_and_open_graph_says_the_same(heads):
    for path, head in heads.items():
        told = metas(head, "property")
        if path == "404.html":
            assert not links(head, "canonical")
            assert "og:url" not in told
            continue
        [canonical] = links(head, "canonical")
        assert canonical.get("href") == told["og:url"] == address(path)


def test_open_graph_says_what_the_page_is_about(heads):
    for path, head in heads.items():
        told = metas(head, "property")
        assert told["og:type"] == ("article" if "advisories/" in path else "website")
        assert told["og:site_name"] == "Example Security"
        assert told["og:title"]
        assert told["og:description"] == metas(head, "name")["description"] != ""
    told = metas(heads["advisories/EX-2026-001/index.html"], "property")
    assert told["og:title"] == 'Tokens & "more" <in> the log'
    assert metas(heads["advisories/EX-2026-002/index.html"], "property")["og:description"] == "It was about another product."
    assert metas(heads["report/index.html"], "property")["og:description"] == "Write to us."


def test_a_page_names_itself_in_each_language_and_is_named_back(heads):
    for path, head in heads.items():
        found = {link.get("hreflang"): link.get("href") for link in links(head, "alternate", tongues=True)}
        if path in ("404.html", "report/index.html"):
            assert not found
            continue
        here = path.removeprefix("de/")
        assert found == {"en": address(here), "de": address(f"de/{here}")}
        assert {here, f"de/{here}"} <= heads.keys()


def test_a_site_in_one_language_has_no_alternates(tmp_path):
    folder = make_site(tmp_path)
    assert built(folder).written
    assert b"hreflang" not in (folder / "output/index.html").read_bytes()
