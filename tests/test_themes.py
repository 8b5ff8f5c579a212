"""Themes: a site's own files come first, one by one; whatever a template does wrong is told at its line."""

import ast
import os
import re
from enum import Enum
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner

from advgen import keywords, model, slices, themes, words
from advgen.cli import main
from advgen.diagnostics import Level
from advgen.history import What
from advgen.words import en
from tests.support import MISSING, built, codes, inspected, make_site, text, tree

SHIPPED = themes.SHIPPED
TEMPLATES = sorted(path.name for path in SHIPPED.iterdir() if path.suffix in (".html", ".txt"))
PAGE = "output/advisories/EX-2026-001/index.html"


def themed(folder: Path, **files: str | bytes) -> Path:
    """A site with files in its theme; `__` in a name stands for a slash, and names end in .html when they have no dot."""
    named = {f"theme/{name.replace('__', '/')}": data for name, data in files.items()}
    return make_site(
        folder, {"EX-2026-001": text("Body."), **{name if "." in name else f"{name}.html": data for name, data in named.items()}}
    )


def test_the_shipped_theme_is_the_one_of_the_checkout():
    assert Path(__file__).resolve().parent.parent / "theme" == SHIPPED
    assert {"base.html", "advisory.html", "entry.html", "home.html", "list.html", "404.html"} <= set(TEMPLATES)


def test_a_site_without_a_theme_of_its_own_has_the_shipped_one(tmp_path):
    site = make_site(tmp_path)
    assert built(site).written
    for path in (SHIPPED / "assets").iterdir():
        assert (site / "output/assets" / path.name).read_bytes() == path.read_bytes()


def test_an_own_template_takes_the_place_of_the_shipped_one_and_of_no_other(tmp_path):
    site = themed(tmp_path, home="<!doctype html><title>Mine</title><h1>{{ title }}</h1>")
    assert built(site).written
    assert (site / "output/index.html").read_text() == "<!doctype html><title>Mine</title><h1>Example Security</h1>"
    assert "What you should do" in (site / PAGE).read_text()


def test_an_own_base_is_the_base_of_shipped_templates(tmp_path):
    site = themed(tmp_path, base='{% extends "shipped/base.html" %}{% block stylesheet %}mine.css{% endblock %}')
    assert built(site).written
    for name in ("output/index.html", PAGE, "output/years/2026/index.html"):
        assert 'href="mine.css"' in (site / name).read_text()


def test_a_template_extends_the_shipped_one_of_its_name(tmp_path):
    site = themed(tmp_path, advisory='{% extends "shipped/advisory.html" %}{% block banners %}<p>Our banner</p>{{ super() }}{% endblock %}')
    assert built(site).written
    page = (site / PAGE).read_text()
    assert "<p>Our banner</p>" in page
    assert "What you should do" in page
    assert "Our banner" not in (site / "output/index.html").read_text()


def test_a_template_of_ones_own_is_included(tmp_path):
    site = themed(tmp_path, home='{% include "my/part.html" %}', my__part="Our part of {{ config.site.title }}")
    assert built(site).written
    assert (site / "output/index.html").read_text() == "Our part of Example Security"


@pytest.mark.parametrize(("name", "near"), [("advisroy", "did you mean `advisory.html`?"), ("zzzz", "docs/theme.md")])
def test_a_template_that_no_page_uses_is_told(tmp_path, name, near):
    site = themed(tmp_path, **{name: "Nobody sees this."})
    (problem,) = built(site).diagnostics
    assert (problem.code, problem.path, problem.level) == ("ADV927", f"theme/{name}.html", Level.WARNING)
    assert near in problem.help


def test_a_template_that_is_wrong_for_every_advisory_is_told_once(tmp_path):
    site = themed(tmp_path, facts="{{ page.nonsense }}")
    make_site(site, {f"EX-2026-00{number}": text("Body.") for number in (1, 2, 3)})
    assert codes(built(site).diagnostics) == ["ADV920"]


