"""parse.decode and shapes: what has to be there, what may stand where, what is short for what, and the help for all else."""

import re
from datetime import UTC, datetime

import pytest

from advgen import check
from advgen.diagnostics import Source
from advgen.keywords import ActionKind, CveStatus, ExploitationStatus, Kind, Status
from advgen.model import Action, Affected, Exploitation, FrontMatter, Link, NoCve, Prose, Question, Reference, Vulnerability
from advgen.parse import Parsed, parse
from advgen.parse.decode import TRIED
from advgen.values import AtMost, Bound, Estimate, Timestamp, Unknown, VersionRange
from tests.support import configuration

FILE = """\
---
title: Tokens in the log
published: 2026-11-20T14:00:00Z
severity: high
summary: Any app with log access can read the token.
affected:
  - platforms: [android]
    versions: before 4.2.1
    fixed: 4.2.1
actions:
  - kind: update
    platforms: [android]
references: [https://example.com]
---
"""
INCIDENT = """\
---
title: Addresses were copied
published: 2026-11-20T14:00:00Z
summary: Somebody copied the e-mail addresses of our users.
incident:
  detected: 2026-11-19
  accessed: [e-mail addresses]
  users_affected: 12
actions:
  - kind: verify
    text: Look at your mail.
---
"""


def read(text: str, path: str = "advisories/EX-2026-001.md") -> Parsed:
    return parse(Source(path, text.encode()))


def changed(old: str, new: str, file: str = FILE) -> Parsed:
    assert file.count(old) == 1, old
    return read(file.replace(old, new))


def added(lines: str, file: str = FILE) -> Parsed:
    """The file with lines before its end."""
    return read(file.removesuffix("---\n") + lines + "\n---\n")


def places(parsed: Parsed) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.span.line, problem.span.column) for problem in parsed.diagnostics]


@pytest.mark.parametrize("file", [FILE, INCIDENT])
def test_the_files_that_these_tests_break_are_valid(file: str):
    assert read(file).diagnostics == ()


# What has to be there


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("title", "title: Tokens in the log\n"),
        ("summary", "summary: Any app with log access can read the token.\n"),
        ("published", "published: 2026-11-20T14:00:00Z\n"),
        ("severity", "severity: high\n"),
        ("affected", "affected:\n  - platforms: [android]\n    versions: before 4.2.1\n    fixed: 4.2.1\n"),
        ("actions", "actions:\n  - kind: update\n    platforms: [android]\n"),
    ],
)
def test_a_required_field_that_is_missing_is_one_problem_at_the_top(name: str, lines: str):
    found = changed(lines, "")
    assert places(found) == [("ADV010", 1, 1)]
    assert f"no `{name}`" in found.diagnostics[0].message
    assert name in found.diagnostics[0].help or name == "affected"


@pytest.mark.parametrize(
    ("file", "line", "name", "place"),
    [
        (INCIDENT, "  detected: 2026-11-19\n", "detected", (5, 1)),
        (INCIDENT, "  accessed: [e-mail addresses]\n", "accessed", (5, 1)),
        (INCIDENT, "  users_affected: 12\n", "users_affected", (5, 1)),
        (INCIDENT.replace("  - kind: verify\n    text", "  - text"), "", "kind", (10, 5)),
        (FILE.replace("  - kind: update\n    platforms", "  - who: all\n  - kind: update\n    platforms"), "", "kind", (11, 5)),
        (FILE.replace("[https://example.com]", "[{title: The fix}]"), "", "url", (13, 14)),
        (FILE.replace("references: [https://example.com]", "withdrawn: {date: 2026-11-21}"), "", "reason", (13, 1)),
        (FILE.replace("references: [https://example.com]", "revisions:\n  - summary: x\n    level: minor"), "", "date", (14, 5)),
        (FILE.replace("references: [https://example.com]", "timeline:\n  - date: 2026-11-21"), "", "text", (14, 5)),
        (FILE.replace("references: [https://example.com]", "cve: {reason: asked for}"), "", "status", (13, 1)),
        (FILE.replace("references: [https://example.com]", "ignore: [{code: ADV103}]"), "", "reason", (13, 10)),
        (FILE.replace("references: [https://example.com]", "indicators:\n- type: ip"), "", "value", (14, 3)),
    ],
)
def test_a_required_field_of_an_entry_is_asked_for_where_the_entry_stands(file: str, line: str, name: str, place: tuple[int, int]):
    found = read(file.replace(line, "") if line else file)
    assert places(found) == [("ADV010", *place)]
    assert f"no `{name}`" in found.diagnostics[0].message


def test_an_incident_needs_its_block():
    found = changed(INCIDENT[INCIDENT.index("incident:") : INCIDENT.index("actions:")], "kind: incident\n", INCIDENT)
    assert places(found) == [("ADV010", 5, 1)]
    assert "`incident`" in found.diagnostics[0].message


@pytest.mark.parametrize("why", ["status: interim", "cause: Under investigation.", "open_questions: [Who was it?]"])
def test_an_interim_advisory_needs_a_next_update(why: str):
    found = added(why)
    assert places(found) == [("ADV010", 14, 1)]
    assert "`next_update`" in found.diagnostics[0].message
    assert added(f"{why}\nnext_update: unknown").diagnostics == ()


