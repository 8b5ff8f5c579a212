"""`check --fix`: mends what is mechanical, and nothing else."""

import random
import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen import mending
from advgen.cli import main
from advgen.diagnostics import Diagnostic, Fix, Source, Span
from advgen.fix import fix, mended
from advgen.reading import read_one
from tests.support import configuration, inspected, make_site, text, tree
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
    assert sum(problem.level == "error" for problem in new.diagnostics) <= sum(problem.level == "error" for problem in old.diagnostics)
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # YAML would take the rest for a comment
        ("cause: Whoever reads our channel, see **#general** and delete each message that was ever there.", ""),
        ("cause: Whoever reads our channel, see \u200b#general and delete each message that was ever there.", ""),
        # or for a field
        ("open_questions:\n- Whom do we **ask:** nobody knows", ""),
        ("timeline:\n- {date: 2026-11-20, text: Open **Settings:** and look}", ""),
        ("TLP: clear\nTlp: red", ""),
        ("Tlp: clear\ntlp: red", ""),
        ("cause: We counted 2**64** values, of which **64** are in the log.", ""),
        (
            "cause: We counted 2**64** values, of which **all** are in the log.",
            "cause: We counted 2**64** values, of which all are in the log.",
        ),
        ("cause: The first\u2028second must\u2800act\u3164now\x0cor la\u200bter\x0b.", "cause: The first second must act now or later ."),
    ],
)
def test_nothing_is_lost(before, after):
    content = text().replace("severity: high\n", f"severity: high\n{before}\n")
    assert fixed(content.encode()).decode() == content.replace(before, after or before)


def test_an_entry_stays_a_text():
    incident = "incident: {detected: unknown, accessed: unknown, users_affected: unknown, measures_planned: [All **accounts:** close]}"
    content = text(kind="incident").replace("severity: high", incident).encode()
    assert fixed(content) == content


def test_of_several_places_those_that_lose_nothing_are_mended():
    lines = "cause: Ask **#general** and delete all.\nSeverity: high\nimpact: They **may** read.\n"
    after = fixed(text().replace("severity: high\n", lines).encode()).decode()
    assert lines.replace("Severity", "severity").replace("**may**", "may") in after


@pytest.mark.parametrize("products", ['["pkg:npm/Player-x", Player]', '[Player, "pkg:npm/Player-x"]'])
def test_the_entry_is_mended_and_none_that_holds_its_word(products):
    action = f"- {{kind: verify, products: {products}, text: Look at the settings of it}}\n"
    content = text().replace("actions:\n", f"actions:\n{action}")
    assert action.replace(" Player", " player").replace("[Player", "[player") in fixed(content.encode()).decode()


@pytest.mark.parametrize(
    ("body", "after"),
    [("Read [the key](EX-2026-001/a.txt).", "Read [the key](a.txt)."), ("`EX-2026-001/a.txt`: [key](EX-2026-001/a.txt)", "")],
)
def test_only_a_link_is_mended_as_one(tmp_path, body, after):
    site = make_site(tmp_path, {"EX-2026-001": text(body), "advisories/EX-2026-001/a.txt": "a"})
    CliRunner().invoke(main, ["check", str(site), "--fix"], env={"CI": None})
    assert (after or body) in (site / "advisories/EX-2026-001.md").read_text()


def test_what_cannot_be_seen_is_mended_in_time():
    content = text("a\u200bb" * 1300).encode()
    config = configuration()
    [(_, after, made)] = mended(read_one(Source("advisories/EX-2026-001.md", content), config), config, lambda _: True)
    assert (len(made), after) == (1, text("ab" * 1300).encode())


def test_a_file_that_another_program_wrote_meanwhile_is_left(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(severity="High"), "EX-2026-002": text(severity="High")})
    before = inspected(site)
    path = site / "advisories/EX-2026-001.md"
    path.write_text("another text")
    made, [refused] = fix(before, lambda _: True)
    assert ([problem.path for problem in made], refused.path) == (["advisories/EX-2026-002.md"], "advisories/EX-2026-001.md")
    assert ("changed meanwhile" in refused.message, path.read_text()) == (True, "another text")
    assert not list(path.parent.glob(".*"))


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_permissions_stay(tmp_path, mode):
    site = make_site(tmp_path, {"EX-2026-001": text(severity="High")})
    path = site / "advisories/EX-2026-001.md"
    path.chmod(mode)
    CliRunner().invoke(main, ["check", str(site), "--fix"], env={"CI": None})
    assert (path.stat().st_mode & 0o777, "severity: high" in path.read_text()) == (mode, True)


@pytest.mark.parametrize("how", ["link", "read-only"])
def test_what_may_not_be_rewritten_is_told_and_the_others_are_mended(tmp_path, how):
    draft = text(severity="High", status="draft")
    site = make_site(tmp_path, {"EX-2026-001": text(severity="High"), "SECRET-9": draft, "EX-2026-003": text(severity="hihg")})
    path = site / "advisories/SECRET-9.md"
    if how == "link":
        (site / "x").mkdir()
        path.rename(site / "x/SECRET-9.md")
        path.symlink_to("../x/SECRET-9.md")
    else:
        path.chmod(0o444)
    done = CliRunner().invoke(main, ["check", str(site), "--fix"], env={"CI": "1"})
    assert (done.exit_code, "SECRET-9" in done.output, "hihg" in done.output, "mended 1 place\n" in done.output) == (1, False, True, True)
    done = CliRunner().invoke(main, ["check", str(site), "--fix"], env={"CI": None})
    assert f"nothing was mended: advisories/SECRET-9.md is {how.replace('link', 'a link')}, and is not rewritten" in done.stderr
    assert path.read_text() == draft


def mutated(content: str, chance: random.Random) -> str:
    """Write into a file what somebody may, and `--fix` mends."""
    for _ in range(chance.choice((1, 2, 4))):
        word = chance.choice(list(re.finditer(r"\w{3,}", content)))
        new = chance.choice(
            [
                f"**{word[0]}{chance.choice(['', ':', '#', ',', '}'])}**",
                word[0].upper(),
                word[0].capitalize(),
                f"{word[0]}: ",
                f"'{word[0]}'",
            ]
            + [f"{unseen}{word[0]}" for unseen in "\u200b\u2028\u2800"]
            + [f"{word[0]} #x y", f"#{word[0]}", f">={word[0]}", f"*{word[0]}", word[0].replace("_", "-")]
        )
        content = content[: word.start()] + new + content[word.end() :]
    return content


@pytest.mark.parametrize("name", NAMES)
def test_no_mutation_is_worse_after_it(name):
    chance, config = random.Random(name), configuration()
    try:
        original = (FOLDER / f"{name}.md").read_text("utf-8")
    except UnicodeDecodeError:
        return
    for _ in range(4 if re.search(r"\w{3,}", original) else 0):
        before = mutated(original, chance).encode()
        after = fixed(before)
        old, new = (read_one(Source("advisories/EX-2026-001.md", data), config) for data in (before, after))
        errors = [sum(problem.level == "error" for problem in each.diagnostics) for each in (old, new)]
        assert not old.parsed.top.items or (new.parsed.top.items and errors[1] <= errors[0]), before
        assert fixed(after) == after, before
