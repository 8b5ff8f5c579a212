"""Fixes → a file in which they are made: the places alone change; comments, layout, line ends and a byte order mark stay."""

from collections.abc import Callable, Iterable

from advgen.diagnostics import Diagnostic

_MOST_ROUNDS = 1_000
"""One mend may bring another problem to light; of characters that cannot be seen, each round finds the first of a line."""


def settle(data: bytes, look: Callable[[bytes], Iterable[Diagnostic]]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Mend a file until nothing mechanical is left; `look` tells the problems of it. Also gives what was mended, in order."""
    made: list[Diagnostic] = []
    for _ in range(_MOST_ROUNDS):
        data, now = mend(data, look(data))
        made += now
        if not now:
            break
    return data, tuple(made)


def mend(data: bytes, problems: Iterable[Diagnostic]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Make every fix whose place still holds what it was made for; of two that overlap, the first."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data, ()
    mark = text[: text.startswith("\ufeff")]
    lines = text[len(mark) :].split("\n")
    made: list[Diagnostic] = []
    for problem in sorted((each for each in problems if each.fix), reverse=True):
        span, fix = problem.span, problem.fix
        if fix is None or span.line != span.end_line or span.line > len(lines):
            continue
        line = lines[span.line - 1]
        start, end = span.column - 1, span.end_column - 1
        overlaps = any(other.span.line == span.line and other.span.column < span.end_column for other in made)
        if not overlaps and line[start:end] in (fix.old, f"'{fix.old}'", f'"{fix.old}"'):
            lines[span.line - 1] = line[:start] + fix.new + line[end:]
            made.append(problem)
    return (mark + "\n".join(lines)).encode("utf-8"), tuple(reversed(made))