def test_a_draft_needs_no_publication():
    assert changed("published: 2026-11-20T14:00:00Z", "status: draft").diagnostics == ()


def test_a_vector_or_a_rated_flaw_stands_for_the_severity():
    assert changed("severity: high", "cvss: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").diagnostics == ()
    assert changed("severity: high", "vulnerabilities: [{severity: high}]").diagnostics == ()


def test_rows_in_every_vulnerability_stand_for_the_rows_at_the_top():
    own = "vulnerabilities:\n  - affected: [{platforms: [android], versions: all}]\n"
    rows = FILE[FILE.index("affected:") : FILE.index("actions:")]
    assert changed(rows, own).diagnostics == ()
    found = changed(rows, own + "  - cve: CVE-2026-12345\n")
    assert places(found) == [("ADV010", 1, 1)]


@pytest.mark.parametrize("kind", ["incident", "notice"])
def test_only_a_vulnerability_needs_rows_and_a_severity(kind: str):
    file = INCIDENT if kind == "incident" else changed_text(INCIDENT)
    assert read(file).diagnostics == ()
    assert read(file).advisory.kind == kind


def changed_text(file: str) -> str:
    return file[: file.index("incident:")] + "kind: notice\n" + file[file.index("actions:") :]


@pytest.mark.parametrize("name", ["title", "summary", "severity", "published", "actions", "references", "impact", "affected"])
def test_a_key_without_a_value_is_one_problem_at_the_key(name: str):
    lines = [line for line in FILE.split("\n") if line]
    kept = [line for line in lines if not line.startswith(f"{name}:")]
    if name in ("actions", "affected"):
        start = lines.index(f"{name}:")
        inside = next(index for index in range(start + 1, len(lines)) if not lines[index].startswith(" "))
        kept = lines[:start] + lines[inside:]
    kept.insert(-1, f"{name}:")
    found = read("\n".join([*kept, ""]))
    assert places(found) == [("ADV010", len(kept) - 1, 1)]
    assert f"`{name}` has no value" in found.diagnostics[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("summary: Any app with log access can read the token.", "summary: ''"),
        ("summary: Any app with log access can read the token.", "summary: '   '"),
        ("title: Tokens in the log", "title: ''"),
    ],
)
def test_a_required_text_is_not_empty(old: str, new: str):
    found = changed(old, new)
    assert len(found.diagnostics) == 1
    assert found.diagnostics[0].span.line == (5 if "summary" in new else 2)
    assert "empty" in found.diagnostics[0].message


@pytest.mark.parametrize(
    "line",
    [
        "withdrawn: {date: 2026-11-21, reason: ''}",
        "ignore: [{code: ADV103, reason: ''}]",
        "revisions: [{date: 2026-11-21, level: minor, summary: ''}]",
        "timeline: [{date: 2026-11-21, text: ''}]",
        "{open_questions: [''], next_update: unknown}",
    ],
)
def test_a_required_text_of_an_entry_is_not_empty(line: str):
    found = added(line.strip("{}").replace("], next", "]\nnext"))
    assert [(problem.span.line, problem.level) for problem in found.diagnostics] == [(14, "error")]


# Wrong shapes


