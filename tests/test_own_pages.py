"""The site's own pages, the files that are copied as they are, and its logo."""

import os

import html5lib
import pytest

from advgen.diagnostics import Level, Source
from advgen.parse import parse_page
from tests.support import CONFIG, built, codes, inspected, make_site, text, tree

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
REPORT = """---
title: Report a vulnerability
order: 1
---

Write to [us](mailto:security@example.com), with [our key](../static/key.asc), as the [policy](policy.md#scope) says.

## What we promise

See [how we did it](EX-2026-001.md) and [below](#what-we-promise). ![Our building](../static/img/house.png)
"""
POLICY = "---\ntitle: Policy\n---\n\n# Scope\n\nAll of it. <b>All.</b>\n"
FILES = {
    "pages/report.md": REPORT,
    "pages/policy.md": POLICY,
    "static/key.asc": b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
    "static/img/house.png": PNG,
    "static/CNAME": b"security.example.com",
    "static/.well-known/security.txt": b"Contact: mailto:security@example.com\n",
    "static/.gitkeep": b"",
    "static/_headers": b"/*\n",
}


def site(tmp_path, more: dict | None = None, toml: str = CONFIG):
    return make_site(tmp_path, {"EX-2026-001": text()} | FILES | (more or {}), toml)


def page(tmp_path, name: str):
    return html5lib.parse((tmp_path / "output" / name).read_text("utf-8"), namespaceHTMLElements=False)


def links(tree_) -> list[str]:
    return [link.get("href") for link in tree_.iter("a")]


def test_own_pages_are_drawn_and_stand_in_the_navigation_of_every_page(tmp_path):
    assert built(site(tmp_path)).written
    for path, way in (
        ("index.html", ""),
        ("advisories/EX-2026-001/index.html", "../../"),
        ("report/index.html", "../"),
        ("404.html", "/"),
    ):
        nav = page(tmp_path, path).find(".//header//nav")
        assert [(link.text, link.get("href")) for link in nav][1:3] == [
            ("Policy", f"{way}policy/"),
            ("Report a vulnerability", f"{way}report/"),
        ], path
    here = [link for link in page(tmp_path, "report/index.html").find(".//header//nav") if link.get("aria-current")]
    assert [link.text for link in here] == ["Report a vulnerability"]


def test_the_links_of_an_own_page_lead_where_they_say(tmp_path):
    assert built(site(tmp_path)).written
    made = page(tmp_path, "report/index.html")
    main = made.find(".//main")
    assert links(main) == ["mailto:security@example.com", "../key.asc", "../policy/", "../advisories/EX-2026-001/", "#text-what-we-promise"]
    assert [(image.get("src"), image.get("alt")) for image in main.iter("img")] == [("../img/house.png", "Our building")]
    assert [heading.text for heading in main.iter("h1")] == ["Report a vulnerability"]
    assert [meta.get("content") for meta in made.iter("meta") if meta.get("name") == "description"] == [
        "Write to us, with our key, as the policy says."
    ]
    assert (tmp_path / "output/report" / "../img/house.png").read_bytes() == PNG


def test_files_are_copied_as_they_are(tmp_path):
    assert built(site(tmp_path)).written
    found = tree(tmp_path / "output")
    for path, data in FILES.items():
        if path.startswith("static/") and "gitkeep" not in path:
            assert found[path.removeprefix("static/")] == data
    assert not [path for path in found if "gitkeep" in path]


def test_what_is_taken_away_leaves_no_trace(tmp_path):
    plain = make_site(tmp_path / "plain", {"EX-2026-001": text()})
    folder = site(tmp_path / "own")
    built(plain)
    built(folder)
    for path in FILES:
        (folder / path).unlink()
    assert built(folder).written
    assert tree(folder / "output") == tree(plain / "output")


def test_html_in_an_own_page_is_shown_as_text_and_told(tmp_path):
    [problem] = inspected(site(tmp_path)).diagnostics
    assert (problem.code, problem.path, problem.level) == ("ADV708", "pages/policy.md", Level.WARNING)
    assert problem.excerpt[problem.span.column - 1 :].startswith("<b>")
    built(tmp_path)
    assert "&lt;b&gt;All.&lt;/b&gt;" in (tmp_path / "output/policy/index.html").read_text()


