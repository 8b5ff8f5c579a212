"""Fixes → a file in which they are made: the places alone change; comments, layout, line ends and a byte order mark stay."""

import re
from collections.abc import Callable, Iterable

from advgen.diagnostics import Diagnostic, Span

BREAK = re.compile(r"\r\n|\r|\n")
"""Every kind of line end."""

Look = Callable[[bytes], tuple[Diagnostic, ...]]
"""Tells the problems of a file."""
Sound = Callable[[bytes, bytes, tuple[Diagnostic, ...], tuple[Diagnostic, ...], tuple[Diagnostic, ...]], bool]
"""Whether a file may become another one: their bytes, the problems of both, and what was mended."""

_MOST_ROUNDS = 100
"""One mend may bring another problem to light."""
_MOST_LOOKS = 200
"""After which what is left is left for people."""


def settle(data: bytes, look: Look, wanted: Callable[[Diagnostic], bool], is_sound: Sound) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Mend a file until nothing mechanical is left that can be mended and keeps it sound. Also gives what was mended, in order."""
    made: list[Diagnostic] = []
    found, looks = look(data), 0
    for _ in range(_MOST_ROUNDS):
        before = len(made)
        waiting = [mend(data, filter(wanted, found))[1]]
        while waiting:  # the last places first: those before them stay where they are
            some = waiting.pop()
            new, now = mend(data, some)
            if not now or looks == _MOST_LOOKS:
                continue
            after, looks = look(new), looks + 1
            if is_sound(data, new, found, after, now):
                data, found = new, after
                made += now
            elif len(now) > 1:
                waiting += [now[: len(now) // 2], now[len(now) // 2 :]]
        if len(made) == before:
            break
    return data, tuple(made)


def mend(data: bytes, problems: Iterable[Diagnostic]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Make every fix whose place still holds what it was made for; of two that overlap, the first."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data, ()
    lines = BREAK.split(text.removeprefix("\ufeff"))
    made: list[Diagnostic] = []
    changes: list[tuple[Span, str]] = []
    for problem in sorted((each for each in problems if each.fix), reverse=True):
        span, fix = problem.span, problem.fix
        if fix is None or span.line != span.end_line or span.line > len(lines):
            continue
        overlaps = any(other.span.line == span.line and other.span.column < span.end_column for other in made)
        held = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        if not overlaps and held in (fix.old, f"'{fix.old}'", f'"{fix.old}"'):
            changes.append((span, fix.new))
            made.append(problem)
    return splice(data, changes), tuple(reversed(made))


def splice(data: bytes, changes: Iterable[tuple[Span, str]]) -> bytes:
    """Put texts in the places of a file, which do not overlap; their lines end as its own do. Raises UnicodeDecodeError."""
    text = data.decode("utf-8")
    starts = [int(text.startswith("\ufeff")), *(match.end() for match in BREAK.finditer(text))]
    first = BREAK.search(text)
    for span, new in sorted(changes, key=lambda change: (change[0].line, change[0].column, change[0].end_line), reverse=True):
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        text = text[:start] + new.replace("\n", first[0] if first else "\n") + text[end:]
    return text.encode("utf-8")