SHAPES = [
    ("title: Tokens in the log", "title: [a, b]", ("ADV012", 2, 1), "list"),
    ("title: Tokens in the log", "title: {a: b}", ("ADV012", 2, 1), ""),
    ("severity: high", "severity: [high]", ("ADV012", 4, 1), "list"),
    ("published: 2026-11-20T14:00:00Z", "published: [2026-11-20]", ("ADV012", 3, 1), "list"),
    ("[https://example.com]", "{url: https://example.com}", ("ADV012", 13, 1), "list"),
    ("platforms: [android]\n    versions", "platforms: {android: 4}\n    versions", ("ADV012", 7, 5), "list"),
    ("references: [https://example.com]", "withdrawn: yes", ("ADV012", 13, 12), ""),
    ("references: [https://example.com]", "withdrawn: [yes]", ("ADV012", 13, 1), ""),
    ("references: [https://example.com]", "incident: a breach", ("ADV012", 13, 11), ""),
    ("references: [https://example.com]", "x: ABC-12", ("ADV012", 13, 4), "x: {tracker: ABC-12}"),
    ("references: [https://example.com]", "credits: [Jane]", ("ADV012", 13, 11), "name"),
    ("references: [https://example.com]", "cve: [CVE-2026-12345, CVE-2026-12346]", ("ADV012", 13, 1), "vulnerabilities"),
    ("  - kind: update\n", "  - kind: update\n    restart: [true]\n", ("ADV012", 12, 5), "true"),
    ("severity: high", "severity: hihg", ("ADV013", 4, 11), "`high`"),
    ("severity: high", "severity: High", ("ADV013", 4, 11), "`high`"),
    ("severity: high", "severity: severe", ("ADV013", 4, 11), "`critical`"),
    ("kind: update", "kind: upgrade", ("ADV013", 11, 11), "`update`"),
    ("kind: update", "kind: patch", ("ADV013", 11, 11), "`no_fix`"),
    ("    fixed: 4.2.1\n", "    fixed: 4.2.1\n    status: unaffected\n", ("ADV013", 10, 13), "`not_affected`"),
    ("references: [https://example.com]", "tlp: TLP:CLEAR", ("ADV013", 13, 6), "`clear`"),
    ("references: [https://example.com]", "exploitation: in the wild", ("ADV013", 13, 15), "`confirmed`"),
    ("  - kind: update\n", "  - kind: update\n    restart: yes\n", ("ADV013", 12, 14), "`true`"),
    ("published: 2026-11-20T14:00:00Z", "published: tomorrow", ("ADV014", 3, 12), "2026-11-20T14:00:00Z"),
    ("published: 2026-11-20T14:00:00Z", "published: 20.11.2026", ("ADV014", 3, 12), "2026-11-20T14:00:00Z"),
    ("published: 2026-11-20T14:00:00Z", "published: 2026-13-01", ("ADV014", 3, 12), "2026-11-20"),
    ("published: 2026-11-20T14:00:00Z", "published: 2026-02-30", ("ADV014", 3, 12), "2026-11-20"),
    ("published: 2026-11-20T14:00:00Z", "published: 2026-11-20T25:00:00Z", ("ADV014", 3, 12), "2026-11-20"),
    ("published: 2026-11-20T14:00:00Z", "published: 1969-12-31", ("ADV014", 3, 12), ""),
    ("published: 2026-11-20T14:00:00Z", "published: 9999-12-31T23:59:59-23:59", ("ADV014", 3, 12), ""),
    ("published: 2026-11-20T14:00:00Z", "published: 2026-11-20T14:00:00", ("ADV014", 3, 12), "`2026-11-20T14:00:00Z`"),
    ("published: 2026-11-20T14:00:00Z", "published: 2026-11-20 14:00", ("ADV014", 3, 12), "`2026-11-20 14:00Z`"),
    ("versions: before 4.2.1", "versions: 4.2.1", ("ADV014", 8, 15), "`exactly 4.2.0`"),
    ("versions: before 4.2.1", "versions: prior to 4.2.1", ("ADV014", 8, 15), "`before 4.2.1`"),
    ("versions: before 4.2.1", "versions: before the next one", ("ADV014", 8, 15), "`before 4.2.1`"),
    ("versions: before 4.2.1", "versions: [before 2.0, befor 4.2.1]", ("ADV014", 8, 28), "`before 4.2.1`"),
    ("    fixed: 4.2.1", "    fixed: in the next release", ("ADV014", 9, 12), "4.2.1"),
    ("    fixed: 4.2.1", "    fixed: before", ("ADV014", 9, 12), "4.2.1"),
    ("https://example.com", "www.example.com", ("ADV014", 13, 14), "https://"),
    ("https://example.com", "javascript:alert(1)", ("ADV014", 13, 14), "https://"),
    ("https://example.com", "{url: 'https://a b.c'}", ("ADV014", 13, 20), "https://"),
    ("references: [https://example.com]", "cve: CVE-26-1", ("ADV014", 13, 6), ""),
    ("references: [https://example.com]", "cve: cve-2026-12345", ("ADV014", 13, 6), "capitals"),
    ("references: [https://example.com]", "cve: pending", ("ADV014", 13, 6), "{status: pending"),
    ("references: [https://example.com]", "cwe: XSS", ("ADV014", 13, 6), "CWE-79"),
    ("references: [https://example.com]", "cwe: [CWE-79, XSS]", ("ADV014", 13, 15), "CWE-79"),
    ("references: [https://example.com]", "cvss: 9.8", ("ADV014", 13, 7), "vector"),
    ("references: [https://example.com]", "cvss: CVSS:3.1/AV:N", ("ADV014", 13, 7), "vector"),
    ("references: [https://example.com]", "cvss: CVSS:9.9/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", ("ADV014", 13, 7), "vector"),
    (
        "  - platforms: [android]\n    versions",
        "  - package: left-pad\n    platforms: [android]\n    versions",
        ("ADV014", 7, 14),
        "pkg:npm/left-pad",
    ),
    ("references: [https://example.com]", "language: english", ("ADV014", 13, 11), ""),
    ("references: [https://example.com]", "language: de_AT", ("ADV014", 13, 11), "de-AT"),
    ("references: [https://example.com]", "ignore: [{code: 103, reason: x}]", ("ADV014", 13, 17), "ADV303"),
    ("references: [https://example.com]", "id: EX-2026-002", ("ADV015", 13, 5), "leave the id out"),
]


@pytest.mark.parametrize(("old", "new", "place", "help_"), SHAPES, ids=[f"{shape[1].strip()[:50]}" for shape in SHAPES])
def test_what_does_not_fit_is_one_problem_at_its_place(old: str, new: str, place: tuple[str, int, int], help_: str):
    found = changed(old, new)
    assert places(found)[:1] == [place]
    # An incident block makes the advisory an incident; nothing else may follow from one bad value.
    assert len(found.diagnostics) == 1
    assert help_ in found.diagnostics[0].message + found.diagnostics[0].help


