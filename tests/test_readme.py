"""The README and the docs: their examples are executed."""

import re
from pathlib import Path

import pytest

from advgen import words
from tests.support import CONFIG, built, inspected, make_site, text

ROOT = Path(__file__).parent.parent


def examples(name):
    found = re.findall(r"<!-- example: (\S+) -->\n```\w+\n(.*?)```\n", (ROOT / name).read_text("utf-8"), re.DOTALL)
    assert found
    return dict(found)


def test_the_least_valid_advisory_is_valid(tmp_path):
    site = make_site(tmp_path, {path: content for path, content in examples("README.md").items() if path.startswith("advisories/")})
    assert [(problem.code, problem.stops) for problem in inspected(site).diagnostics] == [(f"ADV40{n}", False) for n in (2, 3, 4)]
    assert built(site).advisories == 1


def test_the_least_configuration_is_valid(tmp_path):
    site = make_site(
        tmp_path,
        toml=examples("README.md")["advgen.toml"],
        advisories={
            "A-1": text(
                affected=[{"package": "pkg:npm/x", "platforms": ["android"], "versions": "all"}],
                actions=[{"kind": "update", "text": "Update."}],
            )
        },
    )
    assert not inspected(site).diagnostics


def test_the_diagnostic_that_it_shows_is_what_check_prints():
    from advgen import check, report
    from advgen.diagnostics import Source
    from advgen.parse import parse
    from tests.support import configuration

    example = examples("README.md")["advisories/EX-2026-100.md"].replace("from 3.0 before 4.2.1\n    fixed: 4.2.1", "from 2.0 before 2.0")
    parsed = parse(Source("advisories/EX-2026-100.md", example.encode()))
    shown = [text for _, text in report.text(check.advisory(parsed, configuration()).diagnostics) if "ADV303" in text]
    assert len(shown) == 1
    assert shown[0] in (ROOT / "README.md").read_text("utf-8")


def test_the_own_page_example_works(tmp_path):
    found = {path: data for path, data in examples("README.md").items() if path.startswith("pages/")}
    site = make_site(tmp_path, {"EX-2026-001": text(), **found})
    assert not inspected(site).diagnostics
    assert built(site).written
    assert "within two days" in (site / "output/report/index.html").read_text("utf-8")


def test_the_theme_example_works(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(), **examples("docs/theme.md")}, toml=CONFIG)
    assert built(site).written
    assert words.text("banner.interim") in (site / "output/advisories/EX-2026-001/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "field", ["title", "summary", "actions", "published", "severity", "affected", "incident", "next_update", "revisions", "withdrawn", "x"]
)
def test_the_readme_names_the_fields(field):
    assert f"`{field}`" in (ROOT / "README.md").read_text("utf-8")


def test_the_readme_names_every_field_of_the_front_matter():
    from msgspec.structs import fields

    from advgen.model import FrontMatter

    readme = (ROOT / "README.md").read_text("utf-8")
    unnamed = [info.encode_name for info in fields(FrontMatter) if not re.search(rf"`{info.encode_name}\b", readme)]
    assert unnamed in ([], ["id"])


def test_the_changelog_names_every_rule():
    from advgen import check

    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    numbers = {int(number) for number in re.findall(r"ADV(\d{3})", changelog)}
    for first, last in re.findall(r"`ADV(\d{3})` to `ADV(\d{3})`", changelog):
        numbers |= set(range(int(first), int(last) + 1))
    assert {int(rule.code[3:]) for _, rule in check.all_rules()} <= numbers


@pytest.mark.parametrize("name", ["README.md", "advgen/starter/README.md"])
def test_the_commands_that_it_shows_are_there_with_their_options(name):
    from advgen.cli import main

    shown = re.findall(r"(?m)(?:^\$ |`)advgen ([a-z]+)((?:[^`\n\"]|\"[^\"\n]*\")*)", (ROOT / name).read_text("utf-8"))
    assert {"new", "publish", "revise", "withdraw", "status"} <= {command for command, _ in shown}
    for command, rest in shown:
        known = {flag for parameter in main.commands[command].params for flag in parameter.opts}
        assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest)) <= known, (command, rest)
