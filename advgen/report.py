"""Diagnostics → text for a terminal, as `rustc` shows them. Every control character of what is quoted is made visible."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC

from advgen.diagnostics import Diagnostic, Level
from advgen.phrases import UNSEEN

_WIDTH = 100
_COMMAND = re.compile(r"##(?=\[|vso\[)")
"""Begins, anywhere in a line, a command to the runner of a CI."""
_MOST = {Level.ERROR: 20, Level.WARNING: 3}
"""How many of a code a build shows; a folder that was imported may have a thousand."""


def text(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Level, str]]:
    """Write each problem, with its level for who wants to colour it. Of several at one place only the first shows the line."""
    before = None
    for problem in diagnostics:
        place = (problem.path, problem.span)
        yield problem.level, "\n".join(_lines(replace(problem, excerpt="") if place == before else problem))
        before = place


def shortened(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Keep the first problems of each code and level, with a word on the others, which `check` lists."""
    found = list(diagnostics)
    total = Counter((problem.code, problem.level) for problem in found)
    counts: Counter[tuple[str, Level]] = Counter()
    kept: list[Diagnostic] = []
    for problem in found:
        kind = (problem.code, problem.level)
        counts[kind] += 1
        more = total[kind] - _MOST[problem.level]
        if counts[kind] < _MOST[problem.level] or total[kind] == counts[kind] == _MOST[problem.level]:
            kept.append(problem)
        elif counts[kind] == _MOST[problem.level]:
            before = f"{problem.help}; " if problem.help else ""
            kept.append(replace(problem, help=f"{before}{more:,} more like this, which `advgen check` lists"))
    return kept


def untold(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Count by code what the log of a CI does not show."""
    counts = Counter((problem.level, problem.code) for problem in diagnostics if problem.secret)
    for (level, code), number in sorted(counts.items()):
        yield f"{level}[{code}]: in what is not public, {_count(number, 'time', 'times')}"
    if counts:
        yield "  = help: a log may be read by strangers; run `advgen check` on a machine of your own, or with --show-private"


def _lines(problem: Diagnostic) -> Iterator[str]:
    span = problem.span
    gutter = " " * len(str(span.line))
    yield f"{problem.level}[{problem.code}]: {_line(problem.message)}"
    if problem.path:
        yield f"{gutter}--> {_line(problem.path)}:{span.line}:{span.column}"
    if problem.excerpt:
        excerpt, column = _cut(problem)
        length = span.end_column - span.column if span.end_line == span.line else len(excerpt)
        yield f"{gutter} |"
        yield f"{span.line} | {safe(excerpt)}"
        yield f"{gutter} | {' ' * _width(excerpt[: column - 1])}{'^' * max(1, _width(excerpt[column - 1 : column - 1 + length]))}"
    if problem.help:
        yield f"{gutter} = help: {_line(problem.help)}"
    if problem.level is Level.ERROR and problem.draft:
        yield f"{gutter} = note: this is a draft; the error will block once it is published"
    elif problem.level is Level.ERROR and problem.blocks_from:
        yield f"{gutter} = note: this will block from {problem.blocks_from.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _line(words: str) -> str:
    return " ".join(safe(words).split())


def _width(text: str) -> int:
    """Count the columns that a terminal gives a text: two for wide letters and emoji, none for marks upon others."""
    return sum(0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _cut(problem: Diagnostic) -> tuple[str, int]:
    """Show the part of a long line in which the place lies."""
    line, column = problem.excerpt.replace("\t", " ").replace("\n", " ").rstrip(), problem.span.column
    if len(line) <= _WIDTH:
        return line, column
    start = max(0, min(column - 20, len(line) - _WIDTH))
    return ("…" if start else "") + line[start : start + _WIDTH] + ("…" if start + _WIDTH < len(line) else ""), column - start + (
        1 if start else 0
    )


def safe(words: str) -> str:
    r"""Replace what a terminal, or the log of a CI, would obey instead of showing it.

    >>> safe("a\x1b[31mb"), safe("##[error]no")
    ('a�[31mb', '#�[error]no')
    """
    return _COMMAND.sub("#\ufffd", UNSEEN.sub("\ufffd", words))


def summary(diagnostics: Iterable[Diagnostic], *, files: int, suppressed: int, asked: int | None = None) -> str:
    """Say in one line what was looked at and found; `asked` is how many of the files it is about, where it is not all."""
    found = list(diagnostics)
    errors = sum(problem.level is Level.ERROR for problem in found)
    waiting = sum(problem.level is Level.ERROR and not problem.stops for problem in found)
    looked_at = _count(files, "advisory", "advisories")
    parts = [
        looked_at if asked in (None, files) else f"{asked:,} of {looked_at}",
        _count(errors, "error", "errors"),
        _count(len(found) - errors, "warning", "warnings"),
    ]
    if waiting:
        parts.append(f"{waiting} of the errors in what is not public yet")
    if suppressed:
        parts.append(f"{suppressed} ignored, as told")
    return ", ".join(parts)


def _count(number: int, one: str, other: str) -> str:
    return f"{number:,} {one if number == 1 else other}"
