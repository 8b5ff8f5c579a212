"""parse.header: the small, strict YAML, and the place of everything that is not of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen.diagnostics import Diagnostic, Source
from advgen.parse import Parsed, header, parse
from tests import strategies

FILE = """\
---
title: Tokens in the log
published: 2026-11-20T14:00:00Z
severity: high
summary: Any app with log access can read the token.
affected:
  - platforms: [android]
    versions: before 4.2.1
actions:
  - kind: update
---

The body.
"""


def read(data: str | bytes) -> Parsed:
    return parse(Source("advisories/EX-2026-001.md", data.encode() if isinstance(data, str) else data))


def changed(old: str, new: str) -> Parsed:
    assert FILE.count(old) == 1
    return read(FILE.replace(old, new))


def at(problem: Diagnostic) -> tuple[str, int, int]:
    return problem.code, problem.span.line, problem.span.column


def only(parsed: Parsed) -> Diagnostic:
    assert [at(problem) for problem in parsed.diagnostics] == [at(parsed.diagnostics[0])]
    return parsed.diagnostics[0]


def test_the_file_that_these_tests_break_is_valid():
    assert read(FILE).diagnostics == ()


WRITTEN = [
    "1.10",
    "no",
    "0123",
    "yes",
    "true",
    "0x1f",
    "1e3",
    "1_000",
    ".inf",
    "12:30:45",
    "2026-11-20",
    "2026-11-20T14:00:00Z",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_word_that_yaml_loaders_guess_about_stays_text(text: str):
    found = changed("title: Tokens in the log", f"title: {text}\nimpact: {text}\nx: {{key: [{text}]}}")
    assert found.diagnostics == ()
    assert (found.advisory.title, found.advisory.impact, found.advisory.x) == (text, text, (("key", f'["{text}"]'),))


@pytest.mark.parametrize("text", ["~", "null", "NULL"])
def test_a_word_for_no_value_is_none(text: str):
    found = changed("title: Tokens in the log", f"title: {text}")
    assert [(each.code, each.message, each.span.column) for each in found.diagnostics] == [
        ("ADV010", f"`title` is `{text}`, which is no value", 8)
    ]
    assert changed("title: Tokens in the log", f"title: '{text}'").advisory.title == text


@pytest.mark.parametrize("key", ["no", "1.10", "2026-11-20", "null", "<<"])
def test_a_key_stays_text_too(key: str):
    assert changed("severity: high", f"severity: high\nx: {{{key}: 1}}").advisory.x == ((key, '"1"'),)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param("severity: high", "severity: high\ntitle: Another", ("ADV005", 5, 1), id="duplicate key"),
        pytest.param("    versions: before", "    platforms: [ios]\n    versions: before", ("ADV005", 8, 5), id="duplicate key below"),
        pytest.param("severity: high", "severity: high\nx: {a: 1, a: 2}", ("ADV005", 5, 11), id="duplicate key in one line"),
        pytest.param("severity: high", "severity: high\nx: {a: 1, 'a': 2}", ("ADV005", 5, 11), id="duplicate key in quotes"),
        pytest.param("severity: high", "severity: &level high", ("ADV003", 4, 11), id="anchor"),
        pytest.param("  - platforms", "  - &row\n    platforms", ("ADV003", 7, 5), id="anchor of a mapping"),
        pytest.param("severity: high", "severity: *level", ("ADV003", 4, 11), id="alias of a keyword"),
        pytest.param("severity: high", "severity: high\nimpact: *level", ("ADV003", 5, 9), id="alias of a text"),
        pytest.param("severity: high", "severity: high\nx: {a: [*a]}", ("ADV003", 5, 9), id="alias in a list"),
        pytest.param("severity: high", "severity: !!str high", ("ADV004", 4, 11), id="tag"),
        pytest.param("severity: high", "severity: high\nx: !!python/object:os.system {a: 1}", ("ADV004", 5, 4), id="tag of a mapping"),
        pytest.param("severity: high", "severity: high\n? [a]\n: b", ("ADV012", 5, 3), id="list for a key"),
        pytest.param("severity: high", "severity: high\n'': b", ("ADV012", 5, 1), id="empty key"),
        pytest.param("actions:\n", "...\n--- {a: b}\nactions:\n", ("ADV009", 10, 1), id="second document"),
    ],
)
def test_what_the_small_yaml_has_not_is_refused_once_at_its_place(old: str, new: str, place: tuple[str, int, int]):
    assert at(only(changed(old, new))) == place


def test_a_key_that_stands_twice_names_the_line_of_the_first():
    problem = only(changed("severity: high", "severity: high\ntitle: Another"))
    assert "line 2" in problem.message


@pytest.mark.parametrize(
    "value",
    [
        "[" * 50_000,
        "{a: " * 50_000,
        "[" * 20 + "]" * 20,
        "{a: " * 20 + "1" + "}" * 20,
        "\n" + "".join(f"{' ' * depth}a:\n" for depth in range(1, 20)),
        "\n  " + "- " * 50_000,
    ],
    ids=["brackets", "braces", "closed brackets", "closed braces", "keys", "dashes"],
)
def test_deep_nesting_is_refused_and_nothing_else_is_said(value: str):
    found = changed("severity: high", f"severity: high\nx: {value}")
    assert [problem.code for problem in found.diagnostics] == ["ADV006"]


def test_the_deepest_nesting_that_is_allowed_is_read():
    below = header.MOST_DEPTH - 2
    found = changed("severity: high", f"severity: high\nx: {{a: {'[' * below}b{']' * below}}}")
    assert found.diagnostics == ()
    assert changed("severity: high", f"severity: high\nx: {{a: {'[' * below}[b]{']' * below}}}").diagnostics


def test_a_huge_front_matter_is_refused_and_nothing_else_is_said():
    problem = only(changed("Tokens in the log", "x" * (header.MOST_HEADER + 1)))
    assert at(problem) == ("ADV007", 1, 1)


def test_a_huge_body_is_refused_where_it_begins_and_the_rest_is_read():
    found = changed("The body.", "x" * (header.MOST_BODY + 1))
    assert at(only(found)) == ("ADV007", 12, 1)
    assert found.advisory.title == "Tokens in the log"
    assert found.advisory.body == ""


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: text.replace("---\n", "--- \t\n")]
)
def test_line_ends_of_windows_a_byte_order_mark_and_spaces_behind_the_fences_change_nothing(change):
    found = read(change(FILE))
    assert found.diagnostics == ()
    assert found.advisory == read(FILE).advisory


def test_places_are_the_same_with_line_ends_of_windows_and_a_byte_order_mark():
    broken = FILE.replace("high", "hihg").replace("kind: update", "kind: upate")
    assert read("\ufeff" + broken.replace("\n", "\r\n")).diagnostics == read(broken).diagnostics


def test_the_body_is_found_after_the_front_matter_whatever_it_holds():
    found = read(FILE + "\n---\n\n---\ntitle: no\n---")
    assert found.advisory.body == "The body.\n\n---\n\n---\ntitle: no\n---"
    assert found.diagnostics == ()


def test_a_byte_that_is_not_utf8_is_refused_at_its_place():
    problem = only(read(FILE.replace("Tokens in", "Tökens in").encode().replace(b"the log", b"the l\xffog")))
    assert at(problem) == ("ADV008", 2, 23)
    assert "0xff" in problem.message
    assert problem.excerpt


@pytest.mark.parametrize("bytes_", [b"hi\xffgh", b"\xe9high", b"high\xc3"])
def test_a_byte_that_is_not_utf8_in_a_keyword_is_one_problem(bytes_: bytes):
    assert only(read(FILE.encode().replace(b"high", bytes_))).code == "ADV008"


@pytest.mark.parametrize(
    "character",
    list("\u061c\0\a\b\x0b\x0c\x1b\x7f\x85\x9b\u200b\u200e\u200f\u202a\u202e\u2063\u2066\u2069\ufeff\uffff\xad\u180e\U000e0041"),
)
def test_a_character_that_cannot_be_seen_is_refused_at_its_place(character: str):
    for old, place in (("Tokens in", ("ADV008", 2, 8)), ("The body", ("ADV008", 13, 1))):
        problem = only(changed(old, character + old))
        assert at(problem) == place
        assert f"U+{ord(character):04X}" in problem.message
        assert character not in problem.excerpt


def test_an_escape_sequence_is_one_problem():
    assert at(only(changed("Tokens in", "\x1b[31mTokens in"))) == ("ADV008", 2, 8)


@pytest.mark.parametrize("escape", [r"\e", r"\0", r"\u202E", r"\x9b", r"\uFEFF"])
def test_a_character_that_cannot_be_seen_is_refused_when_it_is_written_as_an_escape(escape: str):
    assert at(only(changed("Tokens in the log", f'"Tokens {escape} in the log"'))) == ("ADV008", 2, 8)


def test_a_place_behind_a_character_that_cannot_be_seen_is_exact():
    places = [at(problem) for problem in changed("severity: high", "severity: \u200bhihg").diagnostics]
    assert places in ([("ADV008", 4, 11)], [("ADV008", 4, 11), ("ADV013", 4, 12)])


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\r"])
def test_a_place_behind_an_odd_line_end_is_exact(character: str):
    lines = FILE.replace("Tokens in the log", f'"Tokens{character} in the log"').replace("high", "hihg")
    expected = lines.replace("\r", "\n").split("\n").index("severity: hihg") + 1
    assert ("ADV013", expected, 11) in [at(problem) for problem in read(lines).diagnostics]


def test_a_character_that_cannot_be_seen_behind_an_old_line_end_is_found_on_its_line():
    assert at(only(read(FILE.replace("Tokens in", "Tok\x1bens in").replace("\n", "\r")))) == ("ADV008", 2, 11)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: x\n", "not closed"),
        ("---\ntitle: x\n---- \n", "not closed"),
        ("# Tokens\n\nThey are read.\n", "no front matter"),
        ("\n---\ntitle: x\n---\n", "no front matter"),
        (" ---\ntitle: x\n---\n", "no front matter"),
        ("+++\ntitle = 'x'\n+++\n", "no front matter"),
        ("", "no front matter"),
        ("\n", "no front matter"),
    ],
)
def test_a_file_without_front_matter_is_one_problem_at_its_top(text: str, words: str):
    problem = only(read(text))
    assert at(problem) == ("ADV001", 1, 1)
    assert words in problem.message


@pytest.mark.parametrize("text", ["- a\n- b", "hello", "[a, b]", "'title'"])
def test_a_front_matter_that_is_no_mapping_is_one_problem(text: str):
    assert at(only(read(f"---\n{text}\n---\n"))) == ("ADV012", 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("    versions", "\tversions", 8, 1),
        ("  - kind", "\t- kind", 10, 1),
        ("    versions", "  \tversions", 8, 3),
    ],
)
def test_a_tab_for_indentation_is_one_problem_that_tells_of_spaces(old: str, new: str, line: int, column: int):
    problem = only(changed(old, new))
    assert (problem.code, problem.span.line) == ("ADV002", line)
    assert problem.span.column <= column
    assert "spaces" in problem.help


def test_a_tab_between_words_is_fine():
    assert changed("severity: high", "severity:\thigh\t# a\tb").diagnostics == ()


TRAPS = [
    ("versions: before 4.2.1", "versions: >=3.0", 8, 15, 20, 'versions: ">=3.0"'),
    ("versions: before 4.2.1", "versions: >=3.0, <4.2.1", 8, 15, 28, 'versions: ">=3.0, <4.2.1"'),
    ("versions: before 4.2.1", "versions: >3.0  # all of them", 8, 15, 19, 'versions: ">3.0"  # all of them'),
    ("versions: before 4.2.1", "versions: [>=3.0]", 8, 16, 21, 'versions: [">=3.0"]'),
    ("versions: before 4.2.1", "versions: [before 2.0, >=3.0]", 8, 28, 33, 'versions: [before 2.0, ">=3.0"]'),
    ("versions: before 4.2.1", "versions: *", 8, 15, 16, "versions: all"),
    ("platforms: [android]", "platforms: [*]", 7, 17, 18, "platforms: [all]"),
    ("platforms: [android]", "platforms: *", 7, 16, 17, "platforms: all"),
    ("platforms: [android]", "platforms: [android, *]", 7, 26, 27, "platforms: [android, all]"),
    ("Tokens in the log", "Tokens: in the log", 2, 8, 26, 'title: "Tokens: in the log"'),
    ("Tokens in the log", "Tokens in the log:", 2, 8, 26, 'title: "Tokens in the log:"'),
    ("Tokens in the log", 'Tokens: "in" the \\log', 2, 8, 29, 'title: "Tokens: \\"in\\" the \\\\log"'),
    ("Tokens in the log", "Tokens: 😀 in the log", 2, 8, 28, 'title: "Tokens: 😀 in the log"'),
    ("Tokens in the log", "*Tokens* in the log", 2, 8, 27, 'title: "*Tokens* in the log"'),
    ("Tokens in the log", "`Tokens` in the log", 2, 8, 27, 'title: "`Tokens` in the log"'),
    ("Tokens in the log", "@tokens in the log", 2, 8, 26, 'title: "@tokens in the log"'),
    ("Tokens in the log", "%tokens in the log", 2, 8, 26, 'title: "%tokens in the log"'),
    ("Tokens in the log", "> 3 tokens", 2, 8, 18, 'title: "> 3 tokens"'),
    ("Tokens in the log", "[Player] tokens in the log", 2, 8, 34, 'title: "[Player] tokens in the log"'),
    ("Tokens in the log", "'Player' writes tokens", 2, 8, 30, "title: \"'Player' writes tokens\""),
    ("  - kind: update", "  - kind: update\n    text: Note: update", 11, 11, 23, 'text: "Note: update"'),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "end", "repaired"), TRAPS, ids=[trap[5] for trap in TRAPS])
def test_a_trap_is_reported_over_its_value_with_the_corrected_line(old: str, new: str, line: int, column: int, end: int, repaired: str):
    problem = changed(old, new).diagnostics[0]
    assert (problem.code, problem.span.line, problem.span.column) == ("ADV002", line, column)
    assert (problem.span.end_line, problem.span.end_column) == (line, end)
    assert problem.help.endswith(repaired)


@pytest.mark.parametrize(("old", "new"), [trap[:2] for trap in TRAPS], ids=[trap[5] for trap in TRAPS])
def test_a_trap_is_one_problem_and_the_rest_of_the_file_is_read(old: str, new: str):
    found = changed(old, new)
    assert only(found).code == "ADV002"
    assert found.advisory.summary == "Any app with log access can read the token."
    assert found.advisory.actions


@pytest.mark.parametrize(
    ("old", "new", "line", "repaired"), [(trap[0], trap[1], trap[2], trap[5]) for trap in TRAPS], ids=[trap[5] for trap in TRAPS]
)
def test_the_corrected_line_is_valid_yaml(old: str, new: str, line: int, repaired: str):
    lines = FILE.replace(old, new).split("\n")
    indentation = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip(" -"))].replace("-", " ")
    lines[line - 1] = ("  - " if repaired.startswith("platforms") else indentation) + repaired
    assert read("\n".join(lines)).diagnostics == ()


@pytest.mark.parametrize(
    "line",
    [
        "title: Tokens in the log  # 4 words",
        "title: Tokens in the log # Four words",
        "title: Tokens in the log. # four words",
        "title: Tokens # in the log",
        "title: 'Tokens in the log' # four words",
        "title: C# and F# write tokens",
    ],
)
def test_a_comment_is_a_comment(line: str):
    assert changed("title: Tokens in the log", line).diagnostics == ()


@pytest.mark.parametrize("comment", ["# 4 of them", "#4", "# and others", "#help has more"])
def test_a_text_that_goes_on_behind_a_hash_is_not_cut_in_silence(comment: str):
    problem = only(changed("title: Tokens in the log", f"title: Tokens in the log {comment}"))
    assert (problem.code, problem.span.end_column, problem.fix is not None) == ("ADV002", 26 + len(comment), "4" in comment)


def test_several_traps_are_all_told_at_once_and_the_rest_is_read():
    text = FILE.replace("Tokens in", "Tokens: in").replace("before 4.2.1", ">=3.0").replace("update", "upate") + "\nMore."
    found = read(text.replace("Any app", "@ any app"))
    assert [at(problem) for problem in found.diagnostics] == [("ADV002", 2, 8), ("ADV002", 5, 10), ("ADV002", 8, 15), ("ADV013", 10, 11)]
    assert found.advisory.title == "Tokens: in the log"
    assert found.advisory.affected[0].platforms == ("android",)


def test_two_traps_on_one_line_are_told_without_losing_the_rest():
    found = changed("versions: before 4.2.1", "versions: [>=1.0, >=3.0]")
    assert [at(problem) for problem in found.diagnostics][:1] == [("ADV002", 8, 16)]
    assert {problem.code for problem in found.diagnostics} == {"ADV002"}
    assert found.advisory.summary


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("severity: high", "severity:high", 4),
        ("severity: high", "severity high", 4),
        ("title: Tokens in the log", 'title: "Tokens in the log', 2),
        ("title: Tokens in the log", "title: 'Tokens in the log", 2),
        ("platforms: [android]", "platforms: [android", 7),
        ("platforms: [android]", "platforms: {android", 7),
        ("    versions", "     versions", 8),
        ("    versions", "   versions", 8),
    ],
    ids=["no space", "no colon", "open quote", "open single quote", "open bracket", "open brace", "too deep", "not deep enough"],
)
def test_what_is_not_yaml_is_one_problem_on_the_line_to_mend(old: str, new: str, line: int):
    problem = only(changed(old, new))
    assert (problem.code, problem.span.line) == ("ADV002", line)


def inside(parsed: Parsed, data: bytes) -> None:
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in parsed.diagnostics:
        span = problem.span
        assert 1 <= span.line <= span.end_line <= len(lines), problem
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, problem
        assert span.end_line > span.line or span.end_column >= span.column, problem


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"---\n{text}\n---\n".encode()))
def test_no_bytes_make_parse_raise_and_every_span_lies_in_the_file(data: bytes):
    inside(read(data), data)


@settings(max_examples=300)
@given(strategies.broken_files())
def test_no_broken_advisory_makes_parse_raise_and_every_span_lies_in_the_file(data: bytes):
    inside(read(data), data)


@settings(max_examples=50)
@given(strategies.broken_files())
def test_a_broken_translation_does_not_make_parse_raise(data: bytes):
    found = parse(Source("advisories/A.md", strategies.VALID_FILE.encode(), (Source("advisories/A.de.md", data),)))
    inside(found, data)