@pytest.mark.parametrize(
    ("old", "new", "place", "help_"),
    [
        ("users_affected: 12", "users_affected: 12k", ("ADV014", 8, 19), "digits"),
        ("users_affected: 12", "users_affected: 1,200", ("ADV014", 8, 19), "digits"),
        ("users_affected: 12", "users_affected: -1", ("ADV014", 8, 19), "digits"),
        ("users_affected: 12", "users_affected: ١٢", ("ADV014", 8, 19), "digits"),
        ("users_affected: 12", "users_affected: {estimate: many}", ("ADV014", 8, 30), "digits"),
        ("users_affected: 12", "users_affected: [12]", ("ADV012", 8, 3), "estimate"),
        ("users_affected: 12", "users_affected: {approximately: 12}", ("ADV011", 8, 20), "at_most"),
        ("detected: 2026-11-19", "detected: yesterday", ("ADV014", 6, 13), "2026-11-20"),
        ("detected: 2026-11-19", "detected: [2026-11-19]", ("ADV012", 6, 3), "time"),
        ("accessed: [e-mail addresses]", "accessed: {names: all}", ("ADV012", 7, 3), "list"),
        ("accessed: [e-mail addresses]", "accessed:\n    - Names: all", ("ADV002", 8, 7), '"Names: all"'),
    ],
)
def test_what_does_not_fit_in_an_incident_is_one_problem_at_its_place(old: str, new: str, place: tuple[str, int, int], help_: str):
    found = changed(old, new, INCIDENT)
    assert places(found) == [place]
    assert help_ in found.diagnostics[0].message + found.diagnostics[0].help


@pytest.mark.parametrize("value", ["title: |\n  one\n  two", 'title: "one\n\n  two"'])
def test_a_line_of_two_lines_is_refused_in_words_of_one(value: str):
    found = changed("title: Tokens in the log", value)
    assert places(found) == [("ADV014", 2, 8)]
    assert "\n" not in found.diagnostics[0].message + found.diagnostics[0].help


@pytest.mark.parametrize(
    "old", ["severity: high", "published: 2026-11-20T14:00:00Z", "versions: before 4.2.1", "kind: update", "[https://example.com]"]
)
def test_no_message_has_two_lines(old: str):
    found = changed(old, f'{old.partition(": ")[0]}: "one\n\n      two"' if ": " in old else '["one\n\n  two"]')
    assert found.diagnostics
    assert "\n" not in "".join(problem.message + problem.help for problem in found.diagnostics)


def test_every_problem_of_a_file_is_told_at_once():
    text = (
        FILE.replace("high", "hihg")
        .replace("before 4.2.1", "befor 4.2.1")
        .replace("kind: update", "kind: upate")
        .replace("Tokens in the log", "[a]")
    )
    assert [place[:2] for place in places(read(text))] == [("ADV012", 2), ("ADV013", 4), ("ADV014", 8), ("ADV013", 11)]


def test_what_could_be_read_is_kept_beside_what_could_not():
    found = changed("severity: high", "severity: hihg").advisory
    assert found.title == "Tokens in the log"
    assert found.actions == (Action(ActionKind.UPDATE, platforms=("android",)),)


# Names


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("refrences", "references"),
        ("open-questions", "open_questions"),
        ("Credits", "credits"),
        ("nextUpdate", "next_update"),
        ("aliasses", "aliases"),
    ],
)
def test_a_near_miss_gets_the_name_that_was_meant(key: str, near: str):
    found = added(f"{key}: [x]")
    assert places(found) == [("ADV011", 14, 1)]
    assert found.diagnostics[0].help == f"did you mean `{near}`?"


@pytest.mark.parametrize(
    ("old", "new", "place", "near"),
    [
        ("    fixed", "    fixd", (9, 5), "fixed"),
        ("    platforms: [android]\nref", "    platfroms: [android]\nref", (12, 5), "platforms"),
        ("[https://example.com]", "[{url: https://example.com, titel: x}]", (13, 41), "title"),
    ],
)
def test_a_near_miss_in_an_entry_gets_the_name_that_was_meant(old: str, new: str, place: tuple[int, int], near: str):
    found = changed(old, new)
    assert places(found) == [("ADV011", *place)]
    assert found.diagnostics[0].help == f"did you mean `{near}`?"


def test_a_name_that_is_near_to_nothing_gets_the_names_that_there_are():
    found = added("withdrawn: {date: 2026-11-21, reason: x, qqq: y}")
    assert places(found) == [("ADV011", 14, 42)]
    assert found.diagnostics[0].help == "the fields here are `date`, `reason`, `superseded_by` and `redacted`"


@pytest.mark.parametrize("key", sorted(TRIED[FrontMatter]))
def test_a_name_that_people_try_gets_its_own_help(key: str):
    found = added(f"{key}: x")
    assert places(found) == [("ADV011", 14, 1)]
    assert found.diagnostics[0].help == TRIED[FrontMatter][key]


@pytest.mark.parametrize("key", ["Affected-Platforms", "RECOMMENDED_ACTIONS"])
def test_a_name_that_people_try_is_known_in_other_spellings(key: str):
    assert added(f"{key}: x").diagnostics[0].help == TRIED[FrontMatter][key.casefold().replace("-", "_")]