def test_check_tells_of_the_theme_beside_the_advisories_and_strict_heeds_it(tmp_path):
    site = themed(tmp_path, advisroy="Nobody sees this.")
    make_site(site, {"EX-2026-002": text(summary=MISSING)})
    done = CliRunner().invoke(main, ["check", str(site / "advgen.toml"), str(site / "theme")])
    assert "warning[ADV927]" in done.output
    (site / "theme/wrong.html").write_bytes(b"\xff")
    assert codes(inspected(site).diagnostics) == ["ADV010", "ADV927", "ADV920"]
    make_site(site, {"EX-2026-002": text()})
    (site / "theme/wrong.html").unlink()
    done = CliRunner().invoke(main, ["build", str(site), "--strict", "--as-of", "2026-11-23T12:00:00Z"])
    assert (done.exit_code, (site / "output").exists()) == (1, False)


def test_own_assets_win_and_others_are_added(tmp_path):
    site = make_site(
        tmp_path,
        {"EX-2026-001": text(), "theme/assets/style.css": b"mine", "theme/assets/logo.png": b"\0\xff", "theme/assets/.hidden": b"x"},
    )
    assert built(site).written
    found = tree(site / "output/assets")
    assert (found["style.css"], found["logo.png"]) == (b"mine", b"\0\xff")
    assert found["icon.svg"] == (SHIPPED / "assets/icon.svg").read_bytes()
    assert not [name for name in found if "hidden" in name]


def test_an_asset_keeps_its_ending(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(), "theme/assets/our fonts.css": b"x"})
    assert built(site).written
    [name] = [name for name in tree(site / "output/assets") if name.startswith("our-fonts_")]
    assert name.endswith(".css")


def test_a_theme_that_is_a_link_is_not_followed(tmp_path):
    site = make_site(tmp_path / "site")
    (tmp_path / "elsewhere/assets").mkdir(parents=True)
    (tmp_path / "elsewhere/assets/secret.txt").write_text("secret")
    (site / "theme").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    made = built(site)
    assert (made.written, codes(made.diagnostics)) == (None, ["ADV921"])


def test_whatever_a_template_raises_is_told(tmp_path):
    made = built(make_site(tmp_path, {"EX-2026-001": text(), "theme/home.html": "{{ cycler() }}"}))
    assert (made.written, codes(made.diagnostics)) == (None, ["ADV920"])
    assert made.diagnostics[0].path == "theme/home.html"


def test_assets_are_copied_and_never_drawn(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(), "theme/assets/x.html": b"{{ broken", "theme/assets/y.txt": b"\xff"})
    assert built(site).written
    assert (site / "output/assets/x.html").read_bytes() == b"{{ broken"