WRONG = {
    "no title": ("---\norder: 1\n---\n\nText.\n", "ADV010"),
    "unknown field": ("---\ntitel: x\ntitle: y\n---\n", "ADV011"),
    "order that is no number": ("---\ntitle: x\norder: first\n---\n", "ADV014"),
    "no front matter": ("Text.\n", "ADV001"),
    "unseen character": ("---\ntitle: x\n---\n\na\u202eb\n", "ADV008"),
    "dead link": ("---\ntitle: x\n---\n\n[x](nowhere.txt)\n", "ADV503"),
    "no such page": ("---\ntitle: x\n---\n\n[x](nowhere.md)\n", "ADV503"),
    "script": ("---\ntitle: x\n---\n\n[x](javascript:alert)\n", "ADV503"),
    "foreign image": ("---\ntitle: x\n---\n\n![x](https://a.example/x.png)\n", "ADV503"),
    "image without words": ("---\ntitle: x\n---\n\n![](../static/img/house.png)\n", "ADV503"),
    "draft": ("---\ntitle: x\n---\n\nSee EX-2026-002.\n", "ADV109"),
    "draft in the title": ("---\ntitle: About EX-2026-002\n---\n", "ADV109"),
}


@pytest.mark.parametrize(("data", "code"), WRONG.values(), ids=WRONG)
def test_a_page_that_is_wrong_is_told_and_nothing_is_written(tmp_path, data, code):
    folder = site(tmp_path, {"pages/wrong.md": data, "EX-2026-002": text(status="draft")})
    made = built(folder)
    assert made.written is None
    assert [problem.code for problem in made.diagnostics if problem.path == "pages/wrong.md"] == [code]


@pytest.mark.parametrize(
    "path",
    [
        "pages/advisories.md",
        "pages/Platforms.md",
        "pages/a b.md",
        "pages/con.md",
        "pages/notes.txt",
        "pages/deep/page.md",
        "static/a b.txt",
        "static/.htaccess",
        "static/.git/config",
        "static/ü.txt",
        "static/con",
        "static/index.html",
        "static/Index.html",
        "static/manifest.json",
        "static/feed.xml",
        "static/report/index.html",
        "static/advisories/EX-2026-001/index.html",
        "static/IMG/house.png",
        "static/fake.png",
    ],
)
def test_what_cannot_be_published_under_its_name_is_told(tmp_path, path):
    made = built(site(tmp_path, {path: "---\ntitle: x\n---\n"}))
    assert made.written is None
    assert set(codes(made.diagnostics)) - {"ADV708"} <= {"ADV020", "ADV922"}
    name = path.split("/")[1].casefold()
    assert any(name in f"{problem.path} {problem.message}".casefold() for problem in made.diagnostics)


@pytest.mark.parametrize("place", ["static/secret.txt", "pages/secret.md", "static"])
def test_a_link_that_leads_out_is_told(tmp_path, place):
    folder = site(tmp_path / "site")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/secret.md").write_text("---\ntitle: secret\n---\n")
    if place == "static":
        for path in sorted((folder / "static").rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        (folder / "static").rmdir()
    (folder / place).symlink_to(tmp_path / "secret" if place == "static" else tmp_path / "secret/secret.md")
    assert "ADV020" in codes(built(folder).diagnostics)
    assert not (folder / "output").exists()


def test_a_static_link_to_a_draft_is_told(tmp_path):
    folder = site(tmp_path, {"EX-2026-002": text(status="draft")})
    (folder / "static/x.txt").symlink_to("../advisories/EX-2026-002.md")
    assert "ADV020" in codes(built(folder).diagnostics)


def test_a_pipe_among_static_files_is_told_and_not_waited_for(tmp_path):
    folder = site(tmp_path)
    os.mkfifo(folder / "static/pipe")
    assert "ADV020" in codes(built(folder).diagnostics)


def test_the_logo_stands_beside_the_title(tmp_path):
    folder = site(tmp_path, toml=CONFIG.replace("[publisher]", 'logo = "static/img/house.png"\n[publisher]'))
    assert built(folder).written
    image = page(tmp_path, "advisories/EX-2026-001/index.html").find(".//header//img")
    assert (image.get("src"), image.get("alt")) == ("../../img/house.png", "")


@pytest.mark.parametrize("logo", ["logo.png", "static/none.png", "static/CNAME", "../x.png", "https://a.example/x.png", "static/../x.png"])
def test_a_logo_that_is_no_image_of_the_site_is_told_at_its_line(tmp_path, logo):
    toml = CONFIG.replace("[publisher]", f'logo = "{logo}"\n[publisher]')
    made = built(site(tmp_path, toml=toml))
    assert made.written is None
    [problem] = [problem for problem in made.diagnostics if problem.path == "advgen.toml"]
    assert (problem.code, logo in problem.excerpt) == ("ADV913", True)


def test_a_page_may_be_ignored_as_the_configuration_says(tmp_path):
    toml = CONFIG + '[check]\nignore = [{code = "ADV708", reason = "We like it."}]\n'
    assert not inspected(site(tmp_path, toml=toml)).diagnostics


def test_a_page_without_fields_has_its_own_help():
    [problem] = parse_page(Source("pages/report.md", b"Write to us.\n")).diagnostics
    assert problem.help.endswith("a page has a `title: \u2026`")
