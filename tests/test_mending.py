"""`check --fix`: mends what is mechanical, and nothing else."""

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen import mending
from advgen.build import read_one
from advgen.cli import main
from advgen.diagnostics import Diagnostic, Fix, Source, Span
from advgen.fix import mended
from tests.support import configuration, make_site, text, tree
from tests.test_diagnostics_golden import FOLDER, NAMES


def fixed(content: bytes, path: str = "advisories/EX-2026-001.md") -> bytes:
    config = configuration()
    found = list(mended(read_one(Source(path, content), config), config, lambda _: True))
    return found[0][1] if found else content


@pytest.mark.parametrize(
    ("line", "mended_line"),
    [
        ("severity: High", "severity: high"),
        ("severity: 'HIGH'  # as the vendor has it", "severity: high  # as the vendor has it"),
        ("Severity: high", "severity: high"),
        ("title: Player: tokens in the log of every device", 'title: "Player: tokens in the log of every device"'),
        ("title: 'Norvik's signing key: stolen and used'  # a", 'title: "Norvik\'s signing key: stolen and used"  # a'),
        ("title: 'Norvik's signing key was stolen and used", 'title: "Norvik\'s signing key was stolen and used"'),
        ('title: "Norvik "Vault": stack overflow"', 'title: "Norvik \\"Vault\\": stack overflow"'),
        ('title: "Vault" and "Player" overflow', 'title: "\\"Vault\\" and \\"Player\\" overflow"'),
        ("title: The flaw of ticket #4 is in the log", 'title: "The flaw of ticket #4 is in the log"'),
        ("title: The flaw of the ticket # maybe not", "title: The flaw of the ticket # maybe not"),
    ],
)
def test_a_line_is_mended_and_its_comment_stays(line, mended_line):
    key = line.partition(":")[0].casefold()
    lines = [each for each in text().split("\n") if not each.startswith(f"{key}:")]
    before = "\n".join([lines[0], line, *lines[1:]]).encode()
    assert fixed(before) == before.replace(line.encode(), mended_line.encode())


def test_platforms_ids_and_links_are_mended():
    row = {"platforms": ["Android", "IOS"], "versions": "before 4.2.1", "fixed": "4.2.1"}
    before = text(
        "**Bold** stays.", affected=[row], actions=[{"kind": "Update", "text": "Do **this** now."}], cve="cve-2026-10001"
    ).encode()
    after = fixed(before).decode()
    for said in ("- android", "- ios", "kind: update", "Do this now.", "cve: CVE-2026-10001", "**Bold** stays."):
        assert said in after
    assert fixed(after.encode()) == after.encode()


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_and_a_mark_stay(line_end):
    before = b"\xef\xbb\xbf" + text(severity="High").replace("\n", line_end).encode()
    assert fixed(before) == before.replace(b"severity: High", b"severity: high")


@pytest.mark.parametrize("severity", ["hihg", "moderate", "important", "9.8"])
def test_what_may_mean_something_else_is_left(severity):
    before = text(severity=severity).encode()
    assert fixed(before) == before


@pytest.mark.parametrize("name", NAMES)
def test_no_broken_advisory_is_worse_after_it_and_twice_is_once(name):
    before = (FOLDER / f"{name}.md").read_bytes()
    path = f"advisories/{name}.md"
    after = fixed(before, path)
    assert fixed(after, path) == after
    config = configuration()
    old, new = (read_one(Source(path, data), config) for data in (before, after))
    assert sum(problem.fix is not None for problem in new.diagnostics) == 0
    if before == after:
        assert old.diagnostics == new.diagnostics


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200), st.integers(1, 5), st.integers(1, 30), st.text(max_size=3), st.text(max_size=3))
def test_only_the_place_changes_and_only_where_it_holds_what_was_meant(data, line, column, old, new):
    problem = Diagnostic("x.md", Span(line, column, line, column + len(old)), "ADV013", "m", fix=Fix(old, new))
    after, made = mending.mend(data, [problem])
    if not made:
        assert after == data
        return
    lines = mending.BREAK.split(data.decode().removeprefix("\ufeff"))
    assert lines[line - 1][column - 1 :].startswith(old)


def test_the_command_says_what_it_mended_and_checks_again(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(severity="High"), "EX-2026-002": text(severity="hihg")})
    before = tree(site)
    done = CliRunner().invoke(main, ["check", str(site), "--fix", "--as-of", "2026-11-23"], env={"CI": None})
    assert "mended advisories/EX-2026-001.md:4:11: `High` \u2192 `high`\n" in done.stderr
    assert (done.exit_code, "`hihg`" in done.stderr, "`High`" in done.stderr.partition("mended")[2].partition("\n")[2]) == (1, True, False)
    after = tree(site)
    assert {path for path in after if after[path] != before[path]} == {"advisories/EX-2026-001.md"}
    again = CliRunner().invoke(main, ["check", str(site), "--fix", "--as-of", "2026-11-23"], env={"CI": None})
    assert "mended" not in again.stderr
    assert tree(site) == after


def test_only_what_is_named_is_mended(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(severity="High"), "EX-2026-002": text(severity="High")})
    CliRunner().invoke(main, ["check", str(site / "advisories/EX-2026-002.md"), "--fix"], env={"CI": None})
    assert "severity: High" in (site / "advisories/EX-2026-001.md").read_text()
    assert "severity: high" in (site / "advisories/EX-2026-002.md").read_text()


def test_a_translation_is_mended_too(tmp_path):
    german = "---\ntranslates: 1\ntitle: Player: Ein Titel\n---\n\nText.\n"
    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-001.de": german})
    before = (site / "advisories/EX-2026-001.md").read_bytes()
    CliRunner().invoke(main, ["check", str(site), "--fix"], env={"CI": None})
    assert (site / "advisories/EX-2026-001.de.md").read_text() == german.replace("Player: Ein Titel", '"Player: Ein Titel"')
    assert (site / "advisories/EX-2026-001.md").read_bytes() == before


def test_in_a_ci_what_was_mended_is_only_counted(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-002": text(severity="High", status="draft")})
    done = CliRunner().invoke(main, ["check", str(site), "--fix"], env={"CI": "1"})
    assert "mended 1 place\n" in done.stderr
    assert "EX-2026-002" not in done.stdout + done.stderr


def test_a_line_full_of_what_cannot_be_seen_is_mended_at_once():
    before = text("a" + "\u200b" * 70 + "b").encode()
    after = fixed(before)
    assert after == text("ab").encode()
