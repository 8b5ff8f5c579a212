"""Diagnostics → text for a terminal as `rustc` shows them, JSON, SARIF 2.1.0, and the commands of GitHub's runners.

Each form escapes what it would obey: control characters everywhere, `::` commands and `%` for GitHub. What is secret is only counted.
"""

import difflib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from advgen import __version__
from advgen.diagnostics import Diagnostic, Fix, Level, Span
from advgen.keywords import Status
from advgen.mending import BREAK
from advgen.phrases import UNSEEN, WIDTH, counted, filled
from advgen.phrases import shortened as brief

if TYPE_CHECKING:
    from advgen.record import Record

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_COMMAND = re.compile(r"##(?=\[|vso\[)")
"""Begins, anywhere in a line, a command to the runner of a CI."""
_MOST = {Level.ERROR: 20, Level.WARNING: 3, Level.NOTE: 3}
"""How many of a code a build shows; a folder that was imported may have a thousand."""


def text(diagnostics: Iterable[Diagnostic], width: int = WIDTH) -> Iterator[tuple[Level, str]]:
    """Write each problem, with its level for who wants to colour it. Of several at one place only the first shows the line."""
    before = None
    for problem in diagnostics:
        place = (problem.path, problem.span)
        yield problem.level, "\n".join(_lines(replace(problem, excerpt="") if place == before else problem, width))
        before = place


def mended(problem: Diagnostic) -> str:
    """Say in one line what was written where."""
    place = f"mended {problem.path}:{problem.span.line}:{problem.span.column}:"
    fix = problem.fix or Fix("", "")
    return f"{place} `{brief(fix.old)}` \u2192 {f'`{brief(fix.new)}`' if fix.new else 'nothing'}"


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
        yield f"{level}[{code}]: in what is not public, {counted(number, 'time', 'times')}"
    if counts:
        yield "  = help: a log may be read by strangers; run `advgen check` on a machine of your own, or with --show-private"


def as_json(diagnostics: Iterable[Diagnostic], about: Mapping[str, tuple[str, str]]) -> str:
    """Write problems for programs; `docs/check.schema.json` is the schema."""
    found = list(diagnostics)
    shown = [problem for problem in found if not problem.secret]
    problems = [
        {
            "code": problem.code,
            "rule": about.get(problem.code, ("", ""))[0],
            "level": problem.level.value,
            "message": one_line(problem.message),
            "help": one_line(problem.help),
            "path": problem.path,
            "line": problem.span.line,
            "column": problem.span.column,
            "endLine": problem.span.end_line,
            "endColumn": problem.span.end_column,
            "stops": problem.stops,
            "draft": problem.draft,
            "blocksFrom": f"{problem.blocks_from.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if problem.blocks_from else None,
        }
        for problem in shown
    ]
    return json.dumps({"version": 1, "diagnostics": problems, "hidden": len(found) - len(shown)}, ensure_ascii=False, indent=1)


def sarif(diagnostics: Iterable[Diagnostic], about: Mapping[str, tuple[str, str]]) -> str:
    """Write SARIF 2.1.0, which code hosts show beside the lines of a change; `about` names each rule and says what it is about."""
    found = list(diagnostics)
    shown = [problem for problem in found if not problem.secret]
    codes = sorted({problem.code for problem in shown})
    rules = [
        {
            "id": code,
            "name": about.get(code, (code, ""))[0],
            "shortDescription": {"text": about.get(code, ("", code))[1] or code},
            "help": {"text": f"Run `advgen check --explain {code}`."},
        }
        for code in codes
    ]
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": problem.level.value,
            "message": {"text": _sarif_text(one_line(problem.message) + (f". Help: {one_line(problem.help)}" if problem.help else ""))},
            "locations": [_location(problem)],
            **({"fixes": [_mended(problem, problem.fix)]} if problem.fix else {}),
        }
        for problem in shown
    ]
    driver = {"name": "advgen", "version": __version__, "informationUri": "https://pypi.org/project/advgen/", "rules": rules}
    untold_ = [{"level": "note", "message": {"text": _sarif_text(line.strip())}} for line in untold(found)]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": untold_}],
        "results": results,
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _sarif_text(words: str) -> str:
    r"""Escape what a message would show as a link, or take for a place to fill: SARIF 2.1.0 §3.11.5 and §3.11.6.

    >>> _sarif_text("`[a](b)` {}")
    '`\\[a\\](b)` {{}}'
    """
    return re.sub(r"([\\\[\]])", r"\\\1", words).replace("{", "{{").replace("}", "}}")


def _location(problem: Diagnostic) -> dict[str, object]:
    return {"physicalLocation": {"artifactLocation": _artifact(problem), "region": _region(problem.span)}}


def _mended(problem: Diagnostic, fix: Fix) -> dict[str, object]:
    """Say what `--fix` would write, for who offers it at a button."""
    replacement = {"deletedRegion": _region(problem.span), "insertedContent": {"text": fix.new}}
    change = {"artifactLocation": _artifact(problem), "replacements": [replacement]}
    return {"description": {"text": _sarif_text(one_line(problem.help or problem.message))}, "artifactChanges": [change]}


def _artifact(problem: Diagnostic) -> dict[str, str]:
    return {"uri": quote(problem.path, safe="/") or "."}


def _region(span: Span) -> dict[str, int]:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": max(span.end_column, 1)}