@pytest.mark.parametrize("kind", [kind for kind in TRIED if kind is not FrontMatter], ids=lambda kind: kind.__name__)
def test_no_name_that_people_try_is_a_field(kind: type):
    assert not TRIED[kind].keys() & set(kind.__struct_fields__)
    assert not TRIED[FrontMatter].keys() & set(FrontMatter.__struct_fields__)


@pytest.mark.parametrize(
    ("kind", "key"),
    [(kind, key) for kind in TRIED for key in TRIED[kind]],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_the_help_for_a_name_that_people_try_names_fields_that_exist(kind: type, key: str):
    named = re.findall(r"write (?:them as |the vector as |old ones as )?`(\w+):", TRIED[kind][key])
    assert all(name in {*kind.__struct_fields__, "cve", "cvss", "cwe", "affected"} for name in named)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("title: Tokens in the log", "tilte: Tokens in the log", (2, 1)),
        ("summary: Any", "sumary: Any", (5, 1)),
        ("published: 2026", "date: 2026", (3, 1)),
        ("severity: high", "severty: high", (4, 1)),
        ("affected:", "affected_versions:", (6, 1)),
        ("actions:", "recommended_actions:", (10, 1)),
        ("  - kind: update", "  - type: update", (11, 5)),
        ("[https://example.com]", "[{link: https://example.com}]", (13, 15)),
    ],
)
def test_a_required_field_under_another_name_is_not_called_missing_too(old: str, new: str, place: tuple[int, int]):
    assert places(changed(old, new)) == [("ADV011", *place)]


# Short forms


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("cve: CVE-2026-12345", "vulnerabilities: [{cve: CVE-2026-12345}]"),
        ("cwe: 79", "vulnerabilities:\n  - cwe: [CWE-79]"),
        (
            "cvss: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\ncve: {status: none}",
            "vulnerabilities:\n  - cvss: [CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H]\n    cve: {status: none}",
        ),
        ("aliases: GHSA-1", "aliases: [GHSA-1]"),
        ("exploitation: confirmed", "exploitation: {status: confirmed}"),
        ("next_update: unknown\nopen_questions: Who?", "next_update: {unknown: ''}\nopen_questions: [{question: Who?}]"),
        ("next_update: 2026-12-01", "next_update: 2026-12-01\nstatus: interim"),
        ("id: EX-2026-001", ""),
        ("kind: vulnerability\nstatus: final\ntlp: clear", ""),
        ("withdrawn: {date: 2026-11-21, reason: x, redacted: FALSE}", "withdrawn: {date: 2026-11-21, reason: x}"),
    ],
)
def test_a_short_form_is_the_long_one(short: str, long: str):
    assert added(short).diagnostics == added(long).diagnostics == ()
    assert added(short).advisory == added(long).advisory


@pytest.mark.parametrize(
    ("old", "short", "long"),
    [
        ("platforms: [android]\n    versions", "platforms: android\n    versions", "platforms:\n      - android\n    versions"),
        ("versions: before 4.2.1", "versions: before 4.2.1", "versions: [before 4.2.1]"),
        ("versions: before 4.2.1", "versions: '<4.2.1'", "versions: before   4.2.1"),
        ("    fixed: 4.2.1", "    fixed: 4.2.1", "    fixed: [4.2.1]"),
        ("    versions: before 4.2.1\n", "", "    versions: before 4.2.1\n"),
        ("[https://example.com]", "https://example.com", "[{url: https://example.com, type: WEB}]"),
        (
            "  - kind: update\n",
            "  - kind: update\n    links: https://a.example\n",
            "  - kind: update\n    links: [{url: https://a.example}]\n",
        ),
        ("  - kind: update\n", "  - kind: update\n    versions: all\n", "  - kind: update\n    versions: [all]\n"),
        ("published: 2026-11-20T14:00:00Z", "published: 2026-11-20T14:00Z", "published: 2026-11-20 15:00:00+01:00"),
    ],
)
def test_a_short_form_in_an_entry_is_the_long_one(old: str, short: str, long: str):
    one, other = changed(old, short), changed(old, long)
    assert one.diagnostics == other.diagnostics == ()
    assert one.advisory == other.advisory


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("exploitation: {status: suspected}", "exploitation", Exploitation(ExploitationStatus.SUSPECTED)),
        ("open_questions: [Who?]\nnext_update: unknown", "open_questions", (Question("Who?"),)),
        ("next_update: {unknown: why}", "next_update", Unknown("why")),
        ("next_update: UNKNOWN", "next_update", Unknown()),
        ("cve: {status: pending, reason: asked}", "vulnerabilities", (Vulnerability(cve=NoCve(CveStatus.PENDING, "asked")),)),
        ("cwe: [79, CWE-89]", "vulnerabilities", (Vulnerability(cwe=("CWE-79", "CWE-89")),)),
        ("x: {b: [1.10, {c: no}], a: ''}", "x", (("b", '["1.10", {"c": "no"}]'), ("a", '""'))),
        ("title_: 1", "references", (Reference("https://example.com"),)),
        ("language: de-AT", "language", "de-AT"),
        ("tlp: amber+strict", "tlp", "amber+strict"),
    ],
)
def test_a_field_is_read_as_its_value(line: str, field: str, value: object):
    assert getattr(added(line).advisory, field) == value


