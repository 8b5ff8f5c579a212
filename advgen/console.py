"""What a person in a terminal sees: lines, problems in colour, bars. Beside the commands the only module that echoes."""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from advgen import report as reports
from advgen.phrases import WIDTH

if TYPE_CHECKING:
    from advgen.diagnostics import Diagnostic, Source
    from advgen.reading import Progress

T = TypeVar("T")

CI = frozenset(
    {
        "CI",
        "BITBUCKET_BUILD_NUMBER",
        "BUILDKITE",
        "CIRCLECI",
        "CODEBUILD_BUILD_ID",
        "DRONE",
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "JENKINS_URL",
        "TEAMCITY_VERSION",
        "TF_BUILD",
        "TRAVIS",
    }
)
"""What CIs set in the environment; not all of them set `CI`."""
_MANY = 200
"""Things to do, from which on a bar is shown."""
_SLOW = 2.0
"""Seconds after which a file is named."""


class Text(click.ParamType):  # type: ignore[type-arg] # generic only in newer versions of click
    """A text of an argument. Bytes that are no text are refused, and with `line` whatever is not one line that says something."""

    name = "text"

    def __init__(self, *, line: bool = False) -> None:
        self.line = line

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 - as click has it
        """Give the text."""
        text = str(value)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            self.fail("this is not UTF-8", param, ctx)
        if self.line and (not text.strip() or reports.safe(text) != text or "\n" in text):
            self.fail("write one line of text", param, ctx)
        return text


def say(*lines: str, err: bool = False) -> None:
    """Write lines; file names may hold what a terminal or the log of a CI would obey."""
    for line in lines:
        click.echo(reports.safe(line).replace("\n", "\ufffd"), err=err)


def wrong_use(error: Exception) -> click.UsageError:
    """Make an error of the command line of one of ours."""
    return click.UsageError(reports.safe(str(error)))


def is_private() -> bool:
    """Whether only we read along: not in the log of a CI."""
    return all(os.environ.get(name, "").casefold() in ("", "0", "false") for name in CI)


def show(diagnostics: "Iterable[Diagnostic]", *, secrets: bool) -> None:
    """Write problems to the standard error, in colour on a terminal; without the secrets only how many of those there are."""
    found = list(diagnostics)
    width = shutil.get_terminal_size().columns if _is_terminal() else WIDTH
    shown = [problem for problem in found if secrets or not problem.secret]
    for level, text in reports.text(shown, max(40, min(width, WIDTH))):
        first, _, rest = text.partition("\n")
        click.echo(click.style(first, fg={"error": "red", "warning": "yellow"}.get(level, "blue"), bold=True) + f"\n{rest}\n", err=True)
    if not secrets:
        say(*reports.untold(found), err=True)


def difference(path: str, old: bytes, new: bytes) -> None:
    """Show what changes in a file, in colour on a terminal."""
    for line in reports.difference(path, old, new):
        click.echo(click.style(line, fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1])))


def report(
    diagnostics: "Iterable[Diagnostic]", form: str, about: "Mapping[str, tuple[str, str]]", *, secrets: bool, above: str = ""
) -> None:
    """Write problems in a form: text for people to the standard error, all others to the standard output.

    Code hosts want paths from the top of the repository: `above` is the site's there.
    """
    found = list(diagnostics) if not secrets else [replace(problem, secret=False) for problem in diagnostics]
    if form in ("sarif", "github"):
        found = [replace(problem, path=f"{above}{problem.path}") if problem.path else problem for problem in found]
    if form == "text":
        show(found, secrets=secrets)
    elif form == "github":
        for line in reports.github(found):
            click.echo(line)
    else:
        click.echo((reports.as_json if form == "json" else reports.sarif)(found, about))


def readable(text: str) -> str:
    """Give a text of the command line as it may be shown."""
    return reports.safe(text)


def progress(label: str, *, secrets: bool) -> "Progress":
    """Show a bar on a terminal, once there is enough to do, and name what takes long."""

    def shown(sources: "Iterable[Source]") -> "Iterator[Source]":
        listed = list(sources)
        slow = []
        with bar(listed, label) as showing:
            for source in showing:
                begun = time.monotonic()
                yield source
                if (took := time.monotonic() - begun) > _SLOW:
                    slow.append(f"{label} {source.path if secrets else 'an advisory'} took {took:.0f} seconds")
        say(*slow, err=True)

    return shown


def bar(items: list[T], label: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - click's own type is generic only in stubs
    """Show how far a loop is."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=len(items) < _MANY or not _is_terminal())


def _is_terminal() -> bool:
    """Whether somebody sees the standard error; who closed it has none."""
    return sys.stderr is not None and sys.stderr.isatty()