def github(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Write the commands by which GitHub's runners show a problem beside its line."""
    found = list(diagnostics)
    for problem in found:
        if not problem.secret:
            level = "notice" if problem.level is Level.NOTE else problem.level.value
            span, values = problem.span, {"title": problem.code}
            if problem.path:
                values |= {"file": problem.path, "line": str(span.line), "endLine": str(span.end_line), "col": str(span.column)}
                values |= {"endColumn": str(span.end_column)} if span.end_line == span.line else {}
            words = one_line(problem.message) + (f" (help: {one_line(problem.help)})" if problem.help else "")
            words += f"; {note}" if (note := _note(problem)) else ""
            properties = ",".join(f"{key}={_data(value, more=',:')}" for key, value in values.items())
            yield f"::{level} {properties}::{_data(words)}"
    if hidden := "; ".join(line.strip() for line in untold(found)):
        yield f"::notice::{_data(hidden)}"


def _data(text: str, *, more: str = "") -> str:
    """Escape a value of a command: with `more`, also what separates its properties."""
    return re.sub(rf"[%\r\n{more}]", lambda match: f"%{ord(match[0]):02X}", safe(text))


def _lines(problem: Diagnostic, width: int) -> Iterator[str]:
    span = problem.span
    gutter = " " * len(str(span.line))
    yield filled(f"{problem.level}[{problem.code}]: {one_line(problem.message)}", "  ", width)
    if problem.path:
        yield f"{gutter}--> {one_line(problem.path)}:{span.line}:{span.column}"
    if problem.excerpt:
        excerpt, column = _cut(problem, width)
        length = span.end_column - span.column if span.end_line == span.line else len(excerpt)
        yield f"{gutter} |"
        yield f"{span.line} | {safe(excerpt)}"
        yield f"{gutter} | {' ' * _width(excerpt[: column - 1])}{'^' * max(1, _width(excerpt[column - 1 : column - 1 + length]))}"
    if problem.help:
        yield filled(f"{gutter} = help: {one_line(problem.help)}", f"{gutter}         ", width)
    if note := _note(problem):
        yield f"{gutter} = note: {note}"


def _note(problem: Diagnostic) -> str:
    """Say of an error that stops nothing yet from when it will."""
    if problem.level is Level.ERROR and problem.draft:
        return "this is a draft; the error will block once it is published"
    if problem.level is Level.ERROR and problem.blocks_from:
        return f"this will block from {problem.blocks_from.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return ""


def one_line(words: str) -> str:
    """Put words on one line, as they may be shown."""
    return " ".join(safe(words).split())


def _width(text: str) -> int:
    """Count the columns that a terminal gives a text: two for wide letters and emoji, none for marks upon others."""
    return sum(0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _cut(problem: Diagnostic, width: int) -> tuple[str, int]:
    """Show the part of a long line in which the place lies."""
    line, column = problem.excerpt.replace("\t", " ").replace("\n", " ").rstrip(), problem.span.column
    if len(line) <= width:
        return line, column
    start = max(0, min(column - 20, len(line) - width))
    return ("…" if start else "") + line[start : start + width] + ("…" if start + width < len(line) else ""), column - start + (
        1 if start else 0
    )


def difference(path: str, old: bytes, new: bytes) -> Iterator[str]:
    """Write what changes in a file as a unified diff, line by line."""
    before, after = (BREAK.split(data.decode("utf-8", "replace").removeprefix("\ufeff")) for data in (old, new))
    for line in difflib.unified_diff(before, after, path, path, n=2, lineterm=""):
        yield safe(line).replace("\n", "\ufffd")


def safe(words: str) -> str:
    r"""Replace what a terminal, or the log of a CI, would obey instead of showing it.

    >>> safe("a\x1b[31mb"), safe("##[error]no")
    ('a�[31mb', '#�[error]no')
    """
    return _COMMAND.sub("#\ufffd", UNSEEN.sub("\ufffd", words))


def summary(diagnostics: Iterable[Diagnostic], *, files: int, suppressed: int, asked: int | None = None, unshown: int = 0) -> str:
    """Say in one line what was looked at and found; `asked` is how many of the files it is about, `unshown` what was found elsewhere."""
    found = list(diagnostics)
    errors, notes = (sum(problem.level is level for problem in found) for level in (Level.ERROR, Level.NOTE))
    waiting = sum(problem.level is Level.ERROR and not problem.stops for problem in found)
    looked_at = counted(files, "advisory", "advisories")
    parts = [
        looked_at if asked in (None, files) else f"{asked:,} of {looked_at}",
        counted(errors, "error", "errors"),
        counted(len(found) - errors - notes, "warning", "warnings"),
    ]
    if notes:
        parts.append(counted(notes, "note", "notes"))
    if waiting:
        parts.append(f"{waiting} of the errors in what is not public yet")
    if suppressed:
        parts.append(f"{suppressed} ignored, as told")
    if unshown:
        parts.append(f"{unshown} more not shown")
    return ", ".join(parts)


def outlook(records: "Iterable[Record]", diagnostics: Iterable[Diagnostic], as_of: datetime, *, secrets: bool, refused: str = "") -> str:
    """Say in one line what a build would publish now, or why it would not, what waits, and what will block from when."""
    known = list(records)
    public = sum(record.is_public(as_of) for record in known)
    drafts = sum(record.status is Status.DRAFT for record in known)
    later = sorted(
        record.published.at for record in known if record.status is not Status.DRAFT and record.published and record.published.at > as_of
    )
    said = [refused or f"a build would publish {counted(public, 'advisory', 'advisories')}"]
    if secrets and drafts:
        said.append(counted(drafts, "draft waits", "drafts wait"))
    if secrets and later:
        said.append(f"{len(later):,} held back, the next until {later[0].astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    blocks = min((problem.blocks_from for problem in diagnostics if problem.level is Level.ERROR and problem.blocks_from), default=None)
    if secrets and blocks:
        said.append(f"errors will block from {blocks.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return "; ".join(said)