def test_links_of_an_action_are_addresses_or_pairs():
    found = changed("  - kind: update\n", "  - kind: update\n    links: [https://a.example, {url: https://b.example, title: B}]\n")
    assert found.advisory.actions[0].links == (Link("https://a.example"), Link("https://b.example", "B"))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("0", 0),
        ("{estimate: 12}", Estimate(12)),
        ("{at_most: 12}", AtMost(12)),
        ("unknown", Unknown()),
        ("{unknown: why}", Unknown("why")),
    ],
)
def test_the_number_of_users_is_a_number_a_guess_a_limit_or_unknown(written: str, value: object):
    assert changed("users_affected: 12", f"users_affected: {written}", INCIDENT).advisory.incident.users_affected == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-11-20", Timestamp(datetime(2026, 11, 20, tzinfo=UTC), date_only=True)),
        ("2026-11-20T10:00:00+02:00", Timestamp(datetime(2026, 11, 20, 8, tzinfo=UTC))),
        ("by mail, on 2026-11-20", "by mail, on 2026-11-20"),
        ("unknown", Unknown()),
    ],
)
def test_users_were_notified_at_a_time_or_in_words(written: str, value: object):
    assert (
        added(
            f"  users_notified: {written}".replace("  ", "  "),
            INCIDENT.replace("actions:\n  - kind: verify\n    text: Look at your mail.\n", "").replace(
                "incident:", "actions: [{kind: none, text: x}]\nincident:"
            ),
        ).advisory.incident.users_notified
        == value
    )


def test_one_text_stands_for_a_list_of_one():
    assert changed("accessed: [e-mail addresses]", "accessed: e-mail addresses", INCIDENT).advisory.incident.accessed == (
        "e-mail addresses",
    )
    assert changed("accessed: [e-mail addresses]", "accessed: unknown", INCIDENT).advisory.incident.accessed == Unknown()


def test_a_date_has_no_time_and_a_midnight_has_one():
    assert changed("2026-11-20T14:00:00Z", "2026-11-20").advisory.published == Timestamp(datetime(2026, 11, 20, tzinfo=UTC), date_only=True)
    assert changed("2026-11-20T14:00:00Z", "2026-11-20T00:00:00Z").advisory.published == Timestamp(datetime(2026, 11, 20, tzinfo=UTC))


def test_a_time_is_kept_to_the_second():
    assert changed("2026-11-20T14:00:00Z", "2026-11-20T14:00:00.75Z").advisory.published == Timestamp(
        datetime(2026, 11, 20, 14, tzinfo=UTC)
    )


# Rules between fields


def test_a_fixed_version_alone_means_before_it():
    row = changed("    versions: before 4.2.1\n", "").advisory.affected[0]
    assert row == Affected(platforms=("android",), versions=(VersionRange(None, Bound("4.2.1")),), fixed=("4.2.1",))


def test_a_fixed_version_alone_means_before_it_in_a_vulnerability_too():
    found = added("vulnerabilities: [{affected: [{platforms: [android], fixed: 4.2.1}]}]").advisory
    assert found.vulnerabilities[0].affected[0].versions == (VersionRange(None, Bound("4.2.1")),)


def test_versions_that_cannot_be_read_are_not_made_up_from_the_fixed_one():
    assert changed("versions: before 4.2.1", "versions: befor 4.2.1").advisory.affected[0].versions != (VersionRange(None, Bound("4.2.1")),)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("    versions: before 4.2.1\n    fixed: 4.2.1", "    fixed: [4.2.1, 3.1]", (8, 5)),
        ("    fixed: 4.2.1", "    fixed: [4.2.1, 3.1]", (9, 5)),
        ("    versions: before 4.2.1\n    fixed: 4.2.1", "    versions: [before 3, before 4]\n    fixed: [1, 2, 3]", (9, 5)),
    ],
)
def test_a_list_of_fixed_versions_needs_as_many_ranges(old: str, new: str, place: tuple[int, int]):
    found = changed(old, new)
    assert places(found) == [("ADV016", *place)]
    assert "one range for each fixed version" in found.diagnostics[0].help


def test_one_fixed_version_may_stand_for_all_ranges():
    assert changed("versions: before 4.2.1", "versions: [from 3.0 before 3.1, from 4.0 before 4.2.1]").diagnostics == ()


def test_versions_that_cannot_be_read_do_not_count_against_the_fixed_ones():
    found = changed("versions: before 4.2.1\n    fixed: 4.2.1", "versions: [before 3, befor 4]\n    fixed: [3, 4]")
    assert places(found) == [("ADV014", 8, 26)]
    found = changed("versions: before 4.2.1\n    fixed: 4.2.1", "versions: {a: b}\n    fixed: [3, 4]")
    assert places(found) == [("ADV012", 8, 5)]


