"""The forms in which `check` reports, and what it says of its codes."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from advgen import check, config, report
from advgen.cli import main
from advgen.codes import PAGES
from advgen.diagnostics import Source
from advgen.parse import parse
from tests.support import CONFIG, MISSING, VALID, configuration, inspected, make_site, text

ROOT = Path(__file__).parent.parent
HOSTILE = "It% is\u202e \u001b[31mcritical::error::x,y"
BAD = {
    "EX-2026-001": text(title=HOSTILE, summary="Too short."),
    "EX-2026-002": text(affected=[{"platforms": ["android"], "versions": "from 2.0 before 2.0"}, *VALID["affected"][1:]]),
    "EX-2026-003": text(status="draft", title="The secret title", summary="Secret."),
    "EX-2026-004": text(published="2999-01-01", summary="Embargoed words."),
}


def run(folder, *arguments, **environment):
    return CliRunner().invoke(main, ["check", str(folder), "--as-of", "2026-11-23", *arguments], env={"CI": None} | environment)


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path, BAD)


def test_json_follows_its_schema_and_tells_every_problem(site):
    done = run(site, "--format", "json")
    found = json.loads(done.stdout)
    jsonschema.validate(found, json.loads((ROOT / "docs/check.schema.json").read_text("utf-8")))
    assert {"ADV008", "ADV103", "ADV303"} <= {each["code"] for each in found["diagnostics"]}
    empty = next(each for each in found["diagnostics"] if each["code"] == "ADV303")
    assert (empty["path"], empty["rule"], empty["stops"]) == ("advisories/EX-2026-002.md", "empty-range", True)
    line = (site / empty["path"]).read_text().splitlines()[empty["line"] - 1]
    assert line[empty["column"] - 1 : empty["endColumn"] - 1] == "from 2.0 before 2.0"
    assert done.exit_code == 1


def test_sarif_names_rules_places_and_levels(site):
    log = json.loads(run(site, "--format", "sarif").stdout)
    [one] = log["runs"]
    assert log["version"] == "2.1.0"
    codes = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    for result in one["results"]:
        assert codes[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert all(region[key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))
    assert one["columnKind"] == "unicodeCodePoints"


def test_code_hosts_get_paths_from_the_top_of_the_repository(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    make_site(tmp_path / "a b/sec", {"EX-2026-001": text(severity="High")})
    monkeypatch.chdir(tmp_path)
    [one] = json.loads(run("a b/sec", "--format", "sarif").stdout)["runs"]
    place = one["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "a%20b/sec/advisories/EX-2026-001.md"}
    assert "file=a b/sec/advisories/EX-2026-001.md," in run("a b/sec", "--format", "github").stdout
    assert json.loads(run("a b/sec", "--format", "json").stdout)["diagnostics"][0]["path"] == "advisories/EX-2026-001.md"


def test_sarif_offers_what_fix_would_write(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(severity="High")})
    [one] = json.loads(run(site, "--format", "sarif").stdout)["runs"]
    [fix] = next(result for result in one["results"] if result["ruleId"] == "ADV013")["fixes"]
    [replacement] = fix["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    path = site / "advisories/EX-2026-001.md"
    lines = path.read_text().split("\n")
    line = lines[region["startLine"] - 1]
    lines[region["startLine"] - 1] = (
        line[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    )
    run(site, "--fix")
    assert path.read_text().split("\n") == lines


def test_nothing_that_is_told_is_wider_than_100_columns(site):
    for code in check.names():
        assert all(len(line) <= 100 or line.startswith(" ") for line in check.explained(code).split("\n")), code
    for line in run(site).stderr.split("\n"):
        assert len(line) <= 110 or " | " in line


def test_no_line_is_wider_than_the_terminal_or_than_100_columns(site):
    found = inspected(site).diagnostics
    for width in (60, 80):
        lines = [line for _, said in report.text(found, width) for line in said.split("\n")]
        assert all(len(line) <= width + 8 or "`" in line for line in lines)
    assert all(len(line) <= 100 for line in CliRunner().invoke(main, ["check", "--list"]).output.split("\n"))


def test_commands_for_github_are_one_line_each_and_say_no_more_than_they_mean(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(platforms="a%b\n::error::c"), "advisories/a,b:c%.md": "---\nx\n"})
    lines = run(site, "--format", "github").stdout.splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) [^:]*::[^\r\n]*", line), line
        assert "%" not in re.sub(r"%(25|0A|0D|3A|2C)", "", line)
    assert any("file=advisories/a%2Cb%3Ac%25.md," in line for line in lines)


def test_github_is_told_what_stops_nothing_and_once_what_is_hidden(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(status="draft", severity="hihg", summary="Secret.")})
    assert "this is a draft" in run(site, "--format", "github").stdout
    lines = run(site, "--format", "github", CI="true").stdout.splitlines()
    assert [line.count("= help") for line in lines if line.startswith("::notice::")] == [1]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_no_form_shows_in_a_ci_what_is_not_public(site, form):
    for arguments, shown in (((), False), (("--show-private",), True)):
        done = run(site, "--format", form, *arguments, CI="true")
        output = done.stdout + done.stderr
        assert ("EX-2026-003" in output or "EX-2026-004" in output) == shown
        assert ("2999" in output) == shown
        assert "EX-2026-002" in output


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("TF_BUILD", "True", True),
        ("JENKINS_URL", "https://ci.example", True),
        ("CI", "false", False),
        ("CI", "0", False),
        ("CI", "", False),
    ],
)
def test_a_ci_is_known_by_its_environment(site, name, value, hidden):
    assert ("EX-2026-003" not in run(site, **{name: value}).stderr) == hidden


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_no_form_lets_through_what_a_terminal_would_obey(site, form):
    done = run(site, "--format", form)
    assert not re.search("[\x1b\u202e]|\\\\u001b|\\\\u202e", done.stdout + done.stderr)


def test_what_is_selected_or_ignored(site):
    def codes(*arguments):
        return {each["code"] for each in json.loads(run(site, "--format", "json", *arguments).stdout)["diagnostics"]}

    every = codes()
    assert codes("--select", "ADV303") == {"ADV303"}
    assert codes("--select", "adv3,ADV1") == {code for code in every if code[3] in "13"}
    assert codes("--ignore", "ADV1") == {code for code in every if code[3] != "1"}
    assert run(site, "--select", "ADV703").exit_code == 0
    assert "1 ignored" in run(site, "--ignore", "ADV303").stderr


def test_what_keeps_secrets_cannot_be_ignored_from_the_command_line(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(tlp="red")})
    assert run(site, "--ignore", "ADV105").exit_code == 2
    done = run(site, "--ignore", "ADV1", "--format", "json")
    assert [each["code"] for each in json.loads(done.stdout)["diagnostics"]] == ["ADV105"]


def test_notes_stop_nothing_also_where_warnings_do(tmp_path):
    vague = "Any app with log access may potentially read the session token of the signed-in user and use it."
    site = make_site(tmp_path, {"EX-2026-001": text(summary=vague)})
    done = run(site, "--strict")
    assert (done.exit_code, "note[ADV703]" in done.stderr) == (0, True)
    assert CliRunner().invoke(main, ["build", str(site), "--strict", "--as-of", "2026-11-23"]).exit_code == 0


LATE = {"status": "interim", "next_update": "2026-11-22"}


@pytest.mark.parametrize(
    ("advisories", "outcome"),
    [
        ({"EX-2026-001": text(summary="Too short."), "EX-2026-002": text()}, "a build would be refused with --strict"),
        ({"EX-2026-001": text(), "EX-2026-002": text(status="draft", summary="Too short.")}, "a build would publish 1 advisory"),
        ({"EX-2026-001": text(), "EX-2026-002": text(published="2999-01-01", severity="hihg")}, "a build would publish 1 advisory"),
        ({"EX-2026-001": text(**LATE)}, "a build would publish 1 advisory"),
        ({"EX-2026-001": text(severity="hihg")}, "a build would be refused"),
    ],
)
def test_strict_is_about_what_is_public_and_does_not_come_with_the_time(tmp_path, advisories, outcome):
    site = make_site(tmp_path, advisories)
    done = run(site, "--strict")
    refused = int("refused" in outcome)
    assert (done.exit_code, done.stderr.splitlines()[-1].partition(";")[0]) == (refused, outcome)
    assert CliRunner().invoke(main, ["build", str(site), "--strict", "--as-of", "2026-11-23"]).exit_code == refused


def test_who_names_a_draft_is_told_that_it_is_not_ready(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-002": text(status="draft", severity="hihg")})
    done = CliRunner().invoke(main, ["check", str(site / "advisories/EX-2026-002.md"), "--as-of", "2026-11-23"], env={"CI": None})
    said = "not ready to be published; a build would publish 1 advisory; 1 draft waits"
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, said)


def test_what_is_not_shown_is_counted(site):
    every = len(json.loads(run(site, "--format", "json").stdout)["diagnostics"])
    assert f", {every} more not shown" in run(site, "--select", "ADV405").stderr
    done = CliRunner().invoke(main, ["check", str(site / "advisories/EX-2026-002.md"), "--as-of", "2026-11-23"], env={"CI": None})
    assert re.search(r"\d warnings?, \d more not shown", done.stderr)
    assert "not shown" not in run(site, "--ignore", "ADV1").stderr


def test_the_outlook_says_what_a_build_would_do(tmp_path):
    late = text(published="2026-12-01T09:00:00Z", affected=[{"platforms": ["android"], "versions": "from 2.0 before 2.0"}])
    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-002": late, "EX-2026-003": text(status="draft")})
    said = run(site).stderr.splitlines()[-1]
    assert said == (
        "a build would publish 1 advisory; 1 draft waits; 1 held back, the next until 2026-12-01T09:00:00Z; "
        "errors will block from 2026-12-01T09:00:00Z"
    )
    assert run(site, CI="1").stderr.splitlines()[-1] == "a build would publish 1 advisory"


def test_the_outlook_minds_also_what_was_not_asked_about(site):
    for arguments in (("--select", "ADV703"), ("--ignore", "ADV3,ADV6")):
        assert run(site, *arguments).stderr.splitlines()[-1].startswith("a build would be refused")
    good = site / "advisories/EX-2026-005.md"
    good.write_text(text())
    assert CliRunner().invoke(main, ["check", str(good)], env={"CI": None}).stderr.splitlines()[-1].startswith("a build would be refused")


def test_every_code_that_is_told_has_a_page():
    named = {code for path in (ROOT / "advgen").rglob("*.py") for code in re.findall(r'"(ADV\d{3})"', path.read_text("utf-8"))}
    for code in named - {"ADV999"}:
        assert check.explained(code).startswith(f"{code} {check.names()[code][0]}: "), code


def test_the_table_in_the_docs_is_the_list(*, update):
    listed = CliRunner().invoke(main, ["check", "--list"]).output
    path = ROOT / "docs/checks.md"
    whole = path.read_text("utf-8")
    if update:
        path.write_text(re.sub(r"(?s)(```text\n).*?(```)", lambda match: match[1] + listed + match[2], whole, count=1), "utf-8")
    assert f"```text\n{listed}```" in path.read_text("utf-8")


@pytest.mark.parametrize("code", ["ADV303", "adv303", "ADV001", "ADV920"])
def test_a_code_is_explained_outside_of_a_site(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["check", "--explain", code])
    assert (done.exit_code, done.output.startswith(code.upper())) == (0, True)


@pytest.mark.parametrize("code", [code for code, page in PAGES.items() if page.example])
def test_a_page_of_a_shape_fires_on_its_example(code):
    example = PAGES[code].example
    if code.startswith("ADV0"):
        fields = dict.fromkeys(re.findall(r"(?m)^(\w+):", example), MISSING)
        file = text(**fields).replace("---\n", f"---\n{example}\n", 1)
        found = check.advisory(parse(Source("advisories/EX-2026-001.md", file.encode())), configuration()).diagnostics
    else:
        found = tuple(config.read((f"{CONFIG}\n{example}" if example[0] == "[" else f"{example}\n{CONFIG}").encode(), "advgen.toml")[1])
    assert code in {problem.code for problem in found}
    assert example.split("\n")[-1] in check.explained(code)


def test_no_page_names_what_readers_do_not_have():
    for code in check.names():
        if code[3] not in "678":
            assert not re.search(r"DESIGN|STANDARDS", check.explained(code)), code


def test_a_code_that_there_is_not_is_wrong_use():
    done = CliRunner().invoke(main, ["check", "--explain", "ADV000"])
    assert (done.exit_code, "--list" in done.output) == (2, True)


@pytest.mark.parametrize("arguments", [["advisories/EX-2026-001.md"], ["--select", "ADV1"], ["--ignore", "ADV0"]], ids=str)
def test_a_configuration_that_cannot_be_read_is_told_whatever_was_asked(tmp_path, monkeypatch, arguments):
    site = make_site(tmp_path, {"EX-2026-001": text()}, CONFIG + "zzz = 1\n")
    monkeypatch.chdir(site)
    done = CliRunner().invoke(main, ["check", *arguments], env={"CI": None})
    assert (done.exit_code, "`zzz` is not a field" in done.stderr) == (1, True)


def test_a_link_stands_for_itself_and_for_what_it_leads_to(tmp_path, monkeypatch):
    site = make_site(tmp_path / "site", {"x/EX-2026-001.md": text(severity="hihg")})
    (site / "advisories/EX-2026-001.md").symlink_to("../x/EX-2026-001.md")
    (tmp_path / "link").symlink_to("site")
    monkeypatch.chdir(tmp_path)
    for path in ("site/advisories/EX-2026-001.md", "site/x/EX-2026-001.md", "link", "link/advisories", "site/advisories/../advisories"):
        done = CliRunner().invoke(main, ["check", path], env={"CI": None})
        assert (path, done.exit_code, "hihg" in done.stderr) == (path, 1, True)


def test_each_of_many_paths_is_looked_up_once(tmp_path, monkeypatch):
    looked_up = []
    resolve = Path.resolve
    monkeypatch.setattr(Path, "resolve", lambda self, *_: looked_up.append(self) or resolve(self))
    counts = []
    for many in (20, 40):
        site = make_site(tmp_path / str(many), {f"EX-2026-{number:03}": text(foo="x") for number in range(many)})
        looked_up.clear()
        CliRunner().invoke(main, ["check", *map(str, sorted((site / "advisories").iterdir()))], env={"CI": None})
        counts.append(len(looked_up))
    assert counts[1] < 2.5 * counts[0]


def test_a_message_of_sarif_makes_no_link_and_leaves_no_place_to_fill(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text("See [it](x.md) and [{0}](y).", severity="[a](https://example.com/) {0}")})
    [one] = json.loads(run(site, "--format", "sarif").stdout)["runs"]
    said = " ".join(each["message"]["text"] for each in one["results"])
    assert r"`\[a\](https://example.com/) {{0}}` is not one of the words" in said
    assert not re.search(r"(?<!\\)[\[\]]", said)
