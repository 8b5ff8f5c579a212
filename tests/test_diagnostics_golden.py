"""What an author is told about a broken advisory, word for word: each `golden/diagnostics/NAME.md` has its `NAME.txt`.

`pytest tests/test_diagnostics_golden.py --update` writes the texts anew; review the diff as a reader of them would.
"""

from pathlib import Path

import pytest

from advgen import check, report
from advgen.diagnostics import Diagnostic, Source
from advgen.parse import parse
from tests.support import configuration

FOLDER = Path(__file__).parent / "golden" / "diagnostics"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))


def diagnostics(name: str) -> tuple[Diagnostic, ...]:
    source = Source(f"advisories/{name}.md", (FOLDER / f"{name}.md").read_bytes())
    return check.advisory(parse(source), configuration()).diagnostics


@pytest.mark.parametrize("name", NAMES)
def test_an_author_is_told_this(name: str, *, update: bool):
    told = "\n".join(text for _, text in report.text(diagnostics(name))) + "\n"
    path = FOLDER / f"{name}.txt"
    if update:
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_place_is_told_twice(name: str):
    """But for the top, and for an incident (ADV8xx): there stands what a mapping lacks."""
    told = [problem for problem in diagnostics(name) if problem.span.line > 1 and not problem.code.startswith("ADV8")]
    assert len({(problem.span.line, problem.span.column) for problem in told}) == len(told)


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_has_a_code_a_place_and_help(name: str):
    found = diagnostics(name)
    assert found
    for problem in found:
        assert problem.help, problem
        assert problem.message == problem.message.strip().rstrip("."), problem
        assert problem.excerpt or problem.span.line == 1, problem


def test_every_text_has_its_advisory():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(NAMES)
