"""diff, check --against, build --previous: what readers will be told, and what must not happen to what is published."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from advgen.cli import main
from tests.support import CONFIG, MISSING, VALID, make_site, text, tree

AT = "2026-11-23T12:00:00Z"
MAJOR = {"date": "2026-11-22T09:00:00Z", "level": "major", "summary": "The web player is affected too."}
MINOR = {"date": "2026-11-22T10:00:00Z", "level": "minor", "summary": "A link was mended."}
WITHDRAWN = {"date": "2026-11-22T18:30:00Z", "reason": "It was never exploitable."}
GERMAN = "---\ntranslates: 1\ntitle: Ein Fehler\nsummary: Jede App mit Zugriff auf das Protokoll kann den Schlüssel lesen.\n---\n"
TOML = CONFIG.replace("[publisher]", 'languages = ["en", "de"]\n[publisher]', 1)
TOML = TOML.replace("[feeds]", '[feeds]\nold = {"/rss.xml" = "feed.xml"}', 1)
WIDER = [{"platforms": ["android", "web"], "versions": "before 4.2.1", "fixed": "4.2.1"}, VALID["affected"][1]]
ACT = [{"kind": "update", "platforms": ["android", "web"]}]
AGAIN = {"title": "Another flaw of Example Player", "cve": "CVE-2026-10002", "severity": "low"}
SITE = {
    "EX-2026-001": text(),
    "EX-2026-002": text(**AGAIN),
    "EX-2026-003": text(title="A flaw that is still a secret", published="2026-12-24T08:00:00Z"),
    "advisories/EX-2026-002.de.md": GERMAN,
    "pages/report.md": "---\ntitle: Report\n---\n\nWrite to us.\n",
    "static/key.asc": "-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
}


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True, text=True).stdout


def run(*arguments: str, folder: Path) -> tuple[int, str, str]:
    where = [str(folder)] if arguments[0] in ("check", "build") else []
    done = CliRunner().invoke(main, [arguments[0], *where, *arguments[1:], "--as-of", AT], env={"CI": None})
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """A site in a folder of a repository, with one commit."""
    folder = make_site(tmp_path / "repository/security", SITE, TOML)
    git(tmp_path / "repository", "init")
    git(tmp_path / "repository", "add", "-A")
    git(tmp_path / "repository", "commit", "-m", "first")
    monkeypatch.chdir(folder)
    return folder


def test_nothing_changed(site):
    assert run("diff", "HEAD", folder=site) == (0, "changes nothing; no feed will announce anything\n", "")


CLEAN = {
    "added": ({"EX-2026-004": text(title="A third flaw of Example Player")}, "adds 1", "1 new advisory, 1 entry among the updates"),
    "revised": (
        {"EX-2026-001": text(revisions=[MAJOR], impact="They can read all your messages.")},
        "revises 1",
        "1 entry among the updates",
    ),
    "edited": ({"EX-2026-001": text(revisions=[MINOR], impact="They can read all your messages.")}, "edits 1", ""),
    "withdrawn": ({"EX-2026-001": text(withdrawn=WITHDRAWN)}, "withdraws 1", "1 entry among the updates"),
    "a severity that fell, by a major revision": (
        {"EX-2026-001": text(severity="low", revisions=[MAJOR])},
        "revises 1",
        "1 entry among the updates",
    ),
    "a draft": ({"EX-2026-005": text(status="draft", published=MISSING)}, "changes nothing", ""),
    "a comment, a tracker, another folder": (
        {
            "advisories/2026/EX-2026-001.md": "---\n# seen by legal\nx: {tracker: ABC-12}\n" + text().removeprefix("---\n"),
            "EX-2026-001": None,
        },
        "changes nothing",
        "",
    ),
    "a translation": ({"advisories/EX-2026-001.de.md": GERMAN}, "changes nothing", ""),
    "another title of the site, and domain": (
        {
            "advgen.toml": TOML.replace("Example Security", "Safe at Example").replace(
                "https://security.example.com", "https://safe.example.org/x"
            )
        },
        "changes nothing",
        "",
    ),
}


def change(site: Path, files: dict[str, str | None]) -> None:
    for name, content in files.items():
        path = site / (name if "." in name else f"advisories/{name}.md")
        if content is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, "utf-8")


@pytest.mark.parametrize("name", CLEAN)
def test_what_may_change_and_what_readers_will_be_told(site, name):
    files, said, told = CLEAN[name]
    change(site, files)
    code, out, err = run("diff", "HEAD", folder=site)
    assert (code, err) == (0, ""), err
    assert said in out
    assert (f"Security (en): {told}\n" in out) if told else ("no feed will announce anything" in out)
    assert run("check", "--against", "HEAD", folder=site)[0] == 0


FORBIDDEN = {
    "a translation that is gone": ({"advisories/EX-2026-002.de.md": None}, "ADV202", "advisories/EX-2026-002.md:"),
    "a page of the site's own that is gone": ({"pages/report.md": None}, "ADV107", ""),
    "a file that is gone from the top": ({"static/key.asc": None}, "ADV107", ""),
    "a platform by a minor revision": (
        {"EX-2026-001": text(affected=WIDER, actions=ACT, revisions=[MINOR])},
        "ADV113",
        "advisories/EX-2026-001.md:",
    ),
    "an old address that leads elsewhere": (
        {"advgen.toml": TOML.replace('"feed.xml"', '"products/player/feed.xml"')},
        "ADV112",
        "",
    ),
    "a silent change": ({"EX-2026-001": text(impact="They can read all your messages.")}, "ADV202", "advisories/EX-2026-001.md:"),
    "a silent change of a translation": (
        {"advisories/EX-2026-002.de.md": GERMAN.replace("Ein Fehler", "Ein anderer Fehler")},
        "ADV202",
        "advisories/EX-2026-002.md:",
    ),
    "a file that is gone": ({"EX-2026-001": None}, "ADV107", ""),
    "a draft again": ({"EX-2026-001": text(status="draft")}, "ADV107", "advisories/EX-2026-001.md:"),
    "an embargo afterwards": ({"EX-2026-001": text(published="2027-01-01")}, "ADV107", "advisories/EX-2026-001.md:"),
    "a product that is gone": (
        {"advgen.toml": TOML.replace('id = "player"', 'id = "player2"')},
        "ADV107",
        "",
    ),
    "a feed that is gone": ({"advgen.toml": TOML.replace('languages = ["en", "de"]\n', "")}, "ADV107", ""),
    "another feed id": ({"EX-2026-001": text(feed_id="tag:example.com,2020:1", revisions=[MAJOR])}, "ADV112", "advisories/EX-2026-001.md:"),
    "out of a slice by a minor revision": (
        {"EX-2026-001": text(severity="low", revisions=[MINOR])},
        "ADV112",
        "advisories/EX-2026-001.md:",
    ),
    "a date that moved back": ({"EX-2026-001": text(published="2026-11-01", revisions=[MINOR])}, "ADV206", "advisories/EX-2026-001.md:"),
    "another authority": ({"advgen.toml": TOML.replace("example.com,2026", "example.com,2027")}, "ADV916", "advgen.toml:"),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_must_not_happen_is_told_at_its_place_and_not_built(site, name):
    files, code, place = FORBIDDEN[name]
    published = {path: data for path, data in tree(built(site)).items() if path != "manifest.json"}
    change(site, files)
    done, _, err = run("diff", "HEAD", folder=site)
    assert done == 1
    first = err.split("\n\n")[0]
    assert f"error[{code}]" in first
    assert f"--> {place}" in first if place else "-->" not in first
    for base in ("HEAD", str(site / "output"), str(site / "output/index.json")):
        assert run("check", "--against", base, folder=site)[0] == 1
        assert run("build", "--previous", base, folder=site)[0] == 1
    assert {path: data for path, data in tree(site / "output").items() if path != "manifest.json"} == published


def built(site: Path) -> Path:
    code, _, err = run("build", folder=site)
    assert (code, "not compared with what is published" in err) == (0, True)
    return site / "output"


def test_a_translation_that_catches_up_needs_no_revision_of_its_own(site):
    change(site, {"EX-2026-002": text(**{**AGAIN, "revisions": [MAJOR]})})
    built(site)
    change(site, {"advisories/EX-2026-002.de.md": GERMAN.replace("translates: 1", "translates: 2").replace("Fehler", "Fehler im Player")})
    assert run("diff", "output", folder=site)[0] == 0


def test_what_a_published_revision_says_is_not_rewritten(site):
    change(site, {"EX-2026-001": text(revisions=[MAJOR])})
    built(site)
    change(site, {"EX-2026-001": text(revisions=[MAJOR | {"summary": "Nothing that matters was changed here."}])})
    code, _, err = run("diff", "output", folder=site)
    assert (code, "error[ADV202]" in err) == (1, True)


def test_who_read_what_is_redacted_hears_of_it_where_they_read_it_and_nobody_else(site):
    redacted = WITHDRAWN | {"redacted": True}
    change(site, {"EX-2026-001": text(withdrawn=redacted)})
    code, out, _ = run("diff", "HEAD", folder=site)
    assert code == 0
    told = [line.strip().partition(" (en)")[0] for line in out.splitlines() if "(en): 1 entry among the updates" in line]
    assert {"Example Security", "Advisories for Example Player", "Advisories for Android", "Vulnerabilities"} <= set(told)
    assert "new advisory" not in out
    assert not any("Web" in line for line in told)


def test_more_at_once_than_a_feed_holds_are_not_published_in_part(site):
    change(site, {"advgen.toml": TOML.replace("[feeds]", "[feeds]\nwindow = 2")})
    built(site)
    change(
        site, {f"EX-2026-{n:03}": text(title=f"Flaw {n} of Example Player", published=f"2026-11-22T1{n % 10}:00:00Z") for n in (11, 12, 13)}
    )
    code, _, err = run("diff", "output", folder=site)
    assert (code, re.findall(r"error\[(ADV\d+)\]", err)) == (1, ["ADV113"])


def test_a_package_that_only_a_redacted_one_named_goes_with_it(site):
    rows = {
        "affected": [{"package": "pkg:npm/left-pad", "platforms": ["web"], "versions": "all"}],
        "actions": [{"kind": "other", "text": "Wait."}],
    }
    change(site, {"EX-2026-004": text(title="A flaw in a package", **rows)})
    built(site)
    assert (site / "output/products/npm-left-pad/index.html").exists()
    change(site, {"EX-2026-004": text(title="A flaw in a package", **rows, withdrawn=WITHDRAWN | {"redacted": True})})
    code, _, err = run("build", "--previous", "output", folder=site)
    assert code == 0, err
    assert not (site / "output/products/npm-left-pad").exists()


def test_a_redaction_of_all_that_there_is_lets_nothing_else_go(site):
    redacted = {"withdrawn": WITHDRAWN | {"redacted": True}}
    change(site, {"EX-2026-001": text(**redacted), "EX-2026-002": text(**AGAIN, **redacted), "pages/report.md": None})
    code, _, err = run("diff", "HEAD", folder=site)
    assert (code, "`/report/` was published and is gone" in err) == (1, True)


def test_the_revision_is_what_git_holds_whatever_attributes_and_the_environment_say(site, monkeypatch, tmp_path):
    (site / ".gitattributes").write_text("advisories/EX-2026-001.md export-ignore\n* export-subst\n")
    git(site, "add", "-A")
    git(site, "commit", "-m", "attributes")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert run("diff", "HEAD", folder=site)[0] == 0
    change(site, {"EX-2026-001": None})
    code, _, err = run("diff", "HEAD", folder=site)
    assert (code, "error[ADV107]" in err) == (1, True)


def test_a_link_within_the_site_is_followed_in_a_revision_as_it_is_on_disk(site):
    (site / "advisories/EX-2026-001.md").rename(site / "static/one.md")
    (site / "advisories/EX-2026-001.md").symlink_to("../static/one.md")
    git(site, "add", "-A")
    git(site, "commit", "-m", "a link")
    assert run("diff", "HEAD", folder=site)[:2] == (0, "changes nothing; no feed will announce anything\n")


@pytest.mark.parametrize("date", ["2026-11-20T14:00:00", 'x"'])
def test_a_hostile_index_is_none(site, date):
    output = built(site)
    index = (output / "index.json").read_text()
    (site / "x.json").write_text(index.replace("2026-11-20T14:00:00Z", date, 1))
    assert run("diff", "x.json", folder=site)[0] == 2
    (site / "y.json").write_text(index.replace("EX-2026-001#1", "EX-2026-001#" + "9" * 5000))
    assert run("diff", "y.json", folder=site)[0] in (0, 1)


@pytest.mark.parametrize("feed", ["feeed.xml", "index.html", "products/player/"])
def test_an_old_address_is_that_of_a_feed(site, feed):
    change(site, {"advgen.toml": TOML.replace('"feed.xml"', f'"{feed}"')})
    code, _, err = run("build", folder=site)
    assert (code, "ADV913" in err) == (1, True)


def test_in_a_ci_nothing_is_told_of_the_file_of_what_is_held_back_now(site):
    change(site, {"EX-2026-001": None, "advisories/codename/EX-2026-001.md": text(published="2027-01-01")})
    done = CliRunner().invoke(main, ["diff", "HEAD", "--as-of", AT], env={"CI": "true"})
    assert (done.exit_code, "ADV107" in done.stderr, "codename" in done.output) == (1, True, False)


def test_a_slice_that_a_major_revision_leaves_is_named(site):
    change(site, {"EX-2026-001": text(severity="low", revisions=[MAJOR])})
    out = run("diff", "HEAD", folder=site)[1]
    assert "Advisories by severity: High and worse (en): nothing of EX-2026-001, which a major revision takes out of it" in out


def test_a_revision_that_was_published_does_not_vanish(site):
    change(site, {"EX-2026-001": text(revisions=[MAJOR], impact="More.")})
    built(site)
    change(site, {"EX-2026-001": text()})
    code, _, err = run("diff", "output", folder=site)
    assert code == 1
    assert {"ADV112", "ADV206"} <= set(re.findall(r"error\[(ADV\d+)\]", err))


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ([MAJOR], [{**MAJOR, "level": "minor"}]),
        ([MAJOR], [MINOR | {"date": "2026-11-21"}, MAJOR]),
        ([MINOR], [MAJOR]),
    ],
    ids=["a level that fell", "one before another", "another in its place"],
)
def test_the_history_of_what_is_published_is_not_rewritten(site, then, now):
    change(site, {"EX-2026-001": text(revisions=then)})
    built(site)
    change(site, {"EX-2026-001": text(revisions=now)})
    code, _, err = run("diff", "output", folder=site)
    assert (code, "error[ADV206]" in err) == (1, True)


def test_a_draft_that_comes_with_an_old_date_would_be_told_to_nobody(site):
    change(site, {"advgen.toml": TOML.replace("[feeds]", "[feeds]\nwindow = 2")})
    built(site)
    change(site, {"EX-2026-004": text(title="A third flaw of Example Player", published="2026-11-01")})
    code, _, err = run("diff", "output", folder=site)
    assert (code, re.findall(r"error\[(ADV\d+)\]", err)) == (1, ["ADV113"])


def test_an_entry_may_leave_by_the_window(site):
    toml = TOML.replace("[feeds]", "[feeds]\nwindow = 2")
    change(site, {"advgen.toml": toml})
    built(site)
    change(site, {"EX-2026-004": text(title="A third flaw of Example Player", published="2026-11-21")})
    assert run("diff", "output", folder=site)[0] == 0


def test_what_is_compared_in_a_build_is_not_called_uncompared(site):
    built(site)
    code, _, err = run("build", "--previous", "output", folder=site)
    assert (code, "not compared" in err) == (0, False)


def test_the_forms(site):
    change(site, {"EX-2026-004": text(title="`@all` <b>x</b> | [y](https://evil.example) \u202e")})
    found = json.loads(run("diff", "HEAD", "--format", "json", folder=site)[1])
    assert [each["id"] for each in found["changed"]] == ["EX-2026-004"]
    assert {tuple(each["new"]) for each in found["announced"]} == {("EX-2026-004",)}
    shown = run("diff", "HEAD", "--format", "markdown", folder=site)[1]
    assert shown.startswith("**adds 1; ")
    [line] = [line for line in shown.splitlines() if line.startswith("- added: ")]
    assert re.fullmatch(r"- added: `[^`\u202e]+`", line)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("base", ["no-such-branch", "--output=/tmp/x", "", "HEAD:security", "^HEAD"])
def test_nothing_to_compare_with_is_said(base):
    done = CliRunner().invoke(main, ["diff", "--as-of", AT, "--", base])
    assert (done.exit_code, "Traceback" in done.output) == (2, False)


def test_what_is_no_index_is_said(site):
    (site / "x.json").write_text("[1]")
    code, _, err = run("diff", "x.json", folder=site)
    assert (code, "no index.json" in err) == (2, True)
    assert run("diff", "advisories", folder=site)[0] == 2


def test_a_version_page_that_goes_is_told_and_stops_nothing(tmp_path):
    was = built(make_site(tmp_path, {"EX-2026-001": text()})).rename(tmp_path / "before")
    row = [{"platforms": ["android"], "versions": "from 3.0 before 4.2.2", "fixed": "4.2.2"}, *VALID["affected"][1:]]
    revised = [{"date": "2026-11-21T10:00:00Z", "level": "major", "summary": "The fixed version is 4.2.2."}]
    (tmp_path / "advisories/EX-2026-001.md").write_text(text(affected=row, revisions=revised))
    found = CliRunner().invoke(main, ["check", str(tmp_path), "--against", str(was), "--as-of", AT])
    assert "warning[ADV107]: the address `/products/player/4.2.1/` was published and is gone" in " ".join(found.output.split())
    assert found.exit_code == 0


def test_a_redaction_excuses_the_pages_of_its_versions(tmp_path):
    gone = {"date": "2026-11-22T10:00:00Z", "reason": "It named a person."}
    was = built(make_site(tmp_path, {"EX-2026-001": text(withdrawn=gone)})).rename(tmp_path / "before")
    (tmp_path / "advisories/EX-2026-001.md").write_text(text(withdrawn=gone | {"redacted": True}))
    found = CliRunner().invoke(main, ["check", str(tmp_path), "--against", str(was), "--as-of", AT])
    assert "ADV107" not in found.output