def test_the_theme_that_is_removed_leaves_no_trace(tmp_path):
    plain, site = make_site(tmp_path / "plain", {"EX-2026-001": text("Body.")}), themed(tmp_path / "own", home="mine", assets__x="x")
    built(plain)
    built(site)
    for path in sorted((site / "theme").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    built(site)
    assert tree(site / "output") == tree(plain / "output")


def test_the_digest_of_a_theme_changes_with_every_file(tmp_path):
    def digest(name: str, data: str) -> str:
        folder = tmp_path / name.replace("/", "-") / data
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(data)
        return themes.load(folder)[0].digest

    found = [digest(*each) for each in (("a.html", "1"), ("a.html", "2"), ("b.html", "1"), ("assets/a.css", "1"), ("assets/a.css", "2"))]
    assert len({themes.load(tmp_path / "nothing")[0].digest, *found}) == 6


# What a template can do wrong

WRONG = {
    "syntax": ("<p>\n{% if %}\n</p>", 2),
    "unclosed block": ("<p>\n\n{% if page %}\n</p>", 4),
    "unknown tag": ("{% raise %}", 1),
    "unknown filter": ("\n\n{{ title|shout }}", 3),
    "undefined name": ("<p>\n\n  {{ no_such_thing }}\n</p>", 3),
    "undefined attribute": ("\n{{ page.no_such_thing }}", 2),
    "undefined call": ("\n{{ no_such_thing() }}", 2),
    "division by zero": ("\n\n\n{{ 1 / 0 }}", 4),
    "missing template": ('<p>\n{% include "missing.html" %}', 2),
    "missing parent": ('{% extends "missing.html" %}', 1),
    "own parent": ('{% extends "home.html" %}', 1),
    "unknown word": ("\n{{ t('no.such.word') }}", 2),
    "word without its value": ("\n{{ t('fact.as_of', wrong=1) }}", 2),
    "wrong type": ("\n{{ title + 1 }}", 2),
    "wrong date": ("\n{{ date('2026') }}", 2),
    "wrong call": ("\n{{ link() }}", 2),
    "not to be looped over": ("\n{% for each in 5 %}{% endfor %}", 2),
    "too large": ("\n{{ 10.0 ** 400 }}", 2),
    "too long": ("\n{{ 'a' * 10 ** 14 }}", 2),
    "lone surrogate": ("\n{{ '\\ud800' }}", None),
}


def problem(site: Path, *, path: str, line: int | None) -> str:
    """Build a site whose theme is wrong; give the message, after all that holds of each was looked at."""
    before = tree(site)
    made = built(site)
    assert made.written is None
    assert set(codes(made.diagnostics)) == {"ADV920"}
    found = made.diagnostics[0]
    assert (found.path, found.level) == (path, Level.ERROR)
    if line is not None:
        assert found.span.line == line
        lines = (site / path).read_bytes().decode("utf-8", "replace").split("\n")
        assert found.excerpt.strip() == lines[line - 1].strip()
    assert {name: data for name, data in tree(site).items() if name in before} == before
    assert not [name for name in tree(site) if name not in before and "output" not in name]
    done = CliRunner().invoke(main, ["build", str(site)])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output
    assert f"{path}:" in done.output
    assert "nothing was written" in done.output
    assert not tree(site / "output") if (site / "output").exists() else True
    return found.message


@pytest.mark.parametrize(("template", "line"), WRONG.values(), ids=WRONG)
def test_a_template_that_is_wrong_is_told_at_its_line_and_nothing_is_written(tmp_path, template, line):
    problem(themed(tmp_path, home=template), path="theme/home.html", line=line)


@pytest.mark.parametrize("wrong", ["syntax", "undefined name", "division by zero", "missing template", "unknown word"])
@pytest.mark.parametrize("how", ['{% include "my/part.html" %}', '{% extends "my/part.html" %}', '{% import "my/part.html" as part %}'])
def test_the_template_that_is_wrong_is_named_and_not_the_one_that_uses_it(tmp_path, wrong, how):
    template, line = WRONG[wrong]
    problem(themed(tmp_path, home=f"\n\n\n\n\n{how}", my__part=template), path="theme/my/part.html", line=line)


def test_a_wrong_macro_is_told_at_its_own_line(tmp_path):
    parts = "\n{% macro part(x) %}\n{{ x / 0 }}\n{% endmacro %}"
    problem(
        themed(tmp_path, home='{% import "my/parts.html" as parts %}\n\n\n\n{{ parts.part(1) }}', my__parts=parts),
        path="theme/my/parts.html",
        line=3,
    )


def test_a_wrong_base_of_ones_own_is_named(tmp_path):
    problem(themed(tmp_path, base="<!doctype html>\n{{ no_such_thing }}"), path="theme/base.html", line=2)


def test_a_wrong_block_in_a_template_that_extends_the_shipped_one_is_told_at_its_line(tmp_path):
    own = '{% extends "shipped/advisory.html" %}\n{% block banners %}\n{{ no_such_thing }}\n{% endblock %}'
    problem(themed(tmp_path, advisory=own), path="theme/advisory.html", line=3)


def test_a_wrong_template_of_the_feed_is_told_and_nothing_is_written(tmp_path):
    problem(themed(tmp_path, entry="\n{{ no_such_thing }}"), path="theme/entry.html", line=2)


def test_a_template_that_is_not_utf_8_is_told(tmp_path):
    assert "UTF-8" in problem(themed(tmp_path, home=b"<p>\xff</p>"), path="theme/home.html", line=None)


def test_the_message_says_what_is_wrong(tmp_path):
    assert "no_such_thing" in problem(themed(tmp_path, home="{{ no_such_thing }}"), path="theme/home.html", line=1)


def test_the_old_site_stays_when_a_template_is_wrong(tmp_path):
    site = make_site(tmp_path)
    built(site)
    before = tree(site / "output")
    (site / "theme").mkdir()
    (site / "theme/home.html").write_text("{{ no_such_thing }}")
    assert built(site).written is None
    assert tree(site / "output") == before


def test_every_wrong_template_is_told_at_once(tmp_path):
    made = built(themed(tmp_path, home="{{ one }}", list="{{ two }}"))
    assert {found.path for found in made.diagnostics} == {"theme/home.html", "theme/list.html"}


def test_author_text_is_escaped_in_every_template_also_in_one_that_does_nothing_for_it(tmp_path):
    site = themed(tmp_path, advisory="{{ page.advisory.title }}{{ page.body }}")
    make_site(site, {"EX-2026-001": text("<b>", title="<script>alert(1)</script>")})
    assert built(site).written
    page = (site / PAGE).read_text()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<p>" in page


# Words


def literals() -> dict[str, set[str]]:
    """Every key that a template asks for in so many letters, by template."""
    call = re.compile(r"\b(?P<name>t|count)\(\s*'(?P<key>[^']+)'\s*(?P<more>~)?")
    found: dict[str, set[str]] = {}
    for path in SHIPPED.glob("*.html"):
        for match in call.finditer(path.read_text("utf-8")):
            keys = [f"{match['key']}.one", f"{match['key']}.other"] if match["name"] == "count" else [match["key"]]
            found.setdefault(path.name, set()).update([] if match["more"] else keys)
    return found


def prefixes() -> set[str]:
    """What stands before `~` where a template puts a key together."""
    return {key for path in SHIPPED.glob("*.html") for key in re.findall(r"\bt\(\s*'([^']+)'\s*~", path.read_text("utf-8"))}


ENUMS = {
    "kind.": model.Kind,
    "kinds.": model.Kind,
    "page.": What,
    "feeds.": Enum("Sort", [(kind, kind) for kind in ("platform", "severity", "exploited", "combination", "product", "kind")]),
    "severity.": model.Severity,
    "rating.": Enum("Rating", [(each.name, each.value) for each in model.Severity if each is not model.Severity.UNRATED]),
    "state.": model.ProductStatus,
    "exploitation.": model.ExploitationStatus,
    "action.": model.ActionKind,
    "level.": model.RevisionLevel,
    "justification.": model.Justification,
    "credit.": model.CreditType,
    "reference.": model.ReferenceType,
    "fact.cve_": model.CveStatus,
    "hidden.": keywords.Hidden,
    "filter.": Enum("Choice", [(kind, kind) for kind in slices.FILTERED if kind != "exploited"]),
}


def test_every_word_that_a_template_asks_for_exists():
    asked = literals()
    assert sum(map(len, asked.values())) > 100
    assert {name: keys - en.CATALOGUE.keys() for name, keys in asked.items() if keys - en.CATALOGUE.keys()} == {}


def test_every_key_that_a_template_puts_together_begins_like_a_known_enum():
    assert prefixes() <= ENUMS.keys()


@pytest.mark.parametrize(
    "prefix",
    [
        "kind.",
        "kinds.",
        "page.",
        "feeds.",
        "severity.",
        "rating.",
        "state.",
        "exploitation.",
        "action.",
        "justification.",
        "credit.",
        "reference.",
        "fact.cve_",
        "hidden.",
        "filter.",
    ],
)
def test_every_member_of_an_enum_has_its_word(prefix):
    assert {f"{prefix}{member.value}" for member in ENUMS[prefix]} <= en.CATALOGUE.keys()


def texts_of_the_code() -> set[str]:
    """Every text in advgen's modules; of one that is put together, its beginning with `*`."""
    found: set[str] = set()
    for path in Path(words.__file__).parent.parent.rglob("*.py"):
        tree_ = ast.parse(path.read_text("utf-8"))
        keys = {id(key) for node in ast.walk(tree_) if isinstance(node, ast.Dict) for key in node.keys} if "words" in path.parts else set()
        for node in ast.walk(tree_):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
                found.add(node.value)
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                found.add(f"{node.values[0].value}*")
    return found


def test_every_word_is_used_somewhere():
    code = texts_of_the_code()
    used = {key for keys in literals().values() for key in keys} | (code & en.CATALOGUE.keys())
    begun = {each[:-1] for each in code if each.endswith("*") and "." in each} | prefixes()
    assert {key for key in en.CATALOGUE if key not in used and not any(key.startswith(each) for each in begun)} == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_speaks_for_itself(name):
    """Whatever a page says stands in `words`, so that it can be said in another language."""
    template = (SHIPPED / name).read_text("utf-8")
    template = re.sub(r"\{% block (skip|current|current_feeds) %\}.*?\{% endblock %\}", "", template)  # an address and an attribute
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.DOTALL)
    shown = "".join(html5lib.parseFragment(plain, treebuilder="etree", namespaceHTMLElements=False).itertext())
    assert re.findall(r"[A-Za-z]{2,}", shown) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_shipped_template_says_that_a_text_is_safe(name):
    template = (SHIPPED / name).read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", template)