@pytest.mark.parametrize("key", ["cve: CVE-2026-12345", "cvss: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "cwe: CWE-79"])
def test_what_belongs_to_one_vulnerability_does_not_stand_beside_several(key: str):
    found = added(f"vulnerabilities: [{{cve: CVE-2026-12346}}]\n{key}")
    assert places(found) == [("ADV016", 15, 1)]
    assert found.advisory.vulnerabilities == (Vulnerability(cve="CVE-2026-12346"),)


def test_exploitation_stands_beside_one_vulnerability_and_not_beside_several():
    assert added("vulnerabilities: [{cve: CVE-2026-12346}]\nexploitation: unknown").diagnostics == ()
    found = added("vulnerabilities: [{cve: CVE-2026-12346}, {cve: CVE-2026-12345}]\nexploitation: unknown")
    assert places(found) == [("ADV016", 15, 1)]


@pytest.mark.parametrize("path", ["EX-2026-001.md", "advisories/EX-2026-001.md", "advisories/2026/EX-2026-001.md"])
def test_the_id_is_the_name_of_the_file(path: str):
    assert read(FILE, path).advisory.id == "EX-2026-001"
    assert read(FILE.replace("severity", "id: EX-2026-001\nseverity"), path).diagnostics == ()


def test_an_id_that_the_file_does_not_have_is_refused_and_not_used():
    found = added("id: EX-2026-002")
    assert places(found) == [("ADV015", 14, 5)]
    assert found.advisory.id == "EX-2026-001"


def test_an_incident_block_makes_an_incident():
    assert read(INCIDENT).advisory.kind is Kind.INCIDENT
    assert read(FILE).advisory.kind is Kind.VULNERABILITY


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("", Status.FINAL),
        ("next_update: 2026-12-01", Status.INTERIM),
        ("next_update: unknown\nopen_questions: [Who?]", Status.INTERIM),
        ("open_questions: [{question: Who?, answer: We}]", Status.FINAL),
        ("next_update: unknown\ncause: under investigation", Status.INTERIM),
        ("next_update: unknown\nstatus: final", Status.FINAL),
        ("status: draft", Status.DRAFT),
        ("next_update: unknown\nwithdrawn: {date: 2026-11-22, reason: x}", Status.FINAL),
    ],
)
def test_the_status_follows_from_what_is_open(lines: str, status: Status):
    assert added(lines).diagnostics == ()
    assert added(lines).advisory.status is status


# Translations

ORIGINAL = FILE.replace("https://example.com", "https://example.com, {url: https://example.org, title: A report}").replace(
    "actions:",
    """\
  - platforms: [ios]
    status: not_affected
    reason: It never logs.
revisions:
  - {date: 2026-11-21T09:00:00Z, level: minor, summary: A link was mended.}
next_update: {unknown: We wait.}
actions:""",
)


def translated(
    fields: str, *, path: str = "advisories/EX-2026-001.de.md", translates: str = "translates: 1\n", original: str = ORIGINAL
) -> Parsed:
    text = f"---\n{translates}{fields}\n---\n\nDer Text.\n"
    return parse(Source("advisories/EX-2026-001.md", original.encode(), (Source(path, text.encode()),)))


@pytest.mark.parametrize(
    ("fields", "prose"),
    [
        ("title: Titel", [(("title",), "Titel")]),
        ("affected:\n  - {}\n  - reason: Nie.", [(("affected", 1, "reason"), "Nie.")]),
        ("actions: [{text: Los.}]", [(("actions", 0, "text"), "Los.")]),
        ("actions:\n  - {}", []),
        ("references:\n  - {}\n  - title: Bericht", [(("references", 1, "title"), "Bericht")]),
        ("revisions: [{summary: Ein Verweis.}]", [(("revisions", 0, "summary"), "Ein Verweis.")]),
        ("next_update: {unknown: Wir warten.}", [(("next_update", "unknown"), "Wir warten.")]),
    ],
)
def test_prose_is_taken_by_its_place(fields: str, prose: list):
    found = translated(fields)
    assert found.diagnostics == ()
    (made,) = found.advisory.translations
    assert made.prose == tuple(Prose(where, text) for where, text in prose)
    assert (made.language, made.translates, made.body) == ("de", 1, "Der Text.")


def test_plain_texts_of_a_translation_stand_for_their_mappings_as_in_the_original():
    found = translated(
        "open_questions: [Wer?]\nincident: {accessed: Adressen}",
        original=INCIDENT.replace("actions:", "open_questions: [Who?]\nnext_update: unknown\nactions:"),
    )
    assert found.diagnostics == ()
    assert found.advisory.translations[0].prose == (
        Prose(("open_questions", 0, "question"), "Wer?"),
        Prose(("incident", "accessed", 0), "Adressen"),
    )


