"""The commands: what they do, how they end, and that nothing makes them fall over."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advgen.cli import main
from advgen.diagnostics import Source
from advgen.parse import parse
from tests.support import CONFIG, MISSING, make_site, text, tree

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-11-23T12:00:00Z"
BROKEN = {"affected": [{"platforms": ["android"], "versions": "from 2.0 before 2.0"}], "actions": [{"kind": "other", "text": "Wait."}]}
EMBARGOED = {"published": "2026-12-24T10:00:00Z"}


def run(*arguments: object) -> Result:
    """Run a command; whatever happens, it ends by itself and shows no traceback."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert "Traceback" not in done.output
    assert done.exit_code in (0, 1, 2)
    return done


def process(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run a command as a user does."""
    command = [sys.executable, "-m", "advgen", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL, timeout=30, check=False
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """A sound site, in which we are."""
    folder = make_site(tmp_path / "site", {"EX-2026-001": text("Body.")})
    monkeypatch.chdir(folder)
    return folder


# Help

COMMANDS = sorted(main.commands)


def test_the_commands_are_all_there():
    assert {"init", "new", "check", "build", "import"} <= set(COMMANDS)
    done = run("--help")
    assert all(re.search(rf"^  {name} ", done.output, re.MULTILINE) for name in COMMANDS)
    assert "advgen init" in done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example_and_says_what_each_option_does(name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert re.search(rf"^\s*Example: advgen {name} ", done.output, re.MULTILINE)
    for parameter in main.commands[name].params:
        assert parameter.param_type_name == "argument" or parameter.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_every_command_uses_what_there_is(name):
    import shlex

    [words] = [shlex.split(line.partition("Example: advgen ")[2]) for line in [" ".join(main.commands[name].epilog.split())]]
    options = {flag for parameter in main.commands[name].params for flag in parameter.opts}
    assert words[0] == name
    assert {word for word in words if word.startswith("-")} <= options


def test_the_version_is_told():
    from advgen import __version__

    assert run("--version").output == f"advgen {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["build", "--nonsense"], ["import", "nonsense", "."], ["new", "A", "--kind", "nonsense"]]
)
@pytest.mark.usefixtures("site")
def test_what_there_is_not_is_wrong_use(arguments):
    assert run(*arguments).exit_code == 2


def test_the_help_is_shown_by_a_module_too(tmp_path):
    done = process("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "check" in done.stdout


# init


def test_a_new_site_builds_at_once_and_without_a_problem(tmp_path):
    done = run("init", tmp_path / "demo", "--title", "Acme Security", "--publisher", "Acme", "--url", "https://security.acme.example/x/")
    assert done.exit_code == 0
    assert "wrote" in done.output
    checked = run("check", tmp_path / "demo", "--strict")
    assert (checked.exit_code, "0 errors, 0 warnings" in checked.output) == (0, True), checked.output
    built = run("build", tmp_path / "demo")
    assert built.exit_code == 0, built.output
    home = (tmp_path / "demo/output/index.html").read_text()
    assert "Acme Security" in home
    assert len(list((tmp_path / "demo/output/advisories").iterdir())) >= 3
    assert "https://security.acme.example/x/feed.xml" in (tmp_path / "demo/output/feed.xml").read_text()


def test_a_new_site_has_an_example_of_each_kind(tmp_path):
    run("init", tmp_path / "demo")
    run("build", tmp_path / "demo")
    feed = (tmp_path / "demo/output/feed.xml").read_text()
    assert all(f">{kind}</category>" in feed for kind in ("Vulnerability", "Incident", "Notice"))


def test_the_authority_of_a_new_site_is_its_host_and_this_year(tmp_path, monkeypatch):
    from advgen import commands

    monkeypatch.setattr(commands, "now", lambda: datetime(2031, 1, 1, tzinfo=UTC))
    run("init", tmp_path / "demo", "--url", "https://security.acme.example")
    assert 'authority = "security.acme.example,2031"' in (tmp_path / "demo/advgen.toml").read_text()


def test_no_place_is_left_open_in_a_new_site(tmp_path):
    run("init", tmp_path / "demo")
    assert not [path for path, data in tree(tmp_path / "demo").items() if re.search(rb"@[a-z]+@", data)]


def test_init_in_the_folder_one_is_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("init").exit_code == 0
    assert (tmp_path / "advgen.toml").is_file()


def test_init_never_writes_over_anything(tmp_path):
    run("init", tmp_path)
    (tmp_path / "advgen.toml").write_text("mine")
    before = tree(tmp_path)
    done = run("init", tmp_path, "--title", "Other")
    assert done.exit_code == 2
    assert "already there" in done.output
    assert tree(tmp_path) == before


def test_init_writes_nothing_when_one_file_is_there(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    assert run("init", tmp_path).exit_code == 2
    assert tree(tmp_path) == {"README.md": b"mine"}


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://example.com", "https://", "https:///x", "javascript:alert(1)", "example.com", "", "//example.com"]
)
def test_init_refuses_an_address_that_no_site_has(tmp_path, url):
    done = run("init", tmp_path / "demo", "--url", url)
    assert done.exit_code == 2
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000",
        "https://example.com:8443/a/b/",
        "https://EXAMPLE.com",
        "https://münchen.example",
        "https://[::1]/",
        "https://user@example.com",
        'https://example.com/"x',
        "https://example.com/a b",
        "https://example.com/?q=1",
        "https://example.com/#x",
        "https://exa mple.com",
        "https://example.com:99999",
        "https://[",
    ],
)
def test_init_refuses_an_address_or_the_site_builds_at_once(tmp_path, url):
    done = run("init", tmp_path / "demo", "--url", url)
    if done.exit_code == 2:
        assert not (tmp_path / "demo").exists()
    else:
        built = run("build", tmp_path / "demo")
        assert built.exit_code == 0, built.output


@pytest.mark.parametrize(
    "title", ['He said "hi"', "back\\slash", "it's", "# no: comment", "😀 ünï", "@publisher@", "{{ 7*191 }} <b>", "a\tb"]
)
def test_a_site_of_any_title_builds_at_once(tmp_path, title):
    done = run("init", tmp_path / "demo", "--title", title, "--publisher", title)
    assert done.exit_code == 0, done.output
    built = run("build", tmp_path / "demo")
    assert built.exit_code == 0, built.output
    home = (tmp_path / "demo/output/index.html").read_text()
    assert "1337" not in home
    assert "<b>" not in home


def test_init_where_a_file_is_in_the_way_is_wrong_use(tmp_path):
    (tmp_path / "file").write_text("mine")
    assert run("init", tmp_path / "file").exit_code == 2
    assert run("init", tmp_path / "file/demo").exit_code == 2
    assert tree(tmp_path) == {"file": b"mine"}


# new

KINDS = ("vulnerability", "incident", "notice")


def created(done: Result) -> Path:
    assert done.exit_code == 0, done.output
    return Path(re.search(r"^wrote (.*)$", done.output, re.MULTILINE)[1])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("site")
def test_a_new_advisory_is_a_draft_with_every_required_field_and_no_problem_of_shape(kind):
    path = created(run("new", "A new flaw", "--kind", kind))
    found = parse(Source(path.as_posix(), path.read_bytes()))
    assert not found.diagnostics
    assert (found.advisory.kind, found.advisory.status, found.advisory.title) == (kind, "draft", "A new flaw")
    assert found.advisory.summary
    assert found.advisory.actions
    assert bool(found.advisory.affected) == (kind == "vulnerability")
    assert bool(found.advisory.incident) == (kind == "incident")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("site")
def test_a_new_advisory_has_all_it_needs_once_its_draft_line_is_deleted(kind):
    path = created(run("new", "A new flaw", "--kind", kind))
    final = "".join(line for line in path.read_text().splitlines(keepends=True) if not line.startswith("status: draft"))
    assert final != path.read_text()
    assert not parse(Source(path.as_posix(), final.encode())).diagnostics
    path.write_text(final)
    assert "ADV0" not in run("check", path).output


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_with_a_new_advisory_is_built_without_it(site, kind):
    assert run("build").exit_code == 0
    before = tree(site / "output")
    path = created(run("new", "A new flaw", "--kind", kind))
    assert run("build").exit_code == 0
    assert tree(site / "output") == before
    assert path.stem.encode() not in b"".join(tree(site / "output").values())


@pytest.mark.usefixtures("site")
def test_new_says_what_comes_next():
    done = run("new", "A new flaw")
    assert f"advgen check {created(done)}" in done.output


def test_ids_follow_each_other_and_count_from_one_each_year(site, monkeypatch):
    from advgen import commands

    (site / "advgen.toml").write_text(CONFIG + '[ids]\npattern = "EX-{year}-{number:03}"\n')
    (site / "advisories/deep").mkdir()
    (site / "advisories/deep/EX-2026-041.md").write_text("not even readable")
    monkeypatch.setattr(commands, "now", lambda: datetime(2026, 11, 23, tzinfo=UTC))
    assert [created(run("new", "A")).stem for _ in range(2)] == ["EX-2026-042", "EX-2026-043"]
    monkeypatch.setattr(commands, "now", lambda: datetime(2027, 1, 1, tzinfo=UTC))
    assert created(run("new", "A")).stem == "EX-2027-001"


@pytest.mark.usefixtures("site")
def test_an_id_can_be_given():
    assert created(run("new", "A", "--id", "OTHER-7")).name == "OTHER-7.md"


def test_an_id_that_is_taken_is_refused(site):
    before = tree(site)
    assert run("new", "A", "--id", "EX-2026-001").exit_code == 2
    assert tree(site) == before


@pytest.mark.parametrize(
    "identifier", ["../x", "../../x", "/tmp/advgen-x", "a/b", "a\\b", ".hidden", "_skipped", "README", "a b", "é", "con", "a\nb", "x" * 300]
)
def test_an_id_that_an_advisory_cannot_have_is_refused_and_nothing_is_written(site, identifier):
    before = tree(site.parent)
    done = run("new", "A", "--id", identifier)
    assert done.exit_code == 2, done.output
    assert tree(site.parent) == before
    assert not Path("/tmp/advgen-x.md").exists()


@pytest.mark.parametrize(
    "title", ['He said: "hi" # no comment', "it's {braces} {{ x }}", "- dash", "back\\slash", "😀 ünï", "> x", "%", "1.10", "no", "~"]
)
@pytest.mark.usefixtures("site")
def test_a_title_of_any_characters_is_kept(title):
    path = created(run("new", "--", title))
    found = parse(Source(path.as_posix(), path.read_bytes()))
    assert not found.diagnostics
    assert found.advisory.title == title


@pytest.mark.usefixtures("site")
def test_without_a_title_there_is_a_hint():
    path = created(run("new"))
    assert not parse(Source(path.as_posix(), path.read_bytes())).diagnostics


def test_new_in_a_site_without_products_or_with_several_has_no_problem_of_shape(tmp_path, monkeypatch):
    several = CONFIG + '[[products]]\nid = "other"\n'
    none = CONFIG.partition("[[products]]")[0]
    for index, toml in enumerate((several, none)):
        folder = make_site(tmp_path / str(index), {"EX-1": text(status="draft")}, toml)
        monkeypatch.chdir(folder)
        path = created(run("new", "A"))
        assert not parse(Source(path.as_posix(), path.read_bytes())).diagnostics
        assert run("check").exit_code == 0


def test_new_below_the_site_folder_writes_into_the_sites_advisories(site, monkeypatch):
    (site / "advisories/deep").mkdir()
    monkeypatch.chdir(site / "advisories/deep")
    assert run("new", "A", "--id", "OTHER-7").exit_code == 0
    assert (site / "advisories/OTHER-7.md").is_file()


def test_new_without_a_site_is_wrong_use(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("new", "A")
    assert (done.exit_code, tree(tmp_path)) == (2, {})
    assert "advgen init" in done.output


# check


@pytest.mark.usefixtures("site")
def test_a_sound_site_passes():
    done = run("check")
    assert done.exit_code == 0
    assert "1 advisory, 0 errors, 0 warnings" in done.output


def test_an_error_fails_and_is_told_with_its_place(site):
    make_site(site, {"EX-2026-002": text(**BROKEN)})
    done = run("check")
    assert done.exit_code == 1
    assert "error[ADV303]" in done.output
    assert "advisories/EX-2026-002.md:" in done.output
    assert "help:" in done.output


def test_all_problems_of_all_files_are_told_at_once(site):
    make_site(site, {f"EX-2026-00{number}": text(**BROKEN) for number in (2, 3, 4)})
    assert run("check").output.count("error[ADV303]") == 3


def test_problems_go_to_the_error_stream(site):
    make_site(site, {"EX-2026-002": text(**BROKEN)})
    done = process("check", cwd=site)
    assert done.returncode == 1
    assert "ADV303" in done.stderr
    assert done.stdout == ""


def test_a_path_limits_what_is_told_and_not_what_is_read(site):
    make_site(
        site, {"EX-2026-002": text(**BROKEN), "advisories/deep/EX-2026-003.md": text(**BROKEN), "EX-2026-004": text("[x](EX-2026-001.md)")}
    )
    assert run("check", "advisories/EX-2026-001.md").exit_code == 0
    one = run("check", "advisories/EX-2026-002.md")
    assert (one.exit_code, one.output.count("error[")) == (1, 1)
    assert "1 of 4 advisories" in one.output
    deep = run("check", "advisories/deep")
    assert (deep.exit_code, deep.output.count("error[")) == (1, 1)
    assert run("check", "advisories/EX-2026-002.md", "advisories/deep").output.count("error[") == 2
    assert run("check", "advisories/EX-2026-004.md").exit_code == 0


def test_a_path_is_found_from_anywhere(site, tmp_path, monkeypatch):
    make_site(site, {"EX-2026-002": text(**BROKEN)})
    monkeypatch.chdir(tmp_path)
    assert run("check", site / "advisories/EX-2026-002.md").exit_code == 1
    assert run("check", "site/advisories/EX-2026-001.md").exit_code == 0
    assert run("check", "site").exit_code == 1


@pytest.mark.parametrize("changes", [{"status": "draft"}, EMBARGOED], ids=["draft", "embargoed"])
def test_an_error_in_what_is_not_public_is_told_and_fails_only_when_it_is_asked_for(site, changes):
    make_site(site, {"EX-2026-002": text(**BROKEN, **changes)})
    done = run("check", "--as-of", NOW)
    assert done.exit_code == 0
    assert "error[ADV303]" in done.output
    assert "will block" in done.output
    assert run("check", "--as-of", NOW, "advisories/EX-2026-002.md").exit_code == 1
    assert run("check", "--as-of", NOW, "advisories/EX-2026-001.md").exit_code == 0


def test_an_embargo_that_is_over_makes_its_error_count(site):
    make_site(site, {"EX-2026-002": text(**BROKEN, **EMBARGOED)})
    assert run("check", "--as-of", "2026-12-24T10:00:00Z").exit_code == 1


def test_a_warning_fails_only_when_strict(site):
    make_site(site, {"EX-2026-002": text(summary="Too short to be of use.")})
    done = run("check")
    assert (done.exit_code, "1 warning" in done.output) == (0, True)
    assert run("check", "--strict").exit_code == 1


@pytest.mark.usefixtures("site")
def test_a_path_that_is_not_there_is_wrong_use():
    assert run("check", "advisories/missing.md").exit_code == 2


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_place_without_a_site_is_wrong_use(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    done = run(command)
    assert done.exit_code == 2
    assert "advgen init" in done.output
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    "time", ["nonsense", "", "tomorrow", "2026-13-01", "2026-11-20T14:00:00", "20261120", "2026-11-20T25:00:00Z", "9" * 50, "0001-01-01"]
)
def test_a_time_that_is_none_is_wrong_use(site, command, time):
    before = tree(site)
    done = run(command, "--as-of", time)
    assert done.exit_code == 2, done.output
    assert "--as-of" in done.output
    assert tree(site) == before


@pytest.mark.parametrize("time", ["2026-11-20", "2026-11-20T14:00:00Z", "2026-11-20T14:00:00+02:00", "2026-11-20T14:00Z"])
@pytest.mark.usefixtures("site")
def test_a_time_is_taken(time):
    assert run("build", "--as-of", time).exit_code == 0


# build


def test_a_build_says_what_it_did(site):
    done = run("build", "--as-of", NOW)
    assert done.exit_code == 0
    numbers = re.search(r"1 public in (.*): (\d+) files, (\d+) written, 0 removed", done.output)
    assert Path(numbers[1]) == site / "output"
    assert int(numbers[2]) == len(tree(site / "output")) - 1  # but for the manifest
    assert numbers[2] == numbers[3]
    assert "0 written, 0 removed" in run("build", "--as-of", NOW).output


def test_a_build_with_an_error_fails_and_writes_nothing(site):
    make_site(site, {"EX-2026-002": text(**BROKEN)})
    done = run("build")
    assert done.exit_code == 1
    assert "nothing was written" in done.output
    assert not (site / "output").exists()


def test_a_strict_build_fails_on_a_warning_and_writes_nothing(site):
    make_site(site, {"EX-2026-002": text(summary="Too short to be of use.")})
    assert run("build", "--strict").exit_code == 1
    assert not (site / "output").exists()
    assert run("build").exit_code == 0


def test_a_site_elsewhere_is_built_into_its_own_output(tmp_path, monkeypatch):
    make_site(tmp_path / "site")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("build", "../site").exit_code == 0
    assert (tmp_path / "site/output/index.html").is_file()
    assert run("build", "../site", "--output", "public").exit_code == 0
    assert (tmp_path / "here/public/index.html").is_file()


@pytest.mark.parametrize("output", ["advisories", "advisories/out", ".", "..", "theme"])
def test_an_output_among_the_sources_is_refused(site, output):
    before = tree(site.parent)
    done = run("build", "--output", output)
    assert done.exit_code in (1, 2)
    assert "--output" in done.output
    assert tree(site.parent) == before


def test_an_output_that_is_a_file_is_wrong_use(site):
    assert run("build", "--output", "advgen.toml").exit_code == 2
    assert (site / "advgen.toml").read_text() == CONFIG


def test_another_address_is_in_feed_and_index(site):
    assert run("build", "--url", "https://preview.example/x").exit_code == 0
    for name in ("feed.xml", "index.json"):
        written = (site / "output" / name).read_text()
        assert "https://preview.example/x/advisories/EX-2026-001/" in written
        assert "https://security.example.com/" not in written
        assert "tag:security.example.com,2026:EX-2026-001" in written


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.com", "javascript:alert(1)", "https://", "https://example.com/<x>"])
def test_another_address_that_is_none_is_wrong_use(site, url):
    assert run("build", "--url", url).exit_code == 2
    assert not (site / "output").exists()


def test_another_configuration_is_taken(site):
    (site / "staging.toml").write_text(CONFIG.replace("Example Security", "Staging"))
    assert run("build", "--config", "staging.toml").exit_code == 0
    assert "Staging" in (site / "output/index.html").read_text()
    assert run("build", "--config", "missing.toml").exit_code == 2


def test_two_configurations_are_wrong_use(site):
    (site / "pyproject.toml").write_text("[tool.advgen.site]\n")
    done = run("build")
    assert done.exit_code == 2
    assert "keep one of them" in done.output


# import

FENCE = """```toml
[advisory]
id = "RUSTSEC-2026-000{number}"
package = "example"
date = "2026-01-0{number}"
url = "https://example.com/{number}"
keywords = ["memory"]

[versions]
patched = [{patched}]
```

# Example reads beyond its buffer

A crafted input makes it read beyond its buffer, which may crash the program or disclose memory of it.
"""


@pytest.fixture
def rustsec(tmp_path) -> Path:
    folder = tmp_path / "crates"
    (folder / "example").mkdir(parents=True)
    for number, patched in ((1, '">= 1.2.3"'), (2, "")):
        (folder / f"example/RUSTSEC-2026-000{number}.md").write_text(FENCE.format(number=number, patched=patched))
    return folder


def test_foreign_advisories_are_imported_and_the_site_with_them_builds(rustsec, site):
    done = run("import", "rustsec", rustsec, "--output", "advisories")
    assert done.exit_code == 0
    assert "2 read, 2 written, 0 could not be read" in done.output
    assert "not carried: keywords" in done.output
    assert run("build", "--as-of", NOW).exit_code == 0
    assert (site / "output/advisories/RUSTSEC-2026-0001/index.html").is_file()
    assert not (site / "output/advisories/RUSTSEC-2026-0002").exists()  # nobody has said yet what to do


def test_as_an_archive_all_are_published(rustsec, site):
    assert run("import", "rustsec", rustsec / "example", "-o", "advisories", "--as-archive").exit_code == 0
    assert run("build", "--as-of", NOW).exit_code == 0
    assert "recommended no action" in (site / "output/advisories/RUSTSEC-2026-0002/index.html").read_text()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# no fence",
        b"\xff\x00",
        b"```toml\n[advisory\n```\nx",
        b"```toml\nadvisory = 5\n```\nx",
        b"```toml\n[advisory]\nid = 5\n```\nx",
    ],
)
def test_a_foreign_file_that_cannot_be_read_is_told_and_the_others_are_imported(rustsec, site, data):
    (rustsec / "broken.md").write_bytes(data)
    done = run("import", "rustsec", rustsec, "--output", "imported")
    assert done.exit_code == 1
    assert "error[ADV930]" in done.output
    assert "3 read, 2 written, 1 could not be read" in done.output
    assert len(tree(site / "imported")) == 2


@pytest.mark.usefixtures("site")
def test_an_import_without_a_place_or_a_source_is_wrong_use(rustsec):
    assert run("import", "rustsec", rustsec).exit_code == 2
    assert run("import", "rustsec", "--output", "x").exit_code == 2
    assert run("import", "rustsec", "missing", "--output", "x").exit_code == 2


def test_an_import_keeps_what_was_edited_unless_it_is_told_to_replace_it(rustsec, site):
    assert run("import", "rustsec", rustsec, "--output", "imported").exit_code == 0
    again = run("import", "rustsec", rustsec, "--output", "imported")
    assert (again.exit_code, "2 were there already, the same" in again.output) == (0, True)
    edited = site / "imported/RUSTSEC-2026-0002.md"
    edited.write_text(edited.read_text() + "\nWhat we found out.\n")
    kept = run("import", "rustsec", rustsec, "--output", "imported")
    assert kept.exit_code == 1
    assert "kept imported/RUSTSEC-2026-0002.md, which is there and differs; --overwrite replaces it" in kept.output
    assert "What we found out." in edited.read_text()
    assert run("import", "rustsec", rustsec, "--output", "imported", "--overwrite").exit_code == 0
    assert "What we found out." not in edited.read_text()


def test_an_import_never_replaces_its_own_source(rustsec):
    before = tree(rustsec / "example")
    done = run("import", "rustsec", rustsec, "--output", rustsec / "example", "--overwrite")
    assert done.exit_code == 1
    assert tree(rustsec / "example") == before


@pytest.mark.usefixtures("site")
def test_foreign_text_begins_no_line_of_the_summary(rustsec):
    (rustsec / "example/RUSTSEC-2026-0001.md").write_text(FENCE.format(number=1, patched="").replace("keywords", '"x\\n::error::y"'))
    done = run("import", "rustsec", rustsec, "--output", "imported")
    assert "::error::y" in done.output
    assert not any(line.lstrip().startswith("::") for line in done.output.splitlines())


def test_an_import_of_nothing_says_so(tmp_path):
    done = run("import", "rustsec", tmp_path, "--output", tmp_path / "x")
    assert (done.exit_code, "no file that ends in .md" in done.output) == (2, True)


# Nothing makes it fall over

GARBAGE = {
    "empty": b"",
    "binary": bytes(range(256)) * 8,
    "NUL": b"---\ntitle: a\0b\n---\n\0",
    "only NULs": b"\0" * 200,
    "fence": b"---",
    "open": b"---\ntitle: x\n",
    "two fences": b"---\n---\n",
    "scalar": b"---\nhello\n---\n",
    "list": b"---\n- a\n---\n",
    "deep": b"---\nx: " + b"[" * 50_000 + b"\n---\n",
    "deep mappings": b"---\nx: " + b"{a: " * 50_000 + b"\n---\n",
    "deep quotes": b"---\ntitle: x\n---\n" + b">" * 20_000,
    "deep lists": b"---\ntitle: x\n---\n" + b"- " * 5_000,
    "deep brackets": b"---\ntitle: x\n---\n" + b"[" * 20_000,
    "aliases": b"---\na: &a [x]\nb: [*a, *a]\n---\n",
    "UTF-16": "---\ntitle: x\n---\n".encode("utf-16"),
    "old Macintosh": b"---\rtitle: x\r---\r",
    "every field wrong": b"---\n"
    + b"".join(b"%s: {a: [1, {b: 2}]}\n" % name for name in (b"title", b"kind", b"status", b"published", b"affected", b"actions"))
    + b"---\n",
    "escapes": b'---\ntitle: "\x1b[31mred\x1b[0m"\n---\n::error::x',
    "huge number": b"---\npublished: " + b"9" * 5000 + b"\n---\n",
    "long line": b"---\ntitle: " + b"x" * 200_000 + b"\n---\n",
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
def test_garbage_among_the_advisories_is_told_and_nothing_is_written(site, data):
    make_site(site, {"EX-2026-666": data})
    for command in ("check", "build"):
        done = run(command)
        assert done.exit_code == 1
        assert "advisories/EX-2026-666.md:" in done.output
        assert "\x1b" not in done.output
    assert not (site / "output").exists()


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
def test_garbage_as_a_translation_is_told(site, data):
    make_site(site, {"EX-2026-001.de": data})
    done = run("check")
    assert done.exit_code == 1
    assert "advisories/EX-2026-001.de.md:" in done.output


CONFIGURATIONS = {
    "empty": b"",
    "binary": b"\xff\xfe\x00",
    "NUL": b"\0",
    "no TOML": b"hello",
    "numbers": b"site = 5\npublisher = 6\nfeeds = 7\nplatforms = 8\nproducts = 9\n",
    "lists": b"site = []\nplatforms = [1, [2], {}]\nproducts = [{platforms = [1, {}]}]\n",
    "tables": b"[[site]]\n[platforms]\n[products]\n",
    "deep": b"x = " + b"[" * 20_000,
    "deep tables": b"x = " + b"{a = " * 20_000,
    "deep keys": b".".join([b"a"] * 5_000) + b" = 1\n",
    "infinite": b"[feeds]\nwindow = inf\n",
    "huge number": b"[feeds]\nwindow = " + b"9" * 4000 + b"\n",
    "huger number": b"[feeds]\nwindow = " + b"9" * 5000 + b"\n",
    "times": b"[site]\ntitle = 07:32:00\nurl = 2026-11-20\n",
    "quotes": b'[site]\n"" = 1\n\'a.b\' = """\nx"""\n',
    "byte order mark": b"\xef\xbb\xbf[site]\n",
}


@pytest.mark.parametrize("data", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_garbage_as_a_configuration_is_told_and_nothing_is_written(site, data):
    (site / "advgen.toml").write_bytes(data)
    for command in ("check", "build", "new"):
        done = run(command)
        assert done.exit_code in (1, 2), (command, done.output)
        assert "advgen.toml" in done.output
    assert set(tree(site)) == {"advgen.toml", "advisories/EX-2026-001.md"}


def dangling(site: Path) -> None:
    (site / "advisories/EX-2026-666.md").symlink_to(site / "missing")


def loop(site: Path) -> None:
    (site / "advisories/EX-2026-666.md").symlink_to(site / "advisories/EX-2026-666.md")


def outward(site: Path) -> None:
    (site.parent / "secret.md").write_text(text())
    (site / "advisories/EX-2026-666.md").symlink_to(site.parent / "secret.md")


def device(site: Path) -> None:
    (site / "advisories/EX-2026-666.md").symlink_to("/dev/zero")


def huge(site: Path) -> None:
    with (site / "advisories/EX-2026-666.md").open("wb") as file:
        file.truncate(10**9)


def name_that_is_no_text(site: Path) -> None:
    (site / "advisories" / os.fsdecode(b"EX-\xff-666.md")).write_text(text())


def name_with_an_escape(site: Path) -> None:
    (site / "advisories/EX-\x1b[31m-666.md").write_text(text())


def name_with_a_line_break(site: Path) -> None:
    (site / "advisories/EX\n::error::666.md").write_text(text())


def attachment_whose_name_is_no_text(site: Path) -> None:
    (site / "advisories/EX-2026-001").mkdir()
    (site / "advisories/EX-2026-001" / os.fsdecode(b"\xff.docx")).write_text("666")


def theme_file_that_is_no_text(site: Path) -> None:
    (site / "theme").mkdir()
    (site / "theme/home.html").write_bytes(b"666\xff")


@pytest.mark.parametrize(
    "make",
    [
        dangling,
        loop,
        outward,
        device,
        huge,
        name_that_is_no_text,
        name_with_an_escape,
        name_with_a_line_break,
        attachment_whose_name_is_no_text,
    ],
)
def test_a_file_that_is_no_advisory_is_told_and_nothing_is_written(site, make):
    make(site)
    for command in ("check", "build"):
        done = process(command, cwd=site)
        assert done.returncode == 1, done.stderr
        assert "error[" in done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        assert not re.search(r"^::", done.stdout + done.stderr, re.MULTILINE)
    assert not (site / "output").exists()


@pytest.mark.parametrize(
    "data", [b"\0" * 65_536, b"\x1b[0m" * 20_000, b"---\ntitle: " + b"\x7f" * 50_000 + b"\n---\n"], ids=["NUL", "escapes", "title"]
)
def test_a_file_of_nothing_but_control_characters_is_told_soon(site, data):
    make_site(site, {"EX-2026-666": data})
    done = process("check", cwd=site)
    assert done.returncode == 1
    assert "error[ADV008]" in done.stderr
    assert len(done.stderr) < 1_000_000


def test_a_pipe_among_the_advisories_is_told_and_not_waited_for(site):
    os.mkfifo(site / "advisories/EX-2026-666.md")
    done = process("check", cwd=site)
    assert done.returncode == 1
    assert "EX-2026-666.md" in done.stderr


def test_an_attachment_whose_name_is_no_text_is_published_or_told(site):
    (site / "advisories/EX-2026-001").mkdir()
    (site / "advisories/EX-2026-001" / os.fsdecode(b"\xff.txt")).write_text("x")
    assert process("build", cwd=site).returncode in (0, 1)


def test_a_theme_file_that_is_no_text_is_told(site):
    theme_file_that_is_no_text(site)
    done = process("build", cwd=site)
    assert done.returncode == 1
    assert "theme/home.html" in done.stderr


def test_a_folder_called_like_an_advisory_is_no_problem(site):
    (site / "advisories/EX-2026-666.md").mkdir()
    assert run("check").exit_code == 0
    assert run("build").exit_code == 0


def test_a_folder_called_advisories_that_is_a_file_is_no_crash(tmp_path, monkeypatch):
    (tmp_path / "advgen.toml").write_text(CONFIG)
    (tmp_path / "advisories").write_text("file")
    monkeypatch.chdir(tmp_path)
    for command in ("check", "build", "new"):
        run(command)


def test_a_theme_that_is_a_file_is_no_crash(site):
    (site / "theme").write_text("file")
    run("build")


def test_what_is_written_is_readable_where_only_ascii_is(site):
    make_site(site, {"EX-2026-002": text(title="Ünïcode 😀", **BROKEN)})
    for command in ("check", "build"):
        done = process(command, cwd=site, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
        assert done.returncode == 1
        assert "ADV303" in done.stderr


def test_a_pipe_that_is_closed_early_is_no_crash(site):
    make_site(site, {f"EX-2026-{number:03}": text(**BROKEN) for number in range(2, 60)})
    command = f"{sys.executable} -m advgen check 2>&1 | head -n 1"
    done = subprocess.run(
        command, shell=True, cwd=site, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=30, check=False
    )
    assert "Traceback" not in done.stdout + done.stderr


CANARIES = {
    "draft": text(title="Zyzzyva writes tokens", status="draft", severity="wrong"),
    "embargoed": text(title="Zyzzyva writes tokens", published="2027-01-01", severity="wrong"),
    "unreadable": "---\ntitle: Zyzzyva\nstatus: [draft\n---\n",
    "status that is none": text(title="Zyzzyva writes tokens", status="drfat"),
    "no header": "Zyzzyva\n",
    "named by a public one": text(title="Fine", status="draft"),
    "its file": text(title="Zyzzyva writes tokens", status="draft"),
}


@pytest.mark.parametrize("name", CANARIES)
@pytest.mark.parametrize("command", ["check", "build"])
def test_the_log_of_a_ci_shows_nothing_of_what_is_not_public(site, monkeypatch, name, command):
    hidden = site / "advisories/EX-2026-777.md"
    hidden.write_text(CANARIES[name])
    if name == "named by a public one":
        (site / "advisories/EX-2026-001.md").write_text(text("See [it](EX-2026-777.md)."))
    if name == "its file":
        (site / "advisories/EX-2026-777").mkdir()
        (site / "advisories/EX-2026-777/secret.exe").write_bytes(b"MZ")
    monkeypatch.setenv("CI", "true")
    done = run(command, "--as-of", NOW)
    assert "2026-777" not in done.output
    assert "Zyzzyva" not in done.output
    assert "in what is not public, 1 time" in done.output
    assert "--show-private" in done.output
    assert "2026-777" in run(command, "--as-of", NOW, "--show-private").output
    monkeypatch.delenv("CI")
    assert "2026-777" in run(command, "--as-of", NOW).output


def test_the_log_of_a_ci_shows_what_is_wrong_in_what_is_public(site, monkeypatch):
    monkeypatch.setenv("CI", "true")
    (site / "advisories/EX-2026-001.md").write_text(text(severity="wrong"))
    assert "advisories/EX-2026-001.md:4:" in run("check", "--as-of", NOW).output


def test_new_without_a_standard_input_is_no_crash(site):
    command = f"{sys.executable} -m advgen new <&-"
    done = subprocess.run(["sh", "-c", command], cwd=site, env=environment(), capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize("arguments", [["new", b"\xff"], ["init", "demo", "--title", b"\xff"], ["new", "x", "--id", b"\xff"]])
def test_an_argument_that_is_no_text_is_wrong_use(site, arguments):
    command = [sys.executable, "-m", "advgen", *arguments]
    done = subprocess.run(command, cwd=site, env=environment(), capture_output=True, timeout=30, check=False)
    assert (done.returncode, b"not UTF-8" in done.stderr) == (2, True), done.stderr


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("title", ["", " ", "a\nb", "a\x1b[31mb", "a\u2063b"])
@pytest.mark.parametrize("option", ["--title", "--publisher"])
def test_init_refuses_a_name_that_no_site_can_have(tmp_path, option, title):
    assert run("init", tmp_path / "demo", option, title).exit_code == 2
    assert not (tmp_path / "demo").exists()


def test_new_does_not_write_through_a_link(site, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    (site / "advisories/.EX-2026-002.md.part").symlink_to(tmp_path / "mine.txt")
    assert run("new", "x", "--id", "EX-2026-002").exit_code == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert (site / "advisories/EX-2026-002.md").is_file()


def test_new_does_not_write_out_of_the_site(site, tmp_path):
    (site / "advisories").rename(tmp_path / "elsewhere")
    (site / "advisories").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    before = tree(tmp_path / "elsewhere")
    assert run("new", "x", "--id", "EX-2026-009").exit_code == 2
    assert tree(tmp_path / "elsewhere") == before


@pytest.mark.usefixtures("site")
def test_files_of_two_sites_are_not_checked_at_once(tmp_path):
    make_site(tmp_path / "other")
    done = run("check", "advisories", tmp_path / "other/advisories")
    assert (done.exit_code, "check one site at a time" in done.output) == (2, True)


def test_a_check_with_a_configuration_of_its_own_finds_the_site_above_the_file(site, tmp_path):
    (tmp_path / "other.toml").write_text((site / "advgen.toml").read_text())
    assert run("check", "advisories/EX-2026-001.md", "--config", tmp_path / "other.toml").exit_code == 0


@pytest.mark.usefixtures("site")
def test_a_device_as_a_configuration_is_not_read_for_ever():
    assert run("check", "--config", "/dev/zero").exit_code == 2


def test_in_a_pipe_there_is_neither_colour_nor_a_bar(site):
    make_site(
        site,
        {f"EX-2026-{number:03}": text(**(BROKEN if number == 2 else {})) for number in range(2, 12)} | {"EX-2026-500": text(title=MISSING)},
    )
    done = process("check", cwd=site)
    assert "\x1b" not in done.stderr + done.stdout
    assert "\r" not in done.stderr + done.stdout


# Odd machines


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["build"], ["new", "A title"]])
def test_a_full_disk_behind_the_standard_output_is_said_in_a_line(site, arguments):
    command = [sys.executable, "-m", "advgen", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=site, env=env, stdout=full, stderr=subprocess.PIPE, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith("Error: the standard output: No space left on device\n")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.usefixtures("site")
def test_a_folder_name_cannot_move_the_terminals_cursor(tmp_path):
    done = run("build", "--output", tmp_path / "\x1b[31mred")
    assert "\x1b" not in done.output
    assert "\ufffd[31mred" in done.output
    again = run("init", tmp_path / "\x1b[31mred")
    assert "\x1b" not in again.output


@pytest.mark.usefixtures("site")
def test_a_file_that_takes_long_is_named(monkeypatch):
    monkeypatch.setattr("advgen.console._SLOW", -1.0)
    done = run("check")
    assert re.search(r"^checking advisories/EX-2026-001\.md took 0 seconds$", done.output, re.MULTILINE)


def test_the_summary_counts_what_was_asked_for(site):
    make_site(site, {"EX-2026-002": text("Body.")})
    assert "2 advisories, 0 errors" in run("check").output
    assert "1 of 2 advisories, 0 errors" in run("check", "advisories/EX-2026-002.md").output


def test_a_preview_with_drafts_needs_an_output_of_its_own(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-002": text(title="A draft about canaries", status="draft")})
    for arguments in (("--output", site / "OUTPUT"), (), ("--output", site / "output"), ("--output", site / "output/preview")):
        done = run("build", site, "--drafts", *arguments)
        assert done.exit_code == 2
        assert "--output of its own" in done.output
        assert not (site / "output").exists()
    done = run("build", site, "--drafts", "--output", tmp_path / "preview")
    assert done.exit_code == 0
    assert "2 shown in" in done.output
    for path in (tmp_path / "preview").rglob("*.html"):
        assert "Preview. It also shows what is not published." in path.read_text("utf-8")
    assert "Draft. This is not published." in (tmp_path / "preview/advisories/EX-2026-002/index.html").read_text("utf-8")
    assert "<title>[Preview] Example Security</title>" in (tmp_path / "preview/feed.xml").read_text("utf-8")


def test_a_theme_that_draws_no_mark_of_a_preview_gets_it_all_the_same(tmp_path):
    base = "<!doctype html><html><body class=x>{% block content %}{% endblock %}</body></html>"
    site = make_site(tmp_path / "site", {"EX-2026-001": text(status="draft"), "theme/base.html": base})
    assert run("build", site, "--drafts", "--output", tmp_path / "preview").exit_code == 0
    pages = list((tmp_path / "preview").rglob("*.html"))
    assert len(pages) > 5
    assert all(path.read_text("utf-8").count('<body class=x><p class="preview">Preview.') == 1 for path in pages)
    assert run("build", site).exit_code == 0
    assert "Preview" not in (site / "output/index.html").read_text("utf-8")


def test_serve_says_where_it_cannot_listen(tmp_path):
    site = make_site(tmp_path)
    done = run("serve", site, "--host", "no.such.host.invalid")
    assert done.exit_code == 2
    assert "cannot listen on no.such.host.invalid" in done.output
    assert run("serve", site, "--port", "0").exit_code == 2


@pytest.mark.parametrize("arguments", [[], ["--format", "json"], ["--fix"]], ids=str)
def test_many_advisories_are_checked_where_nobody_sees_the_standard_error(tmp_path, monkeypatch, arguments):
    site = make_site(tmp_path, {f"EX-2026-{number:03}": text() for number in range(1, 202)})
    monkeypatch.setattr(sys, "stderr", None)
    from advgen import console

    console.show([], secrets=True)
    with console.bar(list(range(201)), "checking") as shown:
        assert len(list(shown)) == 201
    done = subprocess.run(
        f"{sys.executable} -m advgen check {' '.join(arguments)} 2>&-", shell=True, cwd=site, capture_output=True, check=False
    )
    assert (done.returncode, b"{" in done.stdout) == (0, "json" in arguments)
