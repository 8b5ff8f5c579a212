"""Addresses that something had before: pages that lead on, copies of feeds, and what is told where neither can be."""

import html5lib
import pytest
from click.testing import CliRunner

from advgen import old_addresses
from advgen.cli import main
from advgen.old_addresses import Old
from tests.support import CONFIG, built, codes, configuration, inspected, make_site, text, tree

SITE = "https://example.com/security"
LANGUAGES = CONFIG.replace("[publisher]", 'languages = ["en", "de"]\n[publisher]', 1)


@pytest.mark.parametrize(
    ("written", "old", "page", "file"),
    [
        ("/old/2020/x.html", Old("old/2020/x.html"), "old/2020/x.html", "old/2020/x.html"),
        ("old/x/", Old("old/x/"), "old/x/index.html", ""),
        ("/old/x", Old("old/x"), "old/x/index.html", "old/x"),
        ("/old/1.2", Old("old/1.2"), "old/1.2/index.html", "old/1.2"),
        ("/old/x.HTM", Old("old/x.HTM"), "old/x.HTM", "old/x.HTM"),
        ("/rss.xml", Old("rss.xml"), "", "rss.xml"),
        ("/news.php", Old("news.php"), "", "news.php"),
        ("/?p=5", Old("", (("p", "5"),)), "", ""),
        ("/news.php?view=a&id=5:b", Old("news.php", (("view", "a"), ("id", "5:b"))), "", ""),
        (f"{SITE}/old/x/", Old("old/x/"), "old/x/index.html", ""),
    ],
)
def test_an_old_address_is_read(written, old, page, file):
    assert old_addresses.read(written, SITE) == old
    assert (old.page, old.file) == (page, file)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "/",
        "https://elsewhere.example/x",
        "https://example.com/x",
        "//elsewhere.example/x",
        "/a//b",
        "/../x",
        "/a/./b",
        "/x#y",
        "/x y",
        "/x%20y",
        "/ä",
        '/x";return 200;"',
        "/x{y}",
        "/x*",
        "/x$y",
        "/:x",
        "/x?",
        "/x?p",
        "/x?p=",
        "/x?p=a+b",
        "/x?p=:id",
        "/x?p=5&",
        "/x?p=%22",
        "/x?a-b=5",
        "/.well-known/csaf/provider-metadata.json",
        "/.well-known/x?p=5",
        "/assets/style.css",
        "/osv/X.json",
        "/index.html",
        "/INDEX.json",
        "/manifest.json",
        "/platforms/android/feed.xml",
        "/x\n/y",
    ],
)
def test_what_is_none(written):
    assert old_addresses.read(written, SITE) is None


def test_a_page_stands_at_a_plain_address_and_leads_on(tmp_path):
    old = ["/old/2020/x.html", "/old/y/", "https://security.example.com/z", "/z/"]
    folder = make_site(tmp_path, {"EX-2026-001": text(title="Tokens <in> the log", redirect_from=old)}, LANGUAGES)
    assert built(folder).written
    found = tree(folder / "output")
    for path, way in (("old/2020/x.html", "../../"), ("old/y/index.html", "../../"), ("z/index.html", "../")):
        page = html5lib.parse(found[path].decode(), namespaceHTMLElements=False)
        metas = {meta.get("http-equiv") or meta.get("name"): meta.get("content") for meta in page.iter("meta")}
        assert metas["refresh"] == f"0; url={way}advisories/EX-2026-001/"
        assert metas["robots"] == "noindex"
        assert metas["Content-Security-Policy"].startswith("default-src 'none'")
        [canonical] = [link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"]
        assert canonical == "https://security.example.com/advisories/EX-2026-001/"
        assert [(link.get("href"), link.text) for link in page.find(".//main").iter("a")] == [
            (f"{way}advisories/EX-2026-001/", "Tokens <in> the log")
        ]
        assert not [link for link in page.iter("link") if link.get("hreflang")]
        assert not list(page.iter("script"))
    assert not any(path.startswith(("de/old", "de/z")) for path in found)
    assert not any(b"old/" in found[path] for path in found if path.startswith("sitemap"))


def test_an_old_address_that_is_taken_out_is_missed(tmp_path):
    folder = make_site(tmp_path, {"EX-2026-001": text(redirect_from=["/old/x/"])})
    assert built(folder).written
    make_site(folder, {"EX-2026-001": text()})
    done = CliRunner().invoke(main, ["check", str(folder), "--against", str(folder / "output")], env={"CI": None})
    assert "error[ADV107]" in done.output
    assert "old/x/" in done.output


def test_what_is_withdrawn_and_redacted_is_found_where_it_was(tmp_path):
    gone = {"date": "2026-11-21", "reason": "It was about another product.", "redacted": True}
    folder = make_site(tmp_path, {"EX-2026-001": text(withdrawn=gone, redirect_from=["/old/x/"])})
    assert built(folder).written
    page = (folder / "output/old/x/index.html").read_text()
    assert "advisories/EX-2026-001/" in page
    assert "session tokens" not in page


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"published": "2026-12-24"}])
def test_what_is_not_public_has_no_old_addresses_either(tmp_path, changes):
    hidden = text(redirect_from=["/zwqx/", "/?p=97531"], **changes)
    public = {"EX-2026-001": text()}
    for name, files in (("with", public | {"EX-2026-002": hidden}), ("without", public)):
        make_site(tmp_path / name, files, CONFIG + '[deploy]\ntarget = "nginx"\n')
        assert built(tmp_path / name).written
    assert tree(tmp_path / "with/output") == tree(tmp_path / "without/output")