@pytest.mark.parametrize(
    ("fields", "code", "line", "column"),
    [
        ("severity: hoch", "ADV017", 3, 11),
        ("published: 2026-11-20", "ADV017", 3, 12),
        ("titel: x", "ADV017", 3, 8),
        ("affected: [{platforms: [android]}]", "ADV017", 3, 24),
        ("actions: [{kind: update}]", "ADV017", 3, 18),
        ("actions: [{}, {text: Los.}]", "ADV018", 3, 22),
        ("affected: [{}, {}, {reason: Nie.}]", "ADV018", 3, 29),
        ("affected: [{reason: Nie.}]", "ADV018", 3, 21),
        ("open_questions: [Wer?]", "ADV018", 3, 18),
        ("incident: {basis: x}", "ADV018", 3, 19),
        ("exploitation: {details: x}", "ADV018", 3, 25),
        ("next_update: {unknown: a, why: b}", "ADV017", 3, 32),
        ("title: [Titel]", "ADV017", 3, 9),
    ],
)
def test_what_is_not_prose_or_has_no_original_is_refused_once(fields: str, code: str, line: int, column: int):
    found = translated(fields)
    assert [(problem.path, problem.code, problem.span.line) for problem in found.diagnostics] == [
        ("advisories/EX-2026-001.de.md", code, line)
    ]
    # The key, or the value behind it: either is exact.
    assert found.diagnostics[0].span.column <= column
    assert "`0`" not in found.diagnostics[0].message


def test_a_near_miss_in_a_translation_gets_the_name_that_was_meant():
    assert translated("sumary: x").diagnostics[0].help == "did you mean `summary`?"


@pytest.mark.parametrize(
    ("translates", "code", "place"),
    [
        ("", "ADV010", (1, 1)),
        ("translates: 0\n", "ADV014", (2, 13)),
        ("translates: 3\n", "ADV014", (2, 13)),
        ("translates: one\n", "ADV014", (2, 13)),
        ("translates: [1]\n", "ADV012", (2, 1)),
        ("translates:\n", "ADV010", (2, 1)),
    ],
)
def test_a_translation_says_which_revision_it_was_made_from(translates: str, code: str, place: tuple[int, int]):
    found = translated("title: Titel", translates=translates)
    assert places(found) == [(code, *place)]


@pytest.mark.parametrize("revision", [1, 2])
def test_a_translation_may_be_made_from_any_revision_that_there_is(revision: int):
    assert translated("title: Titel", translates=f"translates: {revision}\n").diagnostics == ()


def test_the_help_for_a_missing_revision_names_the_newest():
    assert "translates: 2" in translated("title: Titel", translates="").diagnostics[0].help


def test_a_withdrawal_is_a_revision_that_may_be_translated():
    original = ORIGINAL.replace("actions:", "withdrawn: {date: 2026-11-22, reason: x}\nactions:")
    assert translated("withdrawn: {reason: y}", translates="translates: 3\n", original=original).diagnostics == ()


@pytest.mark.parametrize("language", ["german", "de_AT", "xx-yy-zz-1"])
def test_the_language_of_a_translation_is_a_tag(language: str):
    found = translated("title: Titel", path=f"advisories/EX-2026-001.{language}.md")
    assert places(found) == [("ADV014", 1, 1)]
    assert f"`{language}`" in found.diagnostics[0].message


@pytest.mark.parametrize("text", ["Der Text.\n", "---\ntitle: [\n---\n"])
def test_a_translation_that_cannot_be_read_is_one_problem(text: str):
    found = parse(Source("advisories/EX-2026-001.md", ORIGINAL.encode(), (Source("advisories/EX-2026-001.de.md", text.encode()),)))
    assert len(found.diagnostics) == 1


@pytest.mark.parametrize(
    ("original", "fields"),
    [
        ("---\ntitle: [\n---\n", "affected:\n  - {}\n  - reason: Nie.\nrevisions: [{summary: Ein Verweis.}]"),
        (ORIGINAL.replace("affected:", "afected:"), "affected:\n  - {}\n  - reason: Nie."),
        (ORIGINAL.replace("revisions:", "revisions: [2026\nrevised:"), "revisions: [{summary: Ein Verweis.}]"),
    ],
)
def test_a_translation_is_not_held_against_what_could_not_be_read(original: str, fields: str):
    found = translated(fields, translates="translates: 2\n", original=original)
    assert {problem.path for problem in found.diagnostics} == {"advisories/EX-2026-001.md"}


def test_a_translation_without_its_original_is_one_problem():
    found = read("---\ntranslates: 1\ntitle: Titel\naffected: [{}, {reason: Nie.}]\n---\n", "advisories/EX-2026-001.de.md")
    assert places(found) == [("ADV020", 1, 1)]
    assert found.diagnostics[0].message == "there is no original `EX-2026-001.md` here"
    assert check.advisory(found, configuration()).diagnostics == found.diagnostics


def test_the_problems_of_an_original_are_told_before_those_of_its_translations():
    found = translated("severity: hoch", original=ORIGINAL.replace("high", "hihg"))
    assert [problem.path.count(".") for problem in sorted(found.diagnostics)] == [1, 2]


def test_the_words_for_a_justification_may_be_given_by_the_translation_alone():
    original = ORIGINAL.replace("reason: It never did.", "justification: component_not_present")
    assert translated("affected:\n  - {}\n  - reason: Nie.", original=original).diagnostics == ()


def test_problems_of_a_translation_leave_its_original_as_it_was():
    assert translated("severity: hoch").advisory.severity == "high"
