"""Diagnostics → text for a terminal, as `rustc` shows them. Every control character of what is quoted is made visible."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC

from advgen.diagnostics import Diagnostic, Level
from advgen.phrases import UNSEEN

_WIDTH = 100


def text(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Level, str]]:
    """Write each problem, with its level for who wants to colour it. Of several at one place only the first shows the line."""
    before = None
    for problem in diagnostics:
        place = (problem.path, problem.span)
        yield problem.level, "\n".join(_lines(replace(problem, excerpt="") if place == before else problem))
        before = place


def shortened(diagnostics: Iterable[Diagnostic], most: int = 3) -> list[Diagnostic]:
    """Keep every error, and of the warnings the first few of each code, with a word on the others."""
    kept: list[Diagnostic] = []
    counts: Counter[str] = Counter()
    found = list(diagnostics)
    total = Counter(problem.code for problem in found if problem.level is Level.WARNING)
    for problem in found:
        if problem.level is Level.WARNING:
            counts[problem.code] += 1
        if problem.level is Level.ERROR or counts[problem.code] < most or total[problem.code] == most == counts[problem.code]:
            kept.append(problem)
        elif counts[problem.code] == most:
            before = f"{problem.help}; " if problem.help else ""
            more = f"{before}{total[problem.code] - most:,} more like this, which `advgen check` lists"
            kept.append(replace(problem, help=more))
    return kept


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
    r"""Replace what a terminal would obey instead of showing it.

    >>> safe("a\x1b[31mb")
    'a�[31mb'
    """
    return UNSEEN.sub("\ufffd", words)


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