def told(tmp_path, target, *old):
    toml = CONFIG + (f'[deploy]\ntarget = "{target}"\n' if target else "")
    found = inspected(make_site(tmp_path, {"EX-2026-001": text(redirect_from=list(old))}, toml)).diagnostics
    return [(problem.code, problem.span.line, problem.message) for problem in found]


def test_an_address_that_only_a_host_can_redirect_is_told_where_the_host_cannot(tmp_path):
    for target in ("", "none", "github-pages"):
        found = told(tmp_path / (target or "nothing"), target, "/old/x/", "/?p=5", "/news.php")
        assert [code for code, _, _ in found] == ["ADV505", "ADV505"]
        assert f"`{target or 'none'}`" in found[0][2]
        assert "with a query" in found[0][2]
        assert "with a query" not in found[1][2]
    [(code, _, message)] = told(tmp_path / "cloudflare", "cloudflare-pages", "/?p=5", "/news.php")
    assert (code, "`cloudflare-pages`" in message) == ("ADV505", True)
    for target in ("netlify", "vercel", "nginx", "apache", "caddy", "s3-cloudfront"):
        assert not told(tmp_path / target, target, "/old/x/", "/?p=5", "/news.php")


def test_an_address_that_is_none_is_told(tmp_path):
    [(code, _, message)] = told(tmp_path, "nginx", "https://elsewhere.example/x")
    assert (code, "`https://elsewhere.example/x`" in message) == ("ADV505", True)


def test_two_advisories_cannot_have_been_at_one_address(tmp_path):
    toml = CONFIG + '[deploy]\ntarget = "nginx"\n'
    files = {f"EX-2026-00{number}": text(redirect_from=[old]) for number, old in ((1, "/?p=5"), (2, "/?p=5"), (3, "/x"), (4, "/x/"))}
    made = built(make_site(tmp_path, files, toml))
    assert made.written is None
    assert codes(made.diagnostics) == ["ADV505", "ADV505"]


def test_an_old_address_where_a_page_stands_is_refused(tmp_path):
    made = built(make_site(tmp_path, {"EX-2026-001": text(redirect_from=["/platforms/android/"])}))
    assert (made.written, codes(made.diagnostics)) == (None, ["ADV922"])


def test_a_target_that_there_is_not_is_told_with_the_near_one(tmp_path):
    [problem] = inspected(make_site(tmp_path, toml=CONFIG + '[deploy]\ntarget = "cloudflare"\n')).diagnostics
    assert problem.code == "ADV013"
    assert "`cloudflare-pages`" in problem.help


def test_a_feed_is_copied_to_where_it_was_and_what_cannot_be_is_told(tmp_path):
    rest = '"/feed/" = "feed.xml", "/?feed=rss2" = "feed.xml", "/a b" = "feed.xml"'
    old = f'old = {{"/rss.xml" = "feed.xml", "/blog/feed" = "/atom.xml", {rest}}}'
    toml = CONFIG.replace("[feeds]", f"[feeds]\n{old}")
    made = built(make_site(tmp_path, toml=toml))
    found = tree(tmp_path / "output")
    assert found["rss.xml"] == found["feed.xml"]
    assert found["blog/feed"] == found["atom.xml"]
    assert [(problem.code, problem.message.split("`")[1]) for problem in made.diagnostics] == [
        ("ADV917", each) for each in ("/feed/", "/?feed=rss2", "/a b")
    ]
    assert "`none`" in made.diagnostics[0].message
    toml = toml.replace(', "/a b" = "feed.xml"', "") + '[deploy]\ntarget = "netlify"\n'
    assert not built(make_site(tmp_path, toml=toml)).diagnostics
    assert configuration('[deploy]\ntarget = "netlify"\n').deploy.target == "netlify"
