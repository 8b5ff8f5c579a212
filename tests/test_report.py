"""report: what a terminal shows of a problem, and that it obeys nothing that a file says."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen import check, report
from advgen.diagnostics import Diagnostic, Level, Source, Span
from advgen.parse import parse
from tests import strategies
from tests.support import configuration

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
HOSTILE = "a\x1b[31mb\x07\x08\x00\x7f\x9b\u061c\u202ec\u2066d\u200b\ufeff\ud800\x85e\rg"


def problem(excerpt: str = "severity: hihg", column: int = 11, end: int = 15, *, line: int = 4, **changes: object) -> Diagnostic:
    fields = {"path": "advisories/EX-2026-001.md", "code": "ADV013", "message": "no such word", "help": "did you mean `high`?"} | changes
    span = fields.pop("span", Span(line, column, line, end))
    return Diagnostic(span=span, excerpt=excerpt, **fields)


def shown(found: Diagnostic) -> str:
    ((level, text),) = report.text([found])
    assert level is found.level
    return text


def width(text: str) -> int:
    """How many cells a terminal needs."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def underlined(text: str) -> tuple[str, int, int]:
    """The line that is shown, and the cells of it that are underlined."""
    lines = text.split("\n")
    at = next(index for index, line in enumerate(lines) if re.fullmatch(r" *\| *\^+", line))
    gutter = lines[at].index("|") + 2
    carets = lines[at][gutter:]
    return lines[at - 1][gutter:], len(carets) - len(carets.lstrip()), len(carets)


def covered(text: str) -> str:
    """What stands above the carets, cell by cell."""
    line, start, end = underlined(text)
    found, at = "", 0
    for char in line:
        if start <= at < end:
            found += char
        at += width(char)
    return found


def test_a_problem_is_shown_as_rustc_shows_it():
    assert shown(problem()) == (
        "error[ADV013]: no such word\n"
        " --> advisories/EX-2026-001.md:4:11\n"
        "  |\n"
        "4 | severity: hihg\n"
        "  |           ^^^^\n"
        "  = help: did you mean `high`?"
    )


def test_the_gutter_grows_with_the_number_of_the_line():
    assert shown(problem(line=1234)).split("\n")[1:5] == [
        "    --> advisories/EX-2026-001.md:1234:11",
        "     |",
        "1234 | severity: hihg",
        "     |           ^^^^",
    ]


def test_a_warning_says_so():
    assert shown(problem(level=Level.WARNING)).startswith("warning[ADV013]: ")


@pytest.mark.parametrize(("changes", "absent"), [({"help": ""}, "help"), ({"excerpt": ""}, "|"), ({"path": ""}, "-->")])
def test_what_is_not_known_is_not_shown(changes: dict, absent: str):
    found = {"excerpt": "severity: hihg"} | changes
    assert absent not in shown(problem(**found))


@pytest.mark.parametrize("field", ["path", "message", "help", "excerpt"])
def test_nothing_that_a_terminal_obeys_reaches_the_output(field: str):
    found = shown(problem(**{"excerpt": "x", field: HOSTILE}))
    assert UNSEEN.search(found) is None
    assert "b" in found
    assert "g" in found


@pytest.mark.parametrize("field", ["path", "message", "help"])
def test_nothing_adds_a_line_to_the_output(field: str):
    plain, broken = problem(**{"excerpt": "x", field: "one two"}), problem(**{"excerpt": "x", field: "one\ntwo"})
    assert shown(broken).count("\n") == shown(plain).count("\n")


@given(st.text(max_size=60), st.integers(1, 70))
def test_nothing_that_a_terminal_obeys_reaches_the_output_of_any_text(text: str, column: int):
    found = shown(problem(text.replace("\n", " "), column, column + 3, message=text, help=text, path=text))
    assert UNSEEN.search(found) is None
    assert len(found.split("\n")) <= 6