def test_a_page_of_each_kind_is_drawn_whatever_is_left_out(tmp_path):
    least = {"title": "Short", "summary": "Short.", "published": "2026-11-20"}
    nothing = dict.fromkeys(("severity", "affected"), MISSING)
    incident = {"detected": "unknown", "accessed": "unknown", "users_affected": "unknown"}
    site = make_site(
        tmp_path,
        {
            "EX-2026-001": text(**least),
            "EX-2026-002": text(**least, **nothing, kind="notice", actions=[{"kind": "none"}]),
            "EX-2026-003": text(
                **least, **nothing, incident=incident, next_update="unknown", actions=[{"kind": "verify", "platforms": ["all"]}]
            ),
        },
    )
    made = built(site)
    assert [found for found in made.diagnostics if found.code == "ADV920"] == []


@pytest.mark.parametrize("name", ["assets/secret.txt", "home.html"])
def test_a_link_of_a_theme_that_leads_out_of_it_is_refused(tmp_path, name):
    (tmp_path / "secret.txt").write_text("SECRET")
    site = make_site(tmp_path / "site")
    link = site / "theme" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "secret.txt")
    found = built(site)
    assert codes(found.diagnostics) == ["ADV921"]
    assert found.written is None


@pytest.mark.parametrize("folder", ["theme", "theme/assets"])
def test_a_folder_of_a_theme_that_cannot_be_read_is_told_once(tmp_path, monkeypatch, folder):
    site = make_site(tmp_path)
    (site / "theme/assets").mkdir(parents=True)
    (site / "theme/assets/own.css").write_text("p { margin: 0 }", "utf-8")
    closed, scan = str(site / folder), os.scandir

    def scandir(path):
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = built(site)
    assert [(problem.code, problem.path) for problem in found.diagnostics] == [("ADV920", folder)]
    assert found.written is None