@settings(max_examples=150)
@given(strategies.broken_files())
def test_whatever_is_wrong_with_a_file_can_be_shown(data: bytes):
    read = parse(Source("advisories/EX-2026-001.md", data))
    for _, found in report.text(check.advisory(read, configuration()).diagnostics):
        assert UNSEEN.search(found) is None
        assert sum(not line.startswith(" ") for line in found.split("\n")) <= 2  # all that an author wrote stands indented


@pytest.mark.parametrize(
    "before",
    ["", "x: ", "\t", "a\tb\t", "日本: ", "😀 ", "😀😀😀 ", "👩‍👩‍👧 ", "e\u0301 ", "ｘ：", "ä ", "שלום ", "\u202e", "\x1b[31m"],
    ids=[
        "nothing",
        "ascii",
        "tab",
        "tabs",
        "wide",
        "emoji",
        "emojis",
        "family",
        "combining",
        "fullwidth",
        "umlaut",
        "hebrew",
        "bidi",
        "escape",
    ],
)
def test_the_carets_stand_under_the_piece_that_is_meant(before: str):
    line = f"{before}hihg # more"
    found = shown(problem(line, len(before) + 1, len(before) + 5))
    if "\u200d" in before:
        # Terminals differ in how wide a joined emoji is; the carets have to be as wide as its parts or as the whole.
        assert covered(found).strip() or underlined(found)[2] - underlined(found)[1] == 4
    else:
        assert covered(found) == "hihg"


@pytest.mark.parametrize("piece", ["日本", "😀", "ｘ", "e\u0301e\u0301"])
def test_the_carets_are_as_wide_as_the_piece_that_is_meant(piece: str):
    found = shown(problem(f"x: {piece} y", 4, 4 + len(piece)))
    _, start, end = underlined(found)
    assert (start, end - start) == (3, width(piece))


@pytest.mark.parametrize(
    ("span", "carets"),
    [
        (Span(4, 11, 4, 11), 1),
        (Span(4, 11, 9, 3), 4),
        (Span(4, 11, 4, 500), 4),
        (Span(4, 15, 4, 15), 1),
        (Span(4, 1, 4, 15), 14),
    ],
    ids=["empty", "many lines", "past the end", "behind the end", "all"],
)
def test_there_is_always_a_caret_and_none_past_the_line(span: Span, carets: int):
    _, start, end = underlined(shown(problem(span=span)))
    assert (start, end - start) == (span.column - 1, carets)


@pytest.mark.parametrize("place", [0, 5, 99, 100, 150, 250, 396])
def test_a_long_line_is_cut_and_its_place_stays_visible(place: int):
    line = "a" * place + "hihg" + "b" * (396 - place)
    found = shown(problem(line, place + 1, place + 5))
    assert covered(found) == "hihg"
    assert max(map(len, found.split("\n"))) < 120


def test_a_cut_line_shows_where_it_was_cut():
    def excerpt(column: int) -> str:
        return underlined(shown(problem("x" * 300, column, column + 1)))[0]

    assert excerpt(1).endswith("…")
    assert not excerpt(1).startswith("…")
    assert excerpt(300).startswith("…")
    assert not excerpt(300).endswith("…")
    assert excerpt(150).startswith("…")
    assert excerpt(150).endswith("…")


def test_a_line_that_fits_is_not_cut():
    assert "…" not in shown(problem("x" * 100, 100, 101))


def test_a_long_message_is_shown_whole():
    assert "word " * 60 in " ".join(shown(problem(message="word " * 60 + "end")).split())


def test_an_error_of_a_draft_says_when_it_will_matter():
    assert shown(problem(draft=True)).endswith("  = note: this is a draft; the error will block once it is published")


def test_an_error_of_what_is_held_back_says_from_when_it_blocks():
    at = datetime(2026, 12, 1, 10, tzinfo=timezone(timedelta(hours=1)))
    assert shown(problem(blocks_from=at)).endswith("  = note: this will block from 2026-12-01T09:00:00Z")


@pytest.mark.parametrize("changes", [{"draft": True}, {"blocks_from": datetime(2026, 12, 1, tzinfo=UTC)}])
def test_a_warning_never_blocks_so_it_has_no_note(changes: dict):
    assert "note" not in shown(problem(level=Level.WARNING, **changes))


@pytest.mark.parametrize(
    ("found", "files", "suppressed", "line"),
    [
        ([], 0, 0, "0 advisories, 0 errors, 0 warnings"),
        ([], 1, 0, "1 advisory, 0 errors, 0 warnings"),
        ([problem()], 1, 0, "1 advisory, 1 error, 0 warnings"),
        ([problem(), problem(), problem(level=Level.WARNING)], 12_345, 0, "12,345 advisories, 2 errors, 1 warning"),
        ([problem(), problem(draft=True)], 2, 0, "2 advisories, 2 errors, 0 warnings, 1 of the errors in what is not public yet"),
        ([problem(level=Level.WARNING, draft=True)], 2, 3, "2 advisories, 0 errors, 1 warning, 3 ignored, as told"),
        (
            [problem(blocks_from=datetime(2026, 12, 1, tzinfo=UTC))],
            2,
            1,
            "2 advisories, 1 error, 0 warnings, 1 of the errors in what is not public yet, 1 ignored, as told",
        ),
    ],
)
def test_the_summary_counts_what_was_found(found: list[Diagnostic], files: int, suppressed: int, line: str):
    assert report.summary(found, files=files, suppressed=suppressed) == line


def warnings(count: int, code: str = "ADV102") -> list[Diagnostic]:
    return [problem(level=Level.WARNING, code=code, message=f"{code} {number}", help="shorten it") for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_warnings_of_a_code_are_all_kept(count: int):
    assert report.shortened(warnings(count)) == warnings(count)


def test_of_many_warnings_of_a_code_the_first_are_kept_with_a_word_on_the_others():
    kept = report.shortened(warnings(10))
    assert [each.message for each in kept] == ["ADV102 0", "ADV102 1", "ADV102 2"]
    assert [each.help for each in kept[:2]] == ["shorten it", "shorten it"]
    assert kept[2].help == "shorten it; 7 more like this, which `advgen check` lists"


def test_a_word_on_the_others_needs_no_help_before_it():
    found = [problem(level=Level.WARNING, help="")] * 5
    assert report.shortened(found)[2].help == "2 more like this, which `advgen check` lists"


def test_each_code_is_counted_by_itself_and_their_order_is_kept():
    found = [each for pair in zip(warnings(5), warnings(5, "ADV103"), strict=True) for each in pair]
    assert [each.message for each in report.shortened(found)] == [
        f"{code} {number}" for number in range(3) for code in ("ADV102", "ADV103")
    ]


def test_every_error_is_kept():
    found = [problem() for _ in range(10)]
    assert report.shortened(found) == found
    assert report.shortened(found + warnings(9))[:10] == found


def test_a_thousand_errors_of_one_code_are_cut_to_twenty():
    found = [problem(level=Level.ERROR, path=f"advisories/EX-{number}.md") for number in range(1000)]
    kept = report.shortened([*found, problem(level=Level.ERROR, code="ADV999")])
    assert [each.code for each in kept] == ["ADV013"] * 20 + ["ADV999"]
    assert kept[19].help.endswith("980 more like this, which `advgen check` lists")
    assert len(report.shortened(found[:20])) == 20
    assert "more like this" not in report.shortened(found[:20])[-1].help


def test_a_line_is_shown_once_for_all_that_is_wrong_at_its_place():
    first, second, third = (text for _, text in report.text([problem(), problem(code="ADV014"), problem(column=1, end=5)]))
    assert "severity: hihg" in first
    assert "severity: hihg" not in second
    assert "advisories/EX-2026-001.md:4:11" in second
    assert "severity: hihg" in third
